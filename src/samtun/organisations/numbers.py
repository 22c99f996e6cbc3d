"""Norwegian organisation numbers (Enhetsregisteret): nine digits, the last a modulus 11 check."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_organization_number(number: str) -> bool:
    """Whether `number` is nine ASCII digits with a right check digit; says nothing of its owner."""
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        return False
    remainder = sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11
    check = (11 - remainder) % 11
    return check == int(number[8])


def validate_organization_number(number: str) -> None:
    """Django validator around `is_organization_number`."""
    if not is_organization_number(number):
        raise ValidationError(
            _("%(number)s is not a valid organisation number: nine digits, the last a check."),
            code="organization_number",
            params={"number": number},
        )
