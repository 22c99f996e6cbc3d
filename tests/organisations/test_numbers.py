"""Organisation numbers."""

import pytest
from django.core.exceptions import ValidationError

from samtun.organisations.numbers import is_organization_number, validate_organization_number


@pytest.mark.parametrize("number", ["974760673", "983163327"])
def test_a_number_with_a_right_check_digit_is_accepted(number: str) -> None:
    assert is_organization_number(number)
    validate_organization_number(number)


@pytest.mark.parametrize(
    "number", ["974760674", "97476067", "9747606730", "97476067x", "", "٩٧٤٧٦٠٦٧٣", "000000001"]
)
def test_anything_else_is_refused_with_the_number_in_the_message(number: str) -> None:
    assert not is_organization_number(number)
    with pytest.raises(ValidationError, match=r"not a valid|ikke et gyldig"):
        validate_organization_number(number)


def test_eight_digits_whose_check_would_be_ten_make_no_number() -> None:
    assert not any(is_organization_number(f"91000008{digit}") for digit in range(10))
