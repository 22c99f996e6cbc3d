"""What an independent tester of SCIM servers says of ours."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from tests.api.scim.conftest import Directory

pytestmark = pytest.mark.django_db

# What is meant to be so: a department that we have no unit for is not kept; a name, an address and
# whether somebody works here are never taken away by a request that removes; there is one address,
# which is always that at work and the primary one; there is no .search.
_DEPARTMENT = ("enterprise:2.0:User", "department")
_MEANT = {
    "search_with_attributes": ("",),
    "check_add_attribute": (*_DEPARTMENT, "'emails'"),
    "check_replace_attribute": (*_DEPARTMENT, "'emails'"),
    "check_remove_attribute": (*_DEPARTMENT, "'name'", "'active'", "'emails'"),
}


@pytest.fixture(autouse=True)
def _within_the_transaction() -> Iterator[None]:
    """A real WSGI request lets go of its connection, and with it of what the test has written."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_an_independent_tester_finds_what_is_meant_and_nothing_else(directory: Directory) -> None:
    client = WSGISCIMClient(
        get_wsgi_application(),
        base_url="http://localhost/scim/v2",
        headers={"Authorization": f"Bearer {directory.secret}"},
    )
    results = check_server(client, resource_types=["User"])  # groups are to be read only
    wrong = [one for one in results if one.status in (Status.ERROR, Status.CRITICAL)]
    unmeant = [
        (one.title, one.reason)
        for one in wrong
        if not any(part in (one.reason or "") for part in _MEANT.get(one.title or "", ()))
    ]
    assert not unmeant
    assert sum(one.status == Status.SUCCESS for one in results) >= 40
