"""The script keeps its own promises, and its labels are true by an independent reading."""

import re
from collections import Counter, defaultdict

import pytest

from news.text import tokens
from tests.unit.wirewatch.demo.naive import satisfied
from wirewatch.demo.script import Edit, Outage, PageFate, Piece, Publish, Repeat, Way, load

SCRIPT = load()
STATES = [
    *SCRIPT.before,
    *(each.piece for each in SCRIPT.happenings if isinstance(each, Publish | Edit)),
]
PUBLISHED = {each.piece.id: each.at for each in SCRIPT.happenings if isinstance(each, Publish)} | {
    piece.id: -1.0 for piece in SCRIPT.before
}

each_state = pytest.mark.parametrize("piece", STATES, ids=lambda piece: piece.id)


def body(piece: Piece) -> str:
    return "\n".join(piece.paragraphs)


@each_state
def test_a_label_is_what_a_plain_reading_finds(piece: Piece) -> None:
    assert satisfied(piece.title, body(piece)) == piece.satisfies


@each_state
def test_a_summary_adds_nothing_to_its_article(piece: Piece) -> None:
    assert satisfied(piece.title, f"{piece.summary}\n{body(piece)}") == piece.satisfies


@pytest.mark.parametrize(
    "piece",
    [piece for piece in STATES if piece.fate is not PageFate.SHOWN],
    ids=lambda piece: piece.id,
)
def test_what_cannot_be_read_matches_by_its_summary_alone(piece: Piece) -> None:
    assert satisfied(piece.title, piece.summary) == piece.satisfies


@each_state
def test_every_text_is_an_article_not_a_caption(piece: Piece) -> None:
    assert len(tokens(body(piece))) >= 120
    assert len(piece.paragraphs) >= 3


def test_no_two_publications_share_an_id() -> None:
    published = [each.piece.id for each in SCRIPT.happenings if isinstance(each, Publish)]
    ids = published + [piece.id for piece in SCRIPT.before]
    assert max(Counter(ids).values()) == 1
    assert len(ids) >= 40


def test_only_an_agency_text_stands_twice() -> None:
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for piece in STATES:
        stories[body(piece)].add(piece.story)
    assert all(len(names) == 1 for names in stories.values())
    outlets: defaultdict[str, set[str]] = defaultdict(set)
    for piece in STATES:
        outlets[piece.story].add(piece.outlet)
    assert sorted(len(names) for names in outlets.values() if len(names) > 1) == [3, 3, 4, 6]


def test_an_edit_only_adds_to_what_holds() -> None:
    # Who was down between publication and edit sees the last state alone, and must not miss.
    before = {each.piece.id: each.piece for each in SCRIPT.happenings if isinstance(each, Publish)}
    edits = [each for each in SCRIPT.happenings if isinstance(each, Edit)]
    assert len(edits) >= 4
    for edit in edits:
        assert before[edit.piece.id].satisfies <= edit.piece.satisfies
    told = [edit for edit in edits if before[edit.piece.id].satisfies < edit.piece.satisfies]
    assert len(told) >= 4


def test_what_follows_a_publication_leaves_time_to_read_it() -> None:
    for each in SCRIPT.happenings:
        if isinstance(each, Edit | Repeat):
            assert each.at >= PUBLISHED[each.piece.id] + 4


def test_every_way_of_repeating_occurs() -> None:
    assert {each.way for each in SCRIPT.happenings if isinstance(each, Repeat)} == set(Way)


def test_what_leaves_a_feed_comes_back() -> None:
    gone = {
        each.piece.id: each.at
        for each in SCRIPT.happenings
        if isinstance(each, Repeat) and each.way is Way.WITHDRAW
    }
    back = {
        each.piece.id: each.at
        for each in SCRIPT.happenings
        if isinstance(each, Repeat) and each.way is Way.RETURN
    }
    assert gone.keys() == back.keys()
    assert all(back[piece] > at for piece, at in gone.items())


def test_the_outlets_speak_seven_formats_in_three_languages() -> None:
    assert len({outlet.format for outlet in SCRIPT.outlets}) == 7
    assert len({outlet.layout for outlet in SCRIPT.outlets}) == 6
    assert {outlet.language for outlet in SCRIPT.outlets} == {"en", "ko", "ru"}


def test_every_kind_of_trouble_occurs() -> None:
    assert {piece.fate for piece in STATES} == set(PageFate)
    assert sum(isinstance(each, Outage) for each in SCRIPT.happenings) == 1


def test_every_outlet_has_old_news_that_would_match() -> None:
    assert {piece.outlet for piece in SCRIPT.before} == {outlet.id for outlet in SCRIPT.outlets}
    assert all(piece.satisfies for piece in SCRIPT.before)


def test_decoys_come_close() -> None:
    near = re.compile(
        r"kim|korea|soldier|coffin|casualt|kursk|troop|북한|축구|курс|коре", re.IGNORECASE
    )
    decoys = [piece for piece in STATES if not piece.satisfies]
    close = [piece for piece in decoys if near.search(f"{piece.title} {body(piece)}")]
    assert len(close) >= 12


def test_a_shortened_script_ends_before_the_next_article() -> None:
    short = SCRIPT.shortened(5)
    published = [each for each in short.happenings if isinstance(each, Publish)]
    assert len(published) == 5
    assert short.before == SCRIPT.before


def test_a_script_cannot_be_shortened_beyond_its_end() -> None:
    assert SCRIPT.shortened(1_000) is SCRIPT


def test_a_text_is_carried_as_outlets_do_and_told_in_other_words_too() -> None:
    captives = {piece.id: piece for piece in STATES if piece.story == "captives"}
    whole = captives.pop("meridian-captives").paragraphs
    shares = {
        name: len(set(piece.paragraphs) & set(whole)) / len(whole)
        for name, piece in captives.items()
    }
    assert shares.pop("g-captives") == shares.pop("r-captives") == 0
    assert sorted(round(share, 2) for share in shares.values()) == [0.67, 0.83, 1]
    assert all(set(piece.paragraphs) - set(whole) for piece in captives.values())
    assert len({piece.title for piece in STATES if piece.story == "captives"}) == 6


def test_a_series_differs_in_its_figures_and_is_no_story() -> None:
    front = [piece for piece in STATES if piece.series == "front"]
    assert {piece.outlet for piece in front} == {"meridian"}
    assert len({piece.story for piece in front}) == 2
    monday, tuesday = (
        next(tokens(body(piece)) for piece in front if piece.id == f"front-{day}")
        for day in ("monday", "tuesday")
    )
    shared = sum((Counter(monday) & Counter(tuesday)).values())
    assert 0.6 < shared / len(monday) < 0.9


def test_a_figure_is_put_right() -> None:
    before, after = (piece for piece in STATES if piece.id == "front-monday")
    assert ("fired 312 times" in body(before), "fired 312 times" in body(after)) == (True, False)
    assert "fired 132 times" in body(after)
    assert after.satisfies == before.satisfies
