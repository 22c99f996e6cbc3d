"""A plan in words: what, for whom, by when, and what is different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.formats import number_format as in_digits
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.learning.enums import ItemKind, PlanStatus, Profession
from samtun.learning.queries.plan_content import Content, GoalContent, ItemContent, RuleContent
from samtun.learning.queries.plan_pages import Names

_SIGNS = {
    "title": _("Name"), "aim": _("What we want to achieve"),
    "starting_point": _("Where we start from"), "starts_on": _("Begins"),
    "ends_on": _("Ends"), "text": _("Goal"), "indicator": _("How we see it"),
    "unit_of_measure": _("Counted in"), "baseline": _("Figure at the start"),
    "baseline_on": _("Measured at the start on"), "target": _("Target"),
    "measured_on": _("To be measured on"), "source": _("Where the figures come from"),
    "kind": _("What it is"), "description": _("Description"), "course": _("Course"),
    "module": _("Module"), "event": _("Meeting"), "url": _("Address"),
    "is_together": _("Together with colleagues"), "is_required": _("Required"),
    "minutes": _("Minutes"), "valid_months": _("Valid for months"),
    "renew_days": _("Days to renew in"), "follows_revisions": _("Again when it is revised"),
    "rules": _("For whom"), "goals": _("The goals"), "items": _("What is in the plan"),
}  # fmt: skip
_NO_KEY = UUID(int=0)
_NOT_COMPARED = frozenset({"key", "goals", "items", "rules", "what_changed"})


def label(name: str) -> str:
    """What a field is called."""
    return str(_SIGNS.get(name, name))


def day(value: date | None) -> str:
    """A day as one writes it."""
    return date_format(value, "j. F Y") if value else ""


def figure(value: Decimal | None, unit: str = "") -> str:
    """A figure with what it counts: without needless noughts."""
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    written = in_digits(value, decimal_pos=0 if whole else None)
    return f"{written} {unit}".strip()


def hours(minutes: int) -> str:
    """E.g. "1 h 30 min"."""
    if not minutes:
        return ""
    whole, rest = divmod(minutes, 60)
    parts = (gettext("%(n)d h") % {"n": whole} if whole else "", gettext("%(n)d min") % {"n": rest})
    return " ".join(filter(None, (parts[0], parts[1] if rest else "")))


def status(version_status: str) -> str:
    """Where a version is in its life."""
    return str(PlanStatus(version_status).label)


def facts(item: ItemContent) -> list[str]:
    """What one has to know about an item, in short."""
    said = [str(ItemKind(item.kind).label) if item.kind in ItemKind.values else ""]
    said.append(gettext("Required") if item.is_required else gettext("Offered"))
    said.append(gettext("Together with colleagues") if item.is_together else "")
    said.append(hours(item.minutes))
    if item.valid_months:
        again = ngettext("Again every month", "Again every %(n)d months", item.valid_months)
        said.append(again % {"n": item.valid_months})
    if item.follows_revisions:
        said.append(gettext("Again when it is much revised"))
    return [one for one in said if one]


def who(rule: RuleContent, names: Names) -> str:
    """For whom, in a sentence without an end."""
    return _who(_where(rule, names), rule)


def _where(rule: RuleContent, names: Names) -> str:
    if rule.unit_to_choose:
        said = gettext("units to choose (in the plan it comes from: %(unit)s)")
        return said % {"unit": rule.unit_to_choose}
    if rule.unit:
        return names.units.get(rule.unit, gettext("a unit that is gone"))
    return gettext("everybody in the plan")


def _who(where: str, rule: RuleContent) -> str:
    kinds = dict(Profession.choices)
    chosen = ", ".join(str(kinds[one]).lower() for one in rule.professions if one in kinds)
    said = [where, chosen, gettext("leaders only") if rule.leaders_only else "", _joined(rule)]
    return " · ".join(one for one in said if one)


def together(rules: Sequence[RuleContent], names: Names) -> list[tuple[str, str]]:
    """For whom and by when; rules that differ in nothing but the unit share a line."""
    like: dict[RuleContent, list[str]] = {}
    for rule in rules:
        same = replace(rule, key=_NO_KEY, unit=None, unit_to_choose="")
        like.setdefault(same, []).append(_where(rule, names))
    return [(_who(", ".join(units), rule), by_when(rule)) for rule, units in like.items()]


def _joined(rule: RuleContent) -> str:
    days = {"first": day(rule.joined_from), "last": day(rule.joined_until)}
    if rule.joined_from and rule.joined_until:
        return gettext("joined from %(first)s to %(last)s") % days
    if rule.joined_from:
        return gettext("joined from %(first)s on") % days
    return gettext("joined until %(last)s") % days if rule.joined_until else ""


def by_when(rule: RuleContent) -> str:
    """By when, or that there is no such day."""
    if rule.due_on:
        return gettext("by %(day)s") % {"day": day(rule.due_on)}
    if rule.due_days is not None:
        said = ngettext("within %(n)d day", "within %(n)d days", rule.due_days)
        return said % {"n": rule.due_days}
    return gettext("when it suits")


def rule_in_words(rule: RuleContent, names: Names) -> str:
    """For whom and by when."""
    return f"{who(rule, names)}: {by_when(rule)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, or a rule, that says something else; empty: it was not there, or is not."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is new, gone or changed: `kind` is "new", "gone", "changed" or "moved"."""

    kind: str
    what: str
    details: tuple[Difference, ...] = ()

    @property
    def heading(self) -> str:
        """In words."""
        said = {
            "new": gettext("New: %(what)s"),
            "gone": gettext("Gone: %(what)s"),
            "changed": gettext("Changed: %(what)s"),
            "moved": gettext("In another order: %(what)s"),
        }
        return said[self.kind] % {"what": self.what}


