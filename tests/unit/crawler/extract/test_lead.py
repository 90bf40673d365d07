"""The lead between headline and story, and stories whose lines stand bare in a box."""

import pytest

from tests.unit.crawler.extract.pages import LEAD, SECOND, html, page

HEAD = "<h1>Crane comes down</h1>"
DECK = "Port workers say the hundred-year-old landmark had become a danger to them."
STORY = f"<div class='story-content'><p>{LEAD}</p><p>{SECOND}</p><p>{LEAD[::-1]}</p></div>"


def text_of(below: str, *, head: str = "") -> str:
    return page(html(head, f"<article>{below}{STORY}</article>")).text


@pytest.mark.parametrize(
    "below",
    [
        f'<header>{HEAD}<p class="td-post-sub-title">{DECK}</p></header>',
        f"<header>{HEAD}<h2>{DECK}</h2></header>",
        f"<header>{HEAD}<div>{DECK}</div></header>",
        f'{HEAD}<div class="standfirst">{DECK}</div>',
        f"{HEAD}<div>{DECK}</div>",
        f'<div class="top">{HEAD}</div><div class="anons"><p>{DECK}</p></div>',
    ],
)
def test_the_lead_beside_the_headline_opens_the_text(below: str) -> None:
    assert text_of(below).split("\n")[:2] == [DECK, LEAD]


def test_what_the_page_is_described_with_is_its_lead_wherever_it_stands() -> None:
    told = f'<meta property="og:description" content="{DECK}">'
    below = f'<section>{HEAD}</section><section class="x1"><div>{DECK}</div></section>'
    assert text_of(below, head=told).startswith(DECK)
    assert not text_of(below).startswith(DECK)


@pytest.mark.parametrize(
    "other",
    [
        '<div class="byline">By Ann Reed, who has been at the harbour for eleven years</div>',
        "<div>By Ann Reed, our correspondent in the harbour of the old town</div>",
        "<div>Updated Nov 19, 6:55 AM; Posted Nov 18, 8:19 PM by the newsroom staff</div>",
        f'<div class="image-caption">{DECK}</div>',
        f'<div class="share"><a href="/s">{DECK}</a></div>',
        f'<div class="x"><a href="/other">{DECK}</a></div>',
        f"<aside><p>{DECK}</p></aside>",
        "<div>Harbour, Tuesday</div>",
        f"<div>{LEAD}</div>",
    ],
)
def test_what_is_no_lead_is_not_put_before_the_text(other: str) -> None:
    text = text_of(f"<header>{HEAD}{other}</header>")
    assert text.startswith(LEAD)
    assert text.count(LEAD) == 1


def test_a_headline_of_something_else_has_no_lead() -> None:
    body = f"<header><h1>The Harbour Post</h1><p>{DECK}</p></header>{STORY}"
    assert DECK not in page(html(body=body)).text


def test_every_line_of_a_box_between_breaks_is_of_the_story() -> None:
    lines = [LEAD, SECOND, LEAD[::-1], SECOND[::-1]]
    box = f'<div class="d">{HEAD}<div class="txt">{"<br>".join(lines)}</div></div>'
    assert page(html(body=box)).text.split("\n") == lines
    bold = f'<div class="d">{HEAD}<div><b>Harbour</b><br>{"<br><br>".join(lines)}</div></div>'
    assert page(html(body=bold)).text.split("\n")[-4:] == lines
