"""What we know of an employer's people before a list is looked at; read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from samtun.learning.exchange.entries import Entry
from samtun.learning.models import Employment, Learner
from samtun.learning.queries.addresses import (
    Holders,
    Jobs,
    Meant,
    holders_at,
    is_called,
    meant,
    working_elsewhere,
)
from samtun.learning.queries.employees import known_by_others
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
        self._at = holders_at({entry.email for entry in entries if entry.email})
        holders = {one.pk: one for each in self._at.values() for one in each.all}
        self._elsewhere = working_elsewhere(holders.values(), employer, today)
        self.others_know = known_by_others(employer, {one.learner_id for one in self.all})

    def is_over(self, employment: Employment) -> bool:
        """Whether the last day is past."""
        return employment.left_on is not None and employment.left_on < self.today

    @property
    def working(self) -> list[Employment]:
        """Those whose job is not over."""
        return [one for one in self.all if not self.is_over(one)]

    def meant(self, one: Entry) -> Meant:
        """Whom a line means by its address and name; nobody who is known without an address."""
        return meant(self._at.get(one.email, Holders()), one.name, self._jobs)

    def _jobs(self, learner: Learner) -> Jobs:
        here = self._of_learner.get(learner.pk, [])
        return Jobs(
            is_here=any(job.left_on is None or job.left_on > self.today for job in here),
            was_here=bool(here),
            is_elsewhere=learner.pk in self._elsewhere,
        )

    def jobs_of(self, one: Entry) -> list[Employment]:
        """The jobs here of whom a line means: those that go on first, then the newest."""
        learner = self.meant(one).learner
        found = self._of_learner.get(learner.pk, []) if learner else self._denied(one)
        return sorted(found, key=lambda job: (self.is_over(job), -job.joined_on.toordinal()))

    def _denied(self, one: Entry) -> list[Employment]:
        """Those of the name whose address, as given, somebody else has said is theirs."""
        same = (job for job in self.all if job.denied_email and job.denied_email == one.email)
        return [job for job in same if is_called(job.learner, one.name)]
