"""A caption inside of a story is no part of it, whatever element it is written in."""

import pytest

from crawler.extract.captions import drop_captions
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import LEAD, SECOND, html, page


def left(inside: str) -> str:
    tree = tree_of(html(body=f"<article><p>{inside}{LEAD}</p></article>"))
    assert tree is not None
    drop_captions(tree)
    return "".join(tree.find(".//body").itertext())


@pytest.mark.parametrize(
    "opening",
    [
        "em class=img_desc",
        "span class='photo-caption x'",
        "i class=caption",
        "small class=img-credit",
    ],
)
def test_a_caption_goes_and_the_story_behind_it_stays(opening: str) -> None:
    tag = opening.partition(" ")[0]
    assert left(f"<{opening}>The crane at sea</{tag}>") == LEAD


@pytest.mark.parametrize("name", ["", "with-caption", "description", "caption-free-story"])
def test_another_name_is_none_of_a_caption(name: str) -> None:
    assert left(f"<span class='{name}'>At sea. </span>") == f"At sea. {LEAD}"


def test_what_is_long_is_a_story_whatever_its_name() -> None:
    assert SECOND in left(f"<span class=caption>{SECOND * 5}</span>")


def test_a_storys_text_holds_no_caption() -> None:
    caption = "<span class=end_photo><em class=img_desc>The crane at sea</em></span>"
    text = page(html(body=f"<article>{caption}{LEAD}<br><br>{SECOND}</article>")).text
    assert text == f"{LEAD}\n{SECOND}"
