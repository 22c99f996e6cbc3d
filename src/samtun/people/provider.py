"""An OpenID Connect provider as the Norwegian ones want it: with a nonce, and nothing from outside.

Named in `config.sign_in.providers`; allauth makes one for each provider of the environment.
"""

from typing import Any, NamedTuple

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.crypto import get_random_string


class Offered(NamedTuple):
    """A provider as the sign-in page names it."""

    key: str
    name: str


def offered() -> list[Offered]:
    """Whom one can sign in with here."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [Offered(app["provider_id"], app["name"]) for app in apps]


class Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped here
    """The talk with a provider. The way back has one address, whatever the language."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """What is registered with the provider."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(super().get_callback_url(request, app))


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is untyped here
    """Sends a nonce and keeps it with the state; `ProviderAdapter` compares it with the answer."""

    oauth2_adapter_class = Exchange

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to and what with. An address cannot add scopes or ask for a weaker sign-in."""
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        nonce = get_random_string(32)
        return {
            **kwargs,
            "scope": self.get_scope(),
            "auth_params": {**self.get_auth_params(), "nonce": nonce},
            "nonce": nonce,
            "language": translation.get_language(),
        }

    def vouches(self, claims: dict[str, Any]) -> bool:
        """Whether a sign-in with these claims counts as two factors, by the provider's settings."""
        levels = self.app.settings.get("strong_acr") or []
        if levels:
            return claims.get("acr") in levels
        return bool(self.app.settings.get("is_strong"))
