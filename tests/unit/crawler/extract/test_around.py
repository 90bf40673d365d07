"""What stands beside, within and below a story, by how it looks rather than by its name."""

import pytest

from crawler.extract.boxes import without_boxes
from crawler.extract.ends import within_ends
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import LEAD, SECOND, html, page

TEXT = f"{LEAD}\n{SECOND}"
LINK = '<a href="/9">Three dragons seen over the town</a>'
TEASER = "Three dragons were seen over the town, a reader of ours reports."


@pytest.mark.parametrize(
    "pointer",
    [
        f"<p><strong>Read more:</strong> {LINK}</p>",
        f"<p>Related: {LINK}</p>",
        f"<p><em>Lesen Sie auch: {LINK}</em></p>",
        f"<p>À lire aussi : {LINK}</p>",
        f"<p>Te puede interesar: {LINK}</p>",
        f"<p>Читайте также: {LINK}</p>",
        f"<p>اقرأ أيضا: {LINK}</p>",
        f"<p>관련 기사: {LINK}</p>",
        f"<p>あわせて読みたい {LINK}</p>",
        f"<p>延伸阅读：{LINK}</p>",
        f"<h3>Related stories</h3><ul><li>{LINK}</li><li>{LINK}</li></ul>",
        f"<div><h2>More from The Harbour</h2><div><h3>{LINK}</h3><p>{TEASER}</p></div></div>",
        f'<a href="/9"><h4>Dragons</h4><p>{TEASER}</p></a>',
        f"<div class='authorBio'><p>{TEASER}</p></div>",
        f"<div hidden><p>{TEASER}</p></div>",
        f"<div style='display: none'><p>{TEASER}</p></div>",
        f"<div role=dialog><p>{TEASER}</p></div>",
    ],
)
@pytest.mark.parametrize("place", ["within", "after"])
def test_pointers_to_other_stories_are_dropped(pointer: str, place: str) -> None:
    middle, end = (pointer, "") if place == "within" else ("", pointer)
    body = f"<article><p>{LEAD}</p>{middle}<p>{SECOND}</p>{end}</article>"
    assert page(html(body=body)).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        f"The paper, which wrote of <a href='/1'>its fall</a> first, asked for more. {TEASER}",
        "Related costs of the crane rose too, and the council asked for a list of all of them.",
        "More from the crane's arm was found in the water, workers said on Tuesday morning.",
    ],
)
def test_a_line_that_tells_something_is_kept(line: str) -> None:
    text = page(html(body=f"<article><p>{LEAD}</p><p>{line}</p><p>{SECOND}</p></article>")).text
    assert len(text.split("\n")) == 3


def test_a_consent_box_longer_than_the_story_is_dropped() -> None:
    box = f"<div id='onetrust-consent-sdk'>{f'<p>We store what you read. {TEASER}</p>' * 40}</div>"
    assert page(html(body=f"<article><p>{LEAD}</p><p>{SECOND}</p></article>{box}")).text == TEXT


def test_a_post_that_a_story_quotes_is_of_it() -> None:
    quoted = f"<blockquote class='tweet'><p>{TEASER}</p></blockquote>"
    post = f"<div class='social-media-embed'>{quoted}</div>"
    assert TEASER in page(html(body=f"<article><p>{LEAD}</p>{post}<p>{SECOND}</p></article>")).text


def test_a_text_that_stands_bare_before_line_breaks_is_kept() -> None:
    body = f"<div class='content'>{LEAD} <b>So</b> it is.<br><br>{SECOND}<br><br>{LEAD[:60]}</div>"
    text = page(html(body=body)).text
    assert text.startswith(LEAD)
    assert SECOND in text


