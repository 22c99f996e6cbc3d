"""The texts of an event as form fields: each beside itself in the languages it is written in."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_texts import TextField, TextRow, TextsForm, text_row
from samtun.directory.editing.form_widgets import Data
from samtun.organisations.enums import Language

LONGEST = {"name": 200, "summary": 300}
LONGEST_PROSE = 5_000
TEXTS = (
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
        5,
    ),
    TextField(
        "programme",
        _("Programme"),
        _("What happens when, if it is good to know. Empty is fine."),
        3,
    ),
    TextField(
        "led_by", _("Who leads it"), _("Example: Kari, cancer coordinator. She meets you."), 2
    ),
    TextField(
        "for_whom",
        _("Who it is for, in your words"),
        _("Example: For all who are close to somebody with dementia."),
        2,
    ),
    TextField(
        "children",
        _("About bringing a child, in words"),
        _("Example: Yes, there is a corner to draw in."),
    ),
    TextField(
        "getting_there",
        _("How to get there"),
        _("Parking, bus, the right door, steps or lift."),
        2,
    ),
    TextField("price", _("What it costs, in words"), _("Example: Free. Coffee costs 20 kr.")),
)
KEYS = tuple(each.key for each in TEXTS)
_ALWAYS_SHOWN = frozenset({Language.BOKMAL, Language.NYNORSK})


class Texts:
    """All texts as they were typed, the original language first."""

    def __init__(self, data: Data) -> None:
        """`data`: `language`, `in_language`, and `nb-name` and the like."""
        chosen = data.get("language") or ""
        self.original = chosen if chosen in Language.values else str(Language.BOKMAL)
        shown = {*data.getlist("in_language")} or {self.original}
        others = [each for each in Language.values if each in shown and each != self.original]
        self.languages = [self.original, *others]
        self.forms = [
            TextsForm(each, data, is_original=each == self.original, fields=TEXTS)
            for each in self.languages
        ]

    @property
    def to_add(self) -> list[tuple[str, str]]:
        """Languages that are not shown yet."""
        return [(each.value, str(each.label)) for each in Language if each not in self.languages]

    @property
    def rows(self) -> dict[str, TextRow]:
        """Each text beside itself, by its key."""
        return {field.key: text_row(field, self.forms) for field in TEXTS}

    def of(self, language: str) -> dict[str, str]:
        """What is written in `language`."""
        found = next((one for one in self.forms if one.language == language), None)
        return {key: found.text(key) for key in KEYS} if found else {}

    def translations(self) -> dict[str, dict[str, str]]:
        """What is written in the other languages, without what is empty."""
        others = {one.language: self.of(one.language) for one in self.forms[1:]}
        written = {code: {k: v for k, v in each.items() if v} for code, each in others.items()}
        return {code: each for code, each in written.items() if each}

    def check(self) -> None:
        """Note what is missing or too long at its box."""
        if not self.forms[0].text("name"):
            self.forms[0].wrong("name", [gettext("Give it a name.")])
        for form in self.forms:
            for key in KEYS:
                most = LONGEST.get(key, LONGEST_PROSE)
                if len(form.text(key)) > most:
                    said = gettext("At most %(most)s characters.") % {"most": most}
                    form.wrong(key, [said])

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, label and message of what is wrong."""
        for form in self.forms:
            for field in form if form.errors else ():
                label = f"{field.label} ({form.language_name})"
                yield from ((field.id_for_label, label, str(each)) for each in field.errors)

    @property
    def says_more(self) -> bool:
        """Whether something stands in the boxes that are folded away."""
        folded = ("programme", "led_by", "for_whom", "children", "getting_there")
        return any(form.text(key) or key in form.errors for form in self.forms for key in folded)


def languages_shown(original: str, written: Sequence[str]) -> list[str]:
    """The languages that a form begins with."""
    shown = {*_ALWAYS_SHOWN, original, *written}
    return [each for each in Language.values if each in shown]
