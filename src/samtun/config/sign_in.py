"""How people sign in: what allauth is told, and the OpenID Connect providers of the environment.

`settings` takes every name in capitals from here. `docs/operations.md` explains the variables.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

_YES: Final = {"1", "true", "yes"}
_MATCHES: Final = {"no", "verified", "always"}

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "samtun.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "samtun.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# One address a person; a new one counts once the code sent there has been typed. Codes and no
# links: mail scanners open links, and a code belongs to the browser that asked for it.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser; machines at work are shared
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # Wrong passwords and wrong codes. A day's lock is of the password only: a letter with a code,
    # and a passkey, still open, so that nobody can be shut out by a stranger.
    "login_failed": "20/10m/ip,5/5m/key,30/d/key",
    "request_login_code": "20/m/ip,3/5m/key,10/h/key",
    "reset_password": "20/m/ip,3/5m/key,10/h/key",
}
ACCOUNT_FORMS = {
    "login": "samtun.people.account_forms.Login",
    "request_login_code": "samtun.people.account_forms.RequestCode",
    "confirm_login_code": "samtun.people.account_forms.LoginCode",
    "reset_password": "samtun.people.account_forms.ResetPassword",
    "confirm_password_reset_code": "samtun.people.account_forms.ResetCode",
    "reset_password_from_key": "samtun.people.account_forms.NewPassword",
    "change_password": "samtun.people.account_forms.ChangePassword",
    "set_password": "samtun.people.account_forms.SetPassword",
    "add_email": "samtun.people.account_forms.NewEmail",
    "confirm_email_verification_code": "samtun.people.account_forms.EmailCode",
    "reauthenticate": "samtun.people.account_forms.Reauthenticate",
}

MFA_ADAPTER = "samtun.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samtun"
MFA_TOTP_TOLERANCE = 1  # half a minute early or late
MFA_FORMS = {
    "authenticate": "samtun.people.account_forms.SecondFactor",
    "reauthenticate": "samtun.people.account_forms.SecondFactorAgain",
    "activate_totp": "samtun.people.account_forms.ActivateApp",
    "add_webauthn": "samtun.people.account_forms.AddPasskey",
    "edit_webauthn": "samtun.people.account_forms.RenamePasskey",
}

SOCIALACCOUNT_ADAPTER = "samtun.people.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8

# Counting is shared by all worker processes, and it must be, or a limit of five is ten with two.
# One table in the database we have: no other server to mind. See docs/adr.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_counted",
        "KEY_FUNCTION": "samtun.config.sign_in.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """The name a counter is kept under: says neither whom nor which network it is about."""
    text = f"{key_prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """`SOCIALACCOUNT_PROVIDERS` of `SAMTUN_OIDC` (names) and `SAMTUN_OIDC_{NAME}_…`.

    Raises:
        ValueError: a provider lacks its address or client, or has a setting nobody understands.
    """
    keys = environ.get("SAMTUN_OIDC", "").split()
    return {
        "openid_connect": {
            "provider_class": "samtun.people.provider.Provider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [_provider(key, environ) for key in keys],
        }
    }


def _provider(key: str, environ: Mapping[str, str]) -> dict[str, Any]:
    if not key.isidentifier() or not key.isascii() or key != key.lower():
        raise ValueError(f"SAMTUN_OIDC: {key!r} must be small letters, digits and _")

    def told(name: str, default: str | None = None) -> str:
        value = environ.get(f"SAMTUN_OIDC_{key.upper()}_{name}", default)
        if value is None:
            raise ValueError(f"SAMTUN_OIDC_{key.upper()}_{name} is missing")
        return value

    return {
        "provider_id": key,
        "name": told("NAME", key.capitalize())[:40],
        "client_id": told("CLIENT_ID"),
        "secret": told("CLIENT_SECRET", ""),
        "settings": {
            "server_url": _address(key, told("URL")),
            "scope": told("SCOPE", "openid profile email").split(),
            "auth_params": {"acr_values": acr} if (acr := told("ACR_VALUES", "")) else {},
            "token_auth_method": told("TOKEN_AUTH", "") or None,
            "fetch_userinfo": told("USERINFO", "yes").lower() in _YES,
            **_trust(key, told("MATCH_EMAIL", "no")),
            "is_strong": told("IS_STRONG", "no").lower() in _YES,
            "strong_acr": told("STRONG_ACR", "").split(),
        },
    }


def _trust(key: str, match: str) -> dict[str, bool]:
    """May an address that the provider tells open the account with that address?"""
    if match not in _MATCHES:
        raise ValueError(f"SAMTUN_OIDC_{key.upper()}_MATCH_EMAIL: no, verified or always")
    return {"email_authentication": match != "no", "verified_email": match == "always"}


def _address(key: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise ValueError(f"SAMTUN_OIDC_{key.upper()}_URL must begin with https://")
    return url.rstrip("/")


SOCIALACCOUNT_PROVIDERS = providers(os.environ)
