"""Two wordings of one text, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import word_diff as module
from news.word_diff import Fate, Stretch, word_diff

SAME, GONE, NEW = Fate.SAME, Fate.GONE, Fate.NEW


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", []),
        ("Same.", "Same.", [(SAME, "Same.")]),
        ("", "New words", [(NEW, "New words")]),
        (
            "Six soldiers died.",
            "Seven soldiers died.",
            [(GONE, "Six"), (NEW, "Seven"), (SAME, " soldiers died.")],
        ),
        (
            "김정은이 병사를 만났다",
            "김정은이 장병을 만났다",
            [
                (SAME, "김정은이 "),
                (NEW, "장"),
                (SAME, "병"),
                (GONE, "사를"),
                (NEW, "을"),
                (SAME, " 만났다"),
            ],
        ),
        ("金正恩", "金正日", [(SAME, "金正"), (GONE, "恩"), (NEW, "日")]),
        ("Ким приехал", "Ким уехал", [(SAME, "Ким "), (GONE, "приехал"), (NEW, "уехал")]),
        ("it's 3.5", "it's 3.6", [(SAME, "it's 3."), (GONE, "5"), (NEW, "6")]),
        (
            "First.\nSecond one.\nThird.",
            "First.\nSecond two.\nThird.",
            [(SAME, "First.\nSecond "), (GONE, "one"), (NEW, "two"), (SAME, ".\nThird.")],
        ),
    ],
)
def test_what_is_gone_and_what_is_new(
    before: str, after: str, told: list[tuple[Fate, str]]
) -> None:
    assert word_diff(before, after) == [Stretch(*each) for each in told]


_WORDS = st.text(alphabet="ab .\n북北й_'\u30fb\u0301", max_size=60)


@given(_WORDS, _WORDS)
def test_both_texts_stand_in_it(before: str, after: str) -> None:
    told = word_diff(before, after)
    assert "".join(one.text for one in told if one.fate is not NEW) == before
    assert "".join(one.text for one in told if one.fate is not GONE) == after
    fates = [one.fate for one in told]
    assert all(one.text for one in told)
    assert all(first is not second for first, second in pairwise(fates))


def test_what_would_take_too_long_is_told_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", 3)
    assert word_diff("a b c d", "a b c e") == [Stretch(GONE, "a b c d"), Stretch(NEW, "a b c e")]


_REPEATED = ["a b " * 6_000, "b a a " * 4_000, "a\nb\n" * 6_000, "b\na\na\n" * 4_000, "x" * 40_000]


@pytest.mark.parametrize("before", _REPEATED)
@pytest.mark.parametrize("after", _REPEATED)
def test_texts_that_repeat_without_end_are_compared_all_the_same(before: str, after: str) -> None:
    told = word_diff(before, after)
    assert "".join(one.text for one in told if one.fate is not NEW) == before
    assert "".join(one.text for one in told if one.fate is not GONE) == after


class _Counted(str):
    """A word that counts how often it is compared."""

    __slots__ = ()
    asked = 0

    def __eq__(self, other: object) -> bool:
        _Counted.asked += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize("times", [500, 2_000])
def test_the_work_grows_with_the_length_and_not_with_its_square(times: int) -> None:
    _Counted.asked = 0
    old = [_Counted(word) for word in "abcabd" * times]
    new = [_Counted(word) for word in "badcab" * times]
    module.blocks(old, new)
    assert _Counted.asked < 600 * times * 6


def test_a_paragraph_put_between_others_leaves_them_alone() -> None:
    told = word_diff("One here.\nTwo here.", "One here.\nAnother one.\nTwo here.")
    assert told == [
        Stretch(SAME, "One here."),
        Stretch(NEW, "\nAnother one."),
        Stretch(SAME, "\nTwo here."),
    ]
