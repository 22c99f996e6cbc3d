"""The right offers come first, in whatever words they are asked for."""

import pytest

from samtun.search import Results
from tests.search.conftest import Find


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("pappa drikker", {"ung-rus", "barnetelefon"}),
        ("får eg løn for å stelle mor heime", {"omsorgsstonad-3451", "omsorgsstonad-3454"}),
        ("omsorgslønn", {"omsorgsstonad-3451", "omsorgsstonad-3454"}),
        ("avlastnig", {"avlastning-3451", "avlasting-3454"}),
        ("temakafe fagernes", {"temakafe-fagernes"}),
        ("respite care for my mother", {"opphald-3453", "korttid-3451"}),
        ("sjukeheim", {"sykehjem-3451", "sjukeheim-3453"}),
        ("sykehjem", {"sykehjem-3451", "sjukeheim-3453"}),
        ("aldersheim til bestemor", {"sykehjem-3451", "sjukeheim-3453"}),
        ("hjemmesykepleien", {"hjemme-3449", "heime-3452"}),
        ("heimesjukepleia", {"hjemme-3449", "heime-3452"}),
        ("støtte kontakt", {"stotte-3451"}),
        ("sosialkontor", {"radgivning"}),
        ("mamma er alltid trist", {"treffpunkt"}),
        ("my husband has dementia", {"demens-3451", "demens-3454"}),
    ],
)
def test_everyday_words_bring_the_right_offers_first(
    find: Find, question: str, expected: set[str]
) -> None:
    first = ids(find(question))[: len(expected) + 1]
    assert expected <= set(first)


def test_a_tired_carer_finds_both_respite_and_dementia_help(find: Find) -> None:
    results = find("sliten av å passe på mannen min som har blitt dement")
    first = set(ids(results)[:8])
    assert first & {"avlastning-3451", "avlasting-3454"}
    assert first & {"korttid-3451", "opphald-3453"}
    assert first & {"demens-3451", "demens-3454"}
    assert {"demens", "partner"} <= set(results.understanding.target_groups)


def test_a_named_place_comes_before_other_places(find: Find) -> None:
    assert ids(find("omsorgsstønad i Vang"))[0] == "omsorgsstonad-3454"
    assert ids(find("avlastning 2900"))[0] in {"avlastning-3451", "korttid-3451"}


def test_offers_outside_the_region_are_left_out(find: Find) -> None:
    assert "oslo-avlastning" not in ids(find("avlastning"))
    assert "oslo-avlastning" in ids(find("avlastning", scope=None))


def test_stop_words_match_nothing_by_themselves(find: Find) -> None:
    total = find("avlastning for den som er i det").total
    assert total == find("avlastning").total


def test_an_adult_is_not_sent_to_children_first(find: Find) -> None:
    assert ids(find("rusteam"))[0] == "rusteam"


def test_nothing_found_still_offers_somebody_to_ask(find: Find) -> None:
    results = find("xyzzyqwrt")
    assert results.relaxed == "general"
    assert ids(results)[0] == "koordinator"


def test_a_question_only_another_area_can_answer_is_widened(find: Find) -> None:
    results = find("omsorgsstønad", scope=frozenset({"0301"}))
    assert results.relaxed == "area"
    assert ids(results)[0].startswith("omsorgsstonad")
