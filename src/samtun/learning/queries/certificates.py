"""Certificates by their code, and a learner's own."""

from samtun.learning.models import Certificate, Learner

LONGEST = 80  # of what somebody types


def certificate_called(code: str) -> Certificate | None:
    """The certificate with the code, however it was typed; there is no other way to find one."""
    letters = "".join(one for one in code[:LONGEST].upper() if one.isalnum())
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    return Certificate.objects.filter(code="-".join(groups)).first() if letters else None


def certificates_of(learner: Learner) -> list[Certificate]:
    """The learner's own, the newest first."""
    return list(Certificate.objects.filter(learner=learner).order_by("-issued_at", "pk"))
