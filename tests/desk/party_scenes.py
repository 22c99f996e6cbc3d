"""A meeting place of Kari's with a full list, for the tests of running it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from samtun.events.enums import PartyState
from samtun.events.models import Intake, Occurrence, Party
from tests.desk.desk_scenes import Scene, scene
from tests.factories import events as happening


@dataclass
class Meeting:
    """Two of three seats are taken by Anne and Bo; Cille waits with two."""

    desk: Scene
    intake: Intake
    anne: Party
    bo: Party
    cille: Party

    @property
    def date(self) -> Occurrence:
        """Its one date."""
        return self.intake.occurrences.get()


def meeting(**fields: Any) -> Meeting:  # noqa: ANN401  (fields of the event)
    """In two weeks, unless said otherwise."""
    valdres = scene()
    of = happening.one_off(organization=valdres.owner, **{"capacity": 3} | fields)
    anne = happening.party(of, name="Anne Hemmelig")
    bo = happening.party(of, name="Bo", email="", phone="90 00 00 01")
    cille = happening.party(of, name="Cille", size=2, state=PartyState.WAITING)
    return Meeting(valdres, of, anne, bo, cille)


def today(found: Meeting) -> Occurrence:
    """Let it be today; its date."""
    now = timezone.now()
    date = found.date
    date.starts_at, date.ends_at = now - timedelta(minutes=5), now + timedelta(hours=2)
    date.save()
    Intake.objects.filter(pk=found.intake.pk).update(starts_at=date.starts_at, ends_at=date.ends_at)
    found.intake.refresh_from_db()
    return date
