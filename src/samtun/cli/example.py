"""What has happened at the desk of the example region, so that whoever tries it has work to do.

Made by the very actions that people use, from `examples/valdres/desk.toml`, once. Dates are counted
back from the day it is made, so that the example does not grow old.
"""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samtun.directory import finding
from samtun.directory.editing import actions as editing
from samtun.directory.editing import confirming
from samtun.directory.editing.document import empty
from samtun.directory.editing.reading import document_of
from samtun.directory.enums import Answer, AskingStage, LinkState, ServiceStatus, SuggestionKind
from samtun.directory.keeping import missed, suggestions
from samtun.directory.keeping.night import PATIENCE, night
from samtun.directory.models import Link, MissedSearch, Service, Suggestion
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Municipality, Region
from samtun.people import demo
from samtun.people.models import User

Entry = dict[str, Any]
_REGION = "valdres"
_FRESHEST = timedelta(days=2)  # how old the newest confirmation of the example is
_ANYBODY = "127.0.0.1"  # who reports: counted against floods, not kept


@transaction.atomic
def load() -> None:
    """Make the people, and what waits for them. Does nothing the second time."""
    made = demo.load()
    if not made or User.objects.count() > made:  # a newer example has more people, not more to do
        return
    told = tomllib.loads((Path(settings.EXAMPLE_DIR) / "desk.toml").read_text(encoding="utf-8"))
    _make_recent()
    steps: dict[str, Callable[[Entry], None]] = {
        "keeper": _keeper,
        "edit": _edit,
        "draft": _draft,
        "report": _report,
        "proposal": _proposal,
        "change": _change,
        "link": _link,
        "missed": _missed,
    }
    for name, step in steps.items():
        for entry in told.get(name, []):
            step(entry)
    _nights()


def _make_recent() -> None:
    """Bring the example's confirmations up to today; real offers keep their real dates."""
    ours = Service.objects.filter(organization__is_example=True, assured_date__isnull=False)
    newest: date | None = ours.aggregate(newest=Max("assured_date"))["newest"]
    behind = timezone.localdate() - _FRESHEST - newest if newest else timedelta()
    if behind.days > 0:
        for service in ours.only("assured_date").iterator():
            Service.objects.filter(pk=service.pk).update(
                assured_date=(service.assured_date or timezone.localdate()) + behind
            )
    confirming.renew_due()
    finding.refresh([*ours.values_list("pk", flat=True)])


def _nights() -> None:
    """The rounds of the last six weeks, so that every stage of asking is there.

    Two of three keepers answer the first letter, as one may hope.
    """
    today = timezone.localdate()
    for step in (3, 2, 1, 0):
        night(today - step * PATIENCE)
        asked = Service.objects.filter(asking__stage=AskingStage.ASKED).order_by("slug")
        for number, service in enumerate(asked.select_related("organization")):
            if step and number % 3:
                confirming.confirm(service, answer=Answer.STILL_RIGHT, by=None)


def _service(entry: Entry) -> Service:
    return Service.objects.select_related("organization").get(slug=entry["service"])


def _person(entry: Entry, key: str = "person") -> User:
    return User.objects.get(email=entry[key])


def _region() -> Region:
    return Region.objects.get(slug=_REGION)


def _organization(key: str) -> UUID:
    return derived_id("organization", _REGION, key)


def _keeper(entry: Entry) -> None:
    theirs = Service.objects.filter(organization__in=map(_organization, entry["organizations"]))
    theirs.update(keeper=_person(entry))


def _edit(entry: Entry) -> None:
    service = _service(entry)
    document = document_of(service)
    document["texts"][document["language"]]["alert"] = entry["alert"]
    editing.save(document=document, by=_person(entry), service=service)


def _draft(entry: Entry) -> None:
    document = empty(language="nb")
    document["texts"]["nb"] |= {"name": entry["name"], "summary": entry["summary"]}
    document["organization"] = str(_organization(entry["organization"]))
    document["covers"] = [entry["municipality"]]
    document["status"] = ServiceStatus.INACTIVE
    editing.save(document=document, by=_person(entry))


def _report(entry: Entry) -> None:
    said = suggestions.report_error(
        service=_service(entry),
        region=_region(),
        text=entry["text"],
        email=entry.get("email", ""),
        language="nb",
        sender=_ANYBODY,
    )
    if "answered_by" in entry:
        suggestions.accept(said, by=_person(entry, "answered_by"))
    _date_back(said, entry)


def _proposal(entry: Entry) -> None:
    document = empty(language="nb")
    document["texts"]["nb"] |= {"name": entry["name"]}
    document["covers"] = [entry["municipality"]]
    document["phones"] = [{"id": None, "number": entry["phone"], "description": ""}]
    said = suggestions.propose(
        region=_region(),
        municipality=Municipality.objects.get(number=entry["municipality"]),
        text=entry["text"],
        document=dict(document),
        email="",
        language="nb",
        sender=_ANYBODY,
    )
    _date_back(said, entry)


def _change(entry: Entry) -> None:
    service = _service(entry)
    document = document_of(service)
    document["phones"] = [{"id": None, "number": entry["phone"], "description": ""}]
    said = Suggestion.objects.create(
        kind=SuggestionKind.CHANGE, service=service, region=_region(), document=document
    )
    _date_back(said, entry)


def _date_back(said: Suggestion, entry: Entry) -> None:
    now = timezone.now()
    Suggestion.objects.filter(pk=said.pk).update(made_at=now - timedelta(days=entry["days_ago"]))
    if "answered_days_ago" in entry:
        answered = now - timedelta(days=entry["answered_days_ago"])
        Suggestion.objects.filter(pk=said.pk).update(answered_at=answered)


def _link(entry: Entry) -> None:
    service = _service(entry)
    looked_at = timezone.now() - timedelta(days=entry["days_ago"])
    link, _made = Link.objects.update_or_create(
        url=service.url,
        defaults={
            "state": LinkState(entry["state"]),
            "status": entry["status"],
            "moved_to": entry.get("moved_to", ""),
            "failures": 1,
            "failing_since": looked_at,
            "looked_at": looked_at,
        },
    )
    link.services.add(service)


def _missed(entry: Entry) -> None:
    region = _region()
    for _time in range(entry["count"]):
        missed.calm.forget()  # these are not one visitor's
        missed.remember(region.pk, entry["words"])
    seen = timezone.localdate() - timedelta(days=entry["days_ago"])
    MissedSearch.objects.filter(region=region, words=entry["words"]).update(last_on=seen)
