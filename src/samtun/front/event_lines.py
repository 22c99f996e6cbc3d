"""The dates on the page of an event as HTML, written in Python; see `ui.rows` for why.

What varies is escaped here, and nowhere else is this markup written.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from samtun.front.event_facts import DateLine, Happening
from samtun.front.event_words import event_words
from samtun.front.offer import Said
from samtun.ui.rows import unbroken


def date_lines(event: Happening, lines: Iterable[DateLine]) -> SafeString:
    """The `<li>`s of `st-sign-up-dates`: each date with what one can do about it."""
    moved = event_words(event.frame.language).moved
    html = "".join([_line(event, line, moved) for line in lines])
    return mark_safe(html)  # noqa: S308  (escaped where it is made)


def _line(event: Happening, line: DateLine, moved: str) -> str:
    current = ' aria-current="true"' if line.is_chosen else ""
    off = ' class="st-event-off"' if line.is_off else ""
    place = f'<p class="st-muted">{escape(line.place)}</p>' if line.place else ""
    return (
        f"<li{current}>{line.leaf}<div><p{off}>{_when(event, line)}</p>{_text(line.theme)}{place}"
        f"{_text(line.notice, 'st-happening-notice')}{_state(line, moved)}</div>"
        f"{'' if event.is_course else _button(line)}</li>"
    )


def _when(event: Happening, line: DateLine) -> str:
    if event.is_series and not line.is_chosen:
        return f'<a href="{escape(line.url)}">{unbroken(line.when)}</a>'
    return f"<strong>{unbroken(line.when)}</strong>"


def _text(said: Said, css: str = "") -> str:
    if not said:
        return ""
    css = f' class="{css}"' if css else ""
    lang = f' lang="{escape(said.lang)}"' if said.lang else ""
    return f"<p{css}{lang}>{escape(said.text)}</p>"


def _state(line: DateLine, moved: str) -> str:
    """Whether one can come, and whether it is another day than planned."""
    if not (line.state or line.is_moved):
        return ""
    lit = " data-open" if line.is_open else ""
    state = f'<span class="st-open"{lit}>{escape(line.state)}</span>' if line.state else ""
    new_time = f"<span>{escape(moved)}</span>" if line.is_moved else ""
    return f'<p class="st-cluster st-cluster-tight">{state}{new_time}</p>'


def _button(line: DateLine) -> str:
    if not line.action:
        return ""
    return (
        f'<a class="ds-button" data-variant="secondary" href="{escape(line.sign_up_url)}"'
        f' rel="nofollow">{escape(line.action)}<span class="ds-sr-only">: {escape(line.when)}'
        "</span></a>"
    )
