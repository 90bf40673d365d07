"""What is printed for copying means to a shell what it says, whatever a name holds."""

import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.typed import typed

NASTY = [
    'Play "News" & Küche',
    "$(touch /tmp/m7)",
    "`id`",
    "it's",
    "a;b|c>d",
    "back\\slash",
    "!!",
    "~",
    "*",
    "",
    "#x",
    "=ls",
]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Yonhap", "Yonhap"),
        ("朝鮮日報", "朝鮮日報"),
        ("DPRK troops", '"DPRK troops"'),
        ("it's", '"it\'s"'),
        ('a "b"', "'a \"b\"'"),
        ("$(id)", "'$(id)'"),
        ("https://a.test/x?a=1&b=2", '"https://a.test/x?a=1&b=2"'),
    ],
)
def test_as_a_person_would_type_it(name: str, words: str) -> None:
    assert typed(name) == words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_shell_reads_back_what_was_said(name: str) -> None:
    assert shlex.split(typed(name)) == [name]


@pytest.mark.parametrize("name", NASTY)
def test_a_real_shell_reads_it_and_does_nothing(name: str) -> None:
    told = subprocess.run(
        ["sh", "-c", f"printf %s {typed(name)}"], capture_output=True, text=True, check=True
    )
    assert told.stdout == name


@pytest.mark.parametrize("name", ["-x", "--yes", "two  blanks", "turned \u202e round"])
def test_what_cannot_be_typed_has_its_number(name: str) -> None:
    assert typed(name, "w_3") == "w_3"
