"""Whoever has an address says whether a job is theirs; a calendar's address can be renewed."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0006_directory_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("learner", "learner_email_once"),
        migrations.AddField(
            "employment", "denied_email", models.EmailField(blank=True, max_length=254)
        ),
        migrations.AddField("learner", "calendar_number", models.PositiveIntegerField(default=0)),
        migrations.AddIndex(
            "learner",
            models.Index(Lower("email"), condition=~Q(email=""), name="learner_of_email"),
        ),
        migrations.AddConstraint(
            "learner",
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email="") & Q(user=None), name="learner_email_once"
            ),
        ),
    ]
