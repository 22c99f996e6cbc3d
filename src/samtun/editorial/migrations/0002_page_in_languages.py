"""Each page in a language: Wagtail makes the root page and its locale in between."""

from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_page"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        BootstrapLocaleField("editorial.EditorialPage"),
        BootstrapTranslationKeyField("editorial.EditorialPage"),
        BootstrapTranslatableModel("editorial.EditorialPage"),
    ]