def test_a_live_page_of_many_posts_is_read_whole() -> None:
    posts = "".join(
        f"<article class='post'><div><h3>Report {n}</h3><div><p>At {n} o'clock, {LEAD} {n}</p>"
        f"<p>{SECOND} Number {n}.</p></div></div></article>"
        for n in range(20)
    )
    text = page(html(body=f"<main><h1>Live</h1><div id='live'>{posts}</div></main>")).text
    assert all(f"Number {n}." in text for n in range(20))


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter and get all of it in your inbox.",
        "Jo Blank is a senior reporter for The Harbour, and writes about ships.",
        "Follow us on all the networks that there are.",
        "Подписывайтесь на наш канал",
        "저작권자 ⓒ 항구신문",
        "© RIPRODUZIONE RISERVATA",
        "Copyright 2024 The Harbour. All rights reserved. It may not be published or rewritten.",
        "Copyright ⓒ 항구신문 무단전재 및 재배포 금지",
        "Sigue toda la información en la red, o en nuestra newsletter semanal.",
        "The Daily Harbour newsletter has all the news to start your day. Sign up here.",
        "Become a member for less than five a week.",
        "Unlimited access to all of The Harbour: reporting, pictures, analysis",
        "Benefício do assinante: você tem 7 acessos por dia.",
        "Print this page",
        "Download our app for news of the quay.",
        "Все права защищены.",
        "未经授权，不得转载",
    ],
)
def test_what_stands_below_the_end_is_cut(line: str) -> None:
    assert within_ends(f"{TEXT}\n{line}", "") == TEXT


def test_a_service_among_the_last_lines_goes_and_the_credit_below_it_stays() -> None:
    credit = "Reporting by Jo Blank; Editing by Ann Lee"
    line = "The Daily Harbour newsletter has all the news to start your day. Sign up here."
    assert within_ends(f"{TEXT}\n{line}\n{credit}", "") == f"{TEXT}\n{credit}"


def test_a_box_that_asks_for_addresses_goes_from_the_midst() -> None:
    box = (
        "Get our weekly newsletter: the best of The Harbour in your inbox",
        "By signing up you agree to our terms",
    )
    assert within_ends("\n".join((LEAD, *box, *[SECOND] * 6)), "") == "\n".join(
        (LEAD, *[SECOND] * 6)
    )


@pytest.mark.parametrize(
    "line",
    [
        "The paper's newsletter, which its readers loved, will end in June, the editor said.",
        "Members of the club may print their own tickets, and no copyright is asked for.",
        "The town will offer an app that tells when the bridge is open, the mayor said on Monday.",
        "정부는 7일 사진의 무단 사용을 막는 법을 의결했다고 밝혔다.",
    ],
)
def test_a_storys_last_line_stays(line: str) -> None:
    assert within_ends(f"{TEXT}\n{line}", "") == f"{TEXT}\n{line}"


def test_the_pages_own_word_tells_where_the_story_ends() -> None:
    below = "The harbour is a town in the north, with nine hundred people."
    assert within_ends(f"{TEXT}\n{below}", f"{LEAD} {SECOND}") == TEXT
    assert within_ends(f"{TEXT}\n{below}", LEAD[:60]) == f"{TEXT}\n{below}"


def test_a_text_is_never_cut_to_nothing() -> None:
    assert within_ends("Follow us on all the networks.", "") == "Follow us on all the networks."


def test_nested_boxes_that_are_kept_end_the_counting() -> None:
    tree = tree_of(html(body="<div class=related>" * 300 + f"<p>{LEAD}</p>" * 300))
    assert tree is not None
    assert LEAD in "".join(without_boxes(tree).itertext())


LARGE: dict[str, str] = {
    "fifty thousand links": "<ul>"
    + "<li><a href=/1>A story of some kind</a></li>" * 50_000
    + "</ul>",
    "many small divs": "<div>small<div>more</div></div>" * 30_000,
    "deep divs": "<div>" * 1_000,
    "many headings": "<h2>Read more</h2>" * 5_000,
    "line breaks": f"<div>{'text here<br>' * 30_000}</div>",
}


@pytest.mark.parametrize("around", LARGE.values(), ids=LARGE)
def test_a_page_that_is_large_or_deep_gives_its_story(around: str) -> None:
    text = page(html(body=f"<article><p>{LEAD}</p><p>{SECOND}</p></article>{around}")).text
    assert LEAD in text
    assert SECOND in text
