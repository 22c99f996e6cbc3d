"""What a plan on paper says: plain frozen values; days, figures and facts come ready in words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PaperGoal:
    """A goal with its figures; `measured` are (day, figure), oldest first."""

    text: str
    indicator: str = ""
    baseline: str = ""
    measured: tuple[tuple[str, str], ...] = ()
    target: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperItem:
    """Something that people do: for whom, by when, and how many have; `done` may be empty."""

    title: str
    facts: tuple[str, ...] = ()
    description: str = ""
    url: str = ""
    who: tuple[str, ...] = ()
    done: str = ""
    late: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperMonth:
    """How much was done, and how much should be, by the end of a month."""

    name: str
    done: str
    due: str


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """A plan for the council: totals only, nobody's name but those who agreed on it."""

    language: str
    title: str
    owner: str
    made_on: date
    status: str = ""
    period: str = ""
    agreed: tuple[str, ...] = ()  # a sentence each
    attribution: str = ""
    aim: str = ""
    starting_point: str = ""
    goals: tuple[PaperGoal, ...] = ()
    items: tuple[PaperItem, ...] = ()
    months: tuple[PaperMonth, ...] = ()
    evaluation: str = ""
    fewest: int = 5
    is_example: bool = False
