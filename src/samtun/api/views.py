"""The addresses of the open data under /api/hsds/v3/: read parameters, select, write."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Path, Query

from samtun.api import answers, event_schedules, parameters, problems, queries, schemas
from samtun.directory.hsds import Json, basic, public
from samtun.directory.models import Taxonomy, TaxonomyTerm
from samtun.organisations.models import Organization

ROOT = "/api/hsds/v3/"
PROFILE = "https://github.com/OpenReferralUK/uk-profile"

api = NinjaAPI(
    title="Samtun open data",
    version="3.1",
    description=(
        "Services, organisations and places of a regional resource map after Open Referral "
        "HSDS 3.1, with the parameters of ORUK 3.0. Open to everybody, without a key."
    ),
    urls_namespace="hsds",
    openapi_url=None,  # ours is cached and says which answers are problems
    docs_url=None,  # the usual one loads its script from elsewhere
)
problems.handle_on(api)

View = Callable[..., HttpResponseBase]


def _answers_at(path: str, schema: Any) -> Callable[[View], View]:  # noqa: ANN401  (any type)
    """Register a view with and without a slash at the end; the document names it once."""

    def register(view: View) -> View:
        failures = {400: schemas.Problem} | ({404: schemas.Problem} if "{" in path else {})
        for address, is_named in ((path, True), (path + "/", False)):
            api.default_router.add_api_operation(
                address,
                ["GET"],
                view,
                response={200: schema} | failures,
                operation_id=view.__name__,
                summary=(view.__doc__ or "").strip(),
                include_in_schema=is_named,
                url_name=view.__name__ if is_named else f"{view.__name__}_slash",
            )
        return view

    return register


@_answers_at("", schemas.Api)
def about(request: HttpRequest) -> HttpResponse:
    """This API and its relationship with HSDS."""
    return answers.document(
        request,
        {
            "version": "3.1",
            "profile": PROFILE,
            "openapi_url": f"{settings.PUBLIC_URL}{ROOT}openapi.json",
        },
    )


@_answers_at("/services", schemas.ServicePage)
def services(request: HttpRequest, asked: Query[parameters.Services]) -> HttpResponseBase:
    """Services."""
    write: answers.Write
    if asked.minimal:
        write = basic.minimal_services
    else:
        write = partial(
            event_schedules.services if asked.full else basic.services, language=asked.lang
        )
    size = asked.per_page or (parameters.MOST_MINIMAL_PER_PAGE if asked.minimal else 50)
    if size > parameters.MOST_PER_PAGE and not asked.minimal:
        raise problems.WrongParameter(
            "per_page", f"At most {parameters.MOST_PER_PAGE}, unless minimal is true."
        )
    selection = queries.services(asked)
    return answers.listing(
        request, selection, write, page=asked.page, per_page=size, form=asked.format
    )


@_answers_at("/services/{service_id}", schemas.Service)
def service(
    request: HttpRequest, service_id: Path[UUID], asked: Query[parameters.InLanguage]
) -> HttpResponse:
    """One service, fully nested."""
    ids = list(public.services().filter(pk=service_id).values_list("pk", flat=True))
    return answers.one(request, event_schedules.services(ids, asked.lang) if ids else [])


@_answers_at("/service_at_locations", schemas.ServiceAtLocationPage)
def service_at_locations(
    request: HttpRequest, asked: Query[parameters.ServiceAtLocations]
) -> HttpResponseBase:
    """Services at the places where they are given."""
    kind = event_schedules.service_at_locations if asked.full else basic.service_at_locations
    return _page(request, queries.service_at_locations(asked), kind, asked)


@_answers_at("/service_at_locations/{service_at_location_id}", schemas.ServiceAtLocation)
def service_at_location(
    request: HttpRequest,
    service_at_location_id: Path[UUID],
    asked: Query[parameters.InLanguage],
) -> HttpResponse:
    """One service at one place, fully nested."""
    rows = public.service_at_locations().filter(pk=service_at_location_id)
    ids = list(rows.values_list("pk", flat=True))
    return answers.one(
        request, event_schedules.service_at_locations(ids, asked.lang) if ids else []
    )


@_answers_at("/organizations", schemas.OrganizationPage)
def organizations(request: HttpRequest, asked: Query[parameters.Organizations]) -> HttpResponseBase:
    """Organisations."""
    kind: Callable[..., list[Json]] = basic.organizations
    if asked.full or asked.full_service:
        kind = partial(event_schedules.organizations, with_full_services=asked.full_service)
    return _page(request, queries.organizations(asked), kind, asked)


@_answers_at("/organizations/{organization_id}", schemas.Organization)
def organization(
    request: HttpRequest,
    organization_id: Path[UUID],
    asked: Query[parameters.OneOrganization],
) -> HttpResponse:
    """One organisation, fully nested, with its services."""
    ids = list(Organization.objects.filter(pk=organization_id).values_list("pk", flat=True))
    found = event_schedules.organizations(ids, asked.lang, with_full_services=asked.full_service)
    return answers.one(request, found)


@_answers_at("/taxonomies", schemas.TaxonomyPage)
def taxonomies(request: HttpRequest, asked: Query[parameters.Taxonomies]) -> HttpResponseBase:
    """Taxonomies."""
    return answers.listing(
        request,
        queries.taxonomies(asked),
        basic.taxonomies,
        page=asked.page,
        per_page=asked.per_page,
        form=asked.format,
    )


@_answers_at("/taxonomies/{taxonomy_id}", schemas.Taxonomy)
def taxonomy(request: HttpRequest, taxonomy_id: Path[UUID]) -> HttpResponse:
    """One taxonomy."""
    ids = list(Taxonomy.objects.filter(pk=taxonomy_id).values_list("pk", flat=True))
    return answers.one(request, basic.taxonomies(ids))


@_answers_at("/taxonomy_terms", schemas.TaxonomyTermPage)
def taxonomy_terms(
    request: HttpRequest, asked: Query[parameters.TaxonomyTerms]
) -> HttpResponseBase:
    """Taxonomy terms."""
    return _page(request, queries.taxonomy_terms(asked), basic.taxonomy_terms, asked)


@_answers_at("/taxonomy_terms/{taxonomy_term_id}", schemas.TaxonomyTerm)
def taxonomy_term(
    request: HttpRequest, taxonomy_term_id: Path[UUID], asked: Query[parameters.InLanguage]
) -> HttpResponse:
    """One taxonomy term."""
    ids = list(TaxonomyTerm.objects.filter(pk=taxonomy_term_id).values_list("pk", flat=True))
    return answers.one(request, basic.taxonomy_terms(ids, asked.lang))


def _page(
    request: HttpRequest,
    selection: queries.Selection,
    kind: Callable[..., list[Json]],
    asked: parameters.Organizations | parameters.ServiceAtLocations | parameters.TaxonomyTerms,
) -> HttpResponseBase:
    return answers.listing(
        request,
        selection,
        partial(kind, language=asked.lang),
        page=asked.page,
        per_page=asked.per_page,
        form=asked.format,
    )
