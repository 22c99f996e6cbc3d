"""The steps of signing in, as a person would take them."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.http import HttpResponse
from django.test import Client

from samtun.mail.models import Letter
from samtun.people.models import User

PASSWORD = "seks fjell og en elv"
LOGIN = "/konto/logg-inn/"
CODE = "/konto/logg-inn/kode/"


def with_password(
    client: Client, email: str, password: str = PASSWORD, **more: str
) -> HttpResponse:
    """Send the sign-in form."""
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def letter_to(email: str) -> Letter:
    """The newest letter to somebody."""
    found = Letter.objects.filter(to=email).order_by("-posted_at").first()
    assert found is not None, f"no letter; there are {Letter.objects.count()}"
    return found


def code_in(letter: Letter) -> str:
    """The code that stands on a line of its own."""
    found = re.search(r"^([A-Z0-9-]{6,12})$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


def app_code(person: User) -> str:
    """What the person's app shows just now."""
    secret = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"]
    return str(format_hotp_value(hotp_value(decrypt(secret), int(time.time()) // 30)))


def is_signed_in(client: Client) -> bool:
    """Whether the account page opens."""
    return client.get("/konto/").status_code == 200
