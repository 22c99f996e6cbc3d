"""Who gets in, and what an outsider meets."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from samtun.directory.models import Service
from samtun.people.access import requires, signed_in
from samtun.people.enums import RoleKind
from samtun.people.models import User
from samtun.people.rules import may
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def load(pk: uuid.UUID) -> Service:
    """The service, as a view would load it."""
    found = Service.objects.select_related("organization").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@requires("directory.change_service", load=load)
def change(request: HttpRequest, service: Service) -> HttpResponse:
    """A page behind a permission."""
    return HttpResponse(service.name)


def asked_by(person: User | AnonymousUser) -> HttpRequest:
    """A request of that person."""
    request = RequestFactory().get("/skrivebord/tilbud/x/")
    request.user = person
    return request


def opened(person: User, pk: uuid.UUID) -> HttpResponseBase:
    """What `person` gets at the address of the service."""
    return change(asked_by(person), pk=pk)


@pytest.fixture
def service() -> Service:
    """A service of an organisation in Nord-Aurdal."""
    return make.service(organization=make.organization(municipality=make.municipality()))


def kari(service: Service) -> User:
    """Looks after the organisation that gives it."""
    made = people.second_factor(people.person("Kari"))
    people.role(made, RoleKind.ORGANISATION_EDITOR, organization=service.organization)
    return made


def ola() -> User:
    """Looks after another organisation in the same municipality."""
    other = make.organization(municipality=make.municipality())
    made = people.second_factor(people.person("Ola"))
    people.role(made, RoleKind.ORGANISATION_EDITOR, organization=other)
    return made


def nils() -> User:
    """Coordinator in another municipality."""
    made = people.second_factor(people.person("Nils"))
    people.role(made, RoleKind.COORDINATOR, municipality=make.municipality("3454", "Vang"))
    return made


def test_who_looks_after_it_gets_in_and_no_copy_is_kept(service: Service) -> None:
    answer = opened(kari(service), service.pk)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("outsider", [ola, nils])
def test_an_outsider_meets_the_same_as_where_nothing_is(
    service: Service, outsider: Callable[[], User]
) -> None:
    person = outsider()
    for pk in (service.pk, uuid.uuid4()):
        with pytest.raises(Http404) as refusal:
            opened(person, pk)
        assert str(refusal.value) == ""


def test_a_stranger_is_asked_to_sign_in_whether_or_not_it_exists(service: Service) -> None:
    answers = [change(asked_by(AnonymousUser()), pk=pk) for pk in (service.pk, uuid.uuid4())]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1


def test_a_role_that_sees_personal_data_needs_a_second_factor_first(service: Service) -> None:
    person = people.person("Kari")
    people.role(person, RoleKind.COORDINATOR, municipality=make.municipality())
    answer = opened(person, service.pk)
    assert answer.status_code == 302
    assert "/konto/" in answer["Location"]


def test_an_account_that_is_closed_reaches_nothing(service: Service) -> None:
    person = kari(service)
    person.is_active = False
    people.forget(person)
    assert not may(person, "directory.change_service", service)


def test_a_page_of_ones_own_is_for_whoever_signed_in() -> None:
    own = signed_in(lambda request: HttpResponse("mine"))
    assert own(asked_by(people.person())).status_code == 200
    assert own(asked_by(AnonymousUser())).status_code == 302


def test_a_permission_that_nobody_declared_stops_the_start() -> None:
    with pytest.raises(KeyError):
        requires("directory.eat_service")
    with pytest.raises(KeyError):
        may(AnonymousUser(), "directory.eat_service")
