"""Logs never say who asked for what."""

import logging

import pytest
from django.test import Client

from samtun.config.logging import WithoutPersonalData


def cleaned(**extra: object) -> logging.LogRecord:
    """A record as it leaves the filter."""
    record = logging.makeLogRecord(
        {"msg": "%s %s", "args": ("/valdres/sok/?q=pappa+drikker", "x")} | extra
    )
    assert WithoutPersonalData().filter(record)
    return record


def test_what_somebody_searched_for_is_dropped_from_the_address() -> None:
    assert cleaned().getMessage() == "/valdres/sok/ x"


@pytest.mark.parametrize("sign", [".", f".{1795305600}~"])
def test_a_key_in_an_address_is_dropped(sign: str) -> None:
    key = f"{'0f' * 16}{sign}{'sQ-_' * 11}"
    record = cleaned(args=(f"/nn/bekreft/{key}/endre/", "x"))
    assert record.getMessage() == "/nn/bekreft/-/endre/ x"


def test_extras_that_may_be_personal_are_dropped() -> None:
    record = cleaned(request="<WSGIRequest>", email="kari@fagernes.example", count=3)
    assert not hasattr(record, "request")
    assert not hasattr(record, "email")
    assert record.__dict__["count"] == 3


@pytest.mark.django_db
def test_a_page_that_is_not_there_logs_no_query(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(WithoutPersonalData())
    client.get("/valdres/finnes-ikke/?q=pappa+drikker")
    assert "pappa" not in caplog.text
