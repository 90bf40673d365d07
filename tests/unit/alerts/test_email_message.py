"""A letter as a message of mail, read back by the standard library's parser."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels.email_message import Envelope, address_of, headers, message
from alerts.letter import Letter
from news.inert import inert

LETTER = Letter(
    subject="[DPRK troops] Kim Jong-un pays tribute",
    text="Kim\n-- \nwirewatch\n",
    html="<p>Kim</p>\n",
    at=datetime(2026, 11, 23, 6, 2, 12, tzinfo=UTC),
    thread="st_9021.w_3",
    watch="w_3",
    watch_name="DPRK troops",
    language="en",
)


def envelope(
    sender: str = "wirewatch <alerts@example.org>", receiver: str = "desk@example.org"
) -> Envelope:
    from_whom, to_whom = address_of(sender), address_of(receiver)
    assert from_whom is not None
    assert to_whom is not None
    return Envelope(sender=from_whom, receiver=to_whom, channel="desk")


def read(letter: Letter, between: Envelope | None = None) -> EmailMessage:
    mail = message_from_bytes(message(letter, "dl_7", between or envelope()), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_all_headers_are_there() -> None:
    mail = read(LETTER)
    assert dict(mail.items()) == {
        "Subject": "[DPRK troops] Kim Jong-un pays tribute",
        "Date": "Mon, 23 Nov 2026 06:02:12 +0000",
        "Message-ID": "<dl_7.1795413732@example.org>",
        "In-Reply-To": "<st_9021.w_3@example.org>",
        "References": "<st_9021.w_3@example.org>",
        "List-Id": "<w_3.wirewatch.example.org>",
        "List-Unsubscribe": "<mailto:alerts@example.org?subject="
        "unsubscribe%20w_3%20%28DPRK%20troops%29%20from%20channel%20desk>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "en",
        "From": "wirewatch <alerts@example.org>",
        "To": "desk@example.org",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_dl_7"',
    }
    assert mail.defects == []
    assert part(mail, "plain").rstrip() == LETTER.text.rstrip()
    assert part(mail, "html").rstrip() == LETTER.html.rstrip()


def test_a_letter_of_no_watch_belongs_to_no_list_and_no_thread() -> None:
    mail = read(replace(LETTER, thread=None, watch=None, watch_name=None, language=None))
    for name in ("References", "In-Reply-To", "List-Id", "List-Unsubscribe", "Content-Language"):
        assert mail[name] is None


def test_the_ids_stay_when_the_sender_moves_meanwhile() -> None:
    owed = replace(LETTER, domain="example.org")
    before, after = (headers(owed, "dl_7", envelope(f"alerts@{at}")) for at in ("a.test", "b.test"))
    for name in ("Message-ID", "References", "In-Reply-To", "List-Id"):
        assert before[name] == after[name] == headers(LETTER, "dl_7", envelope())[name]
    assert before["List-Unsubscribe"].startswith("<mailto:alerts@a.test?")
    assert after["List-Unsubscribe"].startswith("<mailto:alerts@b.test?")


def test_what_is_shown_of_the_headers_names_nobody() -> None:
    shown = headers(LETTER, "dl_7", envelope())
    assert "desk@example.org" not in repr(shown)
    assert not {"From", "To"} & set(shown)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert message(LETTER, "dl_7", envelope()) == message(LETTER, "dl_7", envelope())


@pytest.mark.parametrize(
    "subject",
    [
        "[x] " + "Long and plain " * 9,
        "[x] كيم جونغ أون يكرم جنود كوريا الشمالية الذين قتلوا في روسيا (600)",
        "[北朝鮮の兵士] 北朝鮮の金正恩総書記、ロシアのクルスク州に派遣され戦死した兵士らを追悼",
        "[x] 👩‍👩‍👧‍👦" * 10,
        "[x] =?utf-8?b?aGVsbG8=?= is not ours",
    ],
)
def test_a_subject_comes_through_whole(subject: str) -> None:
    raw = message(replace(LETTER, subject=subject), "dl_7", envelope())
    assert read(replace(LETTER, subject=subject))["Subject"] == inert(subject)
    words = re.findall(rb"=\?utf-8\?b\?[^?]*\?=", raw)
    assert all(len(word) <= 75 for word in words)


@pytest.mark.parametrize(
    ("sender", "written"),
    [
        ("alerts@example.org", b"From: alerts@example.org\r\n"),
        ("wirewatch <alerts@example.org>", b"From: wirewatch <alerts@example.org>\r\n"),
        (
            '"Desk, \\"night\\"" <a@example.org>',
            b'From: "Desk, \\"night\\"" <a@example.org>\r\n',
        ),
        ("Редакция <a@example.org>", b"From: =?utf-8?b?0KDQtdC00LDQutGG0LjRjw==?= <a@exam"),
        ("a@почта.рф", b"From: a@xn--80a1acny.xn--p1ai\r\n"),
    ],
)
def test_a_sender_is_written_so_that_any_server_reads_it(sender: str, written: bytes) -> None:
    assert written in message(LETTER, "dl_7", envelope(sender))


def test_local_parts_beyond_ascii_stay_and_are_told_of() -> None:
    between = envelope(receiver="редакция@example.org")
    assert not between.is_ascii
    assert "To: редакция@example.org\r\n".encode() in message(LETTER, "dl_7", between)
    assert envelope(receiver="desk@почта.рф").is_ascii


@pytest.mark.parametrize(
    "text",
    [
        "",
        "desk",
        "desk@",
        "@example.org",
        "a b@example.org",
        "desk@example.org\r\nBcc: x@y.test",
        "desk@example.org\u202e",
        "desk@-\ud800.org",
        "desk@" + "x" * 64 + ".org",
        "desk@a..b",
        "desk@a.test, night@a.test",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) is None


def test_long_lines_and_dots_and_boundaries_in_a_text_do_no_harm() -> None:
    text = "x" * 5_000 + "\n.\n..\nFrom me\n--=_dl_7\n--=_dl_7--\n" + "ж" * 5_000
    letter = replace(LETTER, text=text, html=text)
    assert part(read(letter), "plain").rstrip() == text
    assert part(read(letter), "html").rstrip() == text


ANY = st.text(st.characters(exclude_categories=()), max_size=200)


@given(subject=ANY, text=ANY, name=ANY, language=ANY)
def test_whatever_strangers_write_no_header_is_added_and_no_line_too_long(
    subject: str, text: str, name: str, language: str
) -> None:
    letter = replace(
        LETTER, subject=subject, text=text, html=text, watch_name=name, language=language
    )
    raw = message(letter, "dl_7", replace(envelope(), channel=name))
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=default)
    assert set(mail.keys()) - {"Content-Language"} == set(read(LETTER).keys()) - {
        "Content-Language"
    }
    assert mail["Subject"].split() == inert(subject).split()
    assert raw.isascii()


@given(name=ANY)
def test_the_address_to_unsubscribe_at_stays_one(name: str) -> None:
    said = headers(replace(LETTER, watch_name=name), "dl_7", envelope())["List-Unsubscribe"]
    assert said.startswith("<mailto:alerts@example.org?subject=unsubscribe%20w_3%20")
    assert said.endswith("from%20channel%20desk>")
    assert said.isascii()
    assert len(said) < 900
    assert "\n" not in unquote(said)
