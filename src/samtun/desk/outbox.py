"""What somebody may do with letters. The post itself knows no people, so the trail is kept here."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from samtun.mail import actions as mail
from samtun.mail.models import BouncedAddress, Letter
from samtun.organisations.models import Place
from samtun.people import audit
from samtun.people.models import User

INSTALLATION = Place()  # no region's and no organisation's


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter as a thing of the whole installation: it belongs to no region."""

    letter: Letter
    place: Place = INSTALLATION

    @property
    def pk(self) -> UUID:
        """The letter's."""
        return self.letter.pk


@dataclass(frozen=True, slots=True)
class FiledAddress:
    """An address that letters come back from, likewise."""

    bounced: BouncedAddress
    place: Place = INSTALLATION

    @property
    def pk(self) -> int:
        """The row's."""
        return self.bounced.pk


def letter(key: UUID) -> FiledLetter:
    """The letter at an address, or `Http404`."""
    return FiledLetter(get_object_or_404(Letter, pk=key))


def bounced(key: int) -> FiledAddress:
    """The bounced address at an address of ours, or `Http404`."""
    found = BouncedAddress.objects.filter(pk=key).first() if key < 2**63 else None
    if found is None:
        raise Http404
    return FiledAddress(found)


@transaction.atomic
def send_again(*, filed: FiledLetter, by: User) -> bool:
    """Let a stuck letter be tried once more; whether it could."""
    before = str(filed.letter.state)
    if not mail.send_again(letter=filed.letter):
        return False
    audit.record("letter.sent_again", by=by, about=filed, details={"was": before})
    return True


@transaction.atomic
def write_to_again(*, filed: FiledAddress, by: User) -> None:
    """Clear an address that letters came back from; what was stopped is not sent by itself."""
    if mail.clear_bounced(address=filed.bounced.address):
        audit.record("address.cleared", by=by, about=filed)
