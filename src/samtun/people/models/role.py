"""What a person does where, and the letter that asks somebody to do it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Organization, Place, Region, RegionContact
from samtun.people.enums import SCOPES_OF, CoordinatorKind, RoleKind, ScopeKind

_COLUMN_OF = {
    ScopeKind.REGION: "region",
    ScopeKind.MUNICIPALITY: "municipality",
    ScopeKind.ORGANIZATION: "organization",
}


def _held_for(scope: ScopeKind) -> Q:
    """The column of `scope` is set and no other."""
    return Q(**{f"{column}__isnull": kind != scope for kind, column in _COLUMN_OF.items()})


def _scope_fits_kind() -> Q:
    condition = Q()
    for kind, scopes in SCOPES_OF.items():
        for scope in scopes:
            condition |= Q(kind=kind) & _held_for(scope)
    return condition


class Position(models.Model):
    """A kind of work and what it is for: a region, municipality or organisation, or everything."""

    kind = models.CharField(max_length=24, choices=RoleKind.choices)
    coordinator_kind = models.CharField(max_length=24, choices=CoordinatorKind.choices, blank=True)
    title = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=_scope_fits_kind(), name="%(class)s_scope_fits_kind"),
            models.CheckConstraint(
                condition=Q(coordinator_kind="") | Q(kind=RoleKind.COORDINATOR),
                name="%(class)s_only_coordinators_have_a_kind",
            ),
        ]

    @property
    def place(self) -> Place:
        """What the position is for; an organisation's lies where the organisation does."""
        if self.organization is not None:
            return self.organization.place
        return Place(None, self.municipality_id or "", self.region_id)

    @property
    def scope(self) -> ScopeKind:
        """The kind of thing it is for."""
        for kind, column in _COLUMN_OF.items():
            if getattr(self, f"{column}_id"):
                return kind
        return ScopeKind.EVERYTHING

    @property
    def name(self) -> str:
        """What it is called in the trail: the kind, never the person."""
        return str(self.coordinator_kind or self.kind)


class Role(Position):
    """A position somebody holds from `starts_on` to `ends_on`, both days included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    # What the public sees of a coordinator; gone from the map when the role ends.
    card = models.OneToOneField(
        RegionContact, on_delete=models.SET_NULL, null=True, blank=True, related_name="role"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(Position.Meta):
        constraints = [
            *Position.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="role_ends_after_it_starts",
            ),
        ]

    @property
    def is_not_over(self) -> bool:
        """Whether it counts today or on a day to come."""
        return self.ends_on is None or self.ends_on >= timezone.localdate()


class Invitation(Position):
    """A letter that offers somebody a role. Its link is signed; see `people.invitations`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Position.Meta):
        pass
