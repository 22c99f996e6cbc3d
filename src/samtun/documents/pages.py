"""Turns contents into the plain tree that a template draws."""

import re
from collections.abc import Iterable

from samtun.documents import words
from samtun.documents.blocks import safe_url, text_blocks
from samtun.documents.content import (
    FACTS,
    Booklet,
    Chapter,
    ContactCard,
    Entry,
    Heading,
    ListSheet,
    Section,
    Sheet,
)
from samtun.documents.letters import drawable
from samtun.documents.order import alphabetical, initial
from samtun.documents.qr import qr_picture

Tree = dict[str, object]


def shown_url(url: str) -> str:
    """`url` as people write it on paper: without scheme and closing slash."""
    return url.removeprefix("https://").removeprefix("http://").removesuffix("/")


def _language(*candidates: str) -> str:
    """The first that is a language code; Typst takes no other."""
    return next((one for one in candidates if re.fullmatch("[a-z]{2,3}", one)), "nb")


def _name(text: str) -> str:
    """`text` as a heading, which must never be empty (PDF/UA) whatever an import brought."""
    return drawable(text).strip() or "–"


def _address(url: str, *, shown: str = "") -> dict[str, str]:
    return {"url": safe_url(url), "shown": shown or shown_url(url)}


def _phone(number: str) -> dict[str, str]:
    digits = "".join(one for one in number if one.isdigit() or one == "+")
    return _address(f"tel:{digits}" if digits else "", shown=number)


def _email(email: str) -> dict[str, str]:
    return _address(f"mailto:{email}" if email else "", shown=email)


def _sections(sheet: Sheet) -> Iterable[tuple[Section, Tree]]:
    titles = words.headings()
    order = list(Heading)
    for section in sorted(sheet.sections, key=lambda one: order.index(one.heading)):
        if blocks := text_blocks(section.text):
            language = _language(section.text_language, sheet.text_language, sheet.language)
            yield (
                section,
                {"title": titles[section.heading], "blocks": blocks, "language": language},
            )


def _contact(card: ContactCard) -> Tree:
    return {
        "name": card.name,
        "title": card.title,
        "phone": _phone(card.phone),
        "email": _email(card.email),
        "web": _address(card.url),
        "hours": card.hours,
        "note": card.note,
    }


def sheet_page(sheet: Sheet) -> Tree:
    """What `templates/sheet.typ` draws."""
    sections = list(_sections(sheet))
    fixed = words.common(url=sheet.url, made_on=sheet.made_on, is_example=sheet.is_example)
    return {
        "language": _language(sheet.language),
        "text_language": _language(sheet.text_language, sheet.language),
        "title": _name(sheet.name),
        "map_name": sheet.map_name,
        "provider": sheet.provider,
        "summary": sheet.summary,
        "covers": words.covers(sheet.covers),
        "alert": sheet.alert,
        "sections": [tree for section, tree in sections if section.heading not in FACTS],
        "facts": [tree for section, tree in sections if section.heading in FACTS],
        "contacts": [_contact(card) for card in sheet.contacts],
        "note": words.other_language(sheet.text_language),
        "confirmed": words.confirmed(sheet.confirmed_on, sheet.keeper),
        "address": _address(sheet.url),
        "qr": qr_picture(sheet.url),
        "words": fixed,
    }


def _entry(entry: Entry, language: str) -> Tree:
    return {
        "name": _name(entry.name),
        "provider": entry.provider,
        "covers": entry.covers,
        "summary": entry.summary,
        "address": _address(entry.url),
        "phone": _phone(entry.phone),
        "email": _email(entry.email),
        "web": _address(entry.web),
        "facts": [fact for fact in (entry.when, entry.where, entry.price) if fact],
        "how": entry.how,
        "language": _language(entry.text_language, language),
        "note": words.other_language(entry.text_language),
        "qr": qr_picture(entry.url),
    }


