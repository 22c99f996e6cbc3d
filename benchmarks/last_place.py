"""The last place, a thousand times: `python -m benchmarks.last_place [--rounds 1000]`.

Eight threads with a connection each sign up for the one seat of a new date in the same moment.
Whatever is not "one has it, seven wait" is printed. DATABASE_URL chooses the database:

    python tests/with_postgresql.py python -m benchmarks.last_place
"""

import os
import sys
import tempfile
from collections import Counter
from time import perf_counter

ROUNDS = 1_000


def main(rounds: int) -> None:
    """Prepare an empty database and race."""
    with tempfile.TemporaryDirectory(prefix="samtun-race-") as folder:
        os.environ["SAMTUN_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "samtun.config.settings"
        import django  # noqa: PLC0415  # the settings read the folder chosen above
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        print(f"{connection.vendor}, {rounds} rounds")
        race(rounds)


def race(rounds: int) -> None:
    """Count how the rounds ended.

    Raises:
        SystemExit: one of them ended otherwise than it must.
    """
    from tests.events import racing  # noqa: PLC0415

    event = racing.event()
    started = perf_counter()
    ends: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        ends[racing.round_of(event)] += 1
        if number % 100 == 0:
            print(f"  {number}: {ends[racing.right()]} right", flush=True)
    lasted = perf_counter() - started
    for end, count in ends.most_common():
        print(f"  {count:5} times: {end}")
    each = lasted / rounds / racing.AT_ONCE * 1000
    print(f"  {lasted:.1f} s, {each:.1f} ms a sign-up, {racing.AT_ONCE} at once")
    if set(ends) != {racing.right()}:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[2]) if sys.argv[1:2] == ["--rounds"] else ROUNDS)
