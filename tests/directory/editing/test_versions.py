"""Every version kept, compared, brought back; two people at once lose nothing."""

from typing import Any

import pytest

from samtun.directory.editing import actions, versions
from samtun.directory.editing.document import Document
from samtun.directory.editing.errors import Changed
from samtun.directory.editing.reading import document_of
from samtun.directory.enums import VersionReason
from samtun.directory.models import Service, ServiceVersion
from samtun.people.models import AuditEvent
from tests.directory.editing import scenes
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def differing(old: Document, **fields: Any) -> Document:  # noqa: ANN401
    """The document with other fields; texts as texts_nb_name."""
    new: dict[str, Any] = {**old, "texts": {code: {**each} for code, each in old["texts"].items()}}
    for name, value in fields.items():
        if name.startswith("texts_"):
            _, language, field = name.split("_", 2)
            new["texts"][language][field] = value
        else:
            new[name] = value
    return new  # type: ignore[return-value]  # the same fields


def test_the_first_change_keeps_what_stood_there_before() -> None:
    service, kari = scenes.offer(name="Gammelt")
    scenes.edit(service, by=kari, texts_nb_name="Nytt")
    scenes.edit(service, by=kari, texts_nb_name="Nyere")
    kept = [(one.number, one.reason, one.person) for one in versions.versions_of(service)]
    assert kept == [(3, "edited", kari), (2, "edited", kari), (1, "before", None)]
    names = [versions.version_of(service, n).document["texts"]["nb"]["name"] for n in (1, 2, 3)]
    assert names == ["Gammelt", "Nytt", "Nyere"]
    assert versions.newest_number(service) == 3


def test_a_change_from_elsewhere_is_kept_before_the_next() -> None:
    service, kari = scenes.offer()
    scenes.edit(service, by=kari, texts_nb_name="Nytt")
    Service.objects.filter(pk=service.pk).update(email="fra.import@x.example")
    scenes.edit(service, by=kari, texts_nb_name="Nyere")
    reasons = [one.reason for one in versions.versions_of(service)]
    assert reasons == ["edited", "before", "edited", "before"]


def test_the_trail_has_names_of_fields_and_nothing_of_what_stood_there() -> None:
    service, kari = scenes.offer()
    scenes.edit(service, by=kari, texts_nb_summary="Hemmelig", email="ny@x.example")
    event = AuditEvent.objects.get(action="service.changed")
    assert event.details == {"fields": ["texts.nb.summary", "email"], "version": 2}
    assert (event.actor, event.organization_id) == (kari, service.organization_id)


def test_lists_are_compared_by_what_is_in_them() -> None:
    service = make.service()
    make.area(service, make.municipality("3451"))
    numbers = [make.phone(service=service, number=f"10 00 00 0{n}") for n in range(3)]
    make.municipality("3454", "Vang")
    old = document_of(service)
    phones = [phone for phone in old["phones"] if phone["id"] != str(numbers[0].pk)][::-1]
    phones = [
        {**one, "number": "99"} if one["id"] == str(numbers[1].pk) else one  # type: ignore[misc]
        for one in phones
    ]
    added: Any = {"id": None, "number": "11", "description": ""}
    new = differing(old, covers=["3454"], phones=[*phones, added])
    found = {(one.field.partition(":")[0], one.kind, one.old, one.new)
             for one in versions.differences(old, new)}  # fmt: skip
    assert found == {
        ("covers", "changed", "Nord-Aurdal", "Vang"),
        ("phones", "removed", "10 00 00 00", ""),
        ("phones", "changed", "10 00 00 01", "99"),
        ("phones", "added", "", "11"),
    }


def test_a_place_that_only_stands_elsewhere_in_the_list_is_no_difference() -> None:
    full = make.full_service()
    old = document_of(full.service)
    new = differing(old, places=old["places"][::-1], hours=[
        {**hours, "place": None if hours["place"] is None else 1 - hours["place"]}
        for hours in old["hours"]
    ])  # fmt: skip
    assert versions.differences(old, new) == []


def test_texts_are_marked_word_by_word() -> None:
    old = document_of(make.service(description="Åpent tirsdag og torsdag."))
    new = differing(old, texts_nb_description="Åpent onsdag og torsdag.")
    (difference,) = versions.differences(old, new)
    assert [one for one in difference.old_words if one.is_marked] == [("tirsdag", True)]
    assert [one for one in difference.new_words if one.is_marked] == [("onsdag", True)]
    assert "".join(one.text for one in difference.new_words) == "Åpent onsdag og torsdag."


def test_every_field_has_words_for_both_sides() -> None:
    full = make.full_service()
    empty = document_of(make.service(organization=full.organization))
    found = versions.differences(empty, document_of(full.service))
    assert all(one.label and (one.old or one.new) for one in found)
    assert {one.field.partition(":")[0].partition(".")[0] for one in found} >= {
        "texts", "covers", "needs", "phones", "contacts", "places", "hours", "costs", "documents",
    }  # fmt: skip


