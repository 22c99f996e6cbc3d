"""A page of results, from a question."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from samtun import search
from samtun.front import answers, facets, happening_soon, shell
from samtun.front.asking import PAGE_SIZE, Asked, Links
from samtun.front.crisis import Danger, dangers
from samtun.front.frame import Frame
from samtun.front.paging import pages
from samtun.organisations.points import Point
from samtun.ui.filters import Link, choices


@dataclass(frozen=True, slots=True)
class Found:
    """A question with its answer."""

    asked: Asked
    frame: Frame
    origin: Point | None
    results: search.Results
    is_plain: bool
    links: Links
    readings: list[Link]
    happenings: SafeString

    @property
    def has_filters(self) -> bool:
        """None where the list answers another question than the one asked."""
        return bool(self.results.facets) and self.results.relaxed not in {"area", "general"}

    @property
    def dangers(self) -> tuple[Danger, ...]:
        """What the visitor may be in."""
        asked = self.asked
        meant = self.results.understanding
        return tuple(dangers(asked.text, meant, (*asked.needs, *asked.situations)))

    @property
    def is_missed(self) -> bool:
        """Whether the region has nothing for the words, so that its editors should know of them.

        What only comes near is something. A question narrowed down, or turned to its next page,
        has been asked before; and somebody in danger is never counted.
        """
        asked, results = self.asked, self.results
        if not asked.text or asked.narrows or asked.literally or asked.page > 1 or self.is_plain:
            return False
        is_nothing = results.relaxed in {"area", "general"} or not (
            results.relaxed or results.total
        )
        return is_nothing and not self.dangers


def html(found: Found, *, is_part: bool) -> str:
    """The whole page, or for `is_part` what is below the question field."""
    return shell.fill(_shape(found, is_part=is_part), _holes(found))


def answered(asked: Asked, frame: Frame) -> Found:
    """The question with its answer."""
    origin = asked.origin()
    answer = answers.answer(asked, asked.query(frame, origin, timezone.localtime()))
    links = Links(asked)
    readings = []
    if answer.results.relaxed != "general":
        readings = answers.readings(asked, answer.results.understanding, links, frame)
    happenings = _happenings(asked, answer.results, frame)
    return Found(asked, frame, origin, answer.results, answer.is_plain, links, readings, happenings)


def _happenings(asked: Asked, results: search.Results, frame: Frame) -> SafeString:
    """What comes soon and is about the same, on the first page of a list only.

    Nothing beside numbers to call: who is in danger shall see nothing else.
    """
    meant = results.understanding
    chosen = (*asked.needs, *asked.situations)
    if asked.page > 1 or asked.with_map or dangers(asked.text, meant, chosen):
        return SafeString()
    needs = dict(meant.needs) | dict.fromkeys(asked.needs, 1.0)
    groups = dict(meant.target_groups) | dict.fromkeys(asked.situations, 1.0)
    return happening_soon.matching(asked.text, needs, groups, frame, timezone.now())


def _shape(found: Found, *, is_part: bool) -> shell.Shape:
    asked, results = found.asked, found.results
    meant = results.understanding
    return shell.Shape(
        region=found.frame.scope.slug,
        language=found.frame.language,
        said=results.relaxed or ("count" if results.total else "nothing"),
        dangers=found.dangers,
        is_part=is_part,
        is_plain=found.is_plain,
        is_literal=asked.literally and bool(asked.text),
        has_question=bool(asked.text),
        has_corrections=bool(meant.corrections),
        has_readings=bool(found.readings),
        has_filters=found.has_filters,
        has_happenings=bool(found.happenings),
        with_map=asked.with_map,
        with_point=asked.near is not None,
        with_list=bool(asked.kept),
        by_distance=asked.order == "distance",
        place_unknown=bool(asked.place) and found.origin is None,
    )


def _holes(found: Found) -> shell.Holes:
    asked, links, frame, results = found.asked, found.links, found.frame, found.results
    origin_name = found.origin.name if found.origin else ""
    return {
        "question": asked.text,
        "title": f"{asked.text} – " if asked.text else "",
        "query": links.same(),
        "total": _counted(results.total),
        "corrections": ", ".join(results.understanding.corrections.values()),
        "readings": choices(found.readings),
        "literally_url": links.to(literally=True),
        "read_url": links.to(literally=False),
        "chips": facets.chosen(asked, links, frame, origin_name),
        "facets": _filters(found),
        "rows": answers.result_rows(results, frame, timezone.localdate(), asked.kept),
        "happenings": found.happenings,
        "pages": pages(asked.page, results.total, links),
        "start": str((asked.page - 1) * PAGE_SIZE + 1),
        "place": asked.place,
        "point": ",".join(map(str, asked.near or ())),
        "kept": ",".join(asked.kept),
        "map_url": f"{frame.url}sok/kart.json{links.to(with_map=False)}",
        "with_map_url": links.to(with_map=True, page=asked.page),
        "without_map_url": links.to(with_map=False, page=asked.page),
        "near_url": links.to(place="", near=None, order="distance"),
    }


def _filters(found: Found) -> SafeString:
    if not found.has_filters:
        return SafeString()
    return facets.facets(found.asked, found.results.facets, found.frame)


def _counted(total: int) -> str:
    return ngettext("%(counter)s offer", "%(counter)s offers", total) % {"counter": total}
