"""Training plans: drafted, agreed on by both sides, followed, evaluated.

From the first agreement on nothing in a version changes: the actions refuse with `Frozen`, and the
database refuses whoever else tries.
"""

from samtun.learning.actions.plans.agreeing import agree, sides_of, take_back
from samtun.learning.actions.plans.copying import copy
from samtun.learning.actions.plans.drafting import drop_draft, make, new_version, save, share
from samtun.learning.actions.plans.errors import (
    Changed,
    Frozen,
    Invalid,
    NotPossible,
    PlanError,
)
from samtun.learning.actions.plans.following import (
    activate,
    archive,
    bring_back,
    evaluate,
    write_evaluation,
)
from samtun.learning.actions.plans.measuring import measure, take_away_measurement

__all__ = [
    "Changed",
    "Frozen",
    "Invalid",
    "NotPossible",
    "PlanError",
    "activate",
    "agree",
    "archive",
    "bring_back",
    "copy",
    "drop_draft",
    "evaluate",
    "make",
    "measure",
    "new_version",
    "save",
    "share",
    "sides_of",
    "take_away_measurement",
    "take_back",
    "write_evaluation",
]
