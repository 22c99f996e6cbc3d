"""What an independent and simple-minded reader of the rules expects, day by day.

Written from the words of `Rule`, `Item` and `actions.obligations`, without a line of theirs: plain
loops over everything there is, once a day and after each change.
"""

import calendar
from datetime import date, timedelta
from uuid import UUID

from samtun.learning.models import Decision, Employment, Evidence, Item, Plan, Rule
from samtun.organisations.models import Organization

Place = tuple[UUID, UUID]  # a job and an item


class Oracle:
    """Remembers only since when each rule has asked each job, and what was asked when."""

    def __init__(self) -> None:
        self.since: dict[tuple[Place, str], date] = {}

    def today(self, today: date) -> dict[Place, tuple[str, date | None]]:
        """State and date of all that is in force; call it after each change of a day."""
        found = {}
        hit = set()
        self.units = {one.pk: one for one in Organization.objects.all()}
        self.evidence = list(Evidence.objects.all())
        self.decisions = list(Decision.objects.filter(withdrawn_at__isnull=True))
        items = Item.objects.filter(version__status="active").prefetch_related("rules")
        items = list(items.select_related("version__plan"))
        for job in Employment.objects.all():
            for item in items:
                place = (job.pk, item.key)
                rules = [rule for rule in item.rules.all() if self.asks(rule, job, item, today)]
                for rule in rules:
                    spec = f"{rule.key}{rule.due_on}{rule.due_days}"
                    hit.add((place, spec))
                    self.since.setdefault((place, spec), today)
                if rules:
                    found[place] = self._one(job, item, rules, today)
        self.since = {key: day for key, day in self.since.items() if key in hit}
        return found

    def _one(
        self, job: Employment, item: Item, rules: list[Rule], today: date
    ) -> tuple[str, date | None]:
        last = self.newest(job, item)
        if last and is_enough(last, item, today):
            return "done", None
        decided = [
            one
            for one in self.decisions
            if one.employment_id == job.pk and one.item_key == item.key
        ]
        exempt = [one for one in decided if one.kind == "exempt"]
        if any(one.until is None or today <= one.until for one in exempt):
            return "exempt", None
        if not item.is_required:
            return "open", None
        due = self._due(job, item, rules, last)
        for one in decided:
            if one.kind == "extended":
                due = max(due, one.until)
            if one.kind == "exempt":
                due = max(due, one.until + timedelta(days=30))
        return "open", due

    def _due(self, job: Employment, item: Item, rules: list[Rule], last: Evidence | None) -> date:
        place = (job.pk, item.key)
        dues = []
        for rule in rules:
            since = self.since[place, f"{rule.key}{rule.due_on}{rule.due_days}"]
            dues.append((due_by(rule, item, job, since), since))
        by_rule, since = min(dues, key=lambda pair: pair[0])
        if last and item.valid_months:
            until = months_later(last.done_on, item.valid_months)
            return by_rule if until < since else until
        return by_rule

    def asks(self, rule: Rule, job: Employment, item: Item, today: date) -> bool:
        """Whether the rule is for the job today."""
        if today < job.joined_on or (job.left_on and today > job.left_on):
            return False
        if item.version.plan.archived_at:
            return False
        above = [self.units[job.unit_id]]
        while above[-1].parent_organization_id:
            above.append(self.units[above[-1].parent_organization_id])
        numbers = [one.municipality_id for one in above if one.municipality_id]
        if not numbers or numbers[0] != item.version.plan.municipality_id:
            return False
        return (
            (rule.unit_id is None or rule.unit_id in [one.pk for one in above])
            and (not rule.professions or job.profession in rule.professions)
            and (job.is_leader or not rule.leaders_only)
        )

    def newest(self, job: Employment, item: Item) -> Evidence | None:
        """What counts as done, the latest of it."""
        counted = [
            one
            for one in self.evidence
            if one.learner_id == job.learner_id and one.course_id == item.course_id
        ]
        return max(counted, key=lambda one: one.done_on, default=None)


def due_by(rule: Rule, item: Item, job: Employment, since: date) -> date:
    """By when the rule alone asks for it."""
    if rule.due_days is not None:
        starts = [since, job.joined_on, item.version.starts_on or since]
        return max(starts) + timedelta(days=rule.due_days)
    first = first_day_of(rule, item.version.plan)
    if since <= first and since <= rule.due_on:
        return rule.due_on
    return max(rule.due_on, since + timedelta(days=30))


def first_day_of(rule: Rule, plan: Plan) -> date:
    """When the rule with this date began."""
    same = Rule.objects.filter(
        key=rule.key, due_on=rule.due_on, due_days=rule.due_days, item__version__plan=plan
    )
    return min(one.item.version.activated_at.date() for one in same)


def is_enough(done: Evidence, item: Item, today: date) -> bool:
    """Whether nothing more is asked for now."""
    if not item.valid_months:
        return True
    until = months_later(done.done_on, item.valid_months)
    opens = max(until - timedelta(days=item.renew_days), done.done_on + (until - done.done_on) / 2)
    return today < opens


def months_later(day: date, months: int) -> date:
    """Month by month; the last of a month that is too short."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
