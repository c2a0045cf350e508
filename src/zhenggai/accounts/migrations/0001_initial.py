import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=50)),
                ('kind', models.CharField(choices=[('area', 'area'), ('authority', 'authority'), ('unit', 'unit'), ('office', 'office'), ('inspecting_body', 'inspecting_body'), ('other', 'other')], max_length=20)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='accounts_organisation_named'), models.CheckConstraint(condition=models.Q(('kind__in', ['area', 'authority', 'unit', 'office', 'inspecting_body', 'other'])), name='accounts_organisation_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(blank=True, choices=[('zh-hans', 'zh-hans'), ('zh-hant', 'zh-hant'), ('en', 'en')], max_length=8)),
                ('is_active', models.BooleanField(default=True)),
                ('is_founder', models.BooleanField(default=False)),
                ('password_reset_at', models.DateTimeField(blank=True, null=True)),
                ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='accounts_person_named'), models.CheckConstraint(condition=models.Q(('username', ''), _negated=True), name='accounts_person_has_username'), models.UniqueConstraint(condition=models.Q(('is_founder', True)), fields=('is_founder',), name='accounts_person_one_founder')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('handler', 'handler'), ('unit_head', 'unit_head'), ('responsible_leader', 'responsible_leader'), ('office_clerk', 'office_clerk'), ('leading_group', 'leading_group'), ('inspector', 'inspector'), ('verifier', 'verifier'), ('publisher', 'publisher'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=100)),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'ended_on'], name='accounts_post_in_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'organisation', 'role'), name='accounts_post_open_once'), models.CheckConstraint(condition=models.Q(('role__in', ['handler', 'unit_head', 'responsible_leader', 'office_clerk', 'leading_group', 'inspector', 'verifier', 'publisher', 'auditor', 'administrator'])), name='accounts_post_role_known'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='accounts_post_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='accounts_post_confirmation_whole'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['inspector', 'leading_group', 'office_clerk', 'responsible_leader', 'verifier']), _negated=True), ('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR'), name='accounts_post_signing_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['inspector', 'leading_group', 'office_clerk', 'responsible_leader', 'verifier']), _negated=True), models.Q(models.Q(('granted_by', models.F('person')), _negated=True), models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('person')), _negated=True), _connector='OR')), _connector='OR'), name='accounts_post_signing_not_by_oneself')],
            },
        ),
    ]
