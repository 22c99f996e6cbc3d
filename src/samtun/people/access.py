"""Every view says who may open it; a test walks the addresses and fails on a silent one.

What a person may not see is answered exactly like what does not exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from samtun.people.grants import grants_of
from samtun.people.models import User
from samtun.people.rules import HOLDERS, Placed, may

View = TypeVar("View", bound=Callable[..., object])

STRONG_SIGN_IN = "samtun_strong_sign_in"  # in the session: whom a provider vouches for
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only help out
PUBLIC = "public"
SIGNED_IN = "signed in"


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in; what a view behind `requires` gets."""

    user: User


def public(view: View) -> View:
    """Mark `view` as open to everybody, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # functions carry attributes
    return view


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Open to whoever has signed in: a person's own pages. Nothing of others may be in them."""

    @wraps(view)
    def opened(request: HttpRequest, **address: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response = view(request, **address)
        add_never_cache_headers(response)
        return response

    opened.access = SIGNED_IN  # type: ignore[attr-defined]  # functions carry attributes
    return opened


def requires(
    permission: str, *, load: Callable[..., Placed] | None = None
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Open to whoever has `permission` over what `load` finds from the address.

    `load` gets the address's named parts and raises `Http404` when there is no such thing; what it
    finds is given to the view after the request, instead of those parts. Without `load` the view
    gets the parts, and the permission must be held over something. Whoever has not signed in is
    asked to; whoever needs a second factor and has none is led to getting one.

    Raises:
        KeyError: at import, when no such permission is declared.
    """
    if permission not in HOLDERS:
        raise KeyError(permission)

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:  # noqa: ANN401
            if refusal := _must_prove_more(request):
                return refusal
            thing = load(**address) if load else None
            if not may(request.user, permission, thing):
                raise Http404
            response = view(request, thing) if load else view(request, **address)
            add_never_cache_headers(response)
            return response

        guarded.access = permission  # type: ignore[attr-defined]  # functions carry attributes
        return guarded

    return decorate


def _must_prove_more(request: HttpRequest) -> HttpResponseBase | None:
    """Where to go first: to sign in, or to get a second factor."""
    person = request.user
    if not isinstance(person, User):
        return redirect_to_login(request.get_full_path())
    if grants_of(person).need_second_factor and not has_second_factor(request, person):
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_second_factor')}?{query}")
    return None


def has_second_factor(request: HttpRequest, person: User) -> bool:
    """An app or a passkey, which sign-in then asks for, or a provider that vouches today."""
    if is_mfa_enabled(person, types=FACTORS):
        return True
    session = getattr(request, "session", {})
    return bool(session.get(STRONG_SIGN_IN) == str(person.pk))
