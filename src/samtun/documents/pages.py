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


def language_of(*candidates: str) -> str:
    """The first that is a language code; Typst takes no other."""
    return next((one for one in candidates if re.fullmatch("[a-z]{2,3}", one)), "nb")


def name_of(text: str) -> str:
    """`text` as a heading, which must never be empty (PDF/UA) whatever an import brought."""
    return drawable(text).strip() or "–"


def address_tree(url: str, *, shown: str = "") -> dict[str, str]:
    """An address to follow, and as people write it."""
    return {"url": safe_url(url), "shown": shown or shown_url(url)}


def _phone(number: str) -> dict[str, str]:
    digits = "".join(one for one in number if one.isdigit() or one == "+")
    return address_tree(f"tel:{digits}" if digits else "", shown=number)


def _email(email: str) -> dict[str, str]:
    return address_tree(f"mailto:{email}" if email else "", shown=email)


def _sections(sheet: Sheet) -> Iterable[tuple[Section, Tree]]:
    titles = words.headings()
    order = list(Heading)
    for section in sorted(sheet.sections, key=lambda one: order.index(one.heading)):
        if blocks := text_blocks(section.text):
            language = language_of(section.text_language, sheet.text_language, sheet.language)
            yield (
                section,
                {"title": titles[section.heading], "blocks": blocks, "language": language},
            )


def contact_tree(card: ContactCard) -> Tree:
    """Somebody who can be reached, for `ways` in `templates/look.typ`."""
    return {
        "name": card.name,
        "title": card.title,
        "phone": _phone(card.phone),
        "email": _email(card.email),
        "web": address_tree(card.url),
        "hours": card.hours,
        "note": card.note,
    }


def sheet_page(sheet: Sheet) -> Tree:
    """What `templates/sheet.typ` draws."""
    sections = list(_sections(sheet))
    fixed = words.common(url=sheet.url, made_on=sheet.made_on, is_example=sheet.is_example)
    return {
        "language": language_of(sheet.language),
        "text_language": language_of(sheet.text_language, sheet.language),
        "title": name_of(sheet.name),
        "map_name": sheet.map_name,
        "provider": sheet.provider,
        "summary": sheet.summary,
        "covers": words.covers(sheet.covers),
        "alert": sheet.alert,
        "sections": [tree for section, tree in sections if section.heading not in FACTS],
        "facts": [tree for section, tree in sections if section.heading in FACTS],
        "contacts": [contact_tree(card) for card in sheet.contacts],
        "note": words.other_language(sheet.text_language),
        "confirmed": words.confirmed(sheet.confirmed_on, sheet.keeper),
        "address": address_tree(sheet.url),
        "qr": qr_picture(sheet.url),
        "words": fixed,
    }


def _entry(entry: Entry, language: str) -> Tree:
    return {
        "name": name_of(entry.name),
        "provider": entry.provider,
        "covers": entry.covers,
        "summary": entry.summary,
        "address": address_tree(entry.url),
        "phone": _phone(entry.phone),
        "email": _email(entry.email),
        "web": address_tree(entry.web),
        "facts": [fact for fact in (entry.when, entry.where, entry.price) if fact],
        "how": entry.how,
        "language": language_of(entry.text_language, language),
        "note": words.other_language(entry.text_language),
        "qr": qr_picture(entry.url),
    }


def list_page(listed: ListSheet) -> Tree:
    """What `templates/list.typ` draws."""
    some_example = any(entry.is_example for entry in listed.entries)
    fixed = words.common(url=listed.url, made_on=listed.made_on, is_example=some_example)
    own = words.list_words(listed.title, len(listed.entries))
    return {
        "language": language_of(listed.language),
        "title": name_of(own["title"]),
        "map_name": listed.map_name,
        "entries": [
            {**_entry(entry, listed.language), "is_example": entry.is_example, "qr": ""}
            for entry in listed.entries
        ],
        "address": address_tree(listed.url),
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
                pointers.append({"name": name_of(entry.name), "label": label})
            else:
                full.append({**_entry(entry, language), "label": label})
                done.add(label)
        groups.append(
            {"title": drawable(group.title).strip(), "entries": full, "pointers": pointers}
        )
    return {"title": name_of(chapter.title), "introduction": chapter.introduction, "groups": groups}


def _distinct(booklet: Booklet) -> list[Entry]:
    entries = {
        entry.key: entry
        for chapter in booklet.chapters
        for group in chapter.groups
        for entry in group.entries
    }
    return sorted(entries.values(), key=lambda entry: alphabetical(entry.name))


def _index(entries: Iterable[Entry], labels: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name_of(entry.name), "label": labels[entry.key]} for entry in entries]


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
        "language": language_of(booklet.language),
        "title": name_of(own["title"]),
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
                "web": address_tree(line.url),
            }
            for line in booklet.crisis
        ],
        "contacts": [contact_tree(card) for card in booklet.contacts],
        "chapters": [
            _chapter(chapter, labels, done, booklet.language) for chapter in booklet.chapters
        ],
        "by_name": _by_name(entries, labels),
        "by_municipality": _by_municipality(booklet, entries, labels),
        "address": address_tree(booklet.url),
        "qr": qr_picture(booklet.url),
        "words": {**fixed, **own},
    }
