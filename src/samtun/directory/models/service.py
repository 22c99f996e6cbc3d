"""The service and what hangs on it alone: prices, documents, the area it covers."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from samtun.directory.enums import PUBLIC_STATUSES, Meeting, ServiceStatus
from samtun.organisations.models import Municipality, Organization, Place, Translatable

MAXIMUM_AGE = 130


class Service(Translatable):
    """HSDS 3.1 `service`: help that somebody gives, entered once however many it covers.

    Where it is given (`ServiceAtLocation`), who gives it (`organization`) and whom it covers
    (`ServiceArea`) are three things.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(max_length=300)
    alternate_name = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=300, blank=True)  # ours: one sentence for lists
    description = models.TextField(blank=True)
    url = models.URLField(max_length=2000, blank=True)
    additional_urls = models.JSONField(default=list, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    status = models.CharField(
        max_length=20, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE
    )
    interpretation_services = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    fees_description = models.TextField(blank=True)
    wait_time = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    alert = models.TextField(blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.EmailField(max_length=254, blank=True)
    last_modified = models.DateTimeField(db_index=True)
    # Ours, beyond HSDS: what a visitor filters by and what the page must know.
    meets_in_person = models.BooleanField(default=False)
    meets_by_phone = models.BooleanField(default=False)
    meets_online = models.BooleanField(default=False)
    is_free = models.BooleanField(null=True, blank=True)  # null: varies or unknown
    is_urgent = models.BooleanField(default=False)
    is_for_children = models.BooleanField(default=False)  # its text speaks to the child
    keywords = models.JSONField(default=list, blank=True)
    source_url = models.URLField(max_length=2000, blank=True)
    source_checked_on = models.DateField(null=True, blank=True)
    # Keeping it true. The keeper is a person here, else `assurer_email`.
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="kept_services",
    )  # fmt: skip
    confirm_every_days = models.PositiveSmallIntegerField(  # null: as the region says
        null=True, blank=True, validators=[MinValueValidator(7), MaxValueValidator(730)]
    )
    # Derived from the two above by `actions.keeping`; null: never asked about (draft, archived).
    confirm_due_on = models.DateField(null=True, blank=True, db_index=True)
    publish_on = models.DateField(null=True, blank=True)  # a draft goes public that morning
    end_on = models.DateField(null=True, blank=True)  # archived the morning after

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ServiceStatus.values), name="service_status"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(maximum_age__isnull=True) | Q(maximum_age__lte=MAXIMUM_AGE),
                name="service_maximum_age",
            ),
        ]
        indexes = [
            models.Index(
                fields=["name", "id"],
                condition=Q(status__in=PUBLIC_STATUSES),
                name="service_public_by_name",
            ),
            # Few have such a day; the desk and the night look for them among all.
            models.Index(fields=["end_on"], condition=Q(end_on__isnull=False), name="service_ends"),
            models.Index(
                fields=["publish_on"],
                condition=Q(publish_on__isnull=False),
                name="service_published_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Where its organisation belongs; load it along."""
        return self.organization.place

    @property
    def meetings(self) -> frozenset[Meeting]:
        """The ways of meeting this service offers."""
        ways = {
            Meeting.IN_PERSON: self.meets_in_person,
            Meeting.PHONE: self.meets_by_phone,
            Meeting.ONLINE: self.meets_online,
        }
        return frozenset(way for way, offered in ways.items() if offered)


class ServiceArea(models.Model):
    """HSDS 3.1 `service_area`: a municipality, the whole country, or an area in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_areas")
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    extent_type = models.CharField(max_length=40, blank=True)
    uri = models.URLField(max_length=2000, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="service_areas"
    )
    covers_country = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) | Q(covers_country=False),
                name="service_area_municipality_or_country",
            ),
            models.UniqueConstraint(
                fields=["service", "municipality"], name="service_area_municipality_once"
            ),
        ]


class CostOption(Translatable):
    """HSDS 3.1 `cost_option`; `amount` in whole units of `currency` (ISO 4217)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    option = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)


class RequiredDocument(Translatable):
    """HSDS 3.1 `required_document`: what one must bring or send."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="required_documents"
    )
    document = models.TextField(blank=True)
    uri = models.URLField(max_length=2000, blank=True)
