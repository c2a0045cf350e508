import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Cast


def as_in_the_document(apps, schema_editor):
    # multiplied as big integers: PostgreSQL would run over with small ones
    places = Cast(F("position"), models.BigIntegerField()) * (1 << 20)
    apps.get_model("ledger", "OrderKey").objects.update(place=places)


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0047_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='orderkey',
            name='place',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.RunPython(as_in_the_document, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='orderkey',
            name='place',
            field=models.PositiveBigIntegerField(),
        ),
        migrations.AddIndex(
            model_name='orderkey',
            index=models.Index(fields=['inspection', 'place'], name='ledger_order_place'),
        ),
        migrations.CreateModel(
            name='FindingPlacing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placings', to='ledger.finding')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'version'), name='ledger_findingplacing_once')],
            },
        ),
    ]
