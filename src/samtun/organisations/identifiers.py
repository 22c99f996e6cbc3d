"""Identifiers that come out the same wherever the same data is loaded."""

import uuid

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://samtun.example/identifiers")


def derived_id(*parts: str) -> uuid.UUID:
    """The UUID (version 5) of a thing known by `parts`, e.g. ("service", "temakafe-fagernes")."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(parts))
