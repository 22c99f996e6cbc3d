"""Whose an e-mail address is."""

from allauth.account.models import EmailAddress

from samtun.people.models import User


def person_at(email: str) -> User | None:
    """Whoever signs in with `email` or has shown that it is theirs, whatever its capitals."""
    if person := User.objects.filter(email__iexact=email).first():
        return person
    address = EmailAddress.objects.filter(email__iexact=email, verified=True)
    found = address.first()
    return User.objects.get(pk=found.user_id) if found else None


def has_address(person: User, email: str) -> bool:
    """Whether `person` has shown that `email` is theirs; an unproven address is nobody's."""
    theirs = EmailAddress.objects.filter(user=person, email__iexact=email, verified=True)
    return bool(theirs.exists())


def addresses_of(person: User) -> list[str]:
    """What they have shown to be theirs, in small letters, the one they sign in with first."""
    found = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "pk")
    return [one.lower() for one in found.values_list("email", flat=True)]
