"""Reads a PDF as its readers' programs do."""

import shutil
import subprocess
from collections.abc import Callable

import pytest

from tests.conftest import REQUIRED

PdfText = Callable[[bytes], str]


def _poppler(*command: str, pdf: bytes) -> str:
    if shutil.which(command[0]) is None:
        message = f"{command[0]} is missing; on Debian: apt-get install poppler-utils"
        if "poppler" in REQUIRED:
            pytest.fail(message)
        pytest.skip(message)
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def pdf_text() -> PdfText:
    """The text of a PDF, line breaks and hyphens at their ends taken out."""
    return lambda pdf: " ".join(_poppler("pdftotext", "-raw", "-", "-", pdf=pdf).split())


@pytest.fixture
def pdf_facts() -> Callable[[bytes], dict[str, str]]:
    """What pdfinfo tells of a PDF, by its own words."""

    def facts(pdf: bytes) -> dict[str, str]:
        lines = _poppler("pdfinfo", "-", pdf=pdf).splitlines()
        return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}

    return facts
