"""Does it look like an offer that exists?"""

from typing import Any

import pytest
from django.utils import translation

from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.similar import address_of, digits_of, likeness, similar_to, trigrams
from samtun.directory.models import Service
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def like(name: str = "Noe helt eget", **fields: Any) -> Document:  # noqa: ANN401
    """A new document."""
    document: dict[str, Any] = {**empty()} | fields
    document["texts"]["nb"]["name"] = name
    return document  # type: ignore[return-value]  # the same fields


def found(document: Document, besides: Service | None = None) -> list[Service]:
    """The services that look like it."""
    return [one.service for one in similar_to(document, besides)]


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("Temakafé for pårørende", True),
        ("TEMAKAFE for Pårørende!", True),
        ("Temakafeen for pårørande", True),
        ("Temakafé for pårørende på Leira", True),
        ("Samtalegruppe for pårørende", False),
        ("Temakveld", False),
    ],
)
def test_a_name_much_like_it(name: str, is_found: bool) -> None:  # noqa: FBT001
    service = make.service(name="Temakafé for pårørende")
    assert found(like(name)) == ([service] if is_found else [])


def test_a_name_in_another_language() -> None:
    service = make.service(name="Møteplass", translations={"nn": {"name": "Samlingsstova"}})
    service.alternate_name = "Samlingsstova på Leira"
    service.save()
    assert found(like("Samlingsstova")) == [service]


@pytest.mark.parametrize(
    "number", ["61 36 00 00", "+47 61360000", "0047 61 36 00 00", "61-36-00-00"]
)
def test_the_same_number_however_it_is_written(number: str) -> None:
    service, other = make.service(), make.service()
    make.phone(service=service, number="61 36 00 00")
    make.phone(contact=make.contact(service=other), number="(+47) 61.36.00.00")
    document = like(phones=[{"number": number}])
    assert set(found(document)) == {service, other}
    with translation.override("en"):
        assert similar_to(document)[0].reasons == ["It has the same phone number."]


def test_a_short_number_says_nothing() -> None:
    make.phone(service=make.service(), number="113")
    assert found(like(phones=[{"number": "113"}])) == []


@pytest.mark.parametrize(
    "url",
    ["https://kafe.example/tema", "http://www.kafe.example/tema/", "https://KAFE.example/tema"],
)
def test_the_same_web_address_however_it_is_written(url: str) -> None:
    service = make.service(url=url)
    make.service(url="https://kafe.example/annet")
    assert found(like(url="https://kafe.example/tema")) == [service]


def test_the_same_house_alone_says_nothing_but_strengthens() -> None:
    service, location = make.service(name="Sangkoret"), make.location()
    make.address(location)
    make.place(service, location)
    place = {"location": None, "address_1": "storgata 1", "postal_code": "2900",
             "is_confidential": False}  # fmt: skip
    assert found(like(places=[place])) == []
    (same,) = similar_to(like("Sangkoret", places=[place]))
    assert len(same.reasons) == 2


def test_a_secret_place_is_no_reason() -> None:
    full = make.full_service()
    place = {"location": str(full.hidden_location.pk), "address_1": make.SECRET_WORDS[1],
             "postal_code": "2900", "is_confidential": False}  # fmt: skip
    hidden = like(full.service.name, places=[place])
    with translation.override("en"):
        assert similar_to(hidden)[0].reasons == ["Its name is much like this one."]
    assert found(like(phones=[{"number": make.SECRET_WORDS[2]}])) == []


def test_a_secret_place_of_the_offer_at_hand_is_compared_with_nothing() -> None:
    service, location = make.service(name="Sangkoret"), make.location()
    make.address(location)
    make.place(service, location)
    secret = {"location": str(location.pk), "address_1": "Storgata 1", "postal_code": "2900",
              "is_confidential": True}  # fmt: skip
    (same,) = similar_to(like("Sangkoret", places=[secret]))
    assert len(same.reasons) == 1


def test_neither_itself_nor_an_archived_one() -> None:
    service = make.service(name="Sangkoret")
    make.service(name="Sangkoret", status="defunct")
    assert found(like("Sangkoret"), besides=service) == []


@pytest.mark.parametrize("url", ["http://[", "https://", "javascript:alert(1)", "x" * 3000])
def test_an_address_that_is_none_finds_nothing(url: str) -> None:
    make.service(url="")
    assert found(like(url=url)) == []


def test_the_parts_that_are_compared() -> None:
    assert digits_of("+47 61 36 00 00") == "61360000"
    assert address_of("HTTPS://www.X.example/Om/?a=1") == "x.example/Om"
    assert likeness(trigrams("Kafé"), trigrams("KAFE")) == 1.0
    assert likeness(trigrams(""), trigrams("")) == 0.0


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_whatever_is_found(count: int, django_assert_num_queries: Any) -> None:  # noqa: ANN401
    location = make.location()
    for _ in range(count):
        service = make.service(name="Sangkoret", url="https://x.example")
        make.phone(service=service, number="61360000")
        make.place(service, location)
    document = like(
        "Sangkoret", url="https://x.example", phones=[{"number": "61360000"}],
        places=[{"location": str(location.pk), "address_1": "", "postal_code": "",
                 "is_confidential": False}],
    )  # fmt: skip
    with django_assert_num_queries(5):
        similar_to(document)
