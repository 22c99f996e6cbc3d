"""A lesson ready to be shown: its blocks with what was answered, and the ways on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe

from samtun.front import course_words
from samtun.front.course_answers import carried
from samtun.front.course_asked import Reader
from samtun.front.course_services import Services, services_for
from samtun.learning.content import Block, under_the_title
from samtun.learning.enums import BlockKind, QuizKind
from samtun.learning.grading import Graded, grade, shuffled
from samtun.learning.queries.courses import LessonPage, Step

TEMPLATES = {kind: f"front/course/blocks/{kind}.html" for kind in BlockKind.values}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question as it is shown, with what was said to it before."""

    id: str
    text: str
    is_chosen: bool = False
    place: int = 0  # order: the place it was given
    partner: str = ""  # match: the id that was chosen
    is_right: bool | None = None
    feedback: str = ""
    solution: str = ""


class ShownBlock:
    """A block of a lesson for one reader; `given` is what they answered, if they did."""

    def __init__(self, block: Block, reader: Reader, given: object = None) -> None:
        self.block, self.reader, self.given = block, reader, given
        self.is_asked_for = False  # of a film: whether to load it
        self.id, self.kind, self.value = block["id"], block["kind"], block["value"]
        self.template = TEMPLATES.get(self.kind, "")

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return f"b-{self.id}"

    @property
    def quiz(self) -> str:
        """Of a question: which kind."""
        return str(self.value.get("quiz", ""))

    @property
    def html(self) -> SafeString:
        """Its written text; where no heading stands above it, its own are of the second level."""
        html = str(self.value.get("html") or "")
        if self.kind == BlockKind.TEXT:
            html = under_the_title(html)
        return written(html)

    @property
    def explanation(self) -> SafeString:
        """Of a question: why it is so."""
        return written(self.value.get("explanation"))

    @property
    def transcript(self) -> SafeString:
        """Of a film: all that is said in it."""
        return written(self.value.get("transcript"))

    @property
    def minutes(self) -> str:
        """How long the film or the talk takes."""
        return course_words.minutes(int(self.value.get("minutes") or 0))

    @property
    def film_site(self) -> str:
        """Of a film elsewhere: whose site it is."""
        return (urlsplit(str(self.value.get("address", ""))).hostname or "").removeprefix("www.")

    @property
    def given_text(self) -> str:
        """What was written, where a text is asked for."""
        return self.given if isinstance(self.given, str) else ""

    @cached_property
    def graded(self) -> Graded | None:
        """What came of the answer; nothing before there is one."""
        if self.kind != BlockKind.QUIZ or self.given is None:
            return None
        return grade(self.block, self.given, self.reader.language)

    @cached_property
    def choices(self) -> list[Choice]:
        """The options: as written, or mixed where their order would tell the answer."""
        options = self.value.get("options", [])
        if self.quiz == QuizKind.ORDER:
            options = shuffled(self.block)
        said = {each.id: each for each in self.graded.options} if self.graded else {}
        return [_choice(option, self.given, said) for option in options]

    @property
    def places(self) -> range:
        """The places that something can be put in."""
        return range(1, len(self.value.get("options", [])) + 1)

    @property
    def partners(self) -> list[tuple[str, str]]:
        """What the options may belong to, each once, by the id that stands for it."""
        first: dict[str, str] = {}
        for option in shuffled(self.block):
            first.setdefault(option["match"], option["id"])
        return [(key, text) for text, key in first.items()]

    @property
    def ticked(self) -> list[dict[str, Any]]:
        """The points of a checklist, and whether they were ticked."""
        chosen = self.given if isinstance(self.given, list) else []
        return [point | {"is_chosen": point["id"] in chosen} for point in self.value["points"]]

    @cached_property
    def services(self) -> Services:
        """Offers where the reader works."""
        return services_for(self.value, self.reader)


def _choice(option: Mapping[str, Any], given: object, said: Mapping[str, Any]) -> Choice:
    key = option["id"]
    about = said.get(key)
    partner = given.get(key, "") if isinstance(given, Mapping) else ""
    is_listed = isinstance(given, list) and key in given
    return Choice(
        id=key,
        text=option["text"],
        is_chosen=is_listed or given == key,
        place=given.index(key) + 1 if is_listed and isinstance(given, list) else 0,
        partner=partner if isinstance(partner, str) else "",
        is_right=about.is_right if about else None,
        feedback=about.feedback if about else "",
        solution=about.solution if about else "",
    )


def written(html: object) -> SafeString:
    """Rich text of a published lesson."""
    # Safe: it was reduced to a few harmless elements when it was published (`learning.content`).
    return mark_safe(str(html or ""))  # noqa: S308


class ShownLesson:
    """A lesson for one reader, with the answers that the page carries."""

    def __init__(
        self, page: LessonPage, reader: Reader, answers: Mapping[str, object], film: str = ""
    ) -> None:
        self.page, self.reader = page, reader
        self.carried = carried(answers) if answers else ""
        self.course, self.module, self.lesson = page.course, page.module, page.lesson
        self.blocks = [ShownBlock(block, reader, answers.get(block["id"])) for block in page.blocks]
        for block in self.blocks:
            block.is_asked_for = block.id == film

    @property
    def lang(self) -> str:
        """The language of its texts, where it is not the reader's."""
        language = self.module.language
        return "" if language == self.reader.language else language

    @property
    def course_lang(self) -> str:
        """The language of the course's own texts, where it is not the reader's."""
        language = self.course.card.language
        return "" if language == self.reader.language else language

    @property
    def minutes(self) -> str:
        """How long it takes."""
        return course_words.minutes(self.lesson["minutes"])

    @property
    def url(self) -> str:
        """Its own address."""
        return self._step_url(self.page.module.slug, self.number)

    @property
    def bare_url(self) -> str:
        """Its address without what the reader chose, for forms that say it anew."""
        return self.url.partition("?")[0]

    @property
    def number(self) -> int:
        """Which lesson of its module it is."""
        ids = [each.id for each in self.module.lessons]
        return ids.index(self.lesson["id"]) + 1

    @property
    def course_url(self) -> str:
        """The page of its course."""
        return self.reader.course_url(self.course.card.slug)

    @property
    def previous(self) -> dict[str, str] | None:
        """The lesson before."""
        return self._link(self.page.previous)

    @property
    def next(self) -> dict[str, str] | None:
        """The lesson after."""
        return self._link(self.page.next)

    def _link(self, step: Step | None) -> dict[str, str] | None:
        if step is None:
            return None
        url = self._step_url(step.module.slug, step.lesson.number)
        return {"url": url, "title": step.lesson.title}

    def _step_url(self, module: str, number: int) -> str:
        return self.reader.lesson_url(self.course.card.slug, module, number)
