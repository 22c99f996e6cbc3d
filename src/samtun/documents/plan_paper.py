"""A training plan as a tagged PDF, A4."""

from django.utils.translation import gettext

from samtun.documents import words
from samtun.documents.blocks import safe_url, text_blocks
from samtun.documents.pages import Tree, address_tree, language_of, name_of
from samtun.documents.pdf import made_pdf
from samtun.documents.plan_content import PaperItem, PlanPaper


def plan_pdf(paper: PlanPaper) -> bytes:
    """The plan with goals, what is to be learnt, by whom, and how it goes.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("plan", lambda: plan_page(paper), paper.language, paper.made_on)


def plan_page(paper: PlanPaper) -> Tree:
    """What `templates/plan.typ` draws."""
    fixed = words.common(url="", made_on=paper.made_on, is_example=False)
    return {
        "language": language_of(paper.language),
        "title": name_of(paper.title),
        "map_name": paper.owner,
        "facts": [one for one in (paper.status, paper.period) if one],
        "agreed": list(paper.agreed),
        "attribution": paper.attribution,
        "aim": text_blocks(paper.aim),
        "starting_point": text_blocks(paper.starting_point),
        "goals": [_goal(goal) for goal in map(vars, paper.goals)],
        "items": [_item(item) for item in paper.items],
        "months": [vars(month) for month in paper.months],
        "evaluation": text_blocks(paper.evaluation),
        "words": {**fixed, **_words(paper)},
    }


def _goal(goal: dict[str, object]) -> Tree:
    measured = goal["measured"]
    return {**goal, "measured": [" · ".join(reversed(pair)) for pair in measured]}  # type: ignore[attr-defined]  # pairs


def _item(item: PaperItem) -> Tree:
    return {
        "title": name_of(item.title),
        "facts": " · ".join(item.facts),
        "description": text_blocks(item.description),
        "address": address_tree(safe_url(item.url)),
        "who": list(item.who),
        "done": " · ".join(filter(None, (item.done, item.late))),
    }


def _words(paper: PlanPaper) -> dict[str, str]:
    hidden = gettext(
        "A person who is to do three things is counted three times. What fewer than %(n)d people"
        " have is left out, so that nobody can be recognised."
    )
    return {
        "example": gettext("Example data – not a real plan") if paper.is_example else "",
        "aim": gettext("What we want to achieve"),
        "starting_point": gettext("Where we start from"),
        "goals": gettext("Goals"),
        "goal": gettext("Goal"),
        "at_start": gettext("At the start"),
        "measured": gettext("Measured"),
        "target": gettext("Target"),
        "items": gettext("What is to be learnt"),
        "who": gettext("For whom, and by when"),
        "progress": gettext("How it goes"),
        "month": gettext("By the end of"),
        "done": gettext("Done"),
        "due": gettext("Should be done"),
        "hidden": hidden % {"n": paper.fewest},
        "evaluation": gettext("What can be concluded, and what not"),
        "agreed": gettext("Agreed on"),
    }
