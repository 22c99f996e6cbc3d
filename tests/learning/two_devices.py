"""Two devices of one learner that finish the last two lessons of a course at the same moment.

    SAMTUN_DATA_DIR=… python -m tests.learning.two_devices

prints how many pieces of evidence there are of the module and of the course, for each round.
SQLite's test database lives in memory, where two connections cannot wait for each other; so this is
a process of its own.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def race() -> tuple[int, int]:
    """Each device finishes one of the two lessons; evidence of the module and of the course."""
    from django.db import connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from samtun.learning.actions import progress  # noqa: PLC0415
    from samtun.learning.models import Evidence  # noqa: PLC0415
    from tests.factories import learning  # noqa: PLC0415

    learner, course = learning.learner(), learning.course()
    module = course.course_modules.get().module
    lessons = [one["id"] for one in module.versions.get().content["lessons"]]
    barrier = Barrier(2, timeout=20)

    def finish(lesson: str) -> None:
        try:
            barrier.wait()
            progress.finish_lesson(
                learner=learner, course=course, module=module, lesson=lesson, language="nb",
                number=1, at=timezone.now(),
            )  # fmt: skip
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(finish, lessons))
    done = Evidence.objects.filter(learner=learner)
    return done.filter(kind="module").count(), done.filter(kind="course").count()


def main() -> None:
    """Set up, race, tell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    for _ in range(5):
        print(*race())


if __name__ == "__main__":
    main()
