"""Whose words an article repeats: sketches and their share, and what the words themselves say."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.copy_edits import EDITS, other_figures, quoting, sentences
from news.contradicting import Words
from news.likeness import (
    FEWEST,
    LONG_ENOUGH,
    MOST,
    NONE,
    READ,
    Carried,
    Sketch,
    compared,
    likely,
    shared,
    sketch_of,
    words_of,
)
from news.text import tokens

_chance = random.Random(5)
LATIN = [
    "".join(_chance.choices("abcdefghiklmnoprstuvw", k=_chance.randint(2, 9))) for _ in range(900)
]
HANGUL = [chr(_chance.randint(0xAC00, 0xD7A3)) for _ in range(600)]
THAI = ["".join(chr(_chance.randint(0x0E01, 0x0E2E)) for _ in range(25)) for _ in range(200)]


def made(seed: int, *, of: int = 300, words: Sequence[str] = LATIN, between: str = " ") -> str:
    """Return a text of about so many words, with a figure in every sentence."""
    chance, sentences = random.Random(seed), list[list[str]]()
    while sum(map(len, sentences)) < of:
        length = chance.randint(9, 20)
        sentence = [*chance.choices(words, k=length), str(chance.randint(20, 999))]
        sentence.append(chance.choice(words))
        sentences.append(sentence)
    return " ".join(between.join(sentence) + "." for sentence in sentences)


def is_copy(new: str, old: str, *, same_publisher: bool = False) -> bool:
    found = likely(sketch_of(tokens(new)), {1: sketch_of(tokens(old))}, common=set())
    return bool(found) and carried(new, old).is_copy(same_publisher=same_publisher)


def carried(new: str, old: str) -> Carried:
    return compared(words_of(tokens(new)), words_of(tokens(old)))


@pytest.mark.parametrize("length", [130, 300, 1500])
@pytest.mark.parametrize("kind", EDITS)
def test_a_copy_is_known_however_it_was_edited(kind: str, length: int) -> None:
    chance = random.Random(kind)
    for seed in range(12):
        original = made(seed, of=length)
        copy = EDITS[kind](chance, sentences(original), sentences(made(1_000 + seed, of=length)))
        assert len(tokens(copy)) < LONG_ENOUGH or is_copy(copy, original)


@pytest.mark.parametrize("kind", EDITS)
def test_so_is_one_in_a_script_whose_words_are_characters(kind: str) -> None:
    chance = random.Random(kind)
    for seed in range(8):
        original = made(seed, words=HANGUL, between="")
        other = made(1_000 + seed, words=HANGUL, between="")
        assert is_copy(EDITS[kind](chance, sentences(original), sentences(other)), original)


def test_in_a_script_without_blanks_characters_are_compared() -> None:
    original = made(1, of=80, words=THAI)
    shifted = original.replace(" ", "")  # its phrases are other ones, its characters the same
    assert len(tokens(shifted)) < len(tokens(original))
    assert carried(shifted, original).of_new > 0.9


@pytest.mark.parametrize("length", [130, 300, 1500])
def test_tomorrows_report_is_no_copy_of_todays(length: int) -> None:
    for seed in range(20):
        today = made(seed, of=length)
        assert not is_copy(other_figures(random.Random(seed), today), today)


def test_a_report_with_one_figure_corrected_is_a_copy() -> None:
    today = "The ministry counted 14 wounded on 3 streets of 2 towns by 6 in the morning. " + made(
        1
    )
    assert is_copy(today.replace("14 wounded", "16 wounded"), today)


def test_quotes_make_no_copy() -> None:
    for seed in range(20):
        own, other = made(seed), made(500 + seed)
        assert not is_copy(quoting(sentences(own), sentences(other)), other)


def test_within_one_publisher_more_must_be_repeated() -> None:
    background, other = made(1, of=420), made(2, of=180)
    follow_up, piece = made(3, of=170) + " " + background, other + " " + background
    assert is_copy(follow_up, piece)
    assert not is_copy(follow_up, piece, same_publisher=True)
    assert is_copy(piece + " Further words follow.", piece, same_publisher=True)


def test_the_part_of_its_words_is_told() -> None:
    one, other = made(1), made(2)
    half = carried(one + " " + other, one)
    assert half.of_old == 1.0
    assert half.of_new == pytest.approx(0.5, abs=0.06)
    assert carried(one, other) == Carried(of_new=0.0, of_old=0.0)
    assert carried(one, one).contradicted == 0


def test_a_short_text_has_no_sketch_and_a_long_one_a_bounded_one() -> None:
    assert sketch_of(["word"] * (LONG_ENOUGH - 1)) == NONE
    assert 0 < len(sketch_of(["word"] * 5_000).digests) <= FEWEST
    for length in (60, 120, 500, 5_000):
        digests = sketch_of(tokens(made(length, of=length))).digests
        assert MOST // 2 <= len(digests) < 2 * MOST
        assert list(digests) == sorted(digests)
        assert all(0 <= digest < 2**63 for digest in digests)


@given(st.lists(st.sampled_from(LATIN[:40]), min_size=LONG_ENOUGH, max_size=400))
def test_a_sketch_is_the_same_every_time_and_shared_by_what_holds_it(words: list[str]) -> None:
    sketch = sketch_of(words)
    assert sketch == sketch_of(list(words))
    assert shared(sketch, sketch, common=set()) in {0.0, 1.0}
    more = sketch_of([*words, *LATIN[100:800]])
    bound = min(sketch.bound, more.bound)
    assert sketch.below(bound) <= more.below(bound)


@given(st.lists(st.sampled_from([*LATIN[:9], "7", "8"]), max_size=60), st.data())
def test_what_is_covered_is_counted_right(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.sampled_from([*LATIN[:9], "7"]), max_size=60))
    ours = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    theirs = {tuple(other[at : at + 3]) for at in range(len(other) - 2)}
    covered = {
        at + step for at, shingle in enumerate(ours) if shingle in theirs for step in range(3)
    }
    found = compared(words_of_words(words), words_of_words(other)).of_new
    assert found == (len(covered) / len(words) if ours else 0.0)


def words_of_words(words: list[str]) -> Words:
    return Words(words, 3)


def test_of_a_text_of_any_length_the_beginning_is_looked_at() -> None:
    words = LATIN * (2 * READ // len(LATIN) + 1)
    assert len(words_of(words).units) == READ
    assert sketch_of(words) == sketch_of(words[:READ])


def test_common_digests_and_few_tell_nothing() -> None:
    sketch = sketch_of(tokens(made(1)))
    assert likely(sketch, {1: sketch, 2: sketch_of(tokens(made(2)))}, common=set()) == [1]
    assert likely(sketch, {1: sketch}, common=set(sketch.digests[FEWEST - 1 :])) == []
    assert shared(sketch, Sketch(sketch.digests[: FEWEST - 1]), common=set()) == 0.0
    assert shared(NONE, NONE, common=set()) == 0.0


def test_the_likeliest_comes_first_and_of_equals_the_earlier() -> None:
    sketch = sketch_of(tokens(made(1)))
    part = Sketch((*sketch.digests[: len(sketch.digests) // 2], *range(60)))
    assert likely(sketch, {9: sketch, 3: part, 5: sketch}, common=set()) == [5, 9, 3]