def test_a_version_brought_back_is_a_new_version() -> None:
    full = make.full_service()
    before = document_of(full.service)
    scenes.edit(
        full.service, phones=[], contacts=[], hours=[], costs=[], needs=[], texts_nb_name="Nytt"
    )
    restored = actions.restore(full.service, 1, by=None)
    assert document_of(restored) == before
    assert versions.versions_of(restored)[0].reason == VersionReason.RESTORED
    assert versions.newest_number(restored) == 3


def test_bringing_back_neither_publishes_nor_hands_over() -> None:
    service, kari = scenes.offer(status="active")
    scenes.edit(service, by=kari, status="defunct", keeper=str(kari.pk), texts_nb_name="Nytt")
    restored = actions.restore(service, 1, by=kari)
    assert (restored.status, restored.keeper) == ("defunct", kari)


def test_bringing_back_leaves_dates_and_organisation_as_they_are() -> None:
    service, kari = scenes.offer()
    unit = make.organization(parent_organization=service.organization)
    dates = {"publish_on": "2026-06-01", "end_on": "2026-12-31"}
    scenes.edit(service, by=kari, organization=str(unit.pk), texts_nb_name="Nytt", **dates)
    restored = actions.restore(service, 1, by=kari)
    kept: dict[str, Any] = {**document_of(restored)}
    assert {name: kept[name] for name in dates} == dates
    assert (restored.organization_id, restored.name != "Nytt") == (unit.pk, True)


def test_what_no_longer_exists_is_left_out_when_brought_back() -> None:
    service = make.service()
    gone = make.term("borte")
    make.tag(service, gone)
    scenes.edit(service, texts_nb_name="Nytt")
    gone.delete()
    restored = actions.restore(service, 1, by=None)
    assert document_of(restored)["needs"] == []
    assert restored.name != "Nytt"


def test_a_version_that_is_not_there_cannot_be_brought_back() -> None:
    service, other = make.service(), make.service()
    scenes.edit(other, texts_nb_name="Nytt")
    with pytest.raises(ServiceVersion.DoesNotExist):
        actions.restore(service, 1, by=None)


@pytest.mark.parametrize("based_on", [0, 1, 2])
def test_the_second_is_told_what_the_first_changed_and_who(based_on: int) -> None:
    service, kari = scenes.offer()
    scenes.edit(service, by=kari, texts_nb_name="Karis navn")
    scenes.edit(service, by=kari, email="kari@x.example")
    document = document_of(service)
    with pytest.raises(Changed) as told:
        actions.save(document=document, by=kari, service=service, based_on=based_on)
    assert told.value.current_version.number == 3
    assert {one.person for one in told.value.since} == {kari}
    assert "email" in {one.field for one in told.value.differences}
    assert len(told.value.differences) == (1 if based_on == 2 else 2)
    actions.save(document=document, by=kari, service=service, based_on=3)


def test_fields_that_one_of_two_changed_are_brought_together() -> None:
    base = document_of(make.full_service().service)
    mine = differing(base, texts_nb_name="Mitt", covers=["3451"], phones=[])
    theirs = differing(base, texts_nn_name="Deira", covers=[*base["covers"], "0301"], email="")
    merged = versions.merge(base, mine, theirs)
    assert merged.conflicts == []
    assert merged.document == differing(
        base, texts_nb_name="Mitt", texts_nn_name="Deira", covers=["3451", "0301"], phones=[],
        email="",
    )  # fmt: skip


def test_what_both_changed_is_a_conflict_with_all_three_told() -> None:
    base = document_of(make.full_service().service)
    phone = base["phones"][0]
    mine = differing(base, texts_nb_name="Mitt", is_free=False, phones=[{**phone, "number": "1"}])
    theirs = differing(base, texts_nb_name="Deres", is_free=None, phones=[])
    merged = versions.merge(base, mine, theirs)
    told = {one.field.partition(":")[0]: (one.mine, one.theirs) for one in merged.conflicts}
    assert told["texts.nb.name"] == ("Mitt", "Deres")
    assert told["phones"] == ("1\nRing mellom ni og tre", "")
    assert set(told) == {"texts.nb.name", "is_free", "phones"}
    assert merged.document["texts"]["nb"]["name"] == "Mitt"
    assert len(merged.document["phones"]) == 1


def test_the_same_change_by_both_is_no_conflict() -> None:
    base = document_of(make.full_service().service)
    both = differing(base, texts_nb_name="Nytt", is_free=False)
    merged = versions.merge(base, both, both)
    assert (merged.conflicts, merged.document) == ([], both)


def test_hours_stay_at_their_place_when_the_other_took_one_out() -> None:
    base = document_of(make.full_service().service)
    at = next(hours["place"] for hours in base["hours"] if hours["place"] is not None)
    kept = base["places"][at]
    theirs = differing(base, places=[kept], hours=[
        {**hours, "place": None if hours["place"] is None else 0} for hours in base["hours"]
    ])  # fmt: skip
    merged = versions.merge(base, differing(base, texts_nb_name="Mitt"), theirs)
    assert merged.conflicts == []
    assert merged.document["places"] == [kept]
    assert sorted(str(one["place"]) for one in merged.document["hours"]) == ["0", "None"]
