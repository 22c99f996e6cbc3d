"""A letter as the message that travels."""

from email.utils import format_datetime
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samtun.mail.models import Letter

# In the head of the letter: pages of ours have no style of their own, letters must bring theirs.
_STYLE = mark_safe(files("samtun.mail").joinpath("letter.css").read_text("utf-8"))  # noqa: S308
_FRAME = (
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{subject}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<main>\n{content}</main>\n"
    '<footer><p>Samtun · <a href="{address}">{address}</a></p></footer>\n</body>\n</html>\n'
)

_CALENDAR = "text/calendar"


class _Message(EmailMultiAlternatives):
    """Says in the head of what is for a calendar what to do with it, as RFC 6047 asks.

    Mail programs show the invitation as one only when this METHOD and the one inside are the same.
    """

    def __init__(self, *, calendar_method: str, **fields: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(**fields)
        self.calendar_method = calendar_method

    def message(self, **options: Any) -> Any:  # noqa: ANN401  # the class differs by Django
        """Made anew for each try, as Django does."""
        made = super().message(**options)
        for part in made.walk():
            if part.get_content_type() == _CALENDAR:
                part.set_param("method", self.calendar_method)
        return made


def message_of(letter: Letter, sender: str) -> EmailMultiAlternatives:
    """Plain text, HTML and what is for a calendar. The same in every try, so that a server can
    know it again.

    Raises:
        ValueError: when a header cannot be written.
    """
    message = _Message(
        calendar_method=letter.calendar_method,
        subject=letter.subject,
        body=f"{letter.text}\n-- \nSamtun · {settings.PUBLIC_URL}\n",
        from_email=sender,
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Date": format_datetime(timezone.localtime(letter.posted_at)),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(document(letter), "text/html")
    if letter.calendar:
        message.attach_alternative(letter.calendar, _CALENDAR)
    return message


def document(letter: Letter) -> SafeString:
    """The letter as a whole HTML document, which fetches nothing."""
    return format_html(
        _FRAME,
        language=letter.language,
        subject=letter.subject,
        style=_STYLE,
        content=mark_safe(letter.html),  # noqa: S308  # made by `rendering`, which escapes
        address=escape(settings.PUBLIC_URL),
    )
