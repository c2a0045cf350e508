import django.db.models.deletion
import zhenggai.accounts.kinds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_factors'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('office_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leading_groups', to='accounts.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='accounts_group_named'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='accounts_group_in_order'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organisation',), name='accounts_group_open_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[(zhenggai.accounts.kinds.GroupPlace['HEAD'], zhenggai.accounts.kinds.GroupPlace['HEAD']), (zhenggai.accounts.kinds.GroupPlace['DEPUTY'], zhenggai.accounts.kinds.GroupPlace['DEPUTY']), (zhenggai.accounts.kinds.GroupPlace['MEMBER'], zhenggai.accounts.kinds.GroupPlace['MEMBER']), (zhenggai.accounts.kinds.GroupPlace['OFFICE_HEAD'], zhenggai.accounts.kinds.GroupPlace['OFFICE_HEAD'])], max_length=20)),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_seats', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='accounts.leadinggroup')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'ended_on'], name='accounts_groupseat_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__in', ['head', 'deputy', 'member', 'office_head'])), name='accounts_groupseat_place_known'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='accounts_groupseat_in_order'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('group', 'person', 'place'), name='accounts_groupseat_open_once'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('place__in', ['head', 'office_head'])), fields=('group', 'place'), name='accounts_groupseat_one_head'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='accounts_groupseat_confirmation_whole'), models.CheckConstraint(condition=models.Q(models.Q(('place', 'head'), _negated=True), models.Q(models.Q(('named_by', models.F('person')), _negated=True), models.Q(('confirmed_by__isnull', True), models.Q(models.Q(('confirmed_by', models.F('person')), _negated=True), models.Q(('confirmed_by', models.F('named_by')), _negated=True)), _connector='OR')), _connector='OR'), name='accounts_groupseat_head_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Oversight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversights', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversights', to='accounts.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='accounts_oversight_in_order'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('unit',), name='accounts_oversight_open_once')],
            },
        ),
    ]
