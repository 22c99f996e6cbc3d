"""A session on paper: the way in, the agenda, and lines for names."""

from django.utils import timezone
from django.utils.text import capfirst

from samtun.desk.events.words import moment
from samtun.desk.sessions import words
from samtun.documents.session_paper import SessionPaper, SessionPoint
from samtun.learning.enums import SessionState
from samtun.learning.models import GroupSession
from samtun.learning.queries.sessions import titles_of


def session_paper(session: GroupSession) -> SessionPaper:
    """What the sheet says; nobody's name is on it before somebody writes theirs."""
    is_over = session.state == SessionState.CLOSED
    return SessionPaper(
        language=session.language,
        title=titles_of([session.module], session.language)[session.module_id],
        unit=session.unit.name,
        moment=capfirst(moment(session.opened_at or session.starts_at)),
        made_on=timezone.localdate(),
        url="" if is_over else words.join_address(session),
        page="" if is_over else words.join_page(),
        code="" if is_over else session.code,
        points=tuple(
            SessionPoint(f"{each.begins}–{each.ends}", each.step["title"], each.note)
            for each in words.clocked(session)
        ),
        is_example=session.is_example,
    )
