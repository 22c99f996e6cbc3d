"""The letter that offers somebody a role."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samtun.mail import actions as mail
from samtun.mail.letters import Button, Text
from samtun.people.enums import ROLE_DESCRIPTIONS, RoleKind
from samtun.people.invitations import address_of
from samtun.people.models import Invitation
from samtun.people.words import position_name


def send(invitation: Invitation) -> None:
    """Post the letter in the language that was chosen for it."""
    with translation.override(invitation.language):
        mail.post(
            to=invitation.email,
            subject=_("An invitation to Samtun"),
            parts=[
                Text(_("Hello!")),
                Text(_offer(invitation)),
                Text(str(ROLE_DESCRIPTIONS[RoleKind(invitation.kind)])),
                Button(_("See the invitation"), address_of(invitation)),
                Text(_until(invitation)),
                Text(_("If you do not know what this is about, you need not do anything.")),
            ],
            language=invitation.language,
            purpose="account.invitation",
        )


def _offer(invitation: Invitation) -> str:
    texts = {"role": position_name(invitation), "who": str(invitation.made_by or "Samtun")}
    return (
        _(
            "%(who)s invites you to help with Samtun, the shared map of help for carers. "
            "You are asked to be: %(role)s."
        )
        % texts
    )


def _until(invitation: Invitation) -> str:
    day = date_format(localtime(invitation.expires_at), "j. F Y")
    return _(
        "The link is for you alone and holds until %(day)s. "
        "Nothing happens before you press a button on the page."
    ) % {"day": day}
