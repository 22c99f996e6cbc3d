"""A confidential location does not exist for the open data, whichever way one asks."""

import pytest
from django.test import Client

from samtun.directory.models import Attribute
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds/v3"
EVERYWHERE = [
    "services?full=true",
    "services?format=ndjson&full=true",
    "organizations?full=true",
    "organizations?full_service=true",
    "service_at_locations?full=true",
    "services/{service}",
    "organizations/{organization}?full_service=true",
    "service_at_locations/{service_at_location}",
]


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("lang", ["", "&lang=nn"])
def test_nothing_of_it_comes_out(client: Client, path: str, lang: str) -> None:
    made = make.full_service()
    keys = {name: part.pk for name, part in vars(made).items()}
    joined = lang if "?" in path else lang.replace("&", "?")
    text = client.get(f"{ROOT}/{path.format(**keys)}{joined}").getvalue().decode()
    assert str(made.organization.pk) in text
    for secret in (*make.SECRET_WORDS, str(made.hidden_location.pk), "60.5", "skjult"):
        assert secret not in text


def test_its_link_answers_like_one_that_does_not_exist(client: Client) -> None:
    hidden = make.full_service().hidden_service_at_location
    secret = client.get(f"{ROOT}/service_at_locations/{hidden.pk}")
    nothing = client.get(f"{ROOT}/service_at_locations/{hidden.service_id}")
    assert (secret.status_code, secret.content) == (404, nothing.content)


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_it_cannot_be_found_by_distance_day_or_term(client: Client, path: str) -> None:
    make.postal_code("2900", latitude=60.5, longitude=9.9)
    service, hidden = (
        make.service(),
        make.location(is_confidential=True, latitude=60.5, longitude=9.9),
    )
    link = make.place(service, hidden)
    make.schedule(location=hidden, service=service, byday="MO")
    make.schedule(service_at_location=link, byday="MO")
    term = make.term("skjult")
    Attribute.objects.create(service=service, location=hidden, taxonomy_term=term)
    for question in ("postcode=2900", "postcode=2900&proximity=100000", "day=MO"):
        assert client.get(f"{ROOT}/{path}?{question}").json()["empty"]
    assert client.get(f"{ROOT}/{path}?taxonomy_term_id={term.pk}").json()["empty"]


def test_who_vouched_for_a_service_stays_here(client: Client) -> None:
    made = make.full_service()
    assert "assurer_email" not in client.get(f"{ROOT}/services/{made.service.pk}").json()
