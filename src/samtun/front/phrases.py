"""Small pieces of a service in words, in the language that is active."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from samtun.directory.models import Address, CostOption, SpokenLanguage
from samtun.organisations.spoken import spoken_name


def address_line(addresses: Iterable[Address]) -> str:
    """`Eksempelvegen 14, 2900 Fagernes`: the visiting address if there is one."""
    ordered = sorted(addresses, key=lambda one: one.address_type != "physical")
    if not ordered:
        return ""
    one = ordered[0]
    town = f"{one.postal_code} {one.city}".strip()
    return ", ".join(filter(None, (one.address_1, one.address_2, town)))


def money(cost: CostOption) -> str:
    """`60 kr`, `25,50 kr`, `12 EUR`; empty without an amount."""
    if cost.amount is None:
        return ""
    if cost.amount == 0:
        return gettext("Free")
    is_whole = cost.amount == cost.amount.to_integral_value()
    number = number_format(Decimal(cost.amount), decimal_pos=0 if is_whole else 2)
    return f"{number} {'kr' if cost.currency in {'', 'NOK'} else cost.currency}"


def shown_url(url: str) -> str:
    """The host, which is what a reader knows a page by."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


def language_name(language: SpokenLanguage) -> str:
    """The language's name for the reader; as it came when the code is unknown."""
    code = language.code.lower()
    code = "nb" if code in {"nn", "no"} else code  # in speech it is one language
    name = spoken_name(code)
    if name == code:
        return language.name
    return name if get_language() == "en" else name.lower()
