"""Where a device sends what was done in a lesson, and asks where to go on."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from samtun.front.my_learning_events import UnreadableError, events_of
from samtun.learning.actions import arriving
from samtun.learning.actions.progress import learner_of
from samtun.learning.models import Course, Learner
from samtun.learning.queries.progress import own_answers, standing
from samtun.people.access import public
from samtun.people.models import User


# Open to everybody, since a device that asks is to hear "sign in" and not to be led to a page; who
# has not signed in is told nothing and changes nothing. Who has is guarded by `_own`'s token.
@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """POST: keep events. GET: whose device this is now, the place in the course `kurs`, and the
    learner's own newest answers in the module `modul`.
    """
    if not isinstance(request.user, User):
        response: HttpResponse = problem(401, "Sign in first; what you did is kept on the device")
    else:
        response = _own(request)
    add_never_cache_headers(response)
    return response


@csrf_protect
def _own(request: HttpRequest) -> HttpResponse:
    learner = learner_of(cast("User", request.user))
    if request.method == "GET":
        return JsonResponse(_where(request, learner))
    try:
        events, refused = events_of(request)
    except UnreadableError as error:
        return problem(400, str(error))
    arrived = arriving.keep(learner=learner, events=events)
    return JsonResponse(
        {
            "kept": arrived.kept,
            "refused": refused | {str(key): why for key, why in arrived.refused.items()},
            "completed": arrived.completed,
        }
    )


def _where(request: HttpRequest, learner: Learner) -> dict[str, object]:
    """`who` tells two accounts on one device apart, and nothing else."""
    answer: dict[str, object] = {
        "who": salted_hmac("samtun.front.progress", str(learner.pk)).hexdigest()[:16],
        "token": get_token(request),
    }
    module, course = _key(request, "modul"), _course(request)
    if module:
        answer["answers"] = {one.block: one.value for one in own_answers(learner, module)}
    if course:
        now = standing(learner, course)
        answer |= {
            "module": now.module,
            "lesson": now.lesson,
            "block": now.block,
            "at": now.changed_at,
            "done": sorted(now.done),
        }
    return answer


def _course(request: HttpRequest) -> Course | None:
    key = _key(request, "kurs")
    return Course.objects.filter(pk=key).first() if key else None


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def problem(status: int, title: str) -> JsonResponse:
    """What went wrong, as RFC 9457 has it."""
    return JsonResponse(
        {"type": "about:blank", "status": status, "title": title},
        status=status,
        content_type="application/problem+json",
    )
