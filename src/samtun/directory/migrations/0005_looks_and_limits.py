import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_keeping"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkHost",
            fields=[
                ("name", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("rest_until", models.DateTimeField(null=True)),
                ("robots", models.TextField(blank=True)),
                ("robots_read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SendingDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="link",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_found", "The page is not there"),
                    ("no_host", "The web site does not exist"),
                    ("no_answer", "The web site does not answer"),
                    ("server", "The web site has an error"),
                    ("tls", "Its certificate is not valid, so browsers warn against it"),
                    ("redirects", "It only sends us on, again and again"),
                    ("robots", "The web site asks robots to stay away"),
                    ("login", "It lets only some people in"),
                    ("address", "It is not an address on the open web"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="settled_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "Not looked at yet"),
                    ("ok", "Works"),
                    ("moved", "Moved"),
                    ("gone", "Gone"),
                    ("down", "Does not answer just now"),
                    ("refusing", "Does not let robots in"),
                    ("forbidden", "Cannot be looked at"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="host",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="directory.linkhost",
            ),
        ),
        migrations.CreateModel(
            name="SenderCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="directory.sendingday",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "digest"), name="sender_once_a_day")
                ],
            },
        ),
    ]
