"""The agenda as it is edited: every point is a row, with buttons that work without scripts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samtun.learning.models import GroupSession
from samtun.learning.queries import sessions as queries
from samtun.learning.queries.sessions import OWN, PAUSE, Step, agenda_of, step, version_of

UP, DOWN, AWAY, ADD_OWN, ADD_PAUSE, RESET = "opp", "ned", "bort", "eget", "pause", "forslag"
_OWN_MINUTES, _PAUSE_MINUTES = 5, 10


def typed(session: GroupSession, data: Mapping[str, Any]) -> list[Step]:
    """The agenda as the form says it: the session's points with other titles and minutes.

    The order is that of the form; points that it doesn't mention are gone.
    """
    known = {each["id"]: each for each in session.agenda}
    keys = data.getlist("punkt") if hasattr(data, "getlist") else []
    found: list[Step] = []
    for key in dict.fromkeys(keys):
        now = known.get(key) or _new(key, data)
        if now is not None:
            found.append(_changed(now, data))
    return found


def _new(key: str, data: Mapping[str, Any]) -> Step | None:
    """A point that was added on a page which has not been saved since."""
    kind = data.get(f"slag-{key}")
    if kind not in (OWN, PAUSE) or not key.isalnum() or len(key) > 32:
        return None
    return {**step(kind, "", 1), "id": key}


def _changed(now: Step, data: Mapping[str, Any]) -> Step:
    title = " ".join(str(data.get(f"tittel-{now['id']}", now["title"])).split())[:200]
    minutes = str(data.get(f"minutter-{now['id']}", now["minutes"]))
    is_number = minutes.isascii() and minutes.isdigit() and len(minutes) < 4
    return {**now, "title": title, "minutes": int(minutes) if is_number else 0}


def pressed(session: GroupSession, agenda: Sequence[Step], act: str) -> list[Step]:
    """The agenda after a button: "opp:3", "ned:3", "bort:3", "eget", "pause" or "forslag"."""
    made = list(agenda)
    what, _colon, where = act.partition(":")
    at = int(where) if where.isascii() and where.isdigit() else -1
    if what == ADD_OWN:
        made.append(step(OWN, _("Point of our own"), _OWN_MINUTES))
    elif what == ADD_PAUSE:
        made.append(step(PAUSE, _("Pause"), _PAUSE_MINUTES))
    elif what == RESET:
        return suggested(session) or made
    elif not 0 <= at < len(made):
        return made
    elif what == AWAY:
        del made[at]
    elif what == UP and at:
        made[at - 1], made[at] = made[at], made[at - 1]
    elif what == DOWN and at + 1 < len(made):
        made[at + 1], made[at] = made[at], made[at + 1]
    return made


def suggested(session: GroupSession) -> list[Step]:
    """What the module makes by itself."""
    version = version_of(session)
    return agenda_of(version.content, queries.sectors_of(session)) if version else []
