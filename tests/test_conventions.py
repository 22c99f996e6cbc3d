"""The house rules, held by reading the source and asking Django."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from samtun.people.access import PUBLIC, SIGNED_IN
from samtun.people.rules import HOLDERS

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE = CHECKOUT / "src" / "samtun"
OURS = [config for config in apps.get_app_configs() if config.name.startswith("samtun.")]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FORBIDDEN_NAMES = {"utils", "helpers", "services", "manager"}
LONGEST_MODULE = 450


def every_view(resolver: URLResolver) -> Iterator[URLPattern]:
    """All addresses below `resolver`."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from every_view(one)
        else:
            yield one


def test_every_address_says_who_may_open_it() -> None:
    known = {PUBLIC, SIGNED_IN, *HOLDERS}
    silent = [
        str(pattern.pattern)
        for pattern in every_view(get_resolver())
        if getattr(pattern.callback, "access", None) not in known
    ]
    assert silent == []


def test_every_permission_is_used_by_a_view() -> None:
    used = {getattr(pattern.callback, "access", None) for pattern in every_view(get_resolver())}
    asked = {
        name
        for path in PYTHON
        if path.name != "rules.py"
        for name in re.findall(r'"(\w+\.\w+)"', path.read_text(encoding="utf-8"))
    }
    assert sorted(HOLDERS.keys() - used - asked) == []


def our_models() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for config in OURS for model in config.get_models()]


def test_no_model_orders_itself() -> None:
    assert [model.__name__ for model in our_models() if model._meta.ordering] == []


def personal_fields() -> set[str]:
    """Fields that by their type or name can hold personal data, as `app.Model.field`."""
    suspicious = re.compile(r"email|phone|number|name|password|last_login|address|attention")
    return {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if suspicious.search(field.name) and not field.is_relation
    }


def test_every_field_that_may_hold_personal_data_is_in_the_privacy_table() -> None:
    table = (CHECKOUT / "docs" / "privacy.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(\w+\.[A-Z]\w+\.\w+)`", table))
    assert sorted(personal_fields() - listed) == []
    known = {f"{m._meta.label}.{f.name}" for m in our_models() for f in m._meta.concrete_fields}
    assert sorted(listed - known) == [], "the table lists fields that do not exist"


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_never_import_models() -> None:
    guilty = [
        path
        for path in SOURCE.rglob("migrations/*.py")
        if re.search(r"samtun\.\w+(\.\w+)*\.?models|from samtun.*models", path.read_text("utf-8"))
    ]
    assert guilty == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))", text)
    assert scripts == []
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_block_of_text_is_trimmed(path: Path) -> None:
    blocks = re.findall(r"{% blocktrans(?:late)? [^%]*%}", path.read_text(encoding="utf-8"))
    assert [block for block in blocks if "trimmed" not in block] == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_named_for_what_it_holds(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert long == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_text_for_translation_is_a_plain_string(path: Path) -> None:
    calls = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    names = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
    formatted = [
        node.lineno
        for node in calls
        if getattr(node.func, "id", "") in names
        and node.args
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert formatted == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_text_for_translation_goes_by_a_name_that_the_catalogues_know(path: Path) -> None:
    renamed = [
        f"{name.name} as {name.asname}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in {None, "_"}
    ]
    assert renamed == []


def test_views_are_short() -> None:
    long = [
        f"{path.relative_to(SOURCE)}:{node.name}"
        for path in PYTHON
        if "views" in path.parts or path.stem == "views"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 30
    ]
    assert long == []
