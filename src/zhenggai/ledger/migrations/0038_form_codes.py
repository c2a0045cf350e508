from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0036_export_choices'),
    ]

    operations = [
        migrations.AddField(
            model_name='signaturerecord',
            name='form_code',
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
