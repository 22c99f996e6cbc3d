"""The first administrator."""

import pytest
from click.testing import CliRunner

from samtun.cli.people import invite
from samtun.mail.models import Letter
from samtun.people.models import Invitation


@pytest.mark.django_db
def test_the_first_administrator_is_invited_by_letter_and_link() -> None:
    said = CliRunner().invoke(invite, ["siv@samtun.example", "--language", "nn"])
    assert said.exit_code == 0
    assert Invitation.objects.get().kind == "system_administrator"
    letter = Letter.objects.get(to="siv@samtun.example")
    assert letter.language == "nn"
    link = said.output.split()[-1]
    assert link in letter.text


@pytest.mark.django_db
def test_what_is_no_address_is_told_on_one_line() -> None:
    said = CliRunner().invoke(invite, ["siv"])
    assert said.exit_code == 1
    assert "siv" in said.output
    assert not Invitation.objects.exists()
