"""What those who were there thought, and the way for them to say it."""

from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.desk.events import words
from samtun.desk.events.loading import event_with, intake_with
from samtun.desk.page import page
from samtun.documents.qr import qr_svg
from samtun.events import tokens
from samtun.events.models import Event, Intake
from samtun.events.queries.evaluations import FEWEST, Answers, answers_about, latest_intakes
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_VIEW = "events.view_numbers"


@requires(_VIEW, load=event_with)
@require_safe
def evaluations(request: PersonRequest, event: Event) -> HttpResponse:
    """Grades and words, from five answers on; the words only for those who run it."""
    found = answers_about(event)
    intakes = latest_intakes(event)
    context = {
        "event": event,
        "event_name": words.name(event),
        "found": found,
        "fewest": FEWEST,
        "bars": _bars(found),
        "may_read_words": may(request.user, "events.view_party", event),
        "walls": [(one.pk, words.moment(one.starts_at)) for one in intakes if one.starts_at],
    }
    return page(request, "desk/evaluations.html", context, room="events")


def _bars(found: Answers) -> list[tuple[str, int, int]]:
    """Each grade in words, how many gave it, and that in per cent."""
    said = {
        5: _("Very useful"),
        4: _("Useful"),
        3: _("Fairly useful"),
        2: _("Of little use"),
        1: _("Of no use"),
    }
    return [
        (said[grade], number, round(100 * number / found.count)) for grade, number in found.grades
    ]


@requires(_VIEW, load=intake_with)
@require_safe
def wall(request: PersonRequest, intake: Intake) -> HttpResponse:
    """The code to point a phone at, large, for a wall or a sheet on the table."""
    language = get_language() or "nb"
    url = tokens.address("evaluation", tokens.evaluation_token_of(intake), language)
    context = {
        "event": intake.event,
        "event_name": words.name(intake.event),
        "moment": words.moment(intake.starts_at) if intake.starts_at else "",
        "url": url,
        "code": mark_safe(qr_svg(url, title=_("The way to the questions"))),  # noqa: S308  (ours)
    }
    return page(request, "desk/evaluation_wall.html", context, room="events")
