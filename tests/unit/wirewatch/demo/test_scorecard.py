"""The score: what is missed, false, repeated or altered, and what is merely sent again."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from wirewatch.demo.receiver import Message
from wirewatch.demo.scorecard import Key, Performed, Scorecard, Tally, owed, score
from wirewatch.demo.script import (
    ChannelPart,
    Edit,
    Outlet,
    PageFate,
    Piece,
    Publish,
    Repeat,
    Script,
    WatchPart,
    Way,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def a_piece(
    name: str,
    *watches: str,
    story: str | None = None,
    days_old: int = 0,
    outlet: str = "post",
    series: str | None = None,
) -> Piece:
    return Piece(
        id=name,
        outlet=outlet,
        series=series,
        title=name.upper(),
        author="",
        summary="",
        paragraphs=(),
        story=story or name,
        satisfies=frozenset(watches),
        fate=PageFate.SHOWN,
        old=timedelta(days=days_old) if days_old else None,
    )


OLD = a_piece("old", "once", "each", days_old=3)
FIRST = a_piece("first", "once", "each", story="wire")
COPY = a_piece("copy", "once", "each", story="wire")
DECOY = a_piece("decoy")
SCRIPT = Script(
    outlets=(
        Outlet(
            id="post",
            name="Post",
            language="en",
            format="rss2",
            layout="soup",
            path="/{id}",
            validators="etag",
        ),
    ),
    channels=(ChannelPart(name="desk", manner="prompt"), ChannelPart(name="slow", manner="slow")),
    watches=(
        WatchPart(id="once", name="Once", query="q", to=("desk", "slow")),
        WatchPart(id="each", name="Each", query="q", to=("desk",), alert="article"),
    ),
    before=(OLD,),
    happenings=(),
)
PLAYED = [
    Performed(at(0), Publish(0, FIRST)),
    Performed(at(1), Publish(1, COPY)),
    Performed(at(2), Publish(2, DECOY)),
    Performed(at(3), Repeat(3, FIRST, Way.GUID)),
]


def message(
    seconds: float,
    webhook_id: str,
    watch: str = "Once",
    piece: str = "first",
    channel: str = "desk",
    *,
    status: int = 200,
    verified: bool = True,
    note: str = "",
) -> Message:
    kind = "article.matched" if watch == "Each" else "story.matched"
    article = {"url": f"http://post/{piece}", "title": piece}
    body = {"type": kind, "note": note, "data": {"watch": {"name": watch}, "article": article}}
    return Message(
        at=at(seconds),
        channel=channel,
        webhook_id=webhook_id,
        body=json.dumps(body).encode(),
        status=status,
        verified=verified,
    )


ALL = [
    message(1, "dl_1"),
    message(1, "dl_2", channel="slow"),
    message(2, "dl_3", watch="Each"),
    message(5, "dl_4", watch="Each", piece="copy"),
]


def scored(messages: Sequence[Message], noted: int = 4) -> Scorecard:
    return score(
        SCRIPT,
        PLAYED,
        messages,
        article_at=lambda url: url.rpartition("/")[2],
        noted=noted,
    )


def test_a_story_is_owed_once_and_every_article_to_who_wants_every_one() -> None:
    assert owed(SCRIPT, PLAYED) == {
        Key("once", "desk", "wire"): at(0),
        Key("once", "slow", "wire"): at(0),
        Key("each", "desk", "first"): at(0),
        Key("each", "desk", "copy"): at(1),
    }


def test_old_news_is_owed_to_nobody() -> None:
    assert owed(SCRIPT, [Performed(at(0), Publish(0, OLD))]) == {}


def test_an_edit_owes_from_its_own_moment_what_it_brings() -> None:
    edited = [
        Performed(at(2), Publish(2, DECOY)),
        Performed(at(7), Edit(7, a_piece("decoy", "each"))),
    ]
    assert owed(SCRIPT, edited) == {Key("each", "desk", "decoy"): at(7)}


def test_everything_once_is_exact() -> None:
    card = scored(ALL)
    assert card.exact
    assert (card.published, card.noted, card.expected, card.received) == (4, 4, 4, 4)


def test_delays_run_from_publication() -> None:
    card = scored(ALL)
    assert sorted(card.delays) == [1, 1, 2, 4]
    assert card.delay(0.5) == 1
    assert card.delay(0.95) == 4


def test_no_alert_has_no_delay() -> None:
    assert scored([]).delay(0.5) is None


def test_an_article_that_was_not_noted_is_not_exact() -> None:
    assert not scored(ALL, noted=3).exact


def test_what_did_not_come_is_missed() -> None:
    card = scored(ALL[:3])
    assert card.missed == ("each → desk: copy",)
    assert not card.exact


def test_either_article_may_tell_the_story() -> None:
    assert scored([message(1, "dl_1", piece="copy"), *ALL[1:]]).exact


def test_a_second_id_for_one_alert_is_a_repetition() -> None:
    card = scored([*ALL, message(6, "dl_9", piece="copy")])
    assert card.repeated == ("once → desk: wire",)
    assert not card.exact


def test_the_same_id_may_come_again() -> None:
    card = scored([*ALL, ALL[0]])
    assert card.exact
    assert card.again == 1


def test_the_same_id_with_another_body_is_altered() -> None:
    card = scored([*ALL, message(6, "dl_1", note="other bytes")])
    assert card.altered == ("dl_1",)
    assert not card.exact


def test_a_decoy_that_is_told_is_false() -> None:
    card = scored([*ALL, message(6, "dl_9", piece="decoy")])
    assert card.false == ("desk: story.matched Once: decoy",)
    assert not card.exact


def test_old_news_that_is_told_is_false() -> None:
    assert scored([*ALL, message(6, "dl_9", piece="old")]).false


def test_an_unknown_watch_or_address_is_false() -> None:
    assert (
        len(scored([message(1, "dl_1", watch="Nobody"), message(1, "dl_2", piece="?")]).false) == 2
    )


def test_a_channel_that_was_not_asked_for_is_false() -> None:
    assert scored([*ALL, message(6, "dl_9", watch="Each", channel="slow")]).false


def test_a_bad_signature_is_false_and_tells_nothing() -> None:
    card = scored([message(1, "dl_1", verified=False, status=400)])
    assert card.false == ("desk: bad signature",)
    assert card.received == 0


def test_what_was_turned_away_was_not_received() -> None:
    card = scored([message(0, "dl_1", status=500), *ALL[1:]])
    assert card.missed == ("once → desk: wire",)
    assert scored([message(0, "dl_1", status=500), *ALL]).exact


def tallies(messages: Sequence[Message]) -> tuple[Tally, Tally]:
    """Score a story of two outlets beside a series of two; return what is told of each."""
    pieces = (
        a_piece("first", "once", story="wire"),
        a_piece("copy", "once", "each", story="wire", outlet="gazette"),
        a_piece("monday", "once", series="daily"),
        a_piece("tuesday", "once", series="daily"),
    )
    card = score(
        SCRIPT,
        [Performed(at(0), Publish(0, piece)) for piece in pieces],
        messages,
        article_at=lambda url: url.rpartition("/")[2],
        noted=4,
    )
    return card.together, card.apart


def test_stories_of_several_outlets_are_counted_and_so_are_look_alikes() -> None:
    assert tallies([]) == (Tally(0, 2), Tally(0, 4))
    right = [
        message(1, f"dl_{piece}_{channel}", piece=piece, channel=channel)
        for piece in ("first", "monday", "tuesday")
        for channel in ("desk", "slow")
    ]
    assert tallies(right) == (Tally(2, 2), Tally(4, 4))


def test_a_story_that_each_outlet_tells_anew_is_not_told_once() -> None:
    twice = [message(1, "dl_1"), message(2, "dl_2", piece="copy")]
    assert tallies(twice) == (Tally(0, 2), Tally(0, 4))


def test_a_series_that_is_folded_is_told_for_one_alone() -> None:
    assert tallies([message(1, "dl_1", piece="monday")]) == (Tally(0, 2), Tally(1, 4))
