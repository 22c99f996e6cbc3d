"""A document read and saved again changes nothing; a document saved and read is the same."""

from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samtun.directory import hsds
from samtun.directory.editing import actions
from samtun.directory.editing.cleaning import cleaned
from samtun.directory.editing.document import LANGUAGES, TEXTS
from samtun.directory.editing.reading import document_of, documents_of
from samtun.directory.exchange import import_region, importing
from samtun.directory.models import (
    Attribute,
    Contact,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceVersion,
)
from tests.directory.editing import scenes
from tests.directory.exchange.conftest import CHECKOUT
from tests.factories import directory as make

pytestmark = pytest.mark.django_db

_PLAIN = some.text(
    some.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="<"),
    max_size=40,
)
_CLOCKS = some.times().map(lambda moment: moment.strftime("%H:%M"))


def test_a_saved_document_changes_nothing() -> None:
    full = make.full_service()
    before, exported = document_of(full.service), hsds.full.services([full.service.pk])
    actions.save(document=before, by=None, service=full.service)
    assert document_of(Service.objects.get(pk=full.service.pk)) == before
    assert hsds.full.services([full.service.pk]) == exported
    assert not ServiceVersion.objects.exists()


def test_every_offer_of_the_example_survives_a_change_and_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing.finding, "rebuild", lambda _progress: 0)
    import_region(CHECKOUT / "examples" / "valdres")
    services = list(Service.objects.order_by("pk"))
    exported = hsds.full.services([one.pk for one in services])
    documents = documents_of(services)
    for service, document in zip(services, documents, strict=True):
        clean, problems = cleaned(document, document)
        assert (clean, problems.found) == (document, [])
        actions.save(document=document, by=None, service=service)
    assert len(services) >= 150
    assert documents_of(list(Service.objects.order_by("pk"))) == documents
    assert hsds.full.services([one.pk for one in services]) == exported


_phone = some.fixed_dictionaries(
    {"number": some.from_regex(r"[0-9]{3,12}", fullmatch=True), "description": _PLAIN}
)
_hours = some.fixed_dictionaries(
    {
        "days": some.lists(some.sampled_from(["MO", "TU", "SU"]), min_size=1, unique=True),
        "every": some.sampled_from(["week", "month"]),
        "week": some.sampled_from([1, 2, 5, -1]),
        "opens_at": some.just("00:00") | _CLOCKS,
        "closes_at": some.just("00:00"),
        "description": _PLAIN,
    }
)
_texts = some.fixed_dictionaries(
    {"name": some.just("Kafé"), **{name: _PLAIN for name in TEXTS if name != "name"}}
)
_documents = some.fixed_dictionaries(
    {
        "language": some.sampled_from(LANGUAGES),
        "texts": some.fixed_dictionaries(dict.fromkeys(LANGUAGES, _texts)),
        "phones": some.lists(_phone, max_size=3),
        "hours": some.lists(_hours, max_size=3),
        "is_free": some.none() | some.booleans(),
        "minimum_age": some.none() | some.integers(0, 50),
        "maximum_age": some.none() | some.integers(50, 130),
        "keywords": some.lists(_PLAIN.filter(bool), max_size=3, unique=True),
        "costs": some.lists(
            some.fixed_dictionaries(
                {"option": some.just("Kaffe"), "amount": some.decimals(0, 999, places=2).map(str)}
            ),
            max_size=2,
        ),
    }
)


def _alike(document: Any) -> Any:  # noqa: ANN401  (a document)
    """Without what saving adds: identifiers, and the order that follows from them."""
    made = dict(document)
    for name in ("phones", "hours", "costs", "contacts", "places", "documents"):
        made[name] = sorted(
            ({**part, "id": None} for part in made[name]), key=lambda part: str(part)
        )
    return made


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_documents)
def test_what_is_saved_is_read_again(written: dict[str, Any]) -> None:
    service = make.service()
    wanted, problems = cleaned(written, document_of(service))
    assert problems.found == []
    saved = actions.save(document=written, by=None, service=service)
    assert _alike(document_of(saved)) == _alike(wanted)
    again = document_of(saved)
    actions.save(document=again, by=None, service=saved)
    assert document_of(Service.objects.get(pk=saved.pk)) == again


def test_rows_keep_their_identifiers_and_what_documents_do_not_know() -> None:
    full = make.full_service()
    document = document_of(full.service)
    phone = Phone.objects.get(pk=document["phones"][0]["id"])
    document["phones"][0]["number"] = "61 00 00 00"
    document["contacts"][0]["phone"] = "61 00 00 01"
    actions.save(document=document, by=None, service=full.service)
    changed = Phone.objects.get(pk=phone.pk)
    assert (changed.number, changed.extension, changed.type) == ("61 00 00 00", 12, "voice")
    assert Phone.objects.filter(contact__service=full.service).get().number == "61 00 00 01"
    assert Contact.objects.get(pk=document["contacts"][0]["id"]).department == "Helse"


