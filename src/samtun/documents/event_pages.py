"""Turns contents about meeting places into the plain trees that templates draw."""

from samtun.documents import event_words, words
from samtun.documents.blocks import safe_url, text_blocks
from samtun.documents.content import ContactCard
from samtun.documents.event_content import (
    AttendanceList,
    AttendanceRow,
    Poster,
    Programme,
    ProgrammeDay,
    ProgrammeItem,
)
from samtun.documents.pages import Tree, address_tree, contact_tree, language_of, name_of
from samtun.documents.qr import qr_picture

_MOST_BOXES = 6  # of one party: more are counted, not ticked
_WIDE = 4  # dates: with more the page is turned
_EMPTY_LINES = 4


def poster_page(poster: Poster) -> Tree:
    """What `templates/poster.typ` draws."""
    fixed = words.common(url=poster.url, made_on=poster.made_on, is_example=poster.is_example)
    return {
        "language": language_of(poster.language),
        "text_language": language_of(poster.text_language, poster.language),
        "title": name_of(poster.name),
        "map_name": poster.map_name,
        "occasion": poster.occasion,
        "provider": poster.provider,
        "summary": poster.summary,
        "rule": poster.rule,
        "dates": [vars(each) for each in poster.dates],
        "where": [line for line in poster.where if line],
        "for_whom": text_blocks("\n\n".join(filter(None, (poster.for_whom, poster.children)))),
        "price": text_blocks(poster.price),
        "sign_up": text_blocks(poster.sign_up),
        "alert": poster.alert,
        "note": words.other_language(poster.text_language),
        "contact": contact_tree(poster.contact or ContactCard()),
        "address": address_tree(poster.url),
        "qr": qr_picture(poster.url),
        "words": {**fixed, **event_words.poster_words(is_example=poster.is_example)},
    }


def programme_page(programme: Programme) -> Tree:
    """What `templates/programme.typ` draws."""
    example = programme.is_example
    fixed = words.common(url=programme.url, made_on=programme.made_on, is_example=example)
    own = event_words.programme_words(programme.region, is_example=example)
    return {
        "language": language_of(programme.language),
        "title": name_of(f"{own['title']}, {programme.month}"),
        "heading": own["title"],
        "month": programme.month,
        "map_name": words.region_map(programme.region),
        "narrowed": programme.narrowed,
        "days": [_day(each, programme.language) for each in programme.days],
        "contacts": [contact_tree(card) for card in programme.contacts],
        "address": address_tree(programme.url),
        "qr": qr_picture(programme.url),
        "words": {**fixed, **own},
    }


def _day(day: ProgrammeDay, language: str) -> Tree:
    return {
        "name": name_of(day.name),
        "weekday": day.weekday,
        "number": day.number,
        "items": [_item(item, language) for item in day.items],
    }


def _item(item: ProgrammeItem, language: str) -> Tree:
    return {
        "name": name_of(item.name),
        "url": safe_url(item.url),
        "hours": item.hours,
        "theme": item.theme,
        "summary": item.summary,
        "where": item.where,
        "facts": [fact for fact in item.facts if fact],
        "alert": item.alert,
        "is_cancelled": item.is_cancelled,
        "language": language_of(item.text_language, language),
        "note": words.other_language(item.text_language),
    }


def attendance_page(listed: AttendanceList) -> Tree:
    """What `templates/attendance.typ` draws."""
    fixed = words.common(url="", made_on=listed.made_on, is_example=listed.is_example)
    people = sum(row.size for row in listed.rows)
    own = event_words.attendance_words(
        parties=len(listed.rows), people=people, capacity=listed.capacity
    )
    return {
        "language": language_of(listed.language),
        "title": name_of(listed.name),
        "map_name": "",
        "where": listed.where,
        "dates": list(listed.dates),
        "is_wide": len(listed.dates) > _WIDE,
        "rows": [_row(row, own) for row in listed.rows],
        "waiting": [_row(row, own) for row in listed.waiting],
        "empty_lines": _EMPTY_LINES,
        "words": {**fixed, **own},
    }


def _row(row: AttendanceRow, own: dict[str, str]) -> Tree:
    few = row.size <= _MOST_BOXES
    return {
        "name": row.name.strip() or own["nameless"],
        "size": str(row.size),
        "tick": " ".join("☐" * row.size) if few else own["of"].format(count=row.size),
        "notes": [note for note in row.notes if note],
        "contact": row.contact,
    }
