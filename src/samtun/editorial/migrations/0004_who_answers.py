"""Who answers for a page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0003_texts_and_media"),
        ("organisations", "0002_keeping"),
    ]

    operations = [
        migrations.AddField(
            model_name="editorialpage",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organization",
            ),
        ),
    ]
