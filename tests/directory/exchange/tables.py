"""Rows that tests start from."""

from uuid import UUID

ORGANIZATION_ID = "0a0a0a0a-0000-4000-8000-000000000001"
SERVICE_ID = "0b0b0b0b-0000-4000-8000-000000000001"
LOCATION_ID = "0c0c0c0c-0000-4000-8000-000000000001"
ORGANIZATION = {"id": ORGANIZATION_ID, "name": "Hjelpelaget", "description": "Hjelper."}
SERVICE = {
    "id": SERVICE_ID,
    "organization_id": ORGANIZATION_ID,
    "name": "Samtaletilbud",
    "status": "active",
}
LOCATION = {"id": LOCATION_ID, "location_type": "physical", "name": "Huset"}


def numbered(start: str, number: int) -> str:
    """A UUID that a person can tell from others."""
    return str(UUID(f"{start}-0000-4000-8000-{number:012d}"))


def one_service(**columns: object) -> dict[str, list[dict[str, object]]]:
    """A dump of one organisation with one service."""
    return {"organizations": [dict(ORGANIZATION)], "services": [{**SERVICE, **columns}]}
