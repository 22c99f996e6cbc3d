"""`samtun invite`: the first administrator of an installation, who then invites everybody else."""

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from samtun.people.actions import invitations
from samtun.people.enums import RoleKind
from samtun.people.invitations import address_of


@click.command()
@click.argument("email")
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True)
def invite(email: str, language: str) -> None:
    """Invite a system administrator by letter, and print the link as well.

    Whoever can run this command on the server can do everything anyway, so it asks for nothing.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise click.ClickException(f"«{email}» is no e-mail address.") from error
    invitation = invitations.invite(
        email=email,
        position={
            "kind": RoleKind.SYSTEM_ADMINISTRATOR,
            "coordinator_kind": "",
            "title": "",
            "region": None,
            "municipality": None,
            "organization": None,
        },
        language=language,
        by=None,
    )
    with translation.override(language):
        link = address_of(invitation)
    click.echo(f"A letter is in the outbox. The link in it: {link}")
