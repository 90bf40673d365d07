"""The webhook's body: what UX.md shows, byte for byte where it matters."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.facts import AlertFacts, Facts, PingFacts
from alerts.render import render, summary_of, wire_time
from alerts.schemas import SCHEMAS
from news.alert import AlertKind
from news.match import Match, Span
from news.notice import NoticeKind
from tests.unit.alerts.facts import ARTICLE, DIGEST, FACTS, NOW
from tests.unit.alerts.shapes import faults

PING = PingFacts(notice=4, at=NOW, channel=2, channel_name="newsroom")


def body_of(facts: Facts) -> Any:
    return json.loads(render(facts))


def test_a_story_is_told_in_the_documented_shape() -> None:
    assert body_of(FACTS) == {
        "type": "story.matched",
        "timestamp": "2026-11-23T06:02:12.104Z",
        "data": {
            "alert": {"id": "al_77", "reason": "told", "sample": False},
            "watch": {"id": "w_3", "name": "Coffins", "query": '"under flag" OR гроб'},
            "article": {
                "id": "ar_18204",
                "title": "Гроб под флагом — 관은 국기 아래",
                "url": "https://news.test/ru/гроб",
                "publisher": {"name": "Новости", "domain": "news.test"},
                "language": "ru",
                "published_at": "2026-11-23T05:58:00.000Z",
                "first_seen_at": "2026-11-23T06:02:12.104Z",
                "summary": "A coffin came home.",
                "authors": ["A. Writer"],
            },
            "match": [{"field": "title", "term": "гроб", "start": 0, "end": 4}],
            "story": {
                "id": "st_9021",
                "articles": 5,
                "publishers": 4,
                "families": 3,
                "first": {"publisher": "Yonhap", "at": "2026-11-23T05:41:00.000Z"},
            },
        },
    }


def test_a_test_is_a_notice_and_says_that_it_is_a_sample() -> None:
    assert body_of(PING) == {
        "type": "test.ping",
        "timestamp": "2026-11-23T06:02:12.104Z",
        "data": {
            "notice": {
                "id": "nt_4",
                "since": "2026-11-23T06:02:12.104Z",
                "what": "This is a test of the channel newsroom.",
                "next": "Nothing is to be done: its alerts will come the same way.",
                "sample": True,
            },
            "channel": {"id": "ch_2", "name": "newsroom"},
        },
    }


def test_a_digest_holds_each_alert_as_it_would_have_come_alone() -> None:
    body = body_of(DIGEST)
    alone = body_of(FACTS)
    assert body == {
        "type": "digest.ready",
        "timestamp": "2026-11-23T06:02:12.104Z",
        "data": {
            "because": "silence",
            "words": "a silence of 8 h held these",
            "count": 3,
            "watch": alone["data"]["watch"],
            "alerts": [{"type": "story.matched", "data": alone["data"]}],
        },
    }


def test_what_matches_no_more_is_marked_and_nothing_else_bears_the_mark() -> None:
    corrected = replace(FACTS, corrected=True, match=replace(FACTS.match, spans=()))
    body = body_of(replace(DIGEST, alerts=(FACTS, corrected)))
    first, second = body["data"]["alerts"]
    assert "corrected" not in first["data"]["alert"]
    assert second["data"]["alert"]["corrected"] is True
    assert list(faults(body, SCHEMAS["digest.ready"])) == []


def test_a_digest_of_several_watches_names_none_above_them() -> None:
    assert "watch" not in body_of(MIXED)["data"]
    assert [each["type"] for each in body_of(MIXED)["data"]["alerts"]] == [
        "story.matched",
        "article.matched",
    ]


def test_text_travels_as_itself() -> None:
    payload = render(FACTS)
    assert "Гроб под флагом — 관은 국기 아래".encode() in payload
    assert b"\\u" not in payload


def test_a_lone_surrogate_cannot_stop_a_message() -> None:
    broken = replace(FACTS, article=replace(ARTICLE, title="half a \ud83d face"))
    assert body_of(broken)["data"]["article"]["title"] == "half a ? face"


def test_links_are_there_with_a_base_and_absent_without() -> None:
    assert "links" not in body_of(FACTS)["data"]
    linked = replace(FACTS, base_url="https://wire.test/desk/")
    assert body_of(linked)["data"]["links"] == {
        "story": "https://wire.test/desk/stories/st_9021",
        "why": "https://wire.test/desk/why/ar_18204",
        "silence": "https://wire.test/desk/watches/w_3/silence",
    }


def test_a_paywall_is_said_where_there_is_one() -> None:
    for paywalled in (True, False):
        data = body_of(replace(FACTS, article=replace(ARTICLE, paywalled=paywalled)))["data"]
        assert data["article"].get("paywalled", False) is paywalled


def test_lists_are_bounded() -> None:
    spans = tuple(Span("body", n, n + 1, "x") for n in range(50))
    article = replace(ARTICLE, authors=tuple(f"Author {n}" for n in range(50)))
    data = body_of(replace(FACTS, match=Match(watch=3, version=1, spans=spans), article=article))[
        "data"
    ]
    assert [span["start"] for span in data["match"]] == list(range(20))
    assert len(data["article"]["authors"]) == 20


UNKNOWN = replace(
    FACTS,
    kind=AlertKind.ARTICLE,
    sample=True,
    base_url="https://wire.test",
    article=replace(ARTICLE, published_at=None, language=None, authors=(), lead="word " * 900),
)


MIXED = replace(DIGEST, watch=None, alerts=(FACTS, UNKNOWN), omitted=0)


@pytest.mark.parametrize(
    "facts",
    [FACTS, UNKNOWN, PING, DIGEST, MIXED],
    ids=["story", "article", "ping", "digest", "digest of several watches"],
)
def test_every_body_fits_its_schema(facts: Facts) -> None:
    body = body_of(facts)
    assert list(faults(body, SCHEMAS[body["type"]])) == []


def test_every_schema_is_json_and_named() -> None:
    alerts = {"story.matched", "article.matched", "digest.ready"}
    notices = {kind.value for kind in NoticeKind} | {"notices.ready", "test.ping"}
    assert set(SCHEMAS) == alerts | notices
    for kind, schema in SCHEMAS.items():
        assert json.loads(json.dumps(schema)) == schema
        assert schema["title"] == kind


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (["type"], "story.grew", "$.type: is not story.matched"),
        (["data", "alert", "id"], "77", "$.data.alert.id: '77' is not ^al_[1-9][0-9]*$"),
        (["data", "story", "families"], True, "$.data.story.families: not of type integer"),
        (["data", "article", "summary"], "x" * 501, "$.data.article.summary: is longer than 500"),
        (["data", "links"], {}, "$.data.links: silence is missing"),
        (["data", "colour"], "red", "$.data: colour is not named"),
    ],
)
def test_a_body_of_another_shape_does_not_fit(path: list[str], value: object, fault: str) -> None:
    body = at = body_of(FACTS)
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    assert fault in list(faults(body, SCHEMAS["story.matched"]))


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("", ""),
        ("one two three", "one two three"),
        ("  one\n\ttwo  ", "one two"),
        ("one two three, four", "one two three…"),
        ("one two threefour five", "one two…"),
        ("一二三四五六七八九十一二三四五六", "一二三四五六七八九十一二三四…"),
        ("a " + "b" * 40, "a bbbbbbbbbbbb…"),
    ],
)
def test_a_summary_is_cut_at_a_word(text: str, summary: str) -> None:
    assert summary_of(text, limit=15) == summary


@pytest.mark.parametrize("length", [499, 500, 501, 10_000])
def test_a_summary_has_at_most_500_characters(length: int) -> None:
    assert len(summary_of("x" * length)) == min(length, 500)
    assert len(summary_of("eight ch" * length)) <= 500


ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates and controls too


@given(title=ANY_TEXT, lead=ANY_TEXT, name=ANY_TEXT)
def test_whatever_strangers_write_the_body_is_json_and_fits(
    title: str, lead: str, name: str
) -> None:
    article = replace(ARTICLE, title=title, lead=lead * 50, publisher_name=name, authors=(name,))
    body = body_of(replace(FACTS, article=article))
    assert list(faults(body, SCHEMAS["story.matched"])) == []


@given(text=ANY_TEXT, limit=st.integers(2, 60))
def test_a_summary_is_the_beginning_of_its_text(text: str, limit: int) -> None:
    summary, line = summary_of(text, limit), " ".join(text.split())
    assert len(summary) <= limit
    assert summary == line or line.startswith(summary[:-1])


def test_times_are_told_in_utc() -> None:
    seoul = NOW.astimezone(timezone(timedelta(hours=9)))
    assert wire_time(seoul) == wire_time(NOW) == "2026-11-23T06:02:12.104Z"


def test_the_same_facts_give_the_same_bytes() -> None:
    again = AlertFacts(**{name: getattr(FACTS, name) for name in FACTS.__dataclass_fields__})
    assert render(again) == render(FACTS)
