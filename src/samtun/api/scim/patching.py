"""PATCH requests as directories send them, made into what the standard says."""

from typing import Any

from scim2_models import InvalidValueException

_MOST = 100
_NAMES = ("displayname", "name.formatted")


def as_sent(sent: dict[str, Any]) -> dict[str, Any]:
    """The same request with booleans that are booleans, and a name where we keep it.

    Entra sends `"False"`. A directory that changes only what is shown (`displayName`) has renamed
    somebody, when it says nothing of the parts of the name.

    Raises:
        InvalidValueException: there are too many operations.
    """
    made = dict(sent)
    key = next((name for name in made if name.casefold() == "operations"), "Operations")
    operations = made.pop(key, None)
    if not isinstance(operations, list):
        return sent
    if len(operations) > _MOST:
        raise InvalidValueException(detail=f"At most {_MOST} operations.")
    mended = [_mended(dict(one)) for one in operations if isinstance(one, dict)]
    if shown := _shown_name(mended):
        mended.append({"op": "replace", "path": "name", "value": parts(shown)})
    made["Operations"] = mended
    return made


def parts(name: str) -> dict[str, str]:
    """A whole name as first and last name."""
    given, _space, family = name.strip().rpartition(" ")
    return {"givenName": given, "familyName": family} if given else {"familyName": family}


def _mended(operation: dict[str, Any]) -> dict[str, Any]:
    path = str(operation.get("path") or "").casefold()
    value = operation.get("value")
    if path.endswith(("active", "primary")):
        operation["value"] = _boolean(value)
    elif isinstance(value, dict):
        operation["value"] = with_booleans(value)
    return operation


def with_booleans(sent: dict[str, Any]) -> dict[str, Any]:
    """The same object with `"True"` and `"False"` made booleans where one is meant."""
    return {
        name: _boolean(value) if name.casefold() in ("active", "primary") else value
        for name, value in sent.items()
    }


def _boolean(value: object) -> object:
    if isinstance(value, list) and len(value) == 1:  # older Entra: [{"value": "False"}]
        value = value[0].get("value") if isinstance(value[0], dict) else value[0]
    known = {"true": True, "false": False}
    return known.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _shown_name(operations: list[dict[str, Any]]) -> str:
    """The name that is only shown; empty when its parts are said, too."""
    shown = ""
    for path, value in _values(operations):
        if path in ("name", "name.givenname", "name.familyname"):
            return ""
        if path in _NAMES and isinstance(value, str):
            shown = value
    return shown


def _values(operations: list[dict[str, Any]]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for one in operations:
        path, value = str(one.get("path") or "").casefold(), one.get("value")
        if not path and isinstance(value, dict):
            found += [(str(name).casefold(), each) for name, each in value.items()]
        else:
            found.append((path, value))
    return found