def list_page(listed: ListSheet) -> Tree:
    """What `templates/list.typ` draws."""
    some_example = any(entry.is_example for entry in listed.entries)
    fixed = words.common(url=listed.url, made_on=listed.made_on, is_example=some_example)
    own = words.list_words(listed.title, len(listed.entries))
    return {
        "language": _language(listed.language),
        "title": _name(own["title"]),
        "map_name": listed.map_name,
        "entries": [
            {**_entry(entry, listed.language), "is_example": entry.is_example, "qr": ""}
            for entry in listed.entries
        ],
        "address": _address(listed.url),
        "qr": qr_picture(listed.url),
        "words": {**fixed, **own},
    }


def _printed_once(booklet: Booklet) -> dict[str, str]:
    """For each entry's key the label of the place where it is printed in full."""
    labels: dict[str, str] = {}
    for chapter in booklet.chapters:
        for group in chapter.groups:
            for entry in group.entries:
                labels.setdefault(entry.key, f"entry-{len(labels)}")
    return labels


def _chapter(chapter: Chapter, labels: dict[str, str], done: set[str], language: str) -> Tree:
    groups = []
    for group in chapter.groups:
        full, pointers = [], []
        for entry in group.entries:
            label = labels[entry.key]
            if label in done:
                pointers.append({"name": _name(entry.name), "label": label})
            else:
                full.append({**_entry(entry, language), "label": label})
                done.add(label)
        groups.append(
            {"title": drawable(group.title).strip(), "entries": full, "pointers": pointers}
        )
    return {"title": _name(chapter.title), "introduction": chapter.introduction, "groups": groups}


def _distinct(booklet: Booklet) -> list[Entry]:
    entries = {
        entry.key: entry
        for chapter in booklet.chapters
        for group in chapter.groups
        for entry in group.entries
    }
    return sorted(entries.values(), key=lambda entry: alphabetical(entry.name))


def _index(entries: Iterable[Entry], labels: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": _name(entry.name), "label": labels[entry.key]} for entry in entries]


def _by_name(entries: list[Entry], labels: dict[str, str]) -> list[Tree]:
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        letters.setdefault(initial(entry.name), []).append(entry)
    return [
        {"title": letter, "entries": _index(found, labels)} for letter, found in letters.items()
    ]


def _by_municipality(booklet: Booklet, entries: list[Entry], labels: dict[str, str]) -> list[Tree]:
    every = set(booklet.municipalities)
    places = {
        name: [
            one
            for one in entries
            if name in one.municipalities and not every <= {*one.municipalities}
        ]
        for name in booklet.municipalities
    }
    return [
        {"title": name, "entries": _index(found, labels)} for name, found in places.items() if found
    ]


def booklet_page(booklet: Booklet) -> Tree:
    """What `templates/booklet.typ` draws."""
    labels = _printed_once(booklet)
    entries = _distinct(booklet)
    done: set[str] = set()
    fixed = words.common(url=booklet.url, made_on=booklet.made_on, is_example=booklet.is_example)
    own = words.booklet_words(booklet.title, booklet.region, is_example=booklet.is_example)
    return {
        "language": _language(booklet.language),
        "title": _name(own["title"]),
        "region": booklet.region,
        "map_name": words.region_map(booklet.region),
        "municipalities": booklet.municipalities,
        "introduction": text_blocks(booklet.introduction),
        "crisis": [
            {
                "name": line.name,
                "phone": _phone(line.number),
                "summary": line.summary,
                "hours": line.hours,
                "web": _address(line.url),
            }
            for line in booklet.crisis
        ],
        "contacts": [_contact(card) for card in booklet.contacts],
        "chapters": [
            _chapter(chapter, labels, done, booklet.language) for chapter in booklet.chapters
        ],
        "by_name": _by_name(entries, labels),
        "by_municipality": _by_municipality(booklet, entries, labels),
        "address": _address(booklet.url),
        "qr": qr_picture(booklet.url),
        "words": {**fixed, **own},
    }
