"""Letters that come back, handed over by the mail server."""

import sys

import click

from samtun.mail import actions, bounces


@click.command()
def bounce() -> None:
    """Read a delivery report (RFC 3464) on standard input and mark the address it is about.

    Only addresses of letters that Samtun has sent, and that the report names, are marked. Ends
    well whatever came in, so that the mail server does not send the report back.
    """
    count = actions.take_bounce(sys.stdin.buffer.read(bounces.LONGEST))
    click.echo(f"{count} addresses are marked.")
