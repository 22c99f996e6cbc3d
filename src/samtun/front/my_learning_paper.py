"""A certificate as it stands on paper and on the page where it is checked."""

from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samtun.documents.certificate_content import CertificatePaper, CertificatePart
from samtun.learning.actions.certificates import FORGOTTEN, RENAMED
from samtun.learning.enums import Learnt
from samtun.learning.models import Certificate


def address_of(certificate: Certificate) -> str:
    """Where anyone checks it: in bokmål's addresses, which are the shortest."""
    return f"{settings.PUBLIC_URL}/kurs/bevis/{certificate.code}/"


def why_withdrawn(certificate: Certificate) -> str:
    """Why it does not hold any more, in the language that is active; empty when it does."""
    if certificate.withdrawn_at is None:
        return ""
    why = certificate.withdrawn_why
    if why == RENAMED:
        return _("This certificate does not hold any more. There is a newer one.")
    if why == FORGOTTEN:
        return _("This certificate does not hold any more. Its owner wanted it to be deleted.")
    return _("This certificate does not hold any more: %(why)s") % {"why": why}


def paper(certificate: Certificate) -> CertificatePaper:
    """What the PDF says, in the language of the certificate."""
    facts = certificate.facts
    with translation.override(certificate.language):
        withdrawn = why_withdrawn(certificate)
    return CertificatePaper(
        language=certificate.language,
        name=facts["name"],
        title=facts["title"],
        publisher=facts["publisher"],
        parts=tuple(
            CertificatePart(title=one["title"], minutes=one.get("minutes", 0))
            for one in facts["contents"]
        ),
        minutes=facts["minutes"],
        done_on=date.fromisoformat(facts["done_on"]),
        made_on=timezone.localdate(certificate.issued_at),
        code=certificate.code,
        url=address_of(certificate),
        version=str(facts["version"]),
        is_plan=bool(facts.get("is_plan")),
        is_together=facts["learnt"] == Learnt.GROUP,
        withdrawn=withdrawn,
    )
