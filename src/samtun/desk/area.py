"""The municipalities that a person's work is about, and where their public pages are."""

from django.urls import reverse
from django.utils.http import urlencode

from samtun.organisations.models import Municipality, Place
from samtun.organisations.queries import Scope, region_scopes
from samtun.organisations.recent import for_a_minute
from samtun.organisations.texts import in_language
from samtun.people.grants import Person, grants_of
from samtun.people.rules import HOLDERS


def municipalities_of(person: Person, permission: str) -> tuple[Municipality, ...]:
    """Those that `person` has `permission` over, by name; somebody with all of it has every region.

    Whoever looks after organisations only has none.
    """
    reach = grants_of(person).reach(HOLDERS[permission])
    if reach.everything:
        scopes = region_scopes()
        numbers = frozenset[str]().union(*(scope.numbers for scope in scopes))
    else:
        numbers = reach.municipalities
    return _called(numbers) if numbers else ()


@for_a_minute
def _called(numbers: frozenset[str]) -> tuple[Municipality, ...]:
    return tuple(Municipality.objects.filter(number__in=numbers).order_by("name"))


def regions_kept_by(person: Person, language: str) -> list[tuple[str, str]]:
    """Slug and name of the regions whose settings `person` may change."""
    kinds, grants = HOLDERS["organisations.change_region"], grants_of(person)
    if grants.reach(kinds).everything:
        kept = {scope.slug: scope.names for scope in region_scopes()}
    else:
        regions = (role.region for role in grants.roles if role.kind in kinds)
        kept = {region.slug: region.names for region in regions if region}
    return [(slug, in_language(names, language).value) for slug, names in kept.items()]


def scope_with(number: str) -> Scope | None:
    """The region that shares its map with the municipality `number`."""
    return next((scope for scope in region_scopes() if number in scope.numbers), None)


def results_url(need: str, number: str) -> str:
    """The public page of what there is for `need` in the municipality; empty without a map."""
    scope = scope_with(number)
    if scope is None:
        return ""
    query = urlencode({"behov": need, "kommune": number})
    return f"{reverse('front:search', args=[scope.slug])}?{query}"


def public_page(view: str, place: Place, slug: str) -> str:
    """Of a thing in the region that keeps it, else in any there is; empty without a region."""
    scopes = region_scopes()
    own = [one for one in scopes if one.id == place.region or place.municipality in one.numbers]
    scope = next(iter(own or scopes), None)
    return reverse(view, args=[scope.slug, slug]) if scope else ""
