"""Short words about courses: how long, alone or with others, in which languages."""

from django.conf import settings
from django.utils.translation import gettext, ngettext

from samtun.learning.enums import Company, Sector, Theme
from samtun.learning.queries.courses import CourseCard

# A drawing for each theme, where a course has no picture.
DRAWINGS = {
    Theme.SEEING: "heart",
    Theme.CHILDREN: "barnunge",
    Theme.CONVERSATION: "samtale",
    Theme.CONSENT: "key",
    Theme.DEMENTIA: "demens",
    Theme.MENTAL_HEALTH: "psykisk",
    Theme.END_OF_LIFE: "livets-slutt",
    Theme.WORK: "arbeid",
    Theme.TOGETHER: "people",
}
_NAMES = dict(settings.LANGUAGES)


def minutes(count: int) -> str:
    """How long something takes."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def company(value: str) -> str:
    """Whether one learns alone or with colleagues, in a few words."""
    known = {
        Company.ALONE: gettext("Alone"),
        Company.TOGETHER: gettext("Together with colleagues"),
        Company.BOTH: gettext("Alone or together"),
    }
    return known.get(Company(value), "") if value in Company.values else ""


def sectors(card: CourseCard) -> list[str]:
    """For whom, by where they work."""
    return [str(Sector(each).label) for each in card.sectors if each in Sector.values]


def languages(card: CourseCard) -> list[str]:
    """The names of the languages it is published in, Norwegian first."""
    return [name for code, name in _NAMES.items() if code in card.languages]


def language_name(code: str) -> str:
    """What a language is called in itself."""
    return str(_NAMES.get(code, code))


def drawing(card: CourseCard) -> str:
    """What is drawn where there is no picture."""
    known = (DRAWINGS[Theme(each)] for each in card.themes if each in DRAWINGS)
    return next(known, "kurs")
