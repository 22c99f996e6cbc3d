"""Courses and modules as they are written, whose pictures are whose, and the review."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samtun.editorial.fields


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0004_who_answers"),
        ("organisations", "0003_reserved_words"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseFolder",
            fields=[
                (
                    "editorialpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "folder of courses",
            },
            bases=("editorial.editorialpage",),
        ),
        migrations.CreateModel(
            name="EditorReview",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "review by an editor",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="FolderPage",
            fields=[
                (
                    "editorialpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
            },
            bases=("editorial.editorialpage",),
        ),
        migrations.CreateModel(
            name="ModuleFolder",
            fields=[
                (
                    "editorialpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "folder of modules",
            },
            bases=("editorial.editorialpage",),
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "editorialpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("summary", models.TextField(max_length=500, verbose_name="summary")),
                (
                    "goals",
                    models.TextField(
                        blank=True,
                        help_text="What one can do afterwards. One goal a line.",
                        verbose_name="goals",
                    ),
                ),
                ("lessons", samtun.editorial.fields.Blocks([], verbose_name="lessons")),
                ("sources", samtun.editorial.fields.Blocks([], blank=True, verbose_name="sources")),
            ],
            options={
                "verbose_name": "module",
            },
            bases=("editorial.editorialpage",),
        ),
        migrations.AddField(
            model_name="editorialpage",
            name="is_substantial",
            field=models.BooleanField(
                default=False,
                help_text="Those who have done it may be asked to do it again. Leave it empty for corrections.",
                verbose_name="substantial revision",
            ),
        ),
        migrations.AddField(
            model_name="editorialpage",
            name="what_changed",
            field=models.CharField(
                blank=True,
                help_text="One sentence for those who have read it before.",
                max_length=300,
                verbose_name="what is new",
            ),
        ),
        migrations.CreateModel(
            name="CoursePage",
            fields=[
                (
                    "editorialpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("summary", models.TextField(max_length=500, verbose_name="summary")),
                ("for_whom", models.TextField(blank=True, max_length=500, verbose_name="for whom")),
                (
                    "goals",
                    models.TextField(
                        blank=True,
                        help_text="What one can do afterwards. One goal a line.",
                        verbose_name="goals",
                    ),
                ),
                (
                    "authors",
                    models.CharField(blank=True, max_length=300, verbose_name="written by"),
                ),
                ("sectors", models.JSONField(default=list, verbose_name="sectors")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="themes")),
                (
                    "company",
                    models.CharField(
                        choices=[
                            ("alone", "Alone"),
                            ("together", "Together"),
                            ("both", "Alone or together"),
                        ],
                        default="both",
                        max_length=10,
                        verbose_name="how it is taken",
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="Else one has to sign in to read it.",
                        verbose_name="open to everybody",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="place in the catalogue"
                    ),
                ),
                (
                    "modules",
                    samtun.editorial.fields.Blocks(
                        [],
                        help_text="In the order in which they are taken. They must be published first.",
                        verbose_name="modules",
                    ),
                ),
                ("sources", samtun.editorial.fields.Blocks([], blank=True, verbose_name="sources")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="editorial.editorialimage",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
            },
            bases=("editorial.editorialpage",),
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "collection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelf",
                        to="wagtailcore.collection",
                    ),
                ),
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelf",
                        to="organisations.organization",
                    ),
                ),
            ],
        ),
    ]
