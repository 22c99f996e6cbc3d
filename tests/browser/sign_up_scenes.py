"""Meeting places for the demo under test: `python -m tests.browser.sign_up_scenes`.

Run with the demo's data folder in the environment; says as JSON where they are.
"""

import json
import sys
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.utils import timezone  # noqa: E402  (the tables need the settings)

from samtun.events import tokens  # noqa: E402
from samtun.events.enums import Consent  # noqa: E402
from samtun.events.models import Intake  # noqa: E402
from samtun.organisations.models import Municipality, Organization  # noqa: E402
from tests.factories import events as happening  # noqa: E402


def main() -> None:
    """Write them and say their addresses."""
    place = Municipality.objects.get(pk="3451")
    own = {"organization": Organization.objects.filter(municipality=place).first()}

    def one_off(name: str, **fields: object) -> Intake:
        slug = f"{name}-{uuid4().hex[:8]}"
        return happening.one_off(place, name=name, slug=slug, **own | fields)

    def form(of: Intake) -> str:
        return f"/valdres/kalender/{of.event.slug}/pamelding/{of.pk}/"

    question = {
        "kind": "allergies", "label": {"nb": "Tåler dere alt?"}, "why": {"nb": "Vi lager suppe."},
        "is_required": False,
    }  # fmt: skip
    room = one_off("temakafe", capacity=8, questions=[question])
    full = one_off("mestringskurs", capacity=2)
    seated = happening.party(full, size=2)
    children = one_off("treffpunkt", is_for_children=True)
    child = happening.party(children, consent=Consent.ASKED, guardian_name="Berit")
    over = one_off("temakveld")
    past = timezone.now() - timedelta(days=1)
    over.occurrences.update(starts_at=past - timedelta(hours=2), ends_at=past)
    found = {
        "room": form(room), "full": form(full), "children": form(children),
        "seated": f"/paamelding/{tokens.token_of(seated)}/",
        "consent": f"/paamelding/samtykke/{tokens.consent_token_of(child)}/",
        "evaluation": f"/paamelding/evaluering/{tokens.evaluation_token_of(over)}/",
    }  # fmt: skip
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
