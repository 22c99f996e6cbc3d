"""What somebody has typed and not saved is theirs alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.directory import tasks
from samtun.directory.editing import drafts
from samtun.directory.editing.errors import TooLarge
from samtun.directory.models import ServiceDraft
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_there_is_one_draft_of_a_service_for_each_person() -> None:
    kari, ola, service = people.person(), people.person("Ola"), make.service()
    drafts.keep(person=kari, service=service, fields={"a": 1}, based_on=2)
    drafts.keep(person=kari, service=service, fields={"a": 2}, based_on=3)
    drafts.keep(person=ola, service=service, fields={"a": 9})
    kept = drafts.read(person=kari, service=service)
    assert kept is not None
    assert (kept.fields, kept.based_on) == ({"a": 2}, 3)
    assert ServiceDraft.objects.count() == 2


def test_new_offers_have_as_many_drafts_as_are_begun() -> None:
    kari = people.person()
    one = drafts.keep(person=kari, service=None, fields={"a": 1})
    drafts.keep(person=kari, service=None, fields={"b": 1})
    drafts.keep(person=kari, service=None, fields={"a": 2}, draft=one.pk)
    kept = drafts.read(person=kari, draft=one.pk)
    assert kept is not None
    assert kept.fields == {"a": 2}
    assert len(drafts.drafts_of(kari)) == 2


def test_nobody_reads_writes_or_drops_the_draft_of_another() -> None:
    kari, ola, service = people.person(), people.person("Ola"), make.service()
    new = drafts.keep(person=kari, service=None, fields={"a": 1})
    drafts.keep(person=kari, service=service, fields={"a": 1})
    assert drafts.read(person=ola, draft=new.pk) is None
    assert drafts.read(person=ola, service=service) is None
    drafts.drop(person=ola, service=service, draft=new.pk)
    drafts.keep(person=ola, service=None, fields={"a": 9}, draft=new.pk)
    assert [one.fields for one in drafts.drafts_of(kari)] == [{"a": 1}, {"a": 1}]


def test_a_draft_goes_when_it_is_dropped() -> None:
    kari, service = people.person(), make.service()
    drafts.keep(person=kari, service=service, fields={})
    drafts.drop(person=kari, service=service)
    assert drafts.read(person=kari, service=service) is None
    assert drafts.read(person=kari, draft=uuid4()) is None


@pytest.mark.parametrize("fields", [{"a": "x" * drafts.LARGEST}, {"a": "\ud800"}, {"a": object()}])
def test_what_nobody_types_is_not_kept(fields: dict[str, object]) -> None:
    with pytest.raises(TooLarge):
        drafts.keep(person=people.person(), service=None, fields=fields)
    assert not ServiceDraft.objects.exists()


def test_a_nought_character_is_left_out() -> None:
    made = drafts.keep(person=people.person(), service=None, fields={"a": "x\x00y"})
    assert made.fields == {"a": "xy"}


def test_the_oldest_goes_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    kari = people.person()
    for number in range(4):
        drafts.keep(person=kari, service=None, fields={"n": number})
    assert [one.fields["n"] for one in drafts.drafts_of(kari)] == [3, 2]


def test_a_draft_goes_after_a_year() -> None:
    kari = people.person()
    old = drafts.keep(person=kari, service=None, fields={})
    drafts.keep(person=kari, service=None, fields={})
    long_ago = timezone.now() - timedelta(days=366)
    ServiceDraft.objects.filter(pk=old.pk).update(changed_at=long_ago)
    tasks.tidy.call()
    assert len(drafts.drafts_of(kari)) == 1
