"""Tables of `learning`."""

from samtun.learning.models.content import (
    Course,
    CourseModule,
    CourseVersion,
    Module,
    ModuleVersion,
)
from samtun.learning.models.learner import (
    Answer,
    Certificate,
    DirectoryToken,
    EmployeeUpload,
    Employment,
    Evidence,
    Learner,
    LessonDone,
    Progress,
)
from samtun.learning.models.obligation import Decision, Obligation, Reminder
from samtun.learning.models.plan import (
    Agreement,
    Goal,
    Item,
    Measurement,
    Plan,
    PlanVersion,
    Rule,
)
from samtun.learning.models.survey import Survey, SurveyGroup, SurveyResponse
from samtun.learning.models.together import CheckMark, FollowUp, GroupSession, Participant

__all__ = [
    "Agreement",
    "Answer",
    "Certificate",
    "CheckMark",
    "Course",
    "CourseModule",
    "CourseVersion",
    "Decision",
    "DirectoryToken",
    "EmployeeUpload",
    "Employment",
    "Evidence",
    "FollowUp",
    "Goal",
    "GroupSession",
    "Item",
    "Learner",
    "LessonDone",
    "Measurement",
    "Module",
    "ModuleVersion",
    "Obligation",
    "Participant",
    "Plan",
    "PlanVersion",
    "Progress",
    "Reminder",
    "Rule",
    "Survey",
    "SurveyGroup",
    "SurveyResponse",
]
