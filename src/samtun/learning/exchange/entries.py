"""A row of a list of employees, understood: what is said of whom, and what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from samtun.learning.enums import Profession
from samtun.learning.exchange import columns, values
from samtun.learning.exchange.reading import Row
from samtun.learning.exchange.values import WrongValueError

_LONGEST = 120  # of names, positions and numbers


@dataclass(slots=True)
class Entry:
    """A row with its cells understood. What is not said stays None or empty."""

    number: int
    name: str = ""
    email: str = ""
    external_id: str = ""
    unit: str = ""
    position: str = ""
    profession: str = ""
    is_leader: bool | None = None
    joined_on: date | None = None
    left_on: date | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def said(self) -> tuple[object, ...]:
        """All that is said, to find the same line again."""
        return (
            self.name, self.email, self.external_id, self.unit, self.position, self.profession,
            self.is_leader, self.joined_on, self.left_on,
        )  # fmt: skip

    def day(self, column: str, text: str) -> None:
        """Understand a day, or note that it is none."""
        try:
            setattr(self, column, values.day(text))
        except WrongValueError as error:
            self.faults.append(str(error))

    def address(self, text: str) -> None:
        """Understand an e-mail address, or note that it is none."""
        try:
            self.email = values.address(text)
        except WrongValueError as error:
            self.faults.append(str(error))

    def words(self, column: str, text: str) -> None:
        """Take a short text, or note that it is too long."""
        try:
            setattr(self, column, values.short(text, _LONGEST))
        except WrongValueError as error:
            self.faults.append(str(error))


def entry(row: Row, present: set[str]) -> Entry:
    """The row understood; `present`: the columns that the list has."""
    cells = row.cells.get
    made = Entry(row.number, faults=[*row.faults])
    made.words("name", cells(columns.NAME, "") or _whole_name(row))
    made.words("external_id", cells(columns.NUMBER, ""))
    made.words("position", cells(columns.POSITION, ""))
    made.unit = cells(columns.UNIT, "")[:300]
    made.address(cells(columns.EMAIL, ""))
    made.day("joined_on", cells(columns.JOINED, ""))
    made.day("left_on", cells(columns.LEFT, ""))
    if columns.LEADER in present:
        made.is_leader = values.yes(cells(columns.LEADER, ""))
    _understand_profession(made, cells(columns.PROFESSION, ""))
    _find_faults(made)
    return made


def _whole_name(row: Row) -> str:
    parts = (row.cells.get(columns.FIRST_NAME, ""), row.cells.get(columns.LAST_NAME, ""))
    return " ".join(part for part in parts if part)


def _understand_profession(made: Entry, text: str) -> None:
    """As it is said, or else as the position tells."""
    made.profession = columns.profession_in(text)
    if text and not made.profession:
        made.profession = Profession.OTHER
        made.notes.append(
            _("“%(text)s” is no profession that we know. It counts as something else.")
            % {"text": text[:60]}
        )


def _find_faults(made: Entry) -> None:
    if not made.email and not made.external_id:
        made.faults.append(_("There is neither an e-mail address nor an employee number."))
    if not made.name:
        made.faults.append(_("There is no name."))
    if made.joined_on and made.left_on and made.left_on < made.joined_on:
        made.faults.append(_("The last day is before the first."))
