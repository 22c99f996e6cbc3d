"""«Is this you?»: no account is tied to a job before its owner has said yes to the employer."""

from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from samtun.learning.actions import obligations
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Answer,
    Certificate,
    Employment,
    Evidence,
    Learner,
    LessonDone,
    Participant,
    Progress,
    Reminder,
)
from samtun.learning.queries.own_jobs import job_asked_of
from samtun.people import audit
from samtun.people.addresses import addresses_of
from samtun.people.models import User

# What is one learner's, and what there is one of for each.
_ONCE: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Progress, ("course_id",)),
    (LessonDone, ("module_id", "lesson", "edition")),
    (Participant, ("session_id",)),
    (Reminder, ("sent_on",)),
)


class NotAskedError(LearningError):
    """The job is none that this person may say anything about."""

    def __init__(self) -> None:
        super().__init__(_("Nobody asks about this any more."))


@transaction.atomic
def accept(*, user: User, employment: Employment) -> Learner:
    """ "Yes, that is me": the jobs with this employer are theirs, with all that was done in them.

    Raises:
        NotAskedError: the address is not theirs, or it is settled already.
    """
    job = _held(user, employment)
    theirs = _apart(job)
    try:
        with transaction.atomic():
            learner = _joined(user, theirs)
    except IntegrityError as error:  # the same job is theirs already
        raise NotAskedError from error
    Employment.objects.filter(learner=learner, employer=job.employer_id).update(denied_email="")
    audit.record("employment.accepted", by=user, about=job)
    obligations.follow(learner)
    return learner


@transaction.atomic
def refuse(*, user: User, employment: Employment) -> None:
    """ "No, not me": nobody is asked again, and the employer is told that the address is wrong.

    The trail does not say who it was.

    Raises:
        NotAskedError: the address is not theirs, or it is settled already.
    """
    job = _held(user, employment)
    if not job.learner.email:
        raise NotAskedError
    address, theirs = job.learner.email, _apart(job)
    theirs.email = ""
    theirs.save(update_fields=["email"])
    jobs = Employment.objects.filter(learner=theirs, employer=job.employer_id)
    jobs.update(denied_email=address.lower())
    audit.record("employment.denied", by=None, about=job, details={"by": "address"})


def _held(user: User, employment: Employment) -> Employment:
    """The job as it is now; others who answer wait."""
    keys = [employment.learner_id, *Learner.objects.filter(user=user).values_list("pk", flat=True)]
    held = Learner.objects.filter(pk__in=keys).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))
    job = job_asked_of(user, employment.pk)
    if job is None:
        raise NotAskedError
    return job


def _apart(job: Employment) -> Learner:
    """The learner with the jobs of this employer alone; what another employer says waits."""
    learner = job.learner
    if not learner.employments.exclude(employer=job.employer_id).exists():
        return learner
    other = Learner.objects.create(name=learner.name, language=learner.language)
    learner.employments.filter(employer=job.employer_id).update(learner=other)
    _copy_done(learner, other)
    return other


def _joined(user: User, theirs: Learner) -> Learner:
    """One learner of the two; evidence cannot be moved, so whoever has some stays."""
    own = Learner.objects.filter(user=user).first()
    if own is None or _is_new(own):
        if own is not None:
            _hand_over(own, theirs)
            own.delete()
        theirs.user = user
        theirs.email = theirs.email or next(iter(addresses_of(user)), "")
        theirs.save(update_fields=["user", "email"])
        return theirs
    theirs.employments.update(learner=own)
    _hand_over(theirs, own)
    _copy_done(theirs, own)
    theirs.name = theirs.email = ""  # as when somebody is forgotten
    theirs.save(update_fields=["name", "email"])
    return own


def _is_new(own: Learner) -> bool:
    tables = (Employment, Evidence, Certificate)
    return not any(table.objects.filter(learner=own).exists() for table in tables)


def _hand_over(source: Learner, target: Learner) -> None:
    """Places, answers and sessions; where both have one, the target's stays."""
    Answer.objects.filter(learner=source).update(learner=target)
    Participant.objects.filter(claimed_by=source).update(claimed_by=target)
    for table, once in _ONCE:
        rows = table._default_manager
        known = set(rows.filter(learner=target).values_list(*once))
        found = rows.filter(learner=source).values_list("pk", *once)
        free = [pk for pk, *rest in found if tuple(rest) not in known]
        rows.filter(pk__in=free).update(learner=target)


def _copy_done(source: Learner, target: Learner) -> None:
    """Evidence stays where it was written, and counts for whom it was, too; once."""
    copies = list(Evidence.objects.filter(learner=source))
    for one in copies:
        written = one.key.rpartition(":")[2] if one.key.startswith("same:") else one.pk
        one.key = f"same:{target.pk}:{written}"
        one.pk, one.learner = uuid4(), target
    known = Evidence.objects.filter(key__in=[one.key for one in copies])
    there = set(known.values_list("key", flat=True))
    Evidence.objects.bulk_create([one for one in copies if one.key not in there])
