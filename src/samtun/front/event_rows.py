"""Rows of dates as HTML, written in Python like those of services; see `ui.rows` for why.

What varies is escaped here, and nowhere else is this markup written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from samtun.events.enums import EventKind
from samtun.events.queries.calendar import Dated
from samtun.events.recurrence import OSLO
from samtun.front.event_words import (
    OPEN_STATES,
    EventWords,
    ages,
    day_parts,
    event_words,
    full_day,
    moment,
    short_day,
    span,
    state_of,
)
from samtun.front.frame import Frame
from samtun.front.words import Words, words
from samtun.organisations.queries import municipality_names
from samtun.organisations.texts import Text, in_language
from samtun.ui import drawings
from samtun.ui.rows import fact, language_mark, unbroken


@dataclass(frozen=True, slots=True)
class Style:
    """What all rows of one page share."""

    frame: Frame
    said: EventWords
    words: Words
    names: dict[str, str]  # of municipalities, by number
    now: datetime
    today: date

    @classmethod
    def of(cls, frame: Frame, now: datetime) -> "Style":
        """Rows in the reader's language."""
        return cls(
            frame=frame,
            said=event_words(frame.language),
            words=words(frame.language),
            names=municipality_names(),
            now=now,
            today=now.astimezone(OSLO).date(),
        )


def event_url(frame: Frame, slug: str) -> str:
    """The page of an event."""
    return f"{frame.url}kalender/{slug}/"


def date_url(frame: Frame, row: Dated) -> str:
    """The page of a date; of the event where all its dates are signed up for at once."""
    own = f"{row.id}/" if row.kind == EventKind.SERIES else ""
    return f"{event_url(frame, row.slug)}{own}"


def days(rows: Sequence[Dated], style: Style, *, is_brief: bool = False) -> SafeString:
    """The rows under a heading for each day; `rows` are in order of time.

    What a series is stands at the first of its dates only, so that a walk every week does not
    drown what happens once.
    """
    told: set[str] = set()
    html = []
    for day, of_day in groupby(rows, lambda one: one.day):
        own = list(of_day)
        drawn = [_row(one, style, is_brief=is_brief, is_again=one.slug in told) for one in own]
        html.append(_day(day, drawn, style))
        told.update(one.slug for one in own)
    return mark_safe("".join(html))  # noqa: S308  (escaped where it is made)


def dated_rows(rows: Iterable[Dated], style: Style) -> SafeString:
    """Rows that each say their own day, for a short list; the `<li>`s of `st-dates`."""
    return mark_safe("".join([_dated(row, style) for row in rows]))  # noqa: S308  (escaped there)


def leaf_of(row: Dated, language: str) -> SafeString:
    """The day as the leaf of a calendar; what it says stands in words beside it."""
    return mark_safe(_leaf(row.day, language))  # noqa: S308  (escaped there)


def _leaf(day: date, language: str) -> str:
    weekday, number, month = short_day(day, language)
    return (
        f'<span class="st-leaf" aria-hidden="true"><span>{escape(weekday)}</span>'
        f"<b>{number}</b><span>{escape(month)}</span></span>"
    )


def _day(day: date, rows: list[str], style: Style) -> str:
    key = f"dag-{day:%Y-%m-%d}"
    near, weekday, rest = day_parts(day, style.today, style.frame.language)
    name, more = (near, f"{weekday} {rest}") if near else (weekday, rest)
    return (
        f'<section class="st-day" id="{key}" aria-labelledby="{key}-navn" tabindex="-1">'
        f'<h3 class="st-day-name" id="{key}-navn">{_leaf(day, style.frame.language)}'
        f'<span>{escape(name)} <span class="st-day-full">{escape(more)}</span></span></h3>'
        f'<ol class="st-day-dates">{"".join(rows)}</ol></section>'
    )


def _row(row: Dated, style: Style, *, is_brief: bool, is_again: bool) -> str:
    name = name_of(row, style)
    facts = "".join(_pressing(row, style) if is_again else _facts(row, name, style))
    when = span(row.starts_at, row.ends_at, style.frame.language)
    return (
        f'<li class="st-happening{_css(row)}"><h4{_lang(name, style)}>'
        f'<a href="{escape(date_url(style.frame, row))}">{escape(name.value)}</a></h4>'
        f'<p class="st-happening-when"><time datetime="{_iso(row.starts_at)}">{escape(when)}'
        f"</time>{_where(row, style)}</p>"
        f"{'' if is_brief else _texts(row, style, is_again=is_again)}"
        f'<div class="st-result-facts">{facts}</div></li>'
    )


