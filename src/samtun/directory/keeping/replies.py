"""What we answer those who wrote to us, in the language they wrote in.

A letter never repeats what they wrote, and does not name what a visitor wrote about: the name of
an offer alone can tell that somebody is ill.
"""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as formatted
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.enums import SuggestionKind, SuggestionState
from samtun.directory.models import Suggestion
from samtun.mail import actions as mail
from samtun.mail.letters import Button, Part, Text

PURPOSE = "suggestion"

_UNCLEAR = _("We did not quite understand what you meant. Feel free to write to us again.")
# Reasons that are ready to use, said kindly; the editor chooses one, adds own words, or both.
REASONS: dict[str, dict[str, str | Promise]] = {
    SuggestionKind.ERROR: {
        "right": _("We have asked those who give the help. What the page says is right."),
        "elsewhere": _(
            "This is about how the help is given, and not about the map. Turn to those who give "
            "it; their phone number is on the page."
        ),
        "unclear": _UNCLEAR,
    },
    SuggestionKind.MISSING: {
        "there": _("It is on the map already, perhaps under another name."),
        "outside": _("It is not for those who live here, so it does not fit on this map."),
        "unsure": _("We could not find out whether the offer exists, or whom it is for."),
        "unfit": _("The map shows help for carers. This is something else."),
        "unclear": _UNCLEAR,
    },
    SuggestionKind.CHANGE: {
        "talk": _("We would like to talk with you about this before we change it."),
        "known": _("We know something else from another source, and have kept what stood there."),
        "unclear": _UNCLEAR,
    },
}

_OPENINGS: dict[str, str | Promise] = {
    SuggestionKind.ERROR: _(
        "Thank you for telling us on %(day)s about something on the map of %(region)s that is not "
        "right."
    ),
    SuggestionKind.MISSING: _(
        "Thank you for telling us on %(day)s about help that is missing on the map of %(region)s."
    ),
    SuggestionKind.CHANGE: _("Thank you for your change of %(day)s to “%(name)s”."),
}
_NEWS: dict[tuple[str, str], str | Promise] = {
    (SuggestionKind.ERROR, SuggestionState.ACCEPTED): _("You were right. It is corrected now."),
    (SuggestionKind.ERROR, SuggestionState.ACCEPTED_CHANGED): _(
        "We have looked into it, and the page is corrected now."
    ),
    (SuggestionKind.MISSING, SuggestionState.ACCEPTED): _("We are putting it on the map."),
    (SuggestionKind.MISSING, SuggestionState.ACCEPTED_CHANGED): _("It is on the map now."),
    (SuggestionKind.CHANGE, SuggestionState.ACCEPTED): _("It is on the map now."),
    (SuggestionKind.CHANGE, SuggestionState.ACCEPTED_CHANGED): _(
        "It is on the map now, with some changes by us. Have a look at the page."
    ),
}
_DECLINED = _("We have looked into it, and have changed nothing. This is why:")


def reply(suggestion: Suggestion, reason: str, words: str) -> str:
    """The ready-made `reason` (unknown or empty: none) and the editor's own `words`, together."""
    with translation.override(suggestion.language):
        ready = REASONS.get(suggestion.kind, {}).get(reason, "")
        return "\n\n".join(filter(None, (str(ready), words.strip())))


def post(suggestion: Suggestion) -> None:
    """Tell whoever left an address what became of it; once, however often it is called."""
    if not suggestion.email:
        return
    with translation.override(suggestion.language):
        mail.post(
            to=suggestion.email,
            subject=gettext("What became of what you told us"),
            parts=list(_parts(suggestion)),
            language=suggestion.language,
            purpose=PURPOSE,
            key=f"suggestion:{suggestion.pk}",
        )


def _parts(suggestion: Suggestion) -> Iterator[Part]:
    yield Text(str(_OPENINGS[suggestion.kind]) % _names(suggestion))
    news = _NEWS.get((suggestion.kind, suggestion.state), _DECLINED)
    yield Text(str(news))
    if suggestion.reply:
        yield Text(suggestion.reply)
    yield _way_on(suggestion)
    if suggestion.kind != SuggestionKind.CHANGE:
        yield Text(gettext("We delete your address 30 days from now."))


def _names(suggestion: Suggestion) -> dict[str, str]:
    language = suggestion.language
    day = timezone.localtime(suggestion.made_at)
    service = suggestion.service
    return {
        "day": formatted(day, "j. F"),
        "region": suggestion.region.name(language).value,
        "name": service.text("name", language).value if service else "",
    }


def _way_on(suggestion: Suggestion) -> Button:
    slug = suggestion.region.slug
    if suggestion.kind == SuggestionKind.CHANGE and suggestion.service:
        path = reverse("front:service", args=[slug, suggestion.service.slug])
        return Button(gettext("See the page"), settings.PUBLIC_URL + path)
    path = reverse("front:region", args=[slug])
    return Button(gettext("To the map"), settings.PUBLIC_URL + path)
