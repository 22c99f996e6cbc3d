"""Pictures and files, and what is said of them, are called by our words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0006_languages_and_review"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="editorialdocument",
            options={"verbose_name": "file", "verbose_name_plural": "files"},
        ),
        migrations.AlterModelOptions(
            name="editorialimage",
            options={"verbose_name": "picture", "verbose_name_plural": "pictures"},
        ),
        migrations.AlterField(
            model_name="editorialdocument",
            name="credit",
            field=models.CharField(blank=True, max_length=200, verbose_name="who made it"),
        ),
        migrations.AlterField(
            model_name="editorialimage",
            name="alt_text",
            field=models.CharField(blank=True, max_length=300, verbose_name="what it shows"),
        ),
        migrations.AlterField(
            model_name="editorialimage",
            name="credit",
            field=models.CharField(blank=True, max_length=200, verbose_name="who made it"),
        ),
    ]
