"""Who will be told of a change, found by trying it and taking it back: so it is no guess."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from samtun.desk.events.when import in_words
from samtun.events.actions.errors import DatesWithParties, Invalid
from samtun.events.enums import ACTIVE, Channel, NoticeKind
from samtun.events.models import Event, Notice, Occurrence, Party

AGREED = "told"  # the field in which a confirm page says what was agreed to


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change would mean for those who have signed up."""

    kinds: tuple[tuple[str, int], ...] = ()  # NoticeKind and how many parties
    by_phone: int = 0
    unreachable: int = 0
    dates: tuple[str, ...] = ()  # that would be cancelled, in words

    def __bool__(self) -> bool:
        return bool(self.kinds or self.dates)

    @property
    def key(self) -> str:
        """Changes when anything of it does, so that nobody agrees to something else."""
        return ",".join(f"{kind}:{count}" for kind, count in self.kinds) + f"|{len(self.dates)}"

    @property
    def sentences(self) -> list[str]:
        """Who is told what, in words."""
        said = [_of_kind(kind, count) for kind, count in self.kinds]
        if self.by_phone:
            said.append(
                ngettext(
                    "%(n)s of them has no e-mail, and will stand on your list of calls to make.",
                    "%(n)s of them have no e-mail, and will stand on your list of calls to make.",
                    self.by_phone,
                )
                % {"n": self.by_phone}
            )
        if self.unreachable:
            said.append(
                ngettext(
                    "%(n)s has given no address, and sees it on their own page.",
                    "%(n)s have given no address, and see it on their own page.",
                    self.unreachable,
                )
                % {"n": self.unreachable}
            )
        return said


def _of_kind(kind: str, count: int) -> str:
    said = {
        NoticeKind.CHANGED: ngettext(
            "%(n)s person will be told that time or place has changed.",
            "%(n)s people will be told that time or place has changed.",
            count,
        ),
        NoticeKind.EVENT_CANCELLED: ngettext(
            "%(n)s person will be told that it is cancelled.",
            "%(n)s people will be told that it is cancelled.",
            count,
        ),
        NoticeKind.OFFER: ngettext(
            "%(n)s person who waits will be offered seats.",
            "%(n)s people who wait will be offered seats.",
            count,
        ),
    }.get(
        NoticeKind(kind),
        ngettext(
            "%(n)s person will be told about it.", "%(n)s people will be told about it.", count
        ),
    )
    return said % {"n": count}


def foreseen(event: Event, act: Callable[[], object], dates: Sequence[Occurrence] = ()) -> Foreseen:
    """What `act` would have those told who have signed up for `event`; nothing is changed.

    What `act` raises is raised here too.
    """
    if not has_parties(event):
        return Foreseen(dates=_in_words(dates))
    started = timezone.now()
    of_event = Notice.objects.filter(party__intake__event=event, made_at__gte=started)
    known = set(of_event.values_list("pk", flat=True))
    with transaction.atomic():
        act()
        rows = list(
            of_event.filter(is_withdrawn=False).values_list("pk", "kind", "channel", "party")
        )
        transaction.set_rollback(True)
    new = [row[1:] for row in rows if row[0] not in known]
    kinds = Counter(kind for kind, _channel, _party in {(k, "", p) for k, _c, p in new})
    reached = {channel: {p for _k, c, p in new if c == channel} for channel in Channel}
    return Foreseen(
        kinds=tuple(sorted(kinds.items())),
        by_phone=len(reached[Channel.PHONE]),
        unreachable=len(reached[Channel.NONE]),
        dates=_in_words(dates),
    )


def has_parties(event: Event) -> bool:
    """Whether anybody has signed up and not cancelled; one query."""
    return Party.objects.filter(intake__event=event, state__in=ACTIVE).exists()


class Save(Protocol):
    """Saves; `cancel_dates`: dates with sign-ups may be cancelled by it."""

    def __call__(self, *, cancel_dates: bool) -> object:
        """Raises `DatesWithParties` when they may not."""


def foreseen_of_saving(event: Event, save: Save) -> Foreseen:
    """The same for saving, with the dates that it would cancel for those who come."""
    if not has_parties(event):
        return Foreseen()
    try:
        return foreseen(event, lambda: save(cancel_dates=False))
    except DatesWithParties as stop:
        return foreseen(event, lambda: save(cancel_dates=True), stop.dates)


def _in_words(dates: Sequence[Occurrence]) -> tuple[str, ...]:
    return tuple(in_words((one.starts_at, one.ends_at)) for one in dates)


def in_words_of(error: Exception) -> str:
    """What an action refused, all of it."""
    return " ".join(error.errors.values()) if isinstance(error, Invalid) else str(error)
