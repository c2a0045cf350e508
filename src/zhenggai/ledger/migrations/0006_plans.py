import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_factors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('ledger', '0005_fixing_units_of_today'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PlanSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=50)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='baseline',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
        ),
        migrations.AddField(
            model_name='criterion',
            name='direction',
            field=models.CharField(blank=True, choices=[('at_least', 'at_least'), ('at_most', 'at_most')], max_length=10),
        ),
        migrations.AddField(
            model_name='criterion',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='criterion',
            name='dropped_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='criterion',
            name='dropped_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='criterion',
            name='indicator_unit',
            field=models.CharField(blank=True, max_length=50),
        ),
        migrations.AddField(
            model_name='criterion',
            name='target',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='emphasis',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='finding',
            name='key_area',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='finding',
            name='money_to_recover',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='people_to_deal_with',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='systemic_cause',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='plan_required',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='measure',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='dropped_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measure',
            name='dropped_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='leader',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measure',
            name='requirement',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='MeasureTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField(blank=True, null=True)),
                ('report', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='ledger.measure')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('measure', 'unit'), name='ledger_task_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('report', '')), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('report', ''), _negated=True)), _connector='OR'), name='ledger_task_done_with_report'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='ledger_task_done_or_dropped')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('statement', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('submitted', 'submitted'), ('sent_back', 'sent_back'), ('withdrawn', 'withdrawn'), ('approved', 'approved')], default='submitted', max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='ledger.inspection')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('inspection', 'number'), name='ledger_plan_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('inspection',), name='ledger_plan_open_once'), models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'sent_back', 'withdrawn', 'approved'])), name='ledger_plan_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decided_reason', ''), ('state', 'submitted')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'approved')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['sent_back', 'withdrawn']), django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('decided_reason'), 10)), _connector='OR'), name='ledger_plan_decided_whole')],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='ledger.plan'),
        ),
        migrations.CreateModel(
            name='PlanAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('submitted', 'submitted'), ('sent_back', 'sent_back'), ('withdrawn', 'withdrawn'), ('approved', 'approved')], default='submitted', max_length=10)),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('finding',), name='ledger_amendment_open_once'), models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'sent_back', 'withdrawn', 'approved'])), name='ledger_amendment_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decided_reason', ''), ('state', 'submitted')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'approved')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['sent_back', 'withdrawn']), django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('decided_reason'), 10)), _connector='OR'), name='ledger_amendment_decided_whole')],
            },
        ),
        migrations.CreateModel(
            name='AmendmentSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=50)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('amendment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='ledger.planamendment')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('amendment', 'step'), name='ledger_amendmentsignature_step_once'), models.UniqueConstraint(fields=('amendment', 'by'), name='ledger_amendmentsignature_person_once')],
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='amendment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='ledger.planamendment'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='dropped_amendment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.planamendment'),
        ),
        migrations.AddField(
            model_name='measure',
            name='amendment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='ledger.planamendment'),
        ),
        migrations.AddField(
            model_name='measure',
            name='dropped_amendment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.planamendment'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('dropped_by__isnull', True), ('dropped_reason', '')), models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False), models.Q(('dropped_reason', ''), _negated=True)), _connector='OR'), name='ledger_criterion_dropped_whole'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', ''), ('indicator_unit', ''), ('target__isnull', True)), models.Q(('direction__in', ['at_least', 'at_most']), ('target__isnull', False), models.Q(('indicator_unit', ''), _negated=True)), _connector='OR'), name='ledger_criterion_indicator_whole'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('dropped_by__isnull', True), ('dropped_reason', '')), models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False), models.Q(('dropped_reason', ''), _negated=True)), _connector='OR'), name='ledger_measure_dropped_whole'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='ledger_measure_done_or_dropped'),
        ),
        migrations.AddField(
            model_name='planitem',
            name='finding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_items', to='ledger.finding'),
        ),
        migrations.AddField(
            model_name='planitem',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='ledger.plan'),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plansignature',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='ledger.plan'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refusal',
            name='finding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='ledger.finding'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='to_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='planamendment',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('reason'), 10), name='ledger_amendment_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.UniqueConstraint(fields=('plan', 'finding'), name='ledger_planitem_once'),
        ),
        migrations.AddConstraint(
            model_name='plansignature',
            constraint=models.UniqueConstraint(fields=('plan', 'step'), name='ledger_plansignature_step_once'),
        ),
        migrations.AddConstraint(
            model_name='plansignature',
            constraint=models.UniqueConstraint(fields=('plan', 'by'), name='ledger_plansignature_person_once'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('reason'), 10), name='ledger_refusal_reasoned'),
        ),
    ]
