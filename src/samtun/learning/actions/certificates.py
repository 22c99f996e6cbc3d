"""Papers that anyone can check: each stands by itself, whatever happens to course and person."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samtun.learning.actions.employees import counts_on
from samtun.learning.enums import Learnt, ObligationState
from samtun.learning.errors import LearningError
from samtun.learning.models import Certificate, Evidence, Learner, Plan
from samtun.learning.queries.plans import ActiveItem, active_items

# Without letters that look like others when read aloud or off paper (0 O, 1 I L, U V).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 24  # log2(29) * 24 = 116 bits: nobody guesses one
_GROUP = 4
RENAMED = "renamed"  # in `withdrawn_why`: there is a newer one with another name
FORGOTTEN = "forgotten"  # its owner wanted to be forgotten
_NEVER_ON_PAPER = (Learnt.BROUGHT, Learnt.EQUIVALENT)  # not learnt here: others vouch for it


def new_code() -> str:
    """The code of a certificate, in groups that can be read aloud."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(letters: str) -> str:
    """As it stands on the paper."""
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


@transaction.atomic
def issue(*, evidence: Evidence) -> Certificate:
    """The certificate of what was done; the same one when it is asked for again.

    Whose name has changed gets one with the new name, and the older says that it is replaced.

    Raises:
        LearningError: it was not learnt here, so others have to vouch for it.
    """
    if evidence.learnt in _NEVER_ON_PAPER:
        raise LearningError(_("This was not learnt here. Ask those who gave you the course."))
    facts = {
        "title": evidence.title,
        "contents": evidence.facts.get("contents", []),
        "minutes": evidence.minutes,
        "done_on": evidence.done_on.isoformat(),
        "edition": evidence.edition,
        "version": evidence.facts.get("version", 1),
        "publisher": evidence.facts.get("publisher", ""),
        "learnt": evidence.learnt,
    }
    return _issued(
        f"evidence:{evidence.pk}", evidence.learner, facts, evidence.language, evidence=evidence
    )


@transaction.atomic
def issue_for_plan(*, learner: Learner, plan: Plan) -> Certificate:
    """The certificate of a plan, when the learner has done all that it requires of them.

    Raises:
        LearningError: something is left to do, or nothing was done.
    """
    items = [one for one in active_items(learner) if one.plan.pk == plan.pk]
    done = _done(items)
    days = [evidence.done_on for _item, evidence in done]
    minutes = sum(item.item.minutes or evidence.minutes for item, evidence in done)
    facts = {
        "title": plan.title,
        "contents": [
            {"title": item.item.title, "minutes": item.item.minutes or evidence.minutes}
            for item, evidence in done
        ],
        "minutes": minutes,
        "done_on": max(days).isoformat(),
        "edition": 1,
        "version": done[0][0].item.version.number,
        "publisher": _owner(plan),
        "learnt": Learnt.ALONE,
        "is_plan": True,
    }
    what = ":".join(sorted({evidence.pk.hex[:8] for _item, evidence in done}))[:100]
    key = f"plan:{plan.pk}:{learner.pk}:{what}"
    return _issued(key, learner, facts, plan.language, plan_key=plan.pk)


def _done(items: Iterable[ActiveItem]) -> list[tuple[ActiveItem, Evidence]]:
    """Each item once, with how it was done."""
    items = list(items)
    required = [one for one in items if one.obligation.is_required]
    if any(one.obligation.state == ObligationState.OPEN for one in required):
        raise LearningError(_("Something in the plan is still to be done."))
    keys = {one.obligation.evidence_id for one in required if one.obligation.evidence_id}
    known = Evidence.objects.in_bulk(keys)
    found: dict[UUID, tuple[ActiveItem, Evidence]] = {}
    for one in required:
        evidence = known.get(one.obligation.evidence_id or UUID(int=0))
        if evidence:
            found.setdefault(one.obligation.item_key, (one, evidence))
    if not found:
        raise LearningError(_("Nothing in the plan is done yet."))
    return list(found.values())


def _owner(plan: Plan) -> str:
    if plan.municipality:
        return plan.municipality.name
    return str(plan.region) if plan.region else ""


def _issued(
    base: str,
    learner: Learner,
    facts: dict[str, Any],
    language: str,
    *,
    evidence: Evidence | None = None,
    plan_key: UUID | None = None,
) -> Certificate:
    """The newest of those whose key begins with `base`, while the name on it is still theirs."""
    name = _name(learner)
    older = list(Certificate.objects.filter(key__startswith=f"{base}:").order_by("issued_at", "pk"))
    if older and older[-1].facts.get("name") == name:
        return older[-1]
    for one in older:
        withdraw(certificate=one, why=RENAMED)
    wanted = Certificate(
        code=new_code(), learner=learner, evidence=evidence, plan_key=plan_key, language=language,
        facts={"name": name, **facts}, key=f"{base}:{len(older) + 1}",
    )  # fmt: skip
    Certificate.objects.bulk_create([wanted], ignore_conflicts=True)  # made at the same moment
    return Certificate.objects.get(key=wanted.key)


def _name(learner: Learner) -> str:
    """As the employer has it; else as the person writes it in their own account."""
    account = learner.user.name.strip() if learner.user else ""
    is_employed = learner.employments.filter(counts_on(timezone.localdate())).exists()
    name = learner.name if is_employed or not account else account
    if not name.strip():
        raise LearningError(_("Write your name under «My account» first: it stands on the paper."))
    return name.strip()


@transaction.atomic
def withdraw(*, certificate: Certificate, why: str) -> None:
    """It does not hold any more, and says so; what it said stays. Once is enough."""
    rows = Certificate.objects.filter(pk=certificate.pk, withdrawn_at=None)
    rows.update(withdrawn_at=timezone.now(), withdrawn_why=why[:300])


@transaction.atomic
def forget(*, learner: Learner) -> None:
    """Empty all of the learner's certificates, who wants to be forgotten."""
    rows = Certificate.objects.filter(learner=learner)
    rows.update(facts={}, withdrawn_at=timezone.now(), withdrawn_why=FORGOTTEN)
