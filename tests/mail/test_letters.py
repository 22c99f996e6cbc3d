"""What a letter may hold, and what nobody can smuggle into it."""

from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.mail import actions as mail
from samtun.mail import rendering
from samtun.mail.enums import LetterState, Reason
from samtun.mail.letters import Button, Entry, List, Part, Text
from samtun.mail.messages import message_of
from samtun.mail.models import Letter

HOSTILE = 'Ola</p><script>alert(1)</script>"&\u202e\x00\x1b[31m'
parts = st.one_of(
    st.builds(Text, st.text()),
    st.builds(Entry, st.text(), st.text()),
    st.builds(List, st.tuples(st.text(), st.text())),
)


def letter(subject: str = "Hei", to: str = "kari@kommune.example", *content: Part) -> Letter:
    """A posted letter."""
    found = mail.post(
        to=to, subject=subject, parts=content or [Text("Hei")], language="nb", purpose="test"
    )
    assert found
    return found


class Tags(HTMLParser):
    """Which elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.found.add(tag)


def test_text_shows_every_address_in_full() -> None:
    text = rendering.as_text([Text("Hei"), Button("Ja, det stemmer", "https://a.example/b?c=1&d")])
    assert text == "Hei\n\nJa, det stemmer:\nhttps://a.example/b?c=1&d\n"


def test_html_has_paragraphs_points_and_headings() -> None:
    html = rendering.as_html([Text("En\n\nto\ntre"), List(("a", "b")), Entry("Kafé", "Onsdag")])
    assert "<p>En</p>\n<p>to<br>tre</p>" in html
    assert "<ul><li>a</li>\n<li>b</li>\n</ul>" in html
    assert "<section><h2>Kafé</h2>\n<p>Onsdag</p>\n</section>" in html


@pytest.mark.parametrize("part", [Text(HOSTILE), Entry(HOSTILE, HOSTILE), List((HOSTILE,))])
def test_a_hostile_name_is_only_text(part: Part) -> None:
    html, text = rendering.as_html([part]), rendering.as_text([part])
    assert "<script" not in html
    assert not {"\u202e", "\x00", "\x1b"} & {*html, *text}


@given(st.lists(parts, max_size=4))
def test_html_holds_no_element_but_ours(content: list[Part]) -> None:
    ours = {"p", "br", "ul", "li", "section", "h2", "a"}
    assert Tags(rendering.as_html(content)).found <= ours


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/b/1", "https://a.example/ b", 'https://a.example/"x', ""]
)
def test_a_button_leads_to_a_whole_web_address_or_nowhere(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        Button("Ja", url)


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["Hei\r\nBcc: alle@x.example", "Hei\n\n<b>", "Hei\x0bBcc: a"])
def test_a_subject_cannot_become_a_header(subject: str) -> None:
    raw = message_of(letter(subject), "post@samtun.example").message().as_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    assert parsed["Bcc"] is None
    assert parsed["Subject"].startswith("Hei ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        "kari@a.example\nBcc: alle@x.example",
        "kari@a.example, ola@a.example",
        "Kari <kari@a.example>",
        "pål@kommune.example",
        "kari",
        "",
        f"{'a' * 400}@a.example",
    ],
)
def test_a_letter_to_what_is_no_single_address_is_kept_and_not_sent(to: str) -> None:
    found = letter(to=to)
    assert (found.state, found.reason) == (LetterState.FAILED, Reason.ADDRESS)
    assert "\n" not in found.to
    assert not mail.send_again(letter=found)


@pytest.mark.django_db
def test_a_domain_with_norwegian_letters_is_written_as_servers_understand_it() -> None:
    found = letter(to="kari@blåbærgrød.example")
    assert found.state == LetterState.WAITING
    raw = message_of(found, "post@samtun.example").message().as_bytes()
    assert b"kari@xn--blbrgrd-fxak7p.example" in raw


@pytest.mark.django_db
def test_the_same_key_is_posted_once() -> None:
    words = {"to": "a@b.example", "subject": "Hei", "language": "nb", "purpose": "test"}
    assert mail.post(**words, parts=[Text("Hei")], key="confirm:1:2026-11-22")
    assert mail.post(**words, parts=[Text("Hei")], key="confirm:1:2026-11-22") is None
    assert mail.post(**words, parts=[Text("Hei")])
    assert mail.post(**words, parts=[Text("Hei")])  # no key, no limit
    assert Letter.objects.count() == 3


@pytest.mark.django_db
def test_a_key_posted_by_another_in_the_same_moment_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {"to": "a@b.example", "subject": "Hei", "language": "nb", "purpose": "test"}
    mail.post(**words, parts=[Text("Hei")], key="one")
    answers = iter([False, True])  # not there when looked for; there when saved
    monkeypatch.setattr(mail, "_is_posted", lambda key: next(answers))
    assert mail.post(**words, parts=[Text("Hei")], key="one") is None


@pytest.mark.django_db
def test_long_lines_are_within_what_mail_servers_take() -> None:
    found = letter("Å" * 400, "kari@kommune.example", Text("ø" * 5000))
    raw = message_of(found, "post@samtun.example").message().as_bytes(linesep="\r\n")
    assert max(len(line) for line in raw.splitlines()) <= 998
