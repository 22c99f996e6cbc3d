"""The units of an employer by what they are called in lists and directories."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from uuid import UUID

from samtun.learning.exchange.columns import bare
from samtun.organisations.models import Organization
from samtun.organisations.queries import with_units

_PARTS = re.compile(r"\s*(?:[/>›|\\]|\s[-–]\s)\s*")
_MOST = 5  # suggestions


class Units:
    """The employer and everything under it, found by name, number or identifier."""

    def __init__(self, employer: Organization, chosen: dict[str, str] | None = None) -> None:
        """`chosen`: what somebody has said that names mean, as the unit's identifier."""
        rows = Organization.objects.filter(pk__in=with_units([employer.pk]))
        self.all = {unit.pk: unit for unit in rows.order_by("name", "pk")}
        self.all.setdefault(employer.pk, employer)
        self._known: dict[str, set[UUID]] = defaultdict(set)
        for unit in self.all.values():
            for word in (unit.name, unit.alternate_name, unit.organization_number, str(unit.pk)):
                if word:
                    self._known[bare(word)].add(unit.pk)
        self._names = [bare(unit.name) for unit in self.all.values()]
        self._chosen = {bare(name): key for name, key in (chosen or {}).items()}

    def called(self, text: str) -> Organization | None:
        """The one unit that `text` means, or None; of “A / B” the last part may say it."""
        if key := self._chosen.get(bare(text)):
            return self.all.get(UUID(key))
        for part in (text, *reversed(_PARTS.split(text))):
            found = self._known.get(bare(part), set())
            if len(found) == 1:
                return self.all[next(iter(found))]
            if found:
                return None  # two units with the same name
        return None

    def like(self, text: str) -> list[Organization]:
        """The units that `text` may mean, likeliest first."""
        wanted = bare(_PARTS.split(text)[-1])
        exact = self._known.get(wanted, set())
        close = get_close_matches(wanted, self._names, n=_MOST, cutoff=0.55)
        within = [name for name in self._names if wanted and (wanted in name or name in wanted)]
        keys: list[UUID] = [*exact]
        for name in (*within, *close):
            keys += self._known[name]
        return self._first(keys)

    def _first(self, keys: Iterable[UUID]) -> list[Organization]:
        return [self.all[key] for key in list(dict.fromkeys(keys))[:_MOST]]
