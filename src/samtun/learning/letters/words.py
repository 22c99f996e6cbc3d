"""What a reminder says: what is due and when, and the way there. Nothing about anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from samtun.learning.models import Learner
from samtun.learning.queries.obligations import day_in_words
from samtun.mail.letters import Button, Draft, List, Part, Text

PURPOSE = "learning.reminder"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do, and its date."""

    title: str
    on: date


def draft_of(learner: Learner, due: Sequence[Due], today: date, *, key: str) -> Draft:
    """The letter about `due`, earliest first, as it is on the day `today`."""
    shape = _shape(tuple(due), today, learner.language)
    return Draft(
        to=learner.email,
        subject=shape.subject,
        parts=(Text(_greeting(learner.name, learner.language)), *shape.parts),
        language=learner.language,
        purpose=PURPOSE,
        key=key,
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is the same for all who are told the same."""

    subject: str
    parts: tuple[Part, ...]


@lru_cache(maxsize=4096)
def _shape(due: tuple[Due, ...], today: date, language: str) -> _Shape:
    with translation.override(language):
        over = tuple(_over(one, language) for one in due if one.on < today)
        soon = tuple(_soon(one, language) for one in due if one.on >= today)
        parts: list[Part] = [Text(gettext("This is on the training plan where you work."))]
        if soon:
            parts += [Text(gettext("Soon due:")), List(soon)]
        if over:
            parts += [
                Text(gettext("The date has passed. There is still time to do it:")),
                List(over),
            ]
        parts += [
            Button(gettext("Go to my courses"), _page(language)),
            Text(
                gettext(
                    "You can stop in the middle and go on later. If something here is not "
                    "right, or you need more time, talk to your leader."
                )
            ),
        ]
        return _Shape(_subject(len(due)), tuple(parts))


def _subject(count: int) -> str:
    words = ngettext(
        "Your training: %(count)d thing with a date",
        "Your training: %(count)d things with a date",
        count,
    )
    return words % {"count": count}


def _soon(due: Due, language: str) -> str:
    return gettext("%(title)s: by %(day)s") % {
        "title": due.title,
        "day": day_in_words(due.on, language),
    }


def _over(due: Due, language: str) -> str:
    return gettext("%(title)s: the date was %(day)s") % {
        "title": due.title,
        "day": day_in_words(due.on, language),
    }


def _greeting(name: str, language: str) -> str:
    with translation.override(language):
        return gettext("Hello %(name)s,") % {"name": name} if name else gettext("Hello,")


@lru_cache(maxsize=8)
def _page(language: str) -> str:
    with translation.override(language):
        return settings.PUBLIC_URL + reverse("front:my_learning")
