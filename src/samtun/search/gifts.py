"""Weighing what the phrases of a question give."""

from collections.abc import Sequence
from typing import NamedTuple

from samtun.search.combining import Given, combine
from samtun.search.profiles import Guess
from samtun.search.thesaurus import Match

WITHIN_LONGER_PHRASE, LONGER_PHRASE = 0.5, 0.15
WEAKEST_GIFT, CLEAR_GIFT, STRONGEST_GIFT = 0.15, 0.7, 1.3
GUESSED, GUESSED_BESIDE, GUESSED_SHARE, SETTLING = 0.45, 0.2, 0.6, 0.2
LESS_FOR_CHILDREN = 0.6
CHILD_ASKING, YOUNGEST_ASKING, ADULT, SURELY_ADULT = 0.45, 8, 18, 30
OLD, VERY_OLD = 75, ("whom", "old")
CHILD, GROWN_UP, ELSEWHERE = ("child", "yes"), ("adult", "yes"), ("elsewhere", "yes")
SURE, PAPERS = 0.6, frozenset({"etterlatte"})
OWN_CHILD, WORKER = ("whom", "child"), ("group", "fagperson")
FOR_THE_YOUNG = {"treffpunkt-barn": 0.6, "helsesykepleier": 0.6, "ungdomstilbud": 0.5}
FOR_CARERS = {"parorendekoordinator": 0.6, "samtale-fagperson": 0.35, "mestringskurs": 0.3}
FIT_FOR_CHILDREN = frozenset(
    {"treffpunkt-barn", "helsesykepleier", "ungdomstilbud", "barneansvarlig", "barnevern", "bup"}
    | {"hjelpetelefon", "sorg-barn", "skole-barnehage", "vold-krisesenter", "krise-akutt"}
    | {"fastlege-legevakt", "kreftkoordinator", "aktivitet-fritid", "nettressurs"}
)
"""Needs that a child may meet alone; the others count less when a child is asking."""
_NOT = frozenset({"ikke", "not"})


class Weighed(NamedTuple):
    """What a question gives after all, the ages in it, and whether a child is asking."""

    given: Given
    ages: tuple[int, ...]
    from_child: bool


def weighed(
    matches: Sequence[Match], forms: Sequence[str], named: tuple[int, ...], guessed: Guess
) -> Weighed:
    """All that the phrases, their combinations, the ages and the single words say."""
    given = strongest(matches, forms)
    _add_who_asks(given, matches, named)
    if _is_for_others(given):
        return Weighed({ELSEWHERE: 1.0}, (), from_child=False)
    from_child = given.get(CHILD, 0.0) >= CHILD_ASKING
    combine(given)
    add_for_carers(given)
    add_guesses(given, guessed)
    if named and YOUNGEST_ASKING <= named[0] < ADULT:
        add_for_the_young(given)
    if from_child:
        given = {key: weight * fit(key) for key, weight in given.items()}
    return Weighed(given, named or age_hints(given), from_child)


def _add_who_asks(given: Given, matches: Sequence[Match], named: tuple[int, ...]) -> None:
    """A child is asking when more speaks for it than against: each phrase counts once."""
    speaks = _added_up(matches, CHILD[0]) - _added_up(matches, GROWN_UP[0])
    about_own_child = given.get(OWN_CHILD, 0.0) or given.get(WORKER, 0.0)
    if named and named[0] < ADULT and not about_own_child:
        speaks += CHILD_ASKING
    if named and named[0] >= SURELY_ADULT:
        speaks -= CHILD_ASKING
    if named and named[0] >= OLD:
        given[VERY_OLD] = 1.0
    given[CHILD] = max(0.0, speaks)


def _added_up(matches: Sequence[Match], kind: str) -> float:
    by_row = {
        id(match.gifts): gift.weight
        for match in matches
        for gift in match.gifts
        if gift.kind == kind
    }
    return sum(by_row.values())


def _is_for_others(given: Given) -> bool:
    """A tyre shop's question: nothing in it is about anybody's life."""
    if ELSEWHERE not in given:
        return False
    return not any(
        kind in ("whom", "urgent") or (kind == "group" and value not in PAPERS and weight >= SURE)
        for (kind, value), weight in given.items()
    )


def strongest(matches: Sequence[Match], forms: Sequence[str]) -> Given:
    """The strongest weight per gift; less for words that are part of a longer phrase met."""
    given: Given = {}
    met = {match.positions for match in matches}
    for match in matches:
        if _is_negated(match, forms):
            continue
        within = any(match.positions < others for others in met)
        factor = WITHIN_LONGER_PHRASE if within else _longer(match)
        for gift in match.gifts:
            weight = min(gift.weight * factor, STRONGEST_GIFT)
            key = (gift.kind, gift.value)
            if weight >= WEAKEST_GIFT and weight > given.get(key, 0.0):
                given[key] = weight
    return given


def fit(key: tuple[str, str]) -> float:
    """Less of what is for adults when a child is asking."""
    kind, value = key
    return 1.0 if kind != "need" or value in FIT_FOR_CHILDREN else LESS_FOR_CHILDREN


def _longer(match: Match) -> float:
    """The more words a phrase has, the surer it is what was meant."""
    return 1.0 + LONGER_PHRASE * min(len(match.positions) - 1, 2)


def is_clear(match: Match) -> bool:
    """Whether a phrase of several words says plainly what is needed."""
    return len(match.positions) > 1 and gives_a_need(match)


def gives_a_need(match: Match) -> bool:
    """Whether a need is given with some certainty."""
    return any(gift.kind in ("need", "none") and gift.weight >= CLEAR_GIFT for gift in match.gifts)


def _is_negated(match: Match, forms: Sequence[str]) -> bool:
    """ "ikke akutt": a single word right after a "not"."""
    at = min(match.positions)
    return len(match.positions) == 1 and at > 0 and forms[at - 1] in _NOT


def of_kind(given: Given, kind: str) -> dict[str, float]:
    """The gifts of one kind by value, the strongest first."""
    chosen = {value: weight for (its, value), weight in given.items() if its == kind}
    return dict(sorted(chosen.items(), key=lambda item: (-item[1], item[0])))


def age_hints(given: Given) -> tuple[int, ...]:
    """Ages from words such as "tenåring": the middle of the range."""
    hints = []
    for value in of_kind(given, "age"):
        low, _, high = value.partition("-")
        hints.append((int(low) + int(high or low)) // 2)
    return tuple(hints)


def add_for_carers(given: Given) -> None:
    """Somebody close to another who said nothing plainer: people to talk to."""
    if any(kind == "group" for kind, _ in given) and clearest(given) < CLEAR_GIFT:
        for need, weight in FOR_CARERS.items():
            given.setdefault(("need", need), weight)


def add_for_the_young(given: Given) -> None:
    """Somebody of school age: what is made for them."""
    for need, weight in FOR_THE_YOUNG.items():
        given.setdefault(("need", need), weight)


def add_guesses(given: Given, guessed: Guess) -> None:
    """What the words point to when no phrase said it plainly; and a little to settle doubt."""
    worth = guessed.sure * (GUESSED if clearest(given) < CLEAR_GIFT else GUESSED_BESIDE)
    for need, share in guessed.needs.items():
        key = ("need", need)
        if key in given:
            given[key] += SETTLING * share
        elif share >= GUESSED_SHARE:
            given[key] = worth * share


def clearest(given: Given) -> float:
    """The strongest weight of any need."""
    return max((weight for (kind, _), weight in given.items() if kind == "need"), default=0.0)
