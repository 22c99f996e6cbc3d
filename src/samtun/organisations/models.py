"""Municipalities and postal codes as reference facts; regions; organisations after HSDS 3.1."""

import uuid
from typing import NamedTuple
from uuid import UUID

from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
    validate_slug,
)
from django.db import models
from django.db.models import Q

from samtun.organisations.enums import Language, LanguageForm
from samtun.organisations.numbers import validate_organization_number
from samtun.organisations.texts import Text, in_language, text_of

_four_digits = RegexValidator(r"^\d{4}$")

# First parts of addresses that are the product's own; no region can take them.
RESERVED_SLUGS = frozenset(
    {
        "nb", "nn", "en", "se", "api", "static", "konto", "skrivebord", "om", "liste", "kart",
        "bekreft", "kalender", "kurs", "media", "nettverk", "paamelding", "plan", "redaksjon",
        "scim", "utboks", "veileder",
    }
)  # fmt: skip

# How long a service stands before its keeper is asked whether it is still right.
CONFIRM_EVERY_DAYS = 180


class Place(NamedTuple):
    """Where something belongs, for deciding who looks after it; see `people.grants`."""

    organization: UUID | None = None
    municipality: str = ""
    region: UUID | None = None


class Translatable(models.Model):
    """A thing whose columns hold the original text and `translations` the other languages.

    The columns stay plain HSDS, so that exchange with other systems is a view of them; see
    docs/adr/0003. `translations` is `{language: {field: text}}` and never holds the original.
    """

    language = models.CharField(
        max_length=8, choices=Language.choices, default=Language.BOKMAL
    )  # of the original
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def text(self, field: str, language: str) -> Text:
        """The text of `field` for a reader of `language`; see `in_language`."""
        return text_of(self.__dict__, field, language)


class Municipality(models.Model):
    """A kommune of 2026 with its official names (Kartverket) and language form (Språkrådet)."""

    number = models.CharField(primary_key=True, max_length=4, validators=[_four_digits])
    name = models.CharField(max_length=60)
    official_name = models.CharField(max_length=120)  # all languages, as Kartverket writes it
    name_se = models.CharField(max_length=60, blank=True)
    name_smj = models.CharField(max_length=60, blank=True)
    name_sma = models.CharField(max_length=60, blank=True)
    name_fkv = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(max_length=70, unique=True)
    county_number = models.CharField(max_length=2)
    county_name = models.CharField(max_length=60)
    language_form = models.CharField(max_length=8, choices=LanguageForm.choices)
    is_sami_administrative = models.BooleanField(default=False)
    centre = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """Inhabitants of a municipality in an age band on 1 January of `year` (SSB table 07459)."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="population"
    )
    year = models.PositiveSmallIntegerField()
    minimum_age = models.PositiveSmallIntegerField()
    maximum_age = models.PositiveSmallIntegerField(null=True)  # null: and older
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "minimum_age"], name="population_band_once"
            )
        ]


class PostalCode(models.Model):
    """A postal code, the municipality most of it lies in, and a point for distances."""

    code = models.CharField(primary_key=True, max_length=4, validators=[_four_digits])
    place = models.CharField(max_length=60)
    municipality = models.ForeignKey(  # null: Svalbard and Jan Mayen, which have none
        Municipality, on_delete=models.CASCADE, null=True, related_name="postal_codes"
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class Region(models.Model):
    """Municipalities that share a resource map."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_slug])
    names = models.JSONField(default=dict)
    introductions = models.JSONField(default=dict, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="regions")
    is_example = models.BooleanField(default=False)
    confirm_every_days = models.PositiveSmallIntegerField(
        default=CONFIRM_EVERY_DAYS, validators=[MinValueValidator(14), MaxValueValidator(730)]
    )
    # What a keeper changes from the letter: at once for all to see, or after an editor has looked.
    keeper_changes_go_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)), name="region_slug_not_reserved"
            )
        ]

    def __str__(self) -> str:
        return self.name("nb").value

    def name(self, language: str) -> Text:
        """The region's name for a reader of `language`."""
        return in_language(self.names, language)

    def introduction(self, language: str) -> Text:
        """A few lines of welcome for a reader of `language`; may be empty."""
        return in_language(self.introductions, language)

    @property
    def place(self) -> Place:
        """Itself."""
        return Place(region=self.id)


class RegionContact(models.Model):
    """A person or desk that a visitor of the region can turn to; a public card."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    titles = models.JSONField(default=dict)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    hours = models.JSONField(default=dict, blank=True)
    abouts = models.JSONField(default=dict, blank=True)  # what one can come with, and who can
    languages = models.JSONField(default=list, blank=True)  # spoken, ISO 639
    is_public = models.BooleanField(default=True)
    # Empty: all municipalities of the region.
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "position"], name="region_contact_position")
        ]

    def __str__(self) -> str:
        return self.name


class Organization(Translatable):
    """HSDS 3.1 `organization`; a tree: a municipality, its units, an association, its branches."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=300)
    alternate_name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    email = models.EmailField(max_length=254, blank=True)
    website = models.URLField(max_length=2000, blank=True)
    organization_number = models.CharField(  # exported as an organization_identifier, NO-BRC
        max_length=9, unique=True, null=True, blank=True, validators=[validate_organization_number]
    )
    legal_status = models.CharField(max_length=200, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(null=True, blank=True)
    uri = models.URLField(max_length=2000, blank=True)
    logo = models.URLField(max_length=2000, blank=True)
    parent_organization = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organizations"
    )
    # Whose editors look after it when no municipality says so, e.g. a national helpline.
    region = models.ForeignKey(
        Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="organizations"
    )
    is_example = models.BooleanField(default=False)
    # Made at an import because a service named an organisation that the data lacked.
    is_placeholder = models.BooleanField(default=False)
    last_modified = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent_organization=models.F("id")), name="organization_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="organization_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Its municipality, or the region that keeps it."""
        return Place(self.id, self.municipality_id or "", self.region_id)
