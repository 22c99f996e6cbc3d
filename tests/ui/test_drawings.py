"""Our line drawings: one family, one grid, one pen."""

import csv
import re
from pathlib import Path

import pytest

from samtun import directory
from samtun.ui import drawings, samples
from samtun.ui.templatetags import ui

ALL = sorted(drawings.names())


@pytest.mark.parametrize("name", ALL)
def test_a_drawing_keeps_to_the_grid_and_the_pen(name: str) -> None:
    source = (drawings.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 48 48"' in source
    assert 'stroke-width="2"' in source
    assert len(source) < 1_500


@pytest.mark.parametrize("name", ALL)
def test_a_drawing_has_no_colour_of_its_own_and_one_light_at_most(name: str) -> None:
    inside = drawings.shapes(name)
    assert not re.search(r"#[0-9a-f]{3,6}|fill=|stroke=|<style|style=|<script", inside)
    assert inside.count('class="l"') <= 1


@pytest.mark.parametrize("need", [key for key, *_ in samples.NEEDS])
def test_every_top_level_need_has_a_drawing(need: str) -> None:
    assert ui.has_drawing(need)


def test_every_target_group_has_a_drawing() -> None:
    table = Path(directory.__file__).parent / "data" / "target_groups.tsv"
    with table.open(encoding="utf-8") as rows:
        ids = [row["code"] for row in csv.DictReader(rows, delimiter="\t")]
    assert [key for key in ids if not ui.has_drawing(key)] == []


def test_a_drawing_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in drawings.svg("search")
    assert 'role="img" aria-label="Søk"' in drawings.svg("search", "", "Søk")


def test_a_name_from_data_without_a_drawing_becomes_a_house() -> None:
    assert ui.icon("../../settings") == ui.icon("home")


def test_what_a_template_adds_to_a_drawing_is_escaped() -> None:
    assert '"><script>' not in ui.icon("search", '"><script>', '"><script>')


def test_a_misspelt_drawing_in_code_is_an_error() -> None:
    with pytest.raises(drawings.UnknownDrawingError):
        drawings.shapes("no-such-drawing")
