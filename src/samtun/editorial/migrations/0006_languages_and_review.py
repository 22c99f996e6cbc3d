"""The languages that are written in, and the review that every text goes through.

What Wagtail sets up for a website of its own goes: its welcome page and site, and a review that
asks its groups.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LANGUAGES = ("nb", "nn", "en")
NAME = "Redaktøren ser over"


def _set_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    _forget_the_website(apps)
    _review(apps)


def _forget_the_website(apps: Apps) -> None:
    EditorialPage = apps.get_model("editorial", "EditorialPage")
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    welcome = EditorialPage.objects.filter(depth=2, url_path="/home/", organization=None)
    if gone := welcome.count():
        welcome.delete()
        for root in EditorialPage.objects.filter(depth=1):
            root.numchild -= gone
            root.save(update_fields=["numchild"])


def _review(apps: Apps) -> None:
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = kinds.get_or_create(app_label="editorial", model="editorreview")
    apps.get_model("wagtailcore", "Workflow").objects.update(active=False)
    apps.get_model("wagtailcore", "Task").objects.update(active=False)
    task = apps.get_model("editorial", "EditorReview").objects.create(
        name=NAME, active=True, content_type=kind
    )
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    pages = apps.get_model("wagtailcore", "WorkflowPage").objects
    pages.all().delete()
    for root in apps.get_model("editorial", "EditorialPage").objects.filter(depth=1):
        pages.create(workflow=workflow, page_id=root.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0005_courses_and_modules"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(_set_up, migrations.RunPython.noop)]
