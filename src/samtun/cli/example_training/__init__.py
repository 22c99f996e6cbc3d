"""A year of training in the example region, made once; days are counted back from that day.

Employees come in through the importer, and what is decided and led through the actions that people
use. What a year has done (evidence, agreements, moments) is written into the tables as the actions
write it, since no action can be taken a year ago.
"""

from django.db import transaction
from django.utils import timezone

from samtun.cli.example_training import employees, mapping, plan, progress, together
from samtun.learning.letters import reminding
from samtun.learning.models import Course, Plan
from samtun.people.models import User


@transaction.atomic
def load() -> None:
    """Make it. Does nothing when it is there, or when the courses or the people are not."""
    if Plan.objects.filter(is_example=True).exists() or not _is_ready():
        return
    employees.load()
    made = plan.load()
    progress.load(made)
    together.load(made)
    mapping.load(made)
    plan.load_next(made)
    reminding.remind(timezone.now())


def _is_ready() -> bool:
    return Course.objects.exists() and User.objects.filter(email=plan.owner_address()).exists()
