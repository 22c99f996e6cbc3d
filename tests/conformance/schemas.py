"""The official schemas, which are not part of this project: found beside the checkout."""

import gzip
import json
import os
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.conftest import REQUIRED

FOLDER = Path(
    os.environ.get("SAMTUN_STANDARDS") or Path(__file__).parents[3] / "shared" / "standards"
)
CHECKED = ("uuid", "uri", "email", "date-time")  # the formats that HSDS 3.1 names


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a schema file; skips the test where it is missing and not required."""
    path = FOLDER / name
    if not path.exists():
        if "standards" in REQUIRED:
            pytest.fail(f"SAMTUN_REQUIRE names standards, but {path} is missing")
        pytest.skip(f"no official schemas at {FOLDER}; point SAMTUN_STANDARDS to them")
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    checker = FormatChecker(formats=CHECKED)
    assert set(checker.checkers) == set(CHECKED)
    return Draft202012Validator(json.loads(raw), format_checker=checker)


def faults(name: str, data: object) -> list[str]:
    """What the schema has against the data."""
    return [f"{each.json_path}: {each.message}" for each in validator(name).iter_errors(data)]
