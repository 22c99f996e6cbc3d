"""What we know of an employer's people before a list is looked at; read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from samtun.learning.exchange.entries import Entry
from samtun.learning.models import Employment, Learner
from samtun.learning.queries.employees import known_by_others, learners_at
from samtun.organisations.models import Organization


class Known:
    """The employments of an employer, by number and by address."""

    def __init__(self, employer: Organization, entries: Iterable[Entry], today: date) -> None:
        self.today = today
        rows = Employment.objects.filter(employer=employer).select_related("learner", "unit")
        self.all = list(rows.order_by("joined_on", "pk"))
        self.by_number = {one.external_id: one for one in self.all if one.external_id}
        self._of_learner: dict[object, list[Employment]] = defaultdict(list)
        for one in self.all:
            self._of_learner[one.learner_id].append(one)
        self._at = learners_at({entry.email for entry in entries if entry.email})
        self.others_know = known_by_others(employer, {one.learner_id for one in self.all})

    def is_over(self, employment: Employment) -> bool:
        """Whether the last day is past."""
        return employment.left_on is not None and employment.left_on < self.today

    @property
    def working(self) -> list[Employment]:
        """Those whose job is not over."""
        return [one for one in self.all if not self.is_over(one)]

    def learner_at(self, email: str) -> Learner | None:
        """Whoever has the address, here or anywhere."""
        return self._at.get(email) if email else None

    def jobs_at(self, email: str) -> list[Employment]:
        """The jobs here of whoever has the address: those that go on first, then the newest."""
        learner = self.learner_at(email)
        found = self._of_learner.get(learner.pk, []) if learner else []
        return sorted(found, key=lambda one: (self.is_over(one), -one.joined_on.toordinal()))
