"""Character references, short and long: what stands for them, and that none stops the reading."""

import html

import pytest

from crawler.references import unescaped
from tests.ending import must_end

MANY = 5_000
"""Digits: more than Python makes a number of."""


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "A &amp; B",
        "&#65;&#x42;&copy &notit; &nosuch;",
        "&#000000000065;",
        "&#0000000000000065 and &#00000000;",
        "&#1114111;&#1114112;",
        "&#99999999;&#999999999;&#9999999999999x",
        "&#00000000000038;amp;",
        "&#xFFFFFFFFFFFFFFFF;",
        "&#128;&#55296;&#0;",
    ],
)
def test_what_is_read_is_what_python_reads(text: str) -> None:
    assert unescaped(text) == html.unescape(text)


@pytest.mark.parametrize("end", [";", "", "x"])
def test_a_number_of_thousands_of_digits_stands_for_no_character(end: str) -> None:
    assert unescaped("a &#" + "1" * MANY + end) == "a \ufffd" + end.removeprefix(";")


def test_zeros_before_a_number_do_not_count() -> None:
    assert unescaped("&#" + "0" * MANY + "65;") == "A"
    assert unescaped("&#" + "0" * MANY + ";") == "\ufffd"


def test_a_long_text_of_references_takes_its_length() -> None:
    with must_end():
        unescaped("&#1" * 500_000 + "&#" + "1" * 5_000_000 + "&" * 1_000_000)
