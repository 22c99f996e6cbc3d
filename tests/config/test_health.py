"""Whoever keeps the server running can ask how it is."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from samtun.directory import finding


def test_the_process_is_healthy_without_a_database(client: Client) -> None:
    assert client.get("/-/healthy").json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_process_is_ready_though_the_index_is_missing(client: Client) -> None:
    answer = client.get("/-/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "search": "missing",
        "events": "missing",
    }


@pytest.mark.django_db
def test_a_whole_index_is_told(client: Client) -> None:
    finding.rebuild()
    assert client.get("/-/ready").json()["search"] == "ok"


@pytest.mark.django_db
def test_without_its_database_the_process_is_not_ready(client: Client) -> None:
    with patch("samtun.config.health.connection") as connection:
        connection.cursor.side_effect = OperationalError("gone")
        answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "down"
