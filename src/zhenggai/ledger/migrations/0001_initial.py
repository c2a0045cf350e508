import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FindingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=500)),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_group_titled')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('number', models.TextField(blank=True)),
                ('title', models.TextField()),
                ('problem', models.TextField(blank=True)),
                ('organisation_label', models.TextField(blank=True)),
                ('nature', models.CharField(blank=True, choices=[('immediate', 'immediate'), ('time_bound', 'time_bound'), ('long_term', 'long_term')], max_length=20)),
                ('stage', models.CharField(choices=[('registered', 'registered'), ('assigned', 'assigned'), ('accepted', 'accepted'), ('rectifying', 'rectifying'), ('closure_requested', 'closure_requested'), ('stage_closed', 'stage_closed'), ('closed', 'closed')], default='registered', max_length=20)),
                ('progress', models.CharField(blank=True, choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('substantially_done', 'substantially_done'), ('done', 'done')], max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('round', models.PositiveIntegerField(default=1)),
                ('due', models.DateField(blank=True, null=True)),
                ('first_due', models.DateField(blank=True, null=True)),
                ('money_required', models.BooleanField(blank=True, null=True)),
                ('people_required', models.BooleanField(blank=True, null=True)),
                ('cause_required', models.BooleanField(blank=True, null=True)),
                ('status_text', models.TextField(blank=True)),
                ('stated_progress', models.CharField(blank=True, choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('substantially_done', 'substantially_done'), ('done', 'done')], max_length=20)),
                ('stated_nature', models.CharField(blank=True, choices=[('immediate', 'immediate'), ('time_bound', 'time_bound'), ('long_term', 'long_term')], max_length=20)),
                ('stated_closed', models.BooleanField(blank=True, null=True)),
                ('stated_leader', models.TextField(blank=True)),
                ('stated_unit', models.TextField(blank=True)),
                ('stated_supporting', models.TextField(blank=True)),
                ('stated_due_text', models.TextField(blank=True)),
                ('stated_due_on', models.DateField(blank=True, null=True)),
                ('stated_result', models.TextField(blank=True)),
                ('truncated', models.BooleanField(default=False)),
                ('span_start', models.PositiveIntegerField(blank=True, null=True)),
                ('span_end', models.PositiveIntegerField(blank=True, null=True)),
                ('registered_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('lead_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings_led', to='accounts.organisation')),
                ('responsible_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings_led', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='ledger.findinggroup')),
            ],
            options={
                'ordering': ['inspection', 'position'],
                'indexes': [models.Index(fields=['responsible_leader', 'stage'], name='ledger_finding_by_leader')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_finding_titled'), models.CheckConstraint(condition=models.Q(('stage__in', ['registered', 'assigned', 'accepted', 'rectifying', 'closure_requested', 'stage_closed', 'closed'])), name='ledger_finding_stage_known'), models.CheckConstraint(condition=models.Q(('nature__in', ['', 'immediate', 'time_bound', 'long_term'])), name='ledger_finding_nature_known'), models.CheckConstraint(condition=models.Q(('progress__in', ['', 'not_started', 'in_progress', 'substantially_done', 'done'])), name='ledger_finding_progress_known'), models.CheckConstraint(condition=models.Q(('round__gte', 1), ('version__gte', 1)), name='ledger_finding_counts_from_one'), models.CheckConstraint(condition=models.Q(('stage', 'registered'), models.Q(('lead_unit__isnull', False), ('responsible_leader__isnull', False)), _connector='OR'), name='ledger_finding_assigned_to_someone'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), _negated=True), ('nature__in', ['immediate', 'time_bound']), _connector='OR'), name='ledger_finding_closed_is_final'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'stage_closed'), _negated=True), ('nature', 'long_term'), _connector='OR'), name='ledger_finding_stage_closed_is_long_term'), models.CheckConstraint(condition=models.Q(models.Q(('due__isnull', True), ('first_due__isnull', True)), models.Q(('due__isnull', False), ('first_due__isnull', False)), _connector='OR'), name='ledger_finding_first_due_kept'), models.CheckConstraint(condition=models.Q(models.Q(('span_end__isnull', True), ('span_start__isnull', True)), models.Q(('span_end__gte', models.F('span_start')), ('span_end__isnull', False), ('span_start__isnull', False)), _connector='OR'), name='ledger_finding_span_whole')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('file_name', models.CharField(max_length=255)),
                ('title', models.CharField(max_length=300)),
                ('proves', models.TextField()),
                ('proves_on', models.DateField()),
                ('kind', models.CharField(choices=[('photo', 'photo'), ('record', 'record'), ('receipt', 'receipt'), ('decision', 'decision'), ('rule', 'rule'), ('meeting', 'meeting'), ('paper', 'paper'), ('other', 'other')], max_length=20)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                ('uploaded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.TextField(blank=True)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='ledger.evidence')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='ledger.finding')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('file_name', ''), _negated=True), models.Q(('proves', ''), _negated=True)), name='ledger_evidence_named'), models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'record', 'receipt', 'decision', 'rule', 'meeting', 'paper', 'other'])), name='ledger_evidence_kind_known'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='ledger_evidence_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='ledger_evidence_withdrawn_with_reason'), models.UniqueConstraint(condition=models.Q(('carried_from__isnull', False), ('withdrawn_at__isnull', True)), fields=('carried_from', 'round'), name='ledger_evidence_carried_once')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='ledger.finding')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='ledger_criterion_position_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='ledger_criterion_has_text')],
            },
        ),
        migrations.CreateModel(
            name='ClosureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('statement', models.TextField()),
                ('stage_goal', models.TextField(blank=True)),
                ('recheck_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('sent_back', 'sent_back'), ('withdrawn', 'withdrawn'), ('granted', 'granted')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closure_requests', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'sent_back', 'withdrawn', 'granted'])), name='ledger_request_state_known'), models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='ledger_request_stated'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='ledger_request_decided_whole'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('finding',), name='ledger_request_open_once'), models.UniqueConstraint(condition=models.Q(('state', 'granted')), fields=('finding', 'round'), name='ledger_request_granted_once')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('closed', 'closed'), ('stage_closed', 'stage_closed')], max_length=20)),
                ('at', models.DateTimeField()),
                ('stage_goal', models.TextField(blank=True)),
                ('recheck_on', models.DateField(blank=True, null=True)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closure', to='ledger.closurerequest')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'round'), name='ledger_closure_once'), models.CheckConstraint(condition=models.Q(('kind', 'closed'), models.Q(('kind', 'stage_closed'), ('recheck_on__isnull', False), models.Q(('stage_goal', ''), _negated=True)), _connector='OR'), name='ledger_closure_stage_names_goal')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('supervision_letter', 'supervision_letter'), ('spot_check', 'spot_check'), ('extension', 'extension'), ('other', 'other')], max_length=20)),
                ('reference', models.CharField(max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_reason', models.TextField(blank=True)),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='ledger.finding')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['supervision_letter', 'spot_check', 'extension', 'other'])), name='ledger_hold_known'), models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='ledger_hold_has_reference'), models.CheckConstraint(condition=models.Q(models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', True), ('cleared_reason', '')), models.Q(('cleared_at__isnull', False), ('cleared_by__isnull', False), models.Q(('cleared_reason', ''), _negated=True)), _connector='OR'), name='ledger_hold_cleared_whole')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('inspection', 'inspection'), ('central_inspection', 'central_inspection'), ('audit', 'audit'), ('environment', 'environment'), ('safety', 'safety'), ('other', 'other')], max_length=20)),
                ('inspector', models.CharField(blank=True, max_length=200)),
                ('feedback_on', models.DateField(blank=True, null=True)),
                ('profile', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('inspector_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections_made', to='accounts.organisation')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['-created_at', '-id'], name='ledger_inspection_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_inspection_titled'), models.CheckConstraint(condition=models.Q(('kind__in', ['inspection', 'central_inspection', 'audit', 'environment', 'safety', 'other'])), name='ledger_inspection_kind_known')],
            },
        ),
        migrations.AddField(
            model_name='findinggroup',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='ledger.inspection'),
        ),
        migrations.AddField(
            model_name='finding',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='ledger.inspection'),
        ),
        migrations.CreateModel(
            name='ProgressReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('progress', models.CharField(choices=[('not_started', 'not_started'), ('in_progress', 'in_progress'), ('substantially_done', 'substantially_done'), ('done', 'done')], max_length=20)),
                ('narrative', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress_reports', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('progress__in', ['not_started', 'in_progress', 'substantially_done', 'done'])), name='ledger_progressreport_known'), models.CheckConstraint(condition=models.Q(('narrative', ''), _negated=True), name='ledger_progressreport_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RequirementAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('requirement', models.CharField(choices=[('money', 'money'), ('people', 'people'), ('similar', 'similar'), ('cause', 'cause')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='ledger.evidence')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirement_answers', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('requirement__in', ['money', 'people', 'similar', 'cause'])), name='ledger_requirementanswer_known'), models.CheckConstraint(condition=models.Q(models.Q(('evidence__isnull', False), ('reason', '')), models.Q(('evidence__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='ledger_requirementanswer_evidence_or_reason'), models.UniqueConstraint(condition=models.Q(('evidence__isnull', False)), fields=('finding', 'round', 'requirement', 'evidence'), name='ledger_requirementanswer_once')],
            },
        ),
        migrations.CreateModel(
            name='ReturnRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='ledger.closurerequest')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=50)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='ledger.closurerequest')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('request', 'step'), name='ledger_signature_step_once'), models.UniqueConstraint(fields=('request', 'by'), name='ledger_signature_person_once'), models.CheckConstraint(condition=models.Q(('step', ''), _negated=True), name='ledger_signature_has_step')],
            },
        ),
        migrations.CreateModel(
            name='Situation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('raised_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='situations', to='ledger.finding')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='ledger_situation_has_text'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='ledger_situation_answered_whole')],
            },
        ),
        migrations.CreateModel(
            name='SourceDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('feedback', 'feedback'), ('plan', 'plan'), ('report', 'report'), ('notice', 'notice'), ('closure_notice', 'closure_notice'), ('ledger', 'ledger'), ('news', 'news'), ('other', 'other')], max_length=20)),
                ('title', models.TextField(blank=True)),
                ('name', models.CharField(max_length=300)),
                ('blob_sha256', models.CharField(max_length=64)),
                ('reading_sha256', models.CharField(max_length=64)),
                ('text_sha256', models.CharField(max_length=64)),
                ('intake_id', models.PositiveBigIntegerField(blank=True, null=True, unique=True)),
                ('added_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='ledger.inspection')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['feedback', 'plan', 'report', 'notice', 'closure_notice', 'ledger', 'news', 'other'])), name='ledger_document_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('source', models.CharField(choices=[('stated', 'stated'), ('office', 'office')], max_length=10)),
                ('stated_leader', models.TextField(blank=True)),
                ('stated_unit', models.TextField(blank=True)),
                ('stated_due_text', models.TextField(blank=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('span_start', models.PositiveIntegerField(blank=True, null=True)),
                ('span_end', models.PositiveIntegerField(blank=True, null=True)),
                ('added_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='ledger.finding')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.sourcedocument')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='ledger_measure_position_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='ledger_measure_has_text'), models.CheckConstraint(condition=models.Q(('source__in', ['stated', 'office'])), name='ledger_measure_source_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('result', '')), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='ledger_measure_done_with_result'), models.CheckConstraint(condition=models.Q(models.Q(('span_end__isnull', True), ('span_start__isnull', True)), models.Q(('span_end__gte', models.F('span_start')), ('span_end__isnull', False), ('span_start__isnull', False)), _connector='OR'), name='ledger_measure_span_whole')],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='ledger.sourcedocument'),
        ),
        migrations.CreateModel(
            name='ActionTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('span_start', models.PositiveIntegerField(blank=True, null=True)),
                ('span_end', models.PositiveIntegerField(blank=True, null=True)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions_taken', to='ledger.finding')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.sourcedocument')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='ledger_action_position_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='ledger_action_has_text'), models.CheckConstraint(condition=models.Q(models.Q(('span_end__isnull', True), ('span_start__isnull', True)), models.Q(('span_end__gte', models.F('span_start')), ('span_end__isnull', False), ('span_start__isnull', False)), _connector='OR'), name='ledger_action_span_whole')],
            },
        ),
        migrations.CreateModel(
            name='SupportingUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supporting', to='ledger.finding')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supporting', to='accounts.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'unit'), name='ledger_supporting_once')],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='supporting_units',
            field=models.ManyToManyField(related_name='findings_supported', through='ledger.SupportingUnit', to='accounts.organisation'),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=500)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='ledger.inspection')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('inspection', 'title'), name='ledger_theme_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_theme_titled')],
            },
        ),
        migrations.AddField(
            model_name='findinggroup',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='ledger.theme'),
        ),
        migrations.AddField(
            model_name='finding',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='ledger.theme'),
        ),
        migrations.CreateModel(
            name='CriterionJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('met', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('note', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='ledger.criterion')),
                ('evidence', models.ManyToManyField(related_name='criterion_judgements', to='ledger.evidence')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='ledger_criterionjudgement_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('note', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='ledger.evidence')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='ledger_evidencejudgement_reasoned')],
            },
        ),
        migrations.AddConstraint(
            model_name='returnrecord',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('reason'), 10), name='ledger_return_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='findinggroup',
            constraint=models.UniqueConstraint(condition=models.Q(('theme__isnull', False)), fields=('theme', 'title'), name='ledger_group_once'),
        ),
        migrations.AddConstraint(
            model_name='findinggroup',
            constraint=models.UniqueConstraint(condition=models.Q(('theme__isnull', True)), fields=('inspection', 'title'), name='ledger_group_alone_once'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', 'stage', 'position'], name='ledger_finding_by_stage'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', 'due', 'position'], name='ledger_finding_by_due'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', '-due', 'position'], name='ledger_finding_by_due_down'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', '-changed_at', 'position'], name='ledger_finding_by_change'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', 'stated_progress', 'position'], name='ledger_finding_by_stated'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', 'theme', 'position'], name='ledger_finding_by_theme'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['inspection', 'lead_unit', 'position'], name='ledger_finding_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('inspection', 'position'), name='ledger_finding_position_once'),
        ),
    ]
