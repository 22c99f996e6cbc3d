"""The texts of an offer as form fields: one form for each language, shown side by side."""

from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import Data, QuietForm, line, lines, text_field
from samtun.organisations.enums import Language


@dataclass(frozen=True, slots=True)
class TextField:
    """A text to write in every language; `rows` is the height of its box, 1 for a line."""

    key: str
    label: Promise
    help: Promise
    rows: int = 1


TEXT_FIELDS = (
    TextField("name", _("Name"), _("What people call it. Example: Temakafé for carers")),
    TextField(
        "summary",
        _("One sentence"),
        _("Shown in lists. Example: A cup of coffee and a talk with others who understand."),
        2,
    ),
    TextField(
        "description",
        _("What it is"),
        _("What happens there, and what one gets out of it. Short sentences. Say «you»."),
        7,
    ),
    TextField(
        "alternate_name", _("Other names"), _("What else it is called. People search for it.")
    ),
    TextField(
        "alert", _("Just now"), _("Only what matters for a while. Example: Closed in July."), 2
    ),
    TextField(
        "eligibility_description",
        _("Who it is for, in your words"),
        _("Example: For all who are close to somebody with dementia."),
        3,
    ),
    TextField(
        "application_process",
        _("The next step"),
        _("What does one do first? Example: Just come. Or call, and we find a time together."),
        3,
    ),
    TextField("wait_time", _("How long one waits"), _("Example: Usually two weeks.")),
    TextField(
        "fees_description", _("What it costs, in words"), _("Example: Free. Coffee costs 20 kr.")
    ),
    TextField(
        "interpretation_services",
        _("Interpreter"),
        _("Example: We order one. Tell us when you call."),
    ),
)


class TextsForm(QuietForm):
    """The texts in one language; its prefix is the language."""

    def __init__(
        self,
        language: str,
        data: Data,
        *,
        is_original: bool,
        fields: tuple[TextField, ...] = TEXT_FIELDS,
    ) -> None:
        """`is_original`: the others are translations of it."""
        super().__init__(data, prefix=language)
        self.language = language
        self.is_original = is_original
        for each in fields:
            box = line(lang=language) if each.rows == 1 else lines(each.rows, lang=language)
            self.fields[each.key] = text_field(each.label, box)

    @property
    def language_name(self) -> str:
        """The language in the reader's words."""
        return str(Language(self.language).label)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text field in one language, and the languages it can be copied from."""

    field: BoundField
    language: str
    language_name: str
    sources: tuple[tuple[str, str], ...]  # identifier of the other box, name of the language


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text field in all languages shown."""

    key: str
    label: str
    help: str
    cells: tuple[Cell, ...]


def text_row(field: TextField, texts: list[TextsForm]) -> TextRow:
    """`field` beside itself in every language of `texts`."""
    cells = []
    for form in texts:
        box = form[field.key]
        box.field.widget.attrs["aria-describedby"] = _described_by(field, box)
        sources = tuple((other[field.key].id_for_label, other.language_name)
                        for other in _sources(form, texts))  # fmt: skip
        cells.append(Cell(box, form.language, form.language_name, sources))
    return TextRow(field.key, str(field.label), str(field.help), tuple(cells))


def _sources(form: TextsForm, texts: list[TextsForm]) -> list[TextsForm]:
    """A translation is copied from the original, the original from the first translation."""
    others = [other for other in texts if other is not form]
    return [other for other in others if other.is_original] or others[:1]


def _described_by(field: TextField, box: BoundField) -> str:
    error = f" {box.auto_id}_error" if box.errors else ""
    return f"help-{field.key}{error}"
