"""Signing in with an OpenID Connect provider: there, and back again."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from samtun.people.access import public
from samtun.people.provider import Exchange, offered
from samtun.people.views.methods import freshly

log = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]


@public
@never_cache
@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On the way to the provider.

    A page with a link that follows itself, and not a redirect: a form may only be answered by us
    (the policy says `form-action 'self'`), wherever a provider sends people on to.
    """
    response = _asked(request, provider_id, OAuth2LoginView)
    if not isinstance(response, HttpResponseRedirect):
        return response
    return render(request, "socialaccount/on_the_way.html", {"url": response.url})


@public
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _asked(request, provider_id, OAuth2CallbackView)


cancelled = public(socialaccount.login_cancelled)
failed = public(socialaccount.login_error)
signup = public(socialaccount.signup)  # closed


class Connections(socialaccount.ConnectionsView):  # type: ignore[misc]  # allauth is untyped
    """Sign-ins of mine elsewhere, and those I could connect."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """With the names of all."""
        return {**super().get_context_data(**kwargs), "providers": offered()}


connections = freshly(Connections.as_view())


def _asked(
    request: HttpRequest, provider_id: str, view: type[OAuth2LoginView | OAuth2CallbackView]
) -> HttpResponse:
    """What `view` answers; a provider that is away gets a page that says so."""
    try:
        answered: View = view.adapter_view(Exchange(request, provider_id))
        return answered(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, KeyError, ValueError) as error:
        log.warning("provider %s cannot be asked: %s", provider_id, type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=502)
