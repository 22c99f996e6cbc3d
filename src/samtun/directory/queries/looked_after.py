"""What somebody looks after: shown when they leave."""

from dataclasses import dataclass

from samtun.directory.models import Service, ServiceDraft
from samtun.directory.queries.kept import services_of
from samtun.people.models import User


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """The services somebody is the keeper of, as far as another may hand them on."""

    services: list[Service]
    beyond: int  # services that lie outside what the other looks after
    drafts: int  # begun and not saved


def looked_after_by(person: User, *, seen_by: User) -> LookedAfter:
    """What `person` looks after, for `seen_by` who may hand it to somebody else."""
    kept = services_of(seen_by, "directory.change_service").filter(keeper=person)
    services = list(kept.select_related("organization").order_by("name", "pk"))
    return LookedAfter(
        services=services,
        beyond=Service.objects.filter(keeper=person).count() - len(services),
        drafts=ServiceDraft.objects.filter(person=person).count(),
    )