def changes(old: Content, new: Content, names: Names) -> list[Change]:
    """What `new` says that `old` did not, in words; empty when they say the same."""
    found = []
    if plain := tuple(_fields(old, new, names)):
        found.append(Change("changed", gettext("the plan"), plain))
    found += _rows(old.goals, new.goals, names, gettext("The goals"))
    found += _rows(old.items, new.items, names, gettext("What is in the plan"))
    return found


Row = GoalContent | ItemContent


def _rows(old: Sequence[Row], new: Sequence[Row], names: Names, all_: str) -> Iterator[Change]:
    before, after = ({one.key: one for one in rows} for rows in (old, new))
    for key, row in after.items():
        if key not in before:
            yield Change("new", _name(row), tuple(_fields(None, row, names)))
        elif details := tuple(_fields(before[key], row, names)):
            yield Change("changed", _name(row), details)
    for key, row in before.items():
        if key not in after:
            yield Change("gone", _name(row))
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield Change("moved", all_)


def _name(row: Row) -> str:
    return row.text if isinstance(row, GoalContent) else row.title


def _fields(old: Any, new: Any, names: Names) -> Iterator[Difference]:  # noqa: ANN401  (any row)
    for name, value in vars(new).items():
        before = getattr(old, name, None)
        if name in _NOT_COMPARED or before == value:
            continue
        texts = (_text(name, before, names), _text(name, value, names))
        if texts[0] != texts[1] and not (old is None and name in {"text", "title"}):
            yield Difference(label(name), *texts)
    if isinstance(new, ItemContent):
        yield from _rules(old.rules if old else (), new.rules, names)


def _rules(
    old: Sequence[RuleContent], new: Sequence[RuleContent], names: Names
) -> Iterator[Difference]:
    before = {one.key: rule_in_words(one, names) for one in old}
    after = {one.key: rule_in_words(one, names) for one in new}
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield Difference(label("rules"), before.get(key, ""), after.get(key, ""))


def _text(name: str, value: Any, names: Names) -> str:  # noqa: ANN401  (any field)
    if isinstance(value, bool):
        return gettext("Yes") if value else ""
    if isinstance(value, UUID):
        known: dict[UUID, str] = getattr(names, f"{name}s", {})
        return known.get(value, "")
    if name == "kind" and value in ItemKind.values:
        return str(ItemKind(value).label)
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, date):
        return day(value)
    return "" if value is None or value == 0 else str(value)