def test_what_is_gone_from_the_document_is_removed_and_nothing_else() -> None:
    full = make.full_service()
    document: dict[str, Any] = {**document_of(full.service)}
    document |= {name: [] for name in ("phones", "contacts", "hours", "costs", "documents")}
    document |= {"needs": [], "covers": ["3454"], "languages": []}
    saved = actions.save(document=document, by=None, service=full.service)
    assert not Phone.objects.filter(service=saved, service_at_location=None).exists()
    # What hangs on a place is the place's.
    assert Phone.objects.filter(service_at_location=full.service_at_location).exists()
    assert Contact.objects.filter(service_at_location=full.service_at_location).exists()
    assert Phone.objects.filter(organization=full.organization).exists()
    assert Schedule.objects.filter(location=full.location).exists()
    assert [area.municipality_id for area in saved.service_areas.all()] == ["3454"]


def test_what_the_document_leaves_out_stays() -> None:
    full = make.full_service()
    before = document_of(full.service)
    saved = actions.save(
        document={"texts": {"nb": {"summary": "Kort."}}}, by=None, service=full.service
    )
    after = document_of(saved)
    assert after["texts"]["nb"].pop("summary") == "Kort."
    before["texts"]["nb"].pop("summary")
    assert after == before


def test_words_of_other_taxonomies_stay() -> None:
    service = make.service()
    los = make.term("parorande", taxonomy=make.taxonomy("los"))
    make.tag(service, make.term("avlastning"), los)
    scenes.edit(service, needs=[])
    assert [each.taxonomy_term for each in Attribute.objects.filter(service=service)] == [los]


def test_a_part_of_another_service_is_not_taken_over() -> None:
    mine, theirs = make.service(), make.service()
    number = make.phone(service=theirs, number="10 00 00 00")
    scenes.edit(mine, phones=[{"id": str(number.pk), "number": "99 99 99 99", "description": ""}])
    number.refresh_from_db()
    assert (number.service_id, number.number) == (theirs.pk, "10 00 00 00")
    assert mine.phones.get().number == "99 99 99 99"


def test_the_original_language_can_change() -> None:
    full = make.full_service()
    document = document_of(full.service)
    document["language"] = "nn"
    saved = actions.save(document=document, by=None, service=full.service)
    assert saved.name == "Temakafé for pårørande"
    assert saved.translations["nb"]["summary"] == "En kopp kaffe og en prat."
    assert saved.translations["nb"]["accreditations"] == "Trygg møteplass"
    again = document_of(saved)
    assert again["texts"] == document["texts"]
    again["language"] = "nb"
    back = actions.save(document=again, by=None, service=saved)
    assert (back.accreditations, back.summary) == ("Trygg møteplass", "En kopp kaffe og en prat.")


@pytest.mark.parametrize(
    ("now", "stays"),
    [
        ("Ring ni til tre!", True),
        ("Ring  ni\ntil (tre).", True),
        ("Ring ni til fire", False),
        ("Ring ni–tre", False),
        ("Ring ni til tre %", False),
        ("", False),
    ],
)
def test_a_translation_of_a_text_that_says_something_else_is_void(now: str, stays: bool) -> None:  # noqa: FBT001
    service = make.service()
    nynorsk = {"nn": {"description": "Ring ni til tre"}}
    number = make.phone(service=service, description="Ring ni til tre", translations=nynorsk)
    document = document_of(service)
    document["phones"][0]["description"] = now
    actions.save(document=document, by=None, service=service)
    number.refresh_from_db()
    assert (number.description, number.translations) == (now, nynorsk if stays else {})


def test_hours_follow_their_place_when_it_goes() -> None:
    full = make.full_service()
    document: dict[str, Any] = {**document_of(full.service)}
    document["places"] = []
    document["hours"] = [{**hours, "place": None} for hours in document["hours"]]
    actions.save(document=document, by=None, service=full.service)
    assert not ServiceAtLocation.objects.filter(service=full.service).exists()
    kept = Schedule.objects.filter(service=full.service, location=None)
    assert {row.opens_at for row in kept} == {time(10)}
    assert kept.count() == 2


@pytest.mark.parametrize("parts", [1, 30])
def test_reading_takes_as_many_queries_for_many_as_for_one(
    parts: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    services = [make.full_service(slug=f"kafe-{number}").service for number in range(min(parts, 4))]
    for number in range(parts):
        make.phone(service=services[0], number=f"10 00 {number}")
        make.contact(service=services[0])
        make.schedule(service=services[0])
    with django_assert_num_queries(12):
        documents_of(services)


@pytest.mark.parametrize("parts", [2, 30])
def test_saving_a_text_takes_as_many_queries_whatever_hangs_on_it(
    parts: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    full = make.full_service()
    for number in range(parts):
        make.phone(service=full.service, number=f"10 00 {number}")
    document = document_of(full.service)
    document["texts"]["nb"]["summary"] = "Nytt."
    with django_assert_max_num_queries(65):
        actions.save(document=document, by=None, service=full.service)
