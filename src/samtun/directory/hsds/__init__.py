"""The directory as Open Referral HSDS 3.1: dictionaries as they go out, in few SQL queries.

`public` says what anybody may know, `basic` gives the one-to-one fields of the rows asked for,
`full` everything nested. All values are what a JSON writer such as orjson knows (UUIDs stay
UUIDs); what is unknown is left out, never null, since HSDS 3.1 has no null.
"""

from samtun.directory.hsds import basic, full, prepared, public
from samtun.directory.hsds.shapes import Json

__all__ = ["Json", "basic", "full", "prepared", "public"]
