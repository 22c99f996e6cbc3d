"""What can stand in the way of a look."""

from datetime import datetime

from samtun.directory.enums import LinkProblem


class CannotLook(Exception):  # noqa: N818  (a finding, not a failure of ours)
    """The address does not just work, or must not be looked at; `problem` says why."""

    def __init__(
        self,
        problem: LinkProblem,
        status: int | None = None,
        rest_until: datetime | None = None,
    ) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.status = status
        self.rest_until = rest_until
