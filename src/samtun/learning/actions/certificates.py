"""Papers that anyone can check: each stands by itself, whatever happens to course and person."""

import secrets
from typing import Any

from django.db import transaction

from samtun.learning.models import Certificate, Evidence, Learner, Plan

# Without letters that look like others when read aloud or off paper (0 O, 1 I L, U V).
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_LENGTH = 24  # log2(29) * 24 = 116 bits: nobody guesses one


def new_code() -> str:
    """The code of a certificate, in groups that can be read aloud."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


@transaction.atomic
def issue(*, evidence: Evidence) -> Certificate:
    """The certificate of what was done; the same one when it is asked for again."""
    learner = evidence.learner
    return _kept(
        learner=learner,
        evidence=evidence,
        language=evidence.language,
        key=f"evidence:{evidence.pk}",
        facts={
            "name": learner.name,
            "title": evidence.title,
            "contents": evidence.facts.get("contents", []),
            "minutes": evidence.minutes,
            "done_on": evidence.done_on.isoformat(),
            "edition": evidence.edition,
            "version": evidence.facts.get("version", 1),
            "publisher": evidence.facts.get("publisher", ""),
            "learnt": evidence.learnt,
        },
    )


def _kept(*, key: str, **fields: Any) -> Certificate:  # noqa: ANN401  (the fields of the row)
    if known := Certificate.objects.filter(key=key).first():
        return known
    wanted = Certificate(code=new_code(), key=key, **fields)
    Certificate.objects.bulk_create([wanted], ignore_conflicts=True)  # made at the same moment
    return Certificate.objects.get(key=key)


@transaction.atomic
def issue_for_plan(*, learner: Learner, plan: Plan) -> Certificate:
    """The certificate of a plan whose required items the learner has all done.

    Raises:
        LearningError: something is left to do.
    """
    raise NotImplementedError
