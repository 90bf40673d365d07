"""Notices as they go out: the webhook's body, and what a mail says of one and of many."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels.email_message import Envelope, address_of, headers
from alerts.facts import Facts, NoticesFacts
from alerts.letter import SUBJECT_LIMIT, Letter, letter, read
from alerts.letter_notice import MOST_REMARKS
from alerts.render import render
from alerts.schemas import SCHEMAS
from news.notice import NoticeKind, Party
from tests.unit.alerts.notices import NOW, SINCE, YONHAP, facts_of, many
from tests.unit.alerts.shapes import faults

KINDS = list(NoticeKind)
TWELVE = NoticesFacts(at=NOW, notices=many(12))


def body_of(facts: Facts) -> Any:
    return json.loads(render(facts))


def letter_of(facts: Facts) -> Letter:
    made = read(letter(facts, "example.org"))
    assert made is not None
    return made


def test_a_failing_source_is_told_in_the_documented_shape() -> None:
    assert body_of(facts_of(base_url="https://ww.example/")) == {
        "type": "source.failing",
        "timestamp": "2026-11-23T06:20:00.000Z",
        "data": {
            "notice": {
                "id": "nt_31",
                "at": "2026-11-23T06:20:00.000Z",
                "since": "2026-11-23T05:58:00.000Z",
                "what": "HTTP 503 Service Unavailable: 4 visits in a row failed.",
                "next": "It is tried again in 20 min, and you are told when it answers.",
                "sample": False,
            },
            "source": {"id": "so_4", "name": "Yonhap", "url": "https://en.yna.test/RSS/news.xml"},
            "figures": {"failures": 4, "status": 503, "stopped": False},
            "links": {"source": "https://ww.example/sources/so_4"},
        },
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fits_its_schema(kind: NoticeKind) -> None:
    body = body_of(facts_of(kind, opened=7))
    assert list(faults(body, _but_figures(SCHEMAS[kind.value]))) == []
    assert body["data"]["notice"]["opened"] == "nt_7"
    assert "links" not in body["data"]


def test_several_hold_each_as_it_would_have_come_alone() -> None:
    told = replace(TWELVE, omitted=3)
    body = body_of(told)
    assert body["type"] == "notices.ready"
    assert body["data"]["count"] == 15
    assert body["data"]["notices"] == [
        {"type": "source.failing", "data": body_of(one)["data"]} for one in TWELVE.notices
    ]
    assert list(faults(body, _but_figures(SCHEMAS["notices.ready"]))) == []


def _but_figures(schema: Any) -> Any:
    """Return a schema whose figures name those of the example."""
    named: Any = {"properties": {"failures": {}, "status": {}, "stopped": {}}}
    if isinstance(schema, dict):
        return {
            key: {**value, **named} if key == "figures" else _but_figures(value)
            for key, value in schema.items()
        }
    return schema


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        (facts_of(), "wirewatch: Yonhap fails since 05:58"),
        (facts_of(timezone="Asia/Seoul"), "wirewatch: Yonhap fails since 14:58"),
        (
            facts_of(since=SINCE - timedelta(days=2)),
            "wirewatch: Yonhap fails since 21 Nov 2026, 05:58",
        ),
        (facts_of(stopped=True), "wirewatch: Yonhap is gone, and is not visited again"),
        (facts_of(NoticeKind.RECOVERED), "wirewatch: Yonhap is well again"),
        (facts_of(NoticeKind.OVERDUE), "wirewatch: Yonhap has brought nothing since 05:58"),
        (facts_of(NoticeKind.GAP), "wirewatch: Yonhap may have lost articles"),
        (TWELVE, "wirewatch: 12 sources fail"),
        (
            NoticesFacts(at=NOW, notices=(*many(2), facts_of(NoticeKind.RECOVERED))),
            "wirewatch: 2 sources fail, 1 source is well again",
        ),
        (replace(TWELVE, omitted=1_000), "wirewatch: 1,012 notices"),
    ],
)
def test_the_subject_says_what_is_the_matter(facts: Facts, subject: str) -> None:
    assert letter_of(facts).subject == subject


def test_a_mail_says_what_happened_what_follows_and_what_can_be_done() -> None:
    made = letter_of(facts_of(timezone="Asia/Seoul"))
    assert made.text == (
        "wirewatch · a source fails\n\nYonhap fails since 14:58\n\n"
        "HTTP 503 Service Unavailable: 4 visits in a row failed. It is tried again in 20 min, "
        "and you are told when it answers.\n\n"
        "Since 23 Nov 2026, 14:58 (Asia/Seoul) · https://en.yna.test/RSS/news.xml\n\n"
        "See what it answers: wirewatch source try Yonhap\n\n"
        "-- \nYou get this because [notices] in wirewatch.toml names this channel.\n"
    )
    assert "4 visits in a row failed" in made.html
    assert "wirewatch source try Yonhap" in made.html
    assert made.watch is None


def test_what_is_over_says_from_when_to_when() -> None:
    made = letter_of(facts_of(NoticeKind.RECOVERED))
    assert "From 23 Nov 2026, 05:58 to 06:20 (UTC)" in made.text


def test_a_trouble_and_its_end_stand_in_one_thread_and_another_does_not() -> None:
    desk = address_of("desk@example.org")
    assert desk is not None
    envelope = Envelope(sender=desk, receiver=desk, channel="desk")
    begun, over = letter_of(facts_of()), letter_of(facts_of(NoticeKind.RECOVERED, number=40))
    said = [headers(one, "dl_1", envelope)["In-Reply-To"] for one in (begun, over)]
    assert said[0] == said[1]
    assert "so_4." in said[0]
    assert letter_of(facts_of(since=NOW)).thread != begun.thread
    assert letter_of(facts_of(source=replace(YONHAP, id=5))).thread != begun.thread
    assert letter_of(TWELVE).thread is None


def test_many_are_spelled_out_up_to_a_number_and_the_rest_are_counted() -> None:
    made = letter_of(NoticesFacts(at=NOW, notices=many(MOST_REMARKS + 7), omitted=5))
    assert made.text.count("Feed ") == MOST_REMARKS
    assert "and 12 more" in made.text
    assert "and 12 more" in made.html
    assert "wirewatch notices --since 24h" in made.text


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_strangers_chose_stays_text(name: str, what: str) -> None:
    made = letter_of(
        facts_of(source=Party(id=1, name=f"<b>{name}", url="https://x.test"), what=what)
    )
    assert "\n" not in made.subject
    assert len(made.subject) <= SUBJECT_LIMIT
    assert "<b>" not in made.html.partition("</head>")[2]
