"""Two wordings of one text, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch import word_diff as module
from wirewatch.word_diff import Fate, Stretch, word_diff

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