def _dated(row: Dated, style: Style) -> str:
    name = name_of(row, style)
    when = moment(row.starts_at, row.ends_at, style.today, style.frame.language)
    return (
        f'<li class="st-happening st-happening-dated{_css(row)}">'
        f"{_leaf(row.day, style.frame.language)}<div>"
        f'<h3{_lang(name, style)}><a href="{escape(date_url(style.frame, row))}">'
        f"{escape(name.value)}</a></h3>"
        f'<p class="st-happening-when"><time datetime="{_iso(row.starts_at)}">{unbroken(when)}'
        f"</time>{_where(row, style)}</p>"
        f'<div class="st-result-facts">{"".join(_facts(row, name, style))}</div></div></li>'
    )


def _css(row: Dated) -> str:
    return " st-happening-off" if row.is_cancelled else ""


def _iso(moment_: datetime) -> str:
    return moment_.astimezone(OSLO).isoformat(timespec="minutes")


def name_of(row: Dated, style: Style) -> Text:
    """What the event is called, for this reader."""
    return _event_text(row, "name", row.name, style)


def _event_text(row: Dated, field: str, own: str, style: Style) -> Text:
    return _text(own, row.event_language, row.event_translations, field, style.frame.language)


def _text(
    own: str,
    language: str,
    translations: dict[str, dict[str, str]],
    field: str,
    wanted: str,
) -> Text:
    if language == wanted or not translations:
        return Text(own, language)
    texts = {code: each.get(field, "") for code, each in translations.items()}
    return in_language(texts | {language: own}, wanted, original=language)


def _lang(text: Text, style: Style) -> str:
    same = text.language == style.frame.language
    return "" if same else f' lang="{escape(text.language)}"'


def _where(row: Dated, style: Style) -> str:
    """The place with its municipality, or that it is digital."""
    if row.online and not row.in_person:
        said = f"{drawings.svg('online')} {escape(style.said.online)}"
    else:
        town = style.names.get(row.town, "")
        place = row.place if town in row.place else ", ".join(filter(None, (row.place, town)))
        said = escape(place)
    return f' <span class="st-happening-place">{said}</span>' if said else ""


def _texts(row: Dated, style: Style, *, is_again: bool) -> str:
    """What this date is about, what has changed; else what it is, unless that has been told."""
    theme = _text(row.theme, row.language, row.translations, "theme", style.frame.language)
    notice = _text(row.notice, row.language, row.translations, "notice", style.frame.language)
    summary = _event_text(row, "summary", row.summary, style)
    html = ""
    if notice.value:
        html += f'<p class="st-happening-notice"{_lang(notice, style)}>{escape(notice.value)}</p>'
    if theme.value:
        about = f"<span{_lang(theme, style)}>{escape(theme.value)}</span>"
        return f"{html}<p>{escape(style.said.theme) % {'theme': about}}</p>"
    if summary.value and not is_again:
        html += f"<p{_lang(summary, style)}>{escape(summary.value)}</p>"
    return html


def _facts(row: Dated, name: Text, style: Style) -> Iterable[str]:
    """Short facts, the most pressing first."""
    said, language = style.said, style.frame.language
    yield from _pressing(row, style)
    if row.is_free:
        yield fact(said.free)
    if row.online and row.in_person:
        yield fact(said.both)
    yield fact(_covers(row, style), "muted")
    if row.for_children:
        yield fact(said.for_children)
    elif told := ages(row.minimum_age, row.maximum_age, language):
        yield fact(told)
    if name.language != language:
        yield language_mark(name.language, language)


def _pressing(row: Dated, style: Style) -> Iterable[str]:
    """Whether one can come, and whether it is another day than planned."""
    said, language = style.said, style.frame.language
    state = state_of(row, style.now)
    lit = " data-open" if state in OPEN_STATES else ""
    words_ = said.states[state]
    if state == "not_yet" and row.opens_on:
        words_ = said.opens % {"day": full_day(row.opens_on, style.today, language).lower()}
    yield f'<span class="st-open st-state"{lit}>{escape(words_)}</span>'
    if row.is_moved and not row.is_cancelled:
        yield fact(said.moved, "strong")


def _covers(row: Dated, style: Style) -> str:
    """Whom it is for, by where they live."""
    scope = style.frame.scope
    numbers = row.municipalities
    if 1 < len(scope.numbers) <= len(numbers) and scope.numbers.issubset(numbers):
        return style.words.whole_region % {"region": style.frame.name.value}
    known = [style.names[one] for one in numbers if one in style.names]
    return style.words.for_places % {"names": style.words.listed(known)}
