"""The letters that ask: one for all entries of one keeper, with a button for each answer."""

from collections.abc import Iterator, Sequence

from django.utils import timezone, translation
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, ngettext

from samtun.directory.enums import Answer, AskingStage
from samtun.directory.keeping import tokens
from samtun.directory.models import Enquiry, Service
from samtun.mail.letters import Button, Draft, Entry, Part, Text
from samtun.organisations.enums import Language

# What `?svar=` says in the links of a letter.
WORDS = {Answer.STILL_RIGHT: "riktig", Answer.CHANGED: "endre", Answer.NO_LONGER: "slutt"}
_MOST_SHOWN = 20  # in the letter; its page shows them all


def letter_about(enquiry: Enquiry, services: Sequence[Service], stage: AskingStage) -> Draft:
    """The letter about `services`, to be posted once for each enquiry."""
    with translation.override(enquiry.language):
        return Draft(
            to=enquiry.email,
            subject=_subject(services, enquiry.language),
            parts=tuple(_parts(enquiry, services, stage)),
            language=enquiry.language,
            purpose="confirmation",
            key=f"enquiry:{enquiry.pk}",
        )


def _subject(services: Sequence[Service], language: str) -> str:
    if len(services) == 1:
        name = services[0].text("name", language).value
        return gettext("Is this still right? %(name)s") % {"name": name}
    return gettext("Are these %(count)d offers still right?") % {"count": len(services)}


def _parts(enquiry: Enquiry, services: Sequence[Service], stage: AskingStage) -> Iterator[Part]:
    base = tokens.address_of(enquiry)
    yield Text(_opening(stage, len(services)))
    if len(services) > 1:
        yield Button(gettext("All of these are still right"), f"{base}?svar=riktig")
    for service in services[:_MOST_SHOWN]:
        yield _entry(service, base, enquiry.language)
    if (more := len(services) - _MOST_SHOWN) > 0:
        label = ngettext("See %(count)d more", "See %(count)d more", more)
        yield Button(label % {"count": more}, base)
    yield Text(_closing(enquiry))


def _opening(stage: AskingStage, count: int) -> str:
    """Why we write."""
    if stage == AskingStage.ESCALATED:
        return ngettext(
            "Nobody has told us whether this offer of your organisation is still right. "
            "Can you? It takes a minute.",
            "Nobody has told us whether these offers of your organisation are still right. "
            "Can you? It takes a few minutes.",
            count,
        )
    if stage == AskingStage.REMINDED:
        return ngettext(
            "We asked two weeks ago and have not heard from you. Is this offer still right? "
            "It takes a minute.",
            "We asked two weeks ago about some of these and have not heard from you. "
            "Are they still right? It takes a few minutes.",
            count,
        )
    return ngettext(
        "Carers find this offer on the map. Is it still right? It takes a minute.",
        "Carers find these offers on the map. Are they still right? It takes a few minutes.",
        count,
    )


def _entry(service: Service, base: str, language: str) -> Entry:
    labels = {
        Answer.STILL_RIGHT: gettext("Still right"),
        Answer.CHANGED: gettext("Change it"),
        Answer.NO_LONGER: gettext("No longer offered"),
    }
    return Entry(
        title=service.text("name", language).value,
        buttons=tuple(
            Button(label, f"{base}{service.pk}/?svar={WORDS[answer]}")
            for answer, label in labels.items()
        ),
    )


def _closing(enquiry: Enquiry) -> str:
    pattern = "j F Y" if enquiry.language == Language.ENGLISH else "j. F Y"
    last = formatted(timezone.localdate(enquiry.expires_at), pattern)
    return gettext(
        "You need no password. Nothing changes before you press a button on the page.\n\n"
        "Is somebody else the right one to ask? Just forward this letter. "
        "The links work until %(date)s."
    ) % {"date": last}
