"""The audit trail in sentences, for a page and for a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.directory.editing.document import LABELS
from samtun.people.enums import CoordinatorKind, RoleKind
from samtun.people.models import AuditEvent, User

# Every action that is ever recorded; a test finds those that lack a sentence.
SENTENCES: dict[str, str | Promise] = {
    "service.added": gettext_lazy("%(who)s added the offer %(what)s"),
    "service.changed": gettext_lazy("%(who)s changed the offer %(what)s"),
    "service.published": gettext_lazy("%(who)s published the offer %(what)s"),
    "service.archived": gettext_lazy("%(who)s archived the offer %(what)s"),
    "service.reopened": gettext_lazy("%(who)s opened the offer %(what)s again"),
    "service.restored": gettext_lazy("%(who)s brought back an earlier version of %(what)s"),
    "service.asked": gettext_lazy("%(who)s asked whether %(what)s is still right"),
    "service.confirmed": gettext_lazy("%(who)s answered whether %(what)s is still right"),
    "service.handed_over": gettext_lazy("%(who)s changed who looks after %(what)s"),
    "event.made": gettext_lazy("%(who)s made the meeting place %(what)s"),
    "event.changed": gettext_lazy("%(who)s changed the meeting place %(what)s"),
    "event.published": gettext_lazy("%(who)s published the meeting place %(what)s"),
    "event.cancelled": gettext_lazy("%(who)s cancelled the meeting place %(what)s"),
    "event.archived": gettext_lazy("%(who)s archived the meeting place %(what)s"),
    "event.copied": gettext_lazy("%(who)s made %(what)s as a copy of an earlier one"),
    "attendance.taken": gettext_lazy("%(who)s took attendance at %(what)s"),
    "message.written": gettext_lazy("%(who)s wrote to those who come to %(what)s"),
    "party.signed_up": gettext_lazy("%(who)s signed somebody up for %(what)s"),
    "party.changed": gettext_lazy("%(who)s changed a sign-up for %(what)s"),
    "party.cancelled": gettext_lazy("%(who)s cancelled a sign-up for %(what)s"),
    "party.moved": gettext_lazy("%(who)s moved a sign-up to another date of %(what)s"),
    "party.seated": gettext_lazy("%(who)s gave somebody who waited a place at %(what)s"),
    "intake.capacity_changed": gettext_lazy("%(who)s changed the number of places at %(what)s"),
    "intake.closed": gettext_lazy("%(who)s closed the sign-up for %(what)s"),
    "intake.reopened": gettext_lazy("%(who)s opened the sign-up for %(what)s again"),
    "party.called": gettext_lazy("%(who)s called somebody who comes to %(what)s"),
    "party.answered": gettext_lazy("%(who)s noted an answer by phone about %(what)s"),
    "occurrence.added": gettext_lazy("%(who)s added a date to %(what)s"),
    "occurrence.moved": gettext_lazy("%(who)s moved a date of %(what)s"),
    "occurrence.changed": gettext_lazy("%(who)s changed a date of %(what)s"),
    "occurrence.cancelled": gettext_lazy("%(who)s cancelled a date of %(what)s"),
    "occurrence.restored": gettext_lazy("%(who)s let a cancelled date of %(what)s be held"),
    "suggestion.made": gettext_lazy("%(who)s sent a suggestion %(what)s"),
    "suggestion.accepted": gettext_lazy("%(who)s accepted a suggestion"),
    "suggestion.accepted_changed": gettext_lazy("%(who)s accepted a suggestion with changes"),
    "suggestion.declined": gettext_lazy("%(who)s declined a suggestion"),
    "organization.added": gettext_lazy("%(who)s added the organisation %(what)s"),
    "organization.changed": gettext_lazy("%(who)s changed the organisation %(what)s"),
    "region.changed": gettext_lazy("%(who)s changed the region"),
    "missed_search.settled": gettext_lazy("%(who)s saw to a search that found nothing"),
    "link.settled": gettext_lazy("%(who)s saw to a dead link in %(what)s"),
    "role.given": gettext_lazy("%(who)s gave %(whom)s the role %(what)s"),
    "role.changed": gettext_lazy("%(who)s changed the role of %(whom)s, %(what)s"),
    "role.ended": gettext_lazy("%(who)s ended the role of %(whom)s, %(what)s"),
    "card.changed": gettext_lazy("%(who)s changed the public card of %(whom)s"),
    "invitation.sent": gettext_lazy("%(who)s invited somebody to the role %(what)s"),
    "invitation.accepted": gettext_lazy("%(who)s accepted the role %(what)s"),
    "invitation.withdrawn": gettext_lazy("%(who)s took back an invitation to the role %(what)s"),
    "person.handed_over": gettext_lazy("%(who)s handed over what %(whom)s looked after"),
    "account.closed": gettext_lazy("%(who)s closed the account of %(whom)s"),
    "account.reopened": gettext_lazy("%(who)s opened the account of %(whom)s again"),
    "account.deleted": gettext_lazy("%(who)s deleted an account"),
    "account.password_changed": gettext_lazy("%(who)s changed their password"),
    "account.email_changed": gettext_lazy("%(who)s changed their e-mail address"),
    "account.factor_added": gettext_lazy("%(who)s added a way to prove who they are"),
    "account.factor_removed": gettext_lazy("%(who)s removed a way to prove who they are"),
    "account.provider_added": gettext_lazy("%(who)s added another way to sign in"),
    "account.provider_removed": gettext_lazy("%(who)s removed another way to sign in"),
    "letter.sent_again": gettext_lazy("%(who)s let a letter be sent again"),
    "address.cleared": gettext_lazy("%(who)s let letters go to an address again"),
    "group_session.planned": gettext_lazy("%(who)s planned a group session"),
    "group_session.changed": gettext_lazy("%(who)s changed a planned group session"),
    "group_session.cancelled": gettext_lazy("%(who)s took away a planned group session"),
    "group_session.taken_over": gettext_lazy("%(who)s took over a group session"),
    "group_session.opened": gettext_lazy("%(who)s began a group session"),
    "group_session.closed": gettext_lazy("%(who)s ended a group session"),
    "group_session.reopened": gettext_lazy("%(who)s opened a group session again"),
    "group_session.names_added": gettext_lazy("%(who)s wrote down names at a group session"),
    "group_session.participant_matched": gettext_lazy(
        "%(who)s said who a name at a group session is"
    ),
    "group_session.participant_removed": gettext_lazy(
        "%(who)s took somebody off the list of a group session"
    ),
    "group_session.evidence_written": gettext_lazy(
        "%(who)s gave those who were at a group session the proof"
    ),
    "checklist.marked": gettext_lazy("%(who)s filled in a checklist for %(what)s"),
    "follow_up.made": gettext_lazy("%(who)s wrote down something to follow up"),
    "follow_up.done": gettext_lazy("%(who)s said that something followed up is done"),
    "follow_up.undone": gettext_lazy("%(who)s said that something followed up is not done"),
    "follow_up.dropped": gettext_lazy("%(who)s took away something to follow up"),
    "employment.started": gettext_lazy("%(who)s put an employee on the list"),
    "employment.changed": gettext_lazy("%(who)s changed what is known of an employee"),
    "employment.moved": gettext_lazy("%(who)s moved an employee to another unit"),
    "employment.ended": gettext_lazy("%(who)s noted that an employee leaves"),
    "employment.accepted": gettext_lazy("%(who)s said yes to a job that an employer had entered"),
    "employment.denied": gettext_lazy(
        "Whoever has the e-mail address of an employee said that it is not them"
    ),
    "employment.resumed": gettext_lazy("%(who)s noted that an employee has not left"),
    "employees.imported": gettext_lazy("%(who)s read in a list of employees of %(what)s"),
    "directory_token.made": gettext_lazy("%(who)s made a token for a directory"),
    "directory_token.ended": gettext_lazy("%(who)s ended a token of a directory"),
    "plan.made": gettext_lazy("%(who)s made a training plan"),
    "plan.changed": gettext_lazy("%(who)s changed the draft of a training plan"),
    "plan.new_version": gettext_lazy("%(who)s began a new version of a training plan"),
    "plan.dropped": gettext_lazy("%(who)s threw away the draft of a training plan"),
    "plan.agreed": gettext_lazy("%(who)s agreed on a training plan"),
    "plan.not_agreed": gettext_lazy("%(who)s took back a yes to a training plan"),
    "plan.activated": gettext_lazy("%(who)s let a training plan be followed"),
    "plan.measured": gettext_lazy("%(who)s wrote a figure for a training plan"),
    "plan.measurement_removed": gettext_lazy("%(who)s took away a figure of a training plan"),
    "plan.evaluation_written": gettext_lazy("%(who)s wrote on the evaluation of a training plan"),
    "plan.evaluated": gettext_lazy("%(who)s evaluated a training plan"),
    "plan.archived": gettext_lazy("%(who)s put a training plan away"),
    "plan.brought_back": gettext_lazy("%(who)s took a training plan out again"),
    "plan.shared": gettext_lazy("%(who)s let others read and copy a training plan"),
    "plan.unshared": gettext_lazy("%(who)s no longer lets others copy a training plan"),
    "survey.made": gettext_lazy("%(who)s made a mapping of needs"),
    "survey.changed": gettext_lazy("%(who)s changed a mapping of needs"),
    "decision.exempt": gettext_lazy("%(who)s exempted an employee from something in a plan"),
    "decision.extended": gettext_lazy("%(who)s gave an employee more time"),
    "decision.equivalent": gettext_lazy("%(who)s let earlier learning of an employee count"),
    "decision.withdrawn": gettext_lazy("%(who)s took back a decision about an employee"),
    "item.marked_done": gettext_lazy("%(who)s noted that an employee has done something in a plan"),
    "course.published": gettext_lazy("%(who)s published a course"),
    "course.withdrawn": gettext_lazy("%(who)s took a course away"),
    "module.published": gettext_lazy("%(who)s published a module of a course"),
    "module.withdrawn": gettext_lazy("%(who)s took a module of a course away"),
    "editorial.folders_made": gettext_lazy("%(who)s made room to write courses for %(what)s"),
    "looked.at": gettext_lazy("%(who)s looked at %(what)s"),
}

# What can be looked at: a list by its name, a thing by its type.
_LOOKS: dict[str, str | Promise] = {
    "people": gettext_lazy("the list of people"),
    "audit": gettext_lazy("what was done"),
    "outbox": gettext_lazy("the letters"),
    "spreadsheet": gettext_lazy("the offers as a spreadsheet"),
    "employees": gettext_lazy("the list of employees"),
    "learning.employment": gettext_lazy("the page of an employee"),
    "people.role": gettext_lazy("the page of %(whom)s"),
    "directory.suggestion": gettext_lazy("a suggestion with an address"),
    "FiledLetter": gettext_lazy("a letter"),
    "events.event": gettext_lazy("who comes to %(event)s"),
    "learning.groupsession": gettext_lazy("who was at a group session"),
}
_NOBODY: dict[object, str | Promise] = {
    "keeper": gettext_lazy("The keeper"),
    "visitor": gettext_lazy("A visitor"),
    "directory": gettext_lazy("The directory of the employees"),
    "schedule": gettext_lazy("The schedule"),
}
_OTHER_FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "titles": gettext_lazy("Title"),
    "kind": gettext_lazy("Role"),
    "coordinator_kind": gettext_lazy("Role"),
    "region": gettext_lazy("Region"),
    "municipality": gettext_lazy("Municipality"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "abouts": gettext_lazy("What and whom for"),
    "phone": gettext_lazy("Phone"),
    "size": gettext_lazy("How many"),
    "answers": gettext_lazy("Answers to the organiser's questions"),
    "is_public": gettext_lazy("Shown to everybody"),
    "additional_urls": gettext_lazy("Web address"),
    "website": gettext_lazy("Web address"),
    "parent_organization": gettext_lazy("Organisation above"),
    "starts_at": gettext_lazy("Time"),
    "minutes": gettext_lazy("Time"),
    "rrule": gettext_lazy("How often"),
    "place": gettext_lazy("Place"),
    "room": gettext_lazy("Room"),
    "join_url": gettext_lazy("The link to join"),
    "capacity": gettext_lazy("Number of seats"),
    "sign_up": gettext_lazy("Sign-up"),
    "questions": gettext_lazy("What is asked"),
    "co_organizers": gettext_lazy("Who joins in"),
    "service": gettext_lazy("Offer"),
    "for_whom": gettext_lazy("Whom it is for"),
    "programme": gettext_lazy("What happens there"),
    "unit": gettext_lazy("Unit"),
    "profession": gettext_lazy("Profession"),
    "position": gettext_lazy("Position"),
    "is_leader": gettext_lazy("Leads the unit"),
    "joined_on": gettext_lazy("First day"),
    "external_id": gettext_lazy("Employee number"),
    "user_name": gettext_lazy("User name in the directory"),
    "directory_id": gettext_lazy("Identifier in the directory"),
    "led_by": gettext_lazy("Who leads it"),
    "getting_there": gettext_lazy("How to get there"),
}
_KINDS = {**dict(RoleKind.choices), **dict(CoordinatorKind.choices)}


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words."""

    event: AuditEvent
    who: str
    sentence: str
    fields: str

    @property
    def text(self) -> str:
        """The whole of it."""
        return f"{self.sentence}: {self.fields}" if self.fields else self.sentence


