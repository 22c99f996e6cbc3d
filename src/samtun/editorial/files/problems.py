"""What is wrong with a file, said with its name and line."""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a module or course from being loaded."""

    path: str
    line: int  # 0: of the file as a whole
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


@dataclass(slots=True)
class Source:
    """A file with its text, in which lines are looked up, and what was found wrong with it."""

    path: Path
    text: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, text: str, *, at: str = "") -> None:
        """Say that something is wrong, at the entry whose id or slug is `at`."""
        self.problems.append(Problem(self.path.name, self._line(at), text))

    def _line(self, name: str) -> int:
        wanted = re.compile(rf'^\s*(?:id|slug|kind|title)\s*=\s*["\']{re.escape(name)}["\']')
        lines = self.text.splitlines() if name else []
        return next((n for n, line in enumerate(lines, start=1) if wanted.match(line)), 0)
