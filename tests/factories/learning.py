# ruff: noqa: ANN401  (the fields of any model pass through)
"""Makes courses, learners and plans for tests: `from tests.factories import learning`.

Written straight to the tables; actions are what a test tries.
"""

import hashlib
import json
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from samtun.learning.content import Block, Lesson
from samtun.learning.enums import EvidenceKind, ItemKind, Learnt, PlanStatus
from samtun.learning.models import (
    Course,
    CourseModule,
    CourseVersion,
    Employment,
    Evidence,
    Item,
    Learner,
    Module,
    ModuleVersion,
    Obligation,
    Plan,
    PlanVersion,
    Rule,
)
from samtun.organisations.models import Organization
from tests.factories import directory as make

_numbers = count(1)


def block(kind: str = "text", *, sectors: tuple[str, ...] = (), **value: Any) -> Block:
    """A piece of a lesson."""
    value = value or {"html": "<p>Spør den pårørende hva som er viktig.</p>"}
    return {"id": str(uuid4()), "kind": kind, "sectors": list(sectors), "value": value}


def quiz(quiz: str = "one", **value: Any) -> Block:
    """A question with three answers, of which the first is right."""
    options = [
        {
            "id": f"o{number}",
            "text": text,
            "is_right": number == 1,
            "match": "",
            "feedback": f"Fordi {number}.",
        }
        for number, text in enumerate(("Spør", "Vent", "Gå"), start=1)
    ]
    defaults = {"quiz": quiz, "question": "Hva gjør du først?", "options": options}
    return block("quiz", **{**defaults, "explanation": "<p>Å spørre er nok.</p>", **value})


def lesson(*blocks: Block, **fields: Any) -> Lesson:
    """A lesson of the blocks, or of a text and a question."""
    made: Lesson = {
        "id": str(uuid4()),
        "title": f"Leksjon {next(_numbers)}",
        "minutes": 4,
        "blocks": list(blocks) or [block(), quiz()],
    }
    return made | fields  # type: ignore[return-value]  # a lesson with other values


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def module(*lessons: Lesson, language: str = "nb", **fields: Any) -> Module:
    """A published module of the lessons, or of two."""
    number = next(_numbers)
    if "organization" not in fields:
        fields["organization"] = make.organization(municipality=make.municipality())
    made = Module.objects.create(
        **{"slug": f"modul-{number}", "language": language, "minutes": 8} | fields
    )
    content = {
        "title": f"Modul {number}",
        "summary": "Kort om å se de pårørende.",
        "goals": ["Du vet hva du kan spørre om."],
        "lessons": list(lessons) or [lesson(), lesson()],
        "sources": [],
    }
    module_version(made, content=content, language=language)
    return made


def module_version(of: Module, *, content: Any, language: str = "nb", **fields: Any) -> Any:
    """A version of a module; the one before is no longer the current one."""
    older = of.versions.filter(language=language)
    older.update(is_current=False)
    defaults = {"number": older.count() + 1, "edition": of.edition, "digest": _digest(content)}
    return ModuleVersion.objects.create(
        module=of, language=language, content=content, **defaults | fields
    )


def course(*modules: Module, language: str = "nb", **fields: Any) -> Course:
    """A published course of the modules, or of one."""
    number = next(_numbers)
    parts = modules or (module(language=language),)
    defaults = {
        "slug": f"a-se-de-parorende-{number}",
        "organization": parts[0].organization,
        "language": language,
        "sectors": ["health"],
        "minutes": sum(one.minutes for one in parts),
    }
    made = Course.objects.create(**defaults | fields)
    content = {
        "title": f"Å se de pårørende {number}",
        "summary": "Et kort kurs.",
        "for_whom": "Alle som møter pårørende.",
        "goals": ["Du ser den som står ved siden av."],
        "picture": {},
        "modules": [str(one.pk) for one in parts],
        "authors": "",
        "sources": [],
    }
    CourseVersion.objects.create(
        course=made, language=language, number=1, edition=made.edition, content=content,
        digest=_digest(content),
    )  # fmt: skip
    for position, one in enumerate(parts):
        CourseModule.objects.create(course=made, module=one, position=position)
    return made


def learner(name: str = "Eli Ansatt", **fields: Any) -> Learner:
    """Somebody who learns."""
    defaults = {"email": f"eli{next(_numbers)}@valdres.example"}
    return Learner.objects.create(name=name, **defaults | fields)


def employment(unit: Organization | None = None, **fields: Any) -> Employment:
    """Somebody's job in a unit, since a year ago."""
    where = unit or make.organization(municipality=make.municipality())
    since = fields.pop("joined_on", timezone.localdate() - timedelta(days=365))
    defaults = {"employer": where, "profession": "nurse", "unit_since": since}
    if "learner" not in fields:
        fields["learner"] = learner()
    return Employment.objects.create(unit=where, joined_on=since, **defaults | fields)


def evidence(of: Learner, *, course: Course | None = None, **fields: Any) -> Evidence:
    """That a learner has done a course (or what the fields say) today."""
    defaults = {
        "kind": EvidenceKind.COURSE,
        "title": "Å se de pårørende",
        "done_on": timezone.localdate(),
        "learnt": Learnt.ALONE,
        "edition": course.edition if course else 1,
        "key": str(uuid4()),
    }
    return Evidence.objects.create(learner=of, course=course, **defaults | fields)


def plan(**fields: Any) -> Plan:
    """A municipality's plan without versions."""
    if not {"municipality", "region", "is_template"} & fields.keys():
        fields["municipality"] = make.municipality()
    return Plan.objects.create(**{"title": f"Opplæringsplan {next(_numbers)}"} | fields)


def version(of: Plan | None = None, **fields: Any) -> PlanVersion:
    """An active version of a plan, from 1 January on."""
    now = timezone.now()
    defaults = {
        "number": 1,
        "status": PlanStatus.ACTIVE,
        "starts_on": date(timezone.localdate().year, 1, 1),
        "agreed_at": now,
        "activated_at": now,
    }
    return PlanVersion.objects.create(plan=of or plan(), **defaults | fields)


def item(of: PlanVersion, **fields: Any) -> Item:
    """A required course of a plan, without rules."""
    if fields.get("kind", ItemKind.COURSE) == ItemKind.COURSE and "course" not in fields:
        fields["course"] = course()
    number = of.items.count()
    defaults = {"kind": ItemKind.COURSE, "title": f"Punkt {number + 1}", "position": number}
    return Item.objects.create(version=of, **defaults | fields)


def rule(of: Item, **fields: Any) -> Rule:
    """For everybody the plan is for, within 30 days."""
    if "due_on" not in fields:
        fields.setdefault("due_days", 30)
    return Rule.objects.create(item=of, **fields)


def obligation(of: Employment, item: Item, **fields: Any) -> Obligation:
    """Something that an employee is to do, in a month."""
    today = timezone.localdate()
    defaults = {
        "plan": item.version.plan,
        "item_key": item.key,
        "rule_key": uuid4(),
        "why": {},
        "is_required": True,
        "opened_on": today,
        "due_on": today + timedelta(days=30),
    }
    return Obligation.objects.create(employment=of, **defaults | fields)
