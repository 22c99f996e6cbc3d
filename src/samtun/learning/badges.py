"""Certificates as Open Badges 3.0 (1EdTech) on the Verifiable Credentials data model 2.0.

Prepared and not signed: no `proof` is made, so a wallet can read what it says, and whoever wants to
know whether it is genuine opens the address that is its `id`. It says what the paper says and no
more; the person is named, as on the paper, and not identified otherwise.
"""

from datetime import UTC
from typing import Any

from samtun.learning.models import Certificate

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_HOUR = 60


def badge(certificate: Certificate, *, url: str, issuer_url: str) -> dict[str, Any]:
    """The credential, ready for JSON. `url` is where the certificate is checked."""
    facts = certificate.facts
    issued = certificate.issued_at.astimezone(UTC).replace(microsecond=0)
    return {
        "@context": list(CONTEXTS),
        "id": url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts["title"],
        "issuer": {"id": issuer_url, "type": ["Profile"], "name": facts["publisher"] or "Samtun"},
        "validFrom": issued.isoformat().replace("+00:00", "Z"),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": facts["name"],
                    "hashed": False,
                }
            ],
            "activityEndDate": f"{facts['done_on']}T00:00:00Z",
            "achievement": _achievement(certificate, url),
        },
    }


def _achievement(certificate: Certificate, url: str) -> dict[str, Any]:
    facts = certificate.facts
    contents = [one["title"] for one in facts["contents"]]
    return {
        "id": f"{url}#achievement",
        "type": ["Achievement"],
        "achievementType": "Certificate" if facts.get("is_plan") else "Course",
        "name": facts["title"],
        "description": "; ".join(contents) or facts["title"],
        "criteria": {"narrative": "\n".join(f"- {one}" for one in contents) or facts["title"]},
        "inLanguage": certificate.language,
        "version": str(facts["version"]),
        "creditsAvailable": round(facts["minutes"] / _HOUR, 2),
    }
