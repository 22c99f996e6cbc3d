"""What a municipality's directory calls an employee, beside the employee number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_frozen_plans")]

    operations = [
        migrations.AddField(
            "employment", "directory_id", models.CharField(blank=True, max_length=254)
        ),
    ]
