"""Single conditions of the open data, each a `Q` that needs no join of its own."""

from datetime import time
from math import cos, floor, pi, radians, sin
from uuid import UUID

from django.db import connection
from django.db.models import ExpressionWrapper, F, FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from samtun.directory.hsds import public
from samtun.directory.models import Attribute, Location, Schedule, ServiceArea, TaxonomyTerm

_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6 371 km
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # Django's week_day counts from Sunday

_WITH_CHILDREN = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM directory_taxonomyterm WHERE id = %s
        UNION
        SELECT child.id FROM directory_taxonomyterm child JOIN below ON child.parent_id = below.id
    ) SELECT id FROM below
"""


def about(term: UUID | None, taxonomy: UUID | None, owner: str) -> Q:
    """Tagged with the term or one below it, and with any term of the taxonomy."""
    condition = Q()
    if term:
        key = TaxonomyTerm._meta.pk.get_db_prep_value(term, connection)
        terms = RawSQL(_WITH_CHILDREN, (key,))  # noqa: S611  (a constant; the value is a parameter)
        condition &= _tagged(Q(taxonomy_term__in=terms), owner)
    if taxonomy:
        condition &= _tagged(Q(taxonomy_term__taxonomy=taxonomy), owner)
    return condition


def _tagged(terms: Q, owner: str) -> Q:
    tags = public.away_from_secrets(
        Attribute.objects.filter(terms, **{f"{owner}__isnull": False}),
        "location",
        "service_at_location__location",
    )
    return Q(pk__in=tags.values(owner))


def covering(municipalities: frozenset[str]) -> Q:
    """Services whose area is one of the municipalities or the country."""
    areas = ServiceArea.objects.filter(Q(municipality__in=municipalities) | Q(covers_country=True))
    return Q(pk__in=areas.values("service"))


def reaching(municipality: str | None) -> Q:
    """Services for people there; one that names no area counts where it is given."""
    if municipality is None:
        return covering(frozenset())
    given_there = public.service_at_locations().filter(location__municipality=municipality)
    nowhere_named = ~Q(pk__in=ServiceArea.objects.values("service"))
    return covering(frozenset({municipality})) | (
        nowhere_named & Q(pk__in=given_there.values("service"))
    )


def near(latitude: float, longitude: float, metres: float) -> QuerySet[Location]:
    """Public places within the distance of the point.

    Plain arithmetic, so that every database does it alike and fast: a flat map whose scale is that
    of the latitude half-way. Within a part in a thousand of the sphere for 500 km, two in a
    hundred over the length of Norway.
    """
    north = F("latitude") - latitude
    half = north * (pi / 360)  # in radians, half the way north
    scale = cos(radians(latitude)) * (1 - half * half / 2) - sin(radians(latitude)) * half
    east = (F("longitude") - longitude) * scale
    radius = metres / _METRES_PER_DEGREE
    squared = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    return public.locations().alias(squared=squared).filter(squared__lte=radius * radius)


def scheduled(day: str | None, opens: time | None, closes: time | None) -> QuerySet[Schedule]:
    """Schedules that fit in all respects; one that runs past midnight closes before nothing."""
    fitting = Q()
    if day:
        once = Q(byday="", bymonthday="", dtstart__week_day=_DAYS.index(day) + 1)
        fitting &= Q(byday__contains=day) | once
    if opens:
        fitting &= Q(opens_at__gte=opens)
    if closes:
        fitting &= Q(closes_at__lte=closes) & (
            Q(opens_at__isnull=True) | Q(opens_at__lt=F("closes_at"))
        )
    return public.away_from_secrets(
        Schedule.objects.filter(fitting), "location", "service_at_location__location"
    )


def fits_age(age: float) -> Q:
    """Open to somebody of that age."""
    youngest = Q(minimum_age__isnull=True) | Q(minimum_age__lte=age)
    return youngest & (Q(maximum_age__isnull=True) | Q(maximum_age__gte=floor(age)))


def from_age(age: float) -> Q:
    """With a lower limit of at least `age`; no limit counts as 0."""
    return Q(minimum_age__gte=age) | (Q(minimum_age__isnull=True) if age == 0 else Q())


def to_age(age: float) -> Q:
    """With an upper limit of at most `age`."""
    return Q(maximum_age__lte=age)


def named(text: str, *fields: str) -> Q:
    """One of the fields contains the text; SQLite alone would tell Ø from ø."""
    condition = Q()
    for variant in {text, text.lower(), text.upper(), text.capitalize()}:
        for field in fields:
            condition |= Q(**{f"{field}__icontains": variant})
    return condition
