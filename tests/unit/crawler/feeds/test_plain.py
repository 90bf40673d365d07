"""Markup becomes the text that a reader sees, and nothing in it comes alive."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.feeds.plain import _without_markup, clean, plain_line, plain_text
from crawler.feeds.simple import simple_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a < b & c > d", "a < b & c > d"),
        ("AT&amp;T", "AT&T"),
        ("&#44608;&#51221;&#51008;", "김정은"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("wire<b>watch</b>es", "wirewatches"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<p>Гроб\n под  \t<i>флагом</i></p>", "Гроб под флагом"),
        ("<script>alert(1)</script>Text<style>p{}</style>", "Text"),
        ("<img src=x onerror=alert(1)>after", "after"),
        ("<a href='a>b' title=\"c>d\">link</a>", "link"),
        ("before<!-- <p>hidden</p> -->after", "beforeafter"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("<p>one</p></div></body></html><p>two</p>", "one\ntwo"),
        ("<p>broken <b>off", "broken off"),
        ("<b>&nbsp;a&nbsp;&nbsp;b</b>", "a b"),
        ("it&#146;s <i>it&#146;s</i>", "it’s it’s"),
        ("nul\x00 bell\x07 esc\x1b[31m <b>\x00</b>", "nul bell esc[31m"),
        ("lone \ud800 <b>\udfff</b>surrogate", "lone surrogate"),
        ("<div>" * 1_000 + "deep" + "</div>" * 1_000, "deep"),
        ("<div>" * 100_000 + "deep", "deep"),
        ("<svg><text>axis</text></svg>words", "words"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain_text(markup, most=1_000) == text


@pytest.mark.parametrize("piece", ['<a "', "<!-- ", "<![CDATA[", "&", "<", "<p " * 3, "\n \n"])
def test_no_repetition_takes_long(piece: str) -> None:
    plain_text(piece * 100_000, most=1_000)


def test_a_line_is_one_line_and_cut() -> None:
    assert plain_line("<p>One</p>\n<p>Two</p>", most=100) == "One Two"
    assert plain_line("word " * 10_000_000, most=9) == "word word"


@given(st.text())
def test_what_comes_out_can_be_stored(text: str) -> None:
    for found in (
        plain_text(text, most=50),
        clean(text, most=50),
        plain_text(f"<p>{text}", most=50),
    ):
        assert len(found) <= 50
        assert found == found.strip()
        assert not [c for c in found if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
        found.encode()


BITS = """a| b |\n|é|\xa0|&amp;|&#8217;|&nbsp;|&notit;|1 < 2|<br>|<hr/>|<img src='a>b'>|<!-- c -->
|<iframe src=x></iframe>|<style>p{}</style>"""
NAMES = "p div b i a span ul ol li pre h2 blockquote table tr td th figure font dl dd"


def _around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, said, parts: f"<{name}{said}>{''.join(parts)}</{name}>",
        st.sampled_from(NAMES.split()),
        st.sampled_from(["", " class='x'", ' title="a>b"', " x", " href=/a"]),
        st.lists(inside, max_size=4),
    )


PIECES = st.recursive(st.sampled_from(BITS.split("|")), _around, max_leaves=12)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=5).map("".join))
def test_simple_markup_is_read_as_the_parser_reads_it(markup: str) -> None:
    found = simple_text(markup)
    if found is not None and clean(found, most=9_999):
        parsed = clean(_without_markup(markup), most=9_999)
        assert clean(found, most=9_999) == parsed


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a<p>b",
        "<p><div>a</div></p>",
        "<b>a</i>",
        "<svg>a</svg>",
        "a &lt b",
        "<p title='a>b",
        "</p>",
    ],
)
def test_markup_that_is_not_simple_is_left_to_the_parser(markup: str) -> None:
    assert simple_text(markup) is None
