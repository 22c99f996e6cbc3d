"""The few inline scripts of Wagtail's forms, so that no other can run.

The policy for /redaksjon/ allows no script in a page. Date fields and the picture chooser start
themselves by one line of script each, made of a fixed call and JSON; exactly those lines are let
through, by their hash (CSP 3, 2.3.1).
"""

import base64
import hashlib
import re

from django.http import HttpResponse

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_JSON = r"\{(?:[^<>{}`$\\]|\\u[0-9a-f]{4})*\}"
_KNOWN = re.compile(
    r"\s*(?:initDateChooser|initTimeChooser|initDateTimeChooser|initTagField|"
    r"new ImageChooser|new DocumentChooser|new PageChooser)"
    rf'\("[\w-]+"(?:, (?:"[\w/-]*"|null|true|false|\[[\w", ]*\]|{_JSON}))*\);\s*'
)


def sources(html: str) -> str:
    """Hashes of the scripts in `html` that we know, as a policy's sources."""
    known = sorted({one for one in _SCRIPT.findall(html) if _KNOWN.fullmatch(one)})
    return " ".join(f"'sha256-{_hash(one)}'" for one in known)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def note(response: HttpResponse) -> None:
    """Write on the response which scripts its page may run; `config.middleware` reads it."""
    if "text/html" in response.headers.get("Content-Type", "") and not response.streaming:
        response.scripts = sources(response.content.decode())  # type: ignore[attr-defined]
