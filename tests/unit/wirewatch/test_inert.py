"""What strangers write stays text, on terminals and in logs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.inert import inert, inert_json, inert_lines

STEERING = set("\x00\x07\x08\x1b\x7f\x85\x9b\r\n\t\u202e\u2066\u2028\u200f\u061c\ufeff\ud800")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kim  Jong-un\n pays tribute", "Kim Jong-un pays tribute"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x9b2J", "␛2J"),
        ("title\r2026-11-23 ERROR forged", "title 2026-11-23 ERROR forged"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("bell\x07\x00", "bell"),
        ("lone \ud83d surrogate", "lone surrogate".replace(" s", "  s")),
        ("Гроб под флагом · 김정은", "Гроб под флагом · 김정은"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("Z" + "\u0301" * 40 + "x", "Z" + "\u0301" * 4 + "x"),
        ("tag\U000e0041", "tag"),
    ],
)
def test_a_line_cannot_steer(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_lines_stay_lines() -> None:
    assert inert_lines("a\r\n\tb\x1b[2J\nc") == "a\n    b␛[2J\nc"


@given(st.text())
def test_nothing_that_steers_is_left(text: str) -> None:
    assert not STEERING & set(inert(text))
    assert not (STEERING - {"\n"}) & set(inert_lines(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_its_value(text: str) -> None:
    shown = inert_json(json.dumps({"title": text}, ensure_ascii=False))
    assert json.loads(shown) == {"title": text}
    assert not STEERING & set(shown)
