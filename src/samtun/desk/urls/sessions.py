"""Group sessions, checklists and what is followed up."""

from django.urls import path

from samtun.desk.views import (
    sessions,
    sessions_checklists,
    sessions_lead,
    sessions_paper,
    sessions_people,
)

_ONE = "opplaering/samlinger/<uuid:session>"
_UNIT = "opplaering/enhet/<uuid:unit>"

urlpatterns = [
    path("opplaering/samlinger/", sessions.sessions, name="sessions"),
    path("opplaering/samlinger/ny/", sessions.session_new, name="session_new"),
    path(f"{_ONE}/", sessions.session, name="session"),
    path(f"{_ONE}/tid/", sessions.session_when, name="session_when"),
    path(f"{_ONE}/plan/", sessions.session_agenda, name="session_agenda"),
    path(f"{_ONE}/slett/", sessions.session_cancel, name="session_cancel"),
    path(f"{_ONE}/led/", sessions_lead.session_lead, name="session_lead"),
    path(f"{_ONE}/tilstand/", sessions_lead.session_state, name="session_state"),
    path(f"{_ONE}/punkt/", sessions_lead.session_step, name="session_step"),
    path(f"{_ONE}/notat/", sessions_lead.session_note, name="session_note"),
    path(f"{_ONE}/naa/", sessions_lead.session_live, name="session_live"),
    path(f"{_ONE}/deltakere/", sessions_people.session_people, name="session_people"),
    path(f"{_ONE}/deltakere/navn/", sessions_people.session_names, name="session_names"),
    path(f"{_ONE}/deltakere/hvem/", sessions_people.session_match, name="session_match"),
    path(f"{_ONE}/deltakere/bevis/", sessions_people.session_prove, name="session_prove"),
    path(f"{_ONE}/liste.pdf", sessions_paper.session_pdf, name="session_pdf"),
    path(f"{_UNIT}/sjekklister/", sessions_checklists.checklists, name="checklists"),
    path(f"{_UNIT}/oppfolging/", sessions_checklists.follow_ups, name="follow_ups"),
]
