"""The part of SCIM's user that we keep, and what we say about ourselves.

Attributes that are not here may be sent; they are left aside.
"""

from typing import Annotated, Any

from django.conf import settings
from pydantic import EmailStr, Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Patch,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

PATH = "/scim/v2"
MOST_RESULTS = 200


class Name(ComplexAttribute):
    """First and last name; together they stand on certificates."""

    given_name: str | None = None
    family_name: str | None = None


class Email(ComplexAttribute):
    """The address at work; one is kept."""

    value: EmailStr | None = None
    type: str | None = Field(None, examples=["work"])
    primary: bool | None = None


class User(Resource[Any]):
    """An employee."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    title: str | None = None
    active: bool | None = None
    emails: list[Email] | None = None


class EnterpriseUser(Extension):
    """Where the employee works."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: Annotated[str | None, CaseExact.true] = None
    department: str | None = None
    organization: Annotated[str | None, Mutability.read_only] = None


class Group(Resource[Any]):
    """A unit. The units are written on the desk, not by the directory."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Mutability.read_only] = None


# Entra sends attributes that nobody declares, and paths to entries that are not there yet.
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
Employee: Any = User.__class_getitem__(EnterpriseUser)  # with the extension


def _config() -> ServiceProviderConfig:
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Bearer token",
                description="A token that is made on the desk, for one employer.",
                primary=True,
            )
        ],
    )


def _types() -> list[ResourceType]:
    users, groups = ResourceType.from_resource(Employee), ResourceType.from_resource(Group)
    users.description, groups.description = "An employee", "A unit; to be read only"
    return [users, groups]


PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=_types(),
    config=_config(),
    policy=POLICY,
)


def address(*parts: object) -> str:
    """Where something is, as a whole address."""
    return "/".join([settings.PUBLIC_URL.rstrip("/") + PATH, *(str(part) for part in parts)])
