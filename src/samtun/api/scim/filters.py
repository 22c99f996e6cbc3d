"""The filters that directories use to find somebody, as conditions in SQL."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from scim2_models import InvalidFilterException, ScimFilter
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
    ValuePath,
)

from samtun.api.scim.schema import Employee

_LONGEST = 1_000
_FILTER: Any = ScimFilter.__class_getitem__(Employee)


def condition(text: str) -> Q:
    """What `text` asks of employments: `eq` on what identifies somebody, joined by `and`.

    Raises:
        InvalidFilterException: it asks for something else.
    """
    if not text:
        return Q()
    if len(text) > _LONGEST:
        raise InvalidFilterException(detail="The filter is too long.")
    return _node(_FILTER(text).ast)


def _node(node: FilterNode) -> Q:
    if isinstance(node, LogicalExpr) and node.op == LogicalOperator.and_:
        found = Q()
        for term in node.terms:
            found &= _node(term)
        return found
    if isinstance(node, Comparison) and node.op == CompareOperator.eq:
        written = str(node.attr_path).rpartition(":")[2].casefold()
        if make := _CONDITIONS.get(written):
            return make(str(node.value))
    if isinstance(node, ValuePath) and node.attr_path.attr.casefold() == "emails":
        return _address_in(node.val_filter)
    raise InvalidFilterException(
        detail="Only eq on id, userName, externalId, emails.value, employeeNumber and active."
    )


def _address_in(node: FilterNode) -> Q:
    """Of `emails[type eq "work"].value eq "…"`: there is one address, whatever its type."""
    terms = node.terms if isinstance(node, LogicalExpr) else (node,)
    for term in terms:
        if isinstance(term, Comparison) and term.attr_path.attr.casefold() == "value":
            return Q(learner__email__iexact=str(term.value))
    raise InvalidFilterException(detail="Only eq on the value of emails.")


def _user_name(value: str) -> Q:
    """Who was not made by the directory is found by address or number, and so becomes its own."""
    unmanaged = Q(user_name="") & (Q(learner__email__iexact=value) | Q(external_id=value))
    return Q(user_name__iexact=value) | unmanaged


def _id(value: str) -> Q:
    try:
        return Q(learner=UUID(value))
    except ValueError:
        return Q(pk__in=())


def _active(value: str) -> Q:
    goes_on = Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate())
    return goes_on if value.casefold() == "true" else ~goes_on


_CONDITIONS: dict[str, Callable[[str], Q]] = {
    "id": _id,
    "username": _user_name,
    "externalid": lambda value: Q(directory_id=value),
    "emails.value": lambda value: Q(learner__email__iexact=value),
    "emails": lambda value: Q(learner__email__iexact=value),
    "employeenumber": lambda value: Q(external_id=value),
    "active": _active,
}
