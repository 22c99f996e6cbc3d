"""The units that a plan can be for."""

from django.db.models import Q, QuerySet

from samtun.learning.models import Plan
from samtun.organisations.models import Organization


def units_for(plan: Plan) -> QuerySet[Organization]:
    """All organisations in the owner's municipalities; for a template without an owner none."""
    if plan.region_id:
        return Organization.objects.filter(
            Q(municipality__regions=plan.region_id) | Q(region=plan.region_id)
        ).distinct()
    if plan.municipality_id:
        return Organization.objects.filter(municipality=plan.municipality_id)
    return Organization.objects.none()
