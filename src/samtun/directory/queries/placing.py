"""Which region looks after an organisation."""

from samtun.organisations.models import Organization, Region


def region_of(organization: Organization) -> Region | None:
    """The region that keeps `organization`, else the first that has its municipality."""
    if organization.region_id:
        return organization.region
    if not organization.municipality_id:
        return None
    found = Region.objects.filter(municipalities=organization.municipality_id)
    return found.order_by("slug").first()
