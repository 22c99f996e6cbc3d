"""Writes to `organisations`."""

from django.db import transaction
from django.utils.text import slugify

from samtun.organisations import reference
from samtun.organisations.models import Municipality, Population, PostalCode

_NORWEGIAN_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def slug_from(name: str, *, length: int = 110) -> str:
    """`name` as part of an address: a–z, digits and hyphens; may be empty."""
    return slugify(name.translate(_NORWEGIAN_LETTERS))[:length].strip("-")


@transaction.atomic
def load_reference_facts() -> None:
    """Fill or renew municipalities, population and postal codes; safe to repeat."""
    _load_municipalities()
    _load_population()
    _load_postal_codes()


def _load_municipalities() -> None:
    facts = list(reference.municipalities())
    names = [row["name"] for row in facts]
    Municipality.objects.bulk_create(
        [_municipality(row, shared=names.count(row["name"]) > 1) for row in facts],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=[
            field.name for field in Municipality._meta.concrete_fields if not field.primary_key
        ],
    )


def _municipality(row: dict[str, str], *, shared: bool) -> Municipality:
    """`shared`: another municipality has the same name (Herøy, Våler), so the county is added."""
    label = f"{row['name']} {row['county_name']}" if shared else row["name"]
    return Municipality(
        **{
            **row,
            "slug": slug_from(label),
            "website": f"https://{row['website']}" if row["website"] else "",
            "is_sami_administrative": row["is_sami_administrative"] == "1",
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        }
    )


def _load_population() -> None:
    Population.objects.filter(year=reference.POPULATION_YEAR).delete()
    Population.objects.bulk_create(
        Population(
            municipality_id=number,
            year=reference.POPULATION_YEAR,
            minimum_age=youngest,
            maximum_age=oldest,
            count=count,
        )
        for number, youngest, oldest, count in reference.population()
    )


def _load_postal_codes() -> None:
    known = set(Municipality.objects.values_list("number", flat=True))
    PostalCode.objects.bulk_create(
        [
            PostalCode(
                code=row["code"],
                place=row["place"],
                municipality_id=row["municipality"] if row["municipality"] in known else None,
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
            )
            for row in reference.postal_codes()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["place", "municipality", "latitude", "longitude"],
    )