def told(events: Iterable[AuditEvent]) -> list[Told]:
    """The events in words, in the active language; names are read in one query."""
    listed = list(events)
    names = _names(listed)
    return [_told(event, names) for event in listed]


def _told(event: AuditEvent, names: dict[str, str]) -> Told:
    whom = names.get(_person_in(event)) or _("somebody who is gone")
    words = {"who": _who(event), "whom": whom, "what": _what(event)}
    words["what"] = words["what"] % {"whom": whom} if "%(whom)s" in words["what"] else words["what"]
    sentence = str(SENTENCES.get(event.action, f"%(who)s: {event.action} %(what)s"))
    return Told(event, words["who"], (sentence % words).strip(), _fields(event))


def _who(event: AuditEvent) -> str:
    if event.actor_id is None:
        return str(_NOBODY.get(event.details.get("by"), _("The system")))
    return str(event.actor) if event.actor else _("Somebody who is gone")


def _what(event: AuditEvent) -> str:
    if event.action == "looked.at":
        key = event.object_id if event.object_type == "Looked" else event.object_type
        look = str(_LOOKS.get(key) or event.object_name or key)
        return look.replace("%(event)s", event.object_name)
    kind = event.details.get("kind")
    if event.object_type in {"people.role", "people.invitation"}:
        return str(_KINDS.get(str(kind), kind or ""))
    return event.object_name


def _fields(event: AuditEvent) -> str:
    fields = event.details.get("fields")
    if not isinstance(fields, list):
        return ""
    labels = (_label(str(field)) for field in fields)
    return ", ".join(dict.fromkeys(label.lower() for label in labels))


def _label(field: str) -> str:
    """Of `name`, `nn.name` or `phones:2`."""
    plain = field.partition(":")[0].rpartition(".")[2]
    return str(LABELS.get(plain) or _OTHER_FIELDS.get(plain) or plain)


def _person_in(event: AuditEvent) -> str:
    found = event.details.get("person")
    return event.object_id if event.object_type == "people.user" else str(found or "")


def _names(events: Iterable[AuditEvent]) -> dict[str, str]:
    keys = {key for event in events if (key := _person_in(event))}
    people = User.objects.filter(pk__in=[UUID(key) for key in keys]).only("pk", "name", "email")
    return {str(one.pk): str(one) for one in people}
