"""What is to be done, by when and why, said so that the person understands it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, ngettext

from samtun.learning.enums import ObligationState, Profession
from samtun.learning.models import Obligation, Plan
from samtun.learning.queries.plans import in_force
from samtun.organisations.enums import Language


def to_do(today: date) -> QuerySet[Obligation]:
    """What is required, not done, and still theirs on `today`: all that anyone is reminded of."""
    works = Q(employment__left_on__isnull=True) | Q(employment__left_on__gte=today)
    rows = in_force().filter(state=ObligationState.OPEN, is_required=True)
    return rows.filter(works, employment__joined_on__lte=today, plan__archived_at__isnull=True)


def overdue(today: date) -> QuerySet[Obligation]:
    """Of these, what should have been done by yesterday."""
    return to_do(today).filter(due_on__lt=today)


def history(plan: Plan) -> QuerySet[Obligation]:
    """All that has ever been asked for by `plan`, the newest cycle first."""
    return Obligation.objects.filter(plan=plan).order_by("-cycle", "-opened_on", "pk")


def why_in_words(obligation: Obligation, language: str) -> str:
    """Why the person has it and how the date was found, in a few short sentences.

    Said so that it fits whoever reads it: the person, or their leader.
    """
    with translation.override(language):
        return " ".join(_sentences(obligation, language))


def day_in_words(day: date, language: str) -> str:
    """`2. mars 2026`; call it under the language."""
    return formatted(day, "j F Y" if language == Language.ENGLISH else "j. F Y")


def _sentences(obligation: Obligation, language: str) -> Iterator[str]:
    why: dict[str, Any] = obligation.why
    yield gettext("This is for %(who)s.") % {"who": _who(why)}
    if joined := _joined(why, language):
        yield joined
    if others := why.get("also"):
        who = gettext(" and ").join(dict.fromkeys(_who(other) for other in others))
        yield gettext("It is also for %(who)s.") % {"who": who}
    if not obligation.is_required:
        yield gettext("It is an offer, and voluntary.")
        return
    due = why.get("due", {})
    if how := _how(due, language):
        yield how
    if moved := _moved(due, obligation, language):
        yield moved


def _who(scope: dict[str, Any]) -> str:
    unit = scope.get("unit_name", "")
    known = dict(Profession.choices)
    names = [str(known.get(code, code)).lower() for code in scope.get("professions", [])]
    people = gettext(" or ").join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if scope.get("leaders"):
        people = f"{people} ({gettext('leaders only')})" if people else gettext("leaders")
    if not people:
        people = gettext("everybody")
    if not unit:
        return gettext("%(people)s in the whole plan") % {"people": people}
    return gettext("%(people)s in %(unit)s") % {"people": people, "unit": unit}


def _joined(why: dict[str, Any], language: str) -> str:
    first, last = _day(why.get("joined_from"), language), _day(why.get("joined_until"), language)
    if first and last:
        words = gettext("It is for those who started between %(first)s and %(last)s.")
    elif first:
        words = gettext("It is for those who started on %(first)s or later.")
    elif last:
        words = gettext("It is for those who started on %(last)s or earlier.")
    else:
        return ""
    return words % {"first": first, "last": last}


def _how(due: dict[str, Any], language: str) -> str:
    facts = {"day": _day(due.get("from") or due.get("done"), language)}
    match due.get("way"):
        case "fixed":
            return gettext("The plan has set the date.")
        case "late":
            words = gettext(
                "It began to apply on %(day)s, so the date is 30 days after that, or later."
            )
        case "days":
            words = _days(due.get("after", ""), due["days"])
            facts["days"] = due["days"]
        case "renewal":
            words = gettext(
                "It was last done on %(day)s. It is to be done again before that runs out."
            )
        case "revision":
            words = gettext("The course has changed since then. It was asked for again on %(day)s.")
        case _:
            return gettext("It has no date.")
    return words % facts


def _days(after: str, count: int) -> str:
    match after:
        case "joined":
            return ngettext(
                "The date is %(days)d day after the first day at work, %(day)s.",
                "The date is %(days)d days after the first day at work, %(day)s.",
                count,
            )
        case "unit":
            return ngettext(
                "The date is %(days)d day after the first day in the unit, %(day)s.",
                "The date is %(days)d days after the first day in the unit, %(day)s.",
                count,
            )
        case "plan":
            return ngettext(
                "The date is %(days)d day after the beginning of the plan, %(day)s.",
                "The date is %(days)d days after the beginning of the plan, %(day)s.",
                count,
            )
    return ngettext(
        "The date is %(days)d day after it began to apply, %(day)s.",
        "The date is %(days)d days after it began to apply, %(day)s.",
        count,
    )


def _moved(due: dict[str, Any], obligation: Obligation, language: str) -> str:
    if due.get("moved") == "extended" and obligation.due_on:
        words = gettext("There is more time, until %(day)s.")
        return words % {"day": day_in_words(obligation.due_on, language)}
    if due.get("moved") == "exempted":
        return gettext("There was an exemption for a while. The date is after that.")
    return ""


def _day(iso: str | None, language: str) -> str:
    return day_in_words(date.fromisoformat(iso), language) if iso else ""
