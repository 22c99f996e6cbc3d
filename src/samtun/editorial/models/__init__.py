"""Tables of `editorial`."""

from samtun.editorial.models.media import EditorialDocument, EditorialImage, EditorialRendition
from samtun.editorial.models.pages import (
    CourseFolder,
    CoursePage,
    EditorialPage,
    FolderPage,
    ModuleFolder,
    ModulePage,
)
from samtun.editorial.models.review import EditorReview
from samtun.editorial.models.shelf import Shelf

__all__ = [
    "CourseFolder",
    "CoursePage",
    "EditorReview",
    "EditorialDocument",
    "EditorialImage",
    "EditorialPage",
    "EditorialRendition",
    "FolderPage",
    "ModuleFolder",
    "ModulePage",
    "Shelf",
]
