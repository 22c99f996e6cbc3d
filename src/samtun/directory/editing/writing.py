"""A checked document → the rows of its service; only what differs is written.

Rows keep their identifiers, and columns that the document does not know keep what they hold. The
caller holds the transaction and the service's lock, and refreshes what is returned.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

from django.db.models import Model
from django.db.models.functions import Lower

from samtun.directory.editing.checking import Facts
from samtun.directory.editing.document import LANGUAGES, TEXTS, Document
from samtun.directory.editing.hours import columns_of
from samtun.directory.editing.places import Places, without_texts
from samtun.directory.editing.reading import OWN, first_numbers
from samtun.directory.editing.values import says_the_same
from samtun.directory.models import (
    Attribute,
    Contact,
    CostOption,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    SpokenLanguage,
)
from samtun.organisations.models import Translatable
from samtun.people.models import User

Part = dict[str, Any]
_COLUMNS = (
    "language", "meets_in_person", "meets_by_phone", "meets_online", "is_free", "is_urgent",
    "is_for_children", "minimum_age", "maximum_age", "url", "email", "keywords", "status",
    "assurer_email", "confirm_every_days",
)  # fmt: skip
# Texts of a service that have a language, those that documents do not know among them.
_ALL_TEXTS = (*TEXTS, "accreditations")


@dataclass(slots=True)
class Written:
    """What a change has touched."""

    fields: list[str] = field(default_factory=list)  # as in the document; texts as texts.nb.name
    others: set[UUID] = field(default_factory=set)  # services at a place that changed for all


def changed_fields(before: Document, after: Document) -> list[str]:
    """The names of what differs."""
    names = [
        f"texts.{code}.{name}"
        for code in LANGUAGES
        for name in TEXTS
        if before["texts"][code][name] != after["texts"][code][name]
    ]
    old, new = cast("Part", before), cast("Part", after)
    return names + [name for name in old if name != "texts" and old[name] != new[name]]


def write(
    service: Service, before: Document, after: Document, facts: Facts, *, by: User | None
) -> Written:
    """Bring `service` from `before` to `after`; both are cleaned. It may be new and unsaved."""
    written = Written(changed_fields(before, after))
    changed = {name.partition(".")[0] for name in written.fields}
    _write_columns(service, before, after, changed)
    _write_areas(service, before, after)
    _write_terms(service, before, after, facts)
    _write_languages(service, before, after)
    for name in ("phones", "contacts", "costs", "documents"):
        if name in changed:
            _write_parts(name, service, _parts(before, name), _parts(after, name))
    places = Places(service, facts, by)
    if "places" in changed:
        places.write(before["places"], after["places"])
    if {"hours", "places"} & changed:
        _write_hours(service, before, after)
    if "places" in changed:
        places.remove(before["places"], after["places"])
    written.others = places.others
    return written


def _parts(document: Document, name: str) -> list[Part]:
    return cast("list[Part]", cast("Part", document)[name])


def _write_columns(service: Service, before: Document, after: Document, changed: set[str]) -> None:
    values = cast("Part", after)
    if {"texts", "language"} & changed:
        _write_texts(service, before, after)
    for name in changed.intersection(_COLUMNS):
        setattr(service, name, values[name])
    for name in changed & {"publish_on", "end_on"}:
        setattr(service, name, date.fromisoformat(values[name]) if values[name] else None)
    if "organization" in changed or service._state.adding:
        service.organization_id = UUID(after["organization"])
    if "keeper" in changed:
        service.keeper_id = UUID(after["keeper"]) if after["keeper"] else None
    service.save()


def _write_texts(service: Service, before: Document, after: Document) -> None:
    """Columns hold the original, `translations` the others; the original may change places."""
    texts: dict[str, dict[str, str]] = {
        code: dict(found) for code, found in service.translations.items()
    }
    texts[service.language] = {name: getattr(service, name) for name in _ALL_TEXTS}
    for code, found in after["texts"].items():
        for name, value in found.items():
            if value != before["texts"][code][name]:
                texts.setdefault(code, {})[name] = value
    original = texts.pop(after["language"], {})
    for name in _ALL_TEXTS:
        setattr(service, name, original.get(name, ""))
    others = {code: {name: text for name, text in found.items() if text}
              for code, found in texts.items()}  # fmt: skip
    service.translations = {code: found for code, found in others.items() if found}


def _write_areas(service: Service, before: Document, after: Document) -> None:
    areas = ServiceArea.objects.filter(service=service)
    old, new = set(before["covers"]), set(after["covers"])
    if old - new:
        areas.filter(municipality__in=old - new).delete()
    made = [ServiceArea(service=service, municipality_id=number) for number in sorted(new - old)]
    if before["covers_country"] and not after["covers_country"]:
        areas.filter(covers_country=True).delete()
    elif after["covers_country"] and not before["covers_country"]:
        made.append(ServiceArea(service=service, covers_country=True, name="Norge"))
    ServiceArea.objects.bulk_create(made)


def _write_terms(service: Service, before: Document, after: Document, facts: Facts) -> None:
    for name in ("needs", "target_groups"):
        old, new = _words(before, name), _words(after, name)
        attributes = Attribute.objects.filter(service=service)
        if old - new:
            from_taxonomy = attributes.filter(**OWN, taxonomy_term__taxonomy__slug=_slug(name))
            from_taxonomy.filter(taxonomy_term__code__in=old - new).delete()
        added = [facts.terms[name, code] for code in sorted(new - old)]
        if added:
            attributes.filter(taxonomy_term__in=added).delete()  # one that hung on a place too
            Attribute.objects.bulk_create(
                Attribute(service=service, taxonomy_term=term) for term in added
            )


def _words(document: Document, name: str) -> set[str]:
    return set(cast("dict[str, list[str]]", document)[name])


def _slug(name: str) -> str:
    return name.replace("_", "-")


def _write_languages(service: Service, before: Document, after: Document) -> None:
    old, new = set(before["languages"]), set(after["languages"])
    if old - new:
        spoken = SpokenLanguage.objects.filter(service=service, phone=None, location=None)
        spoken.annotate(lower=Lower("code")).filter(lower__in=old - new).delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(service=service, code=code) for code in sorted(new - old)
    )


def _write_parts(name: str, service: Service, before: list[Part], after: list[Part]) -> None:
    model: Any = _MODELS[name]
    known = {part["id"]: part for part in before}
    gone = known.keys() - {part["id"] for part in after}
    if gone:
        model.objects.filter(pk__in=gone).delete()
    changed = {part["id"]: part for part in after if part["id"] in known}
    changed = {key: part for key, part in changed.items() if part != known[key]}
    for key, row in model.objects.in_bulk([UUID(key) for key in changed]).items():
        part = changed[str(key)]
        put(row, _columns(name, known[str(key)]), _columns(name, part))
    new = [part for part in after if part["id"] not in known]
    give_ids(model, new)
    for part in new:
        part_row = model(id=UUID(part["id"]), service=service, **_columns(name, part))
        if name == "costs" and part["amount"] is not None:
            part_row.currency = "NOK"
        part_row.save(force_insert=True)
    if name == "contacts":
        _write_numbers(known, [*changed.values(), *new])


def put(row: Model, before: Part, after: Part) -> None:
    """Set and save the columns that differ; translations of a text that says something else now
    are void."""
    columns = [name for name in after if after[name] != before[name]]
    for name in columns:
        setattr(row, name, after[name])
    if isinstance(row, Translatable):
        void = {name for name in columns if not _is_same_text(before[name], after[name])}
        kept = without_texts(row.translations, void)
        if kept != row.translations:
            row.translations = kept
            columns.append("translations")
    if columns:
        row.save(update_fields=columns)


def _is_same_text(before: object, after: object) -> bool:
    return isinstance(before, str) and isinstance(after, str) and says_the_same(before, after)


def give_ids(model: Any, parts: list[Part]) -> None:  # noqa: ANN401  (any model with a UUID)
    """Each new part its identifier: the one it has where nothing else bears it, else a new one."""
    named = [UUID(part["id"]) for part in parts if part["id"]]
    taken = set(model.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    for part in parts:
        if not part["id"] or UUID(part["id"]) in taken:
            part["id"] = str(uuid4())


def _columns(name: str, part: Part) -> Part:
    if name == "contacts":
        return {column: part[column] for column in ("name", "title", "email")}
    if name == "costs":
        return {
            "option": part["option"],
            "amount": Decimal(part["amount"]) if part["amount"] is not None else None,
            "amount_description": part["description"],
        }
    return {column: value for column, value in part.items() if column != "id"}


def _write_numbers(known: dict[str, Part], parts: list[Part]) -> None:
    """The first number of each contact."""
    differing = [
        part for part in parts if part["phone"] != known.get(part["id"], {"phone": ""})["phone"]
    ]
    rows = first_numbers(UUID(part["id"]) for part in differing)
    for part in differing:
        row = rows.get(UUID(part["id"]))
        if row is None:
            Phone.objects.create(contact_id=UUID(part["id"]), number=part["phone"])
        elif part["phone"]:
            row.number = part["phone"]
            row.save(update_fields=["number"])
        else:
            row.delete()


def _write_hours(service: Service, before: Document, after: Document) -> None:
    known = {hours["id"]: hours for hours in before["hours"]}
    gone = known.keys() - {hours["id"] for hours in after["hours"]}
    if gone:
        Schedule.objects.filter(pk__in=[key for key in gone if key]).delete()
    stood = {hours["id"]: _tie(before, hours["place"]) for hours in before["hours"]}
    rows = Schedule.objects.in_bulk([UUID(key) for key in known.keys() - gone if key])
    for hours in after["hours"]:
        if hours["id"] in known:
            row, tie = rows[UUID(hours["id"])], _tie(after, hours["place"])
            if tie != stood[hours["id"]]:
                _move(row, service, tie)
            _change_hours(row, cast("Part", known[hours["id"]]), cast("Part", hours))
    new = [hours for hours in after["hours"] if hours["id"] not in known]
    give_ids(Schedule, cast("list[Part]", new))
    for hours in new:
        row = Schedule(id=UUID(hours["id"]), language=service.language, **columns_of(hours))
        _move(row, service, _tie(after, hours["place"]))


def _tie(document: Document, place: int | None) -> str | None:
    return None if place is None else document["places"][place]["id"]


def _move(row: Schedule, service: Service, tie: str | None) -> None:
    row.service = None if tie else service
    row.service_at_location_id = UUID(tie) if tie else None
    row.save()


_RULE = ("days", "every", "week", "valid_from", "words")


def _change_hours(row: Schedule, before: Part, after: Part) -> None:
    """A rule is written as a whole, since its parts mean something only together."""
    if after["words"]:
        return
    new = columns_of(cast("Any", after))
    old = dict(new)
    if any(before[name] != after[name] for name in _RULE):
        rule = ("freq", "interval", "byday", "valid_from", "dtstart")
        old |= {name: getattr(row, name) for name in rule}
        new |= {"count": None, "byweekno": "", "bymonthday": "", "byyearday": ""}
        old |= {
            name: getattr(row, name) for name in ("count", "byweekno", "bymonthday", "byyearday")
        }
    if before["valid_to"] != after["valid_to"]:
        old |= {"valid_to": row.valid_to, "until": row.until}
    for name in ("opens_at", "closes_at", "description"):
        if before[name] != after[name]:
            old[name] = getattr(row, name)
    put(row, old, new)


_MODELS: dict[str, type[Model]] = {
    "phones": Phone,
    "contacts": Contact,
    "costs": CostOption,
    "documents": RequiredDocument,
}
