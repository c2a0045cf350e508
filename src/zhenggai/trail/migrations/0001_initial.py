import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspection', 'Inspection'), ('organisation', 'Organisation')], max_length=16)),
                ('key', models.PositiveBigIntegerField()),
                ('head_seq', models.PositiveBigIntegerField(default=0)),
                ('head_hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('head_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='trail_chain_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['inspection', 'organisation'])), name='trail_chain_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('head_at__isnull', True), ('head_hash', '0000000000000000000000000000000000000000000000000000000000000000'), ('head_seq', 0)), models.Q(('head_at__isnull', False), ('head_seq__gt', 0)), _connector='OR'), name='trail_chain_head_whole')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_id', models.PositiveBigIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('subject_kind', models.CharField(max_length=50)),
                ('subject_id', models.PositiveBigIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='trail.chain')),
            ],
            options={
                'ordering': ['chain', 'seq'],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='trail_event_once'), models.CheckConstraint(condition=models.Q(('seq__gt', 0)), name='trail_event_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='EventValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50)),
                ('salt', models.BinaryField(null=True)),
                ('value', models.TextField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='trail.event')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'name'), name='trail_eventvalue_once'), models.CheckConstraint(condition=models.Q(models.Q(('salt__isnull', True), ('value__isnull', True)), models.Q(('salt__isnull', False), ('value__isnull', False), models.Q(('value', ''), _negated=True)), _connector='OR'), name='trail_eventvalue_erased_whole')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['chain', 'subject_kind', 'subject_id', 'seq'], name='trail_event_by_subject'),
        ),
    ]
