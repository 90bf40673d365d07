"""What is no story is said in words, and costs a worker at most."""

import json
from datetime import timedelta

import pytest

from crawler.extract.page import extract
from crawler.extract.wire import extraction_asked, outcome_read
from crawler.workers import WorkerFailed, WorkerLimits, WorkerPool
from news.page import Page, PageOutcome, Unread
from tests.unit.crawler.extract.pages import LEAD, SECOND, URL, html

DENIED = "<p>The page that you asked for has moved, or it has never been here at all.</p>"


def outcome(text: str, content_type: str = "text/html") -> PageOutcome:
    return extract(text.encode(), URL, {"content-type": content_type})


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "the page is empty"),
        (b" \r\n\t ", "text/html", "the page is empty"),
        (b"%PDF-1.7\n%", "text/html", "it is a PDF, not a page"),
        (b"\x89PNG\r\n\x1a\n", "", "it is an image, not a page"),
        (b"PK\x03\x04....", "application/octet-stream", "it is an archive of files, not a page"),
        (
            b"\x01\x02\x03\x04",
            "application/octet-stream",
            "it is 'application/octet-stream', not a page",
        ),
        (b'{"a": 1}', "application/json", "it is 'application/json', not a page"),
        (b"plain words", "text/plain", "it is 'text/plain', not a page"),
        (b"x", "bad\x1b[31m/type", "it is 'bad\\x1b[31m/type', not a page"),
        (b"<!-- -->", "text/html", "the page is empty"),
    ],
)
def test_what_is_no_page_is_named(body: bytes, content_type: str, reason: str) -> None:
    assert extract(body, URL, {"content-type": content_type}) == Unread(reason=reason)


@pytest.mark.parametrize("content_type", ["", "text/html", "TEXT/HTML;charset=utf-8", "text/plain"])
def test_a_page_is_one_whatever_it_is_called(content_type: str) -> None:
    assert isinstance(outcome(html(), content_type), Page)


def test_xhtml_with_a_declaration_is_read() -> None:
    assert isinstance(outcome('<?xml version="1.0" encoding="utf-8"?>' + html()), Page)


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Page not found - The Harbour",
        "Seite nicht gefunden",
        "Страница не найдена",
        "페이지를 찾을 수 없습니다",
        "ページが見つかりません",
        "页面不存在",
    ],
)
def test_an_error_page_that_answers_200_is_no_story(title: str) -> None:
    assert outcome(html(body=DENIED, title=title)) == Unread(
        reason="the page says that it was not found"
    )


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The Harbour", f"<h1>Error 404</h1>{DENIED}"),
        ("The Harbour", f"<h1>Sivua ei löydy</h1>{DENIED}"),
        ("The Harbour", "<p>Sorry, the page you are looking for is not here any more.</p>"),
        ("Le Port", "<p>La page que vous cherchez n'est plus ici, ou n'y a jamais été.</p>"),
        ("El Puerto - Página no encontrada", DENIED),
        ("Liman | Sayfa bulunamadı", DENIED),
        ("الميناء", f"<h1>الصفحة غير موجودة</h1>{DENIED}"),
        ("港", f"<h1>お探しのページは見つかりませんでした</h1>{DENIED}"),
    ],
)
def test_a_soft_error_is_known_by_its_heading_and_its_first_words(title: str, body: str) -> None:
    told = outcome(html(body=f"<main>{body}</main>", title=title))
    assert told == Unread(reason="the page says that it was not found")


FRONT = '<link rel="canonical" href="https://www.harbour.test/">'
DESCRIBED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Crane"}</script>'
)


def test_a_front_page_in_the_articles_place_is_no_story() -> None:
    told = outcome(html(head=FRONT, title="The Harbour"))
    assert told == Unread(reason="the page is the site's front page, not the article's")


@pytest.mark.parametrize("title", ["Crane comes down", "Storm at sea", "크레인 철거"])
@pytest.mark.parametrize("kind", ["", '<meta property="og:type" content="website">'])
def test_a_template_that_names_the_front_everywhere_costs_no_story(title: str, kind: str) -> None:
    assert isinstance(outcome(html(head=FRONT + kind, title=title)), Page)


def test_a_front_page_is_told_by_an_address_that_none_of_its_titles_speaks_of() -> None:
    head = FRONT + '<meta property="og:type" content="website">'
    url = "https://www.harbour.test/news/crane-taken-apart-after-storm"
    bodies = {html(head=head, title=title).encode() for title in ("All of today", "Crane apart")}
    told = [extract(body, url, {}) for body in sorted(bodies)]
    assert [isinstance(one, Page) for one in told] == [False, True]


@pytest.mark.parametrize(
    "head", [FRONT + DESCRIBED, FRONT + '<meta property="og:type" content="article">', ""]
)
def test_a_story_whose_page_names_a_wrong_address_is_one(head: str) -> None:
    assert isinstance(outcome(html(head=head)), Page)


def test_a_long_story_about_what_was_not_found_is_one() -> None:
    story = f"<article>{f'<p>{LEAD}</p>' * 15}</article>"
    varied = story.replace("eleven", "{}").format(*range(15))
    assert isinstance(outcome(html(body=varied, title="Page of lost bible not found")), Page)


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Just a moment...", "Checking your browser.", "whether we are human"),
        ("Access denied", "You do not have permission to view this page.", "whether we are human"),
        ("Crane", "We use cookies to make all of this better for you.", "a wall"),
        ("Crane", "Please enable JavaScript to go on reading here.", "a wall"),
        ("Crane", "", "no text"),
    ],
)
def test_a_wall_in_the_storys_place_is_no_story(title: str, text: str, reason: str) -> None:
    told = outcome(html(body=f"<div><p>{text}</p></div>", title=title))
    assert isinstance(told, Unread)
    assert reason in told.reason


WALLS = [
    "Subscribe now to continue reading this story and many more of ours.",
    "Already a subscriber? Sign in here with your mail address.",
    "Bitte anmelden oder registrieren, um diesen Artikel zu lesen.",
    "Abonnez-vous pour lire la suite de cet article, réservé à nos lecteurs.",
    "Suscríbete para seguir leyendo esta noticia y todas las demás.",
    "Abbonati per leggere tutto, senza limiti e senza pubblicità.",
    "Оформите подписку, чтобы читать этот материал и все остальные.",
    "로그인 후 이용하실 수 있는 기사입니다.",
    "この記事は有料会員限定です。登録すると続きをお読みいただけます。",
    "登录后即可阅读全文。",
    "Wir verwenden Cookies, um Ihnen ein besseres Angebot zu machen.",
    "Ce site utilise des cookies et ceux de nos partenaires.",
]


@pytest.mark.parametrize("wall", WALLS)
def test_walls_are_known_in_many_languages(wall: str) -> None:
    told = outcome(html(body=f"<main><div><p>{wall}</p></div></main>"))
    assert isinstance(told, Unread)
    assert "wall" in told.reason or "no text" in told.reason


@pytest.mark.parametrize("wall", WALLS)
def test_a_story_that_keeps_a_line_of_a_wall_is_one(wall: str) -> None:
    told = outcome(html(body=f"<article><p>{LEAD}</p><p>{SECOND}</p><p>{wall}</p></article>"))
    assert isinstance(told, Page)
    assert LEAD in told.text


def test_a_story_about_cookies_is_one() -> None:
    paragraph = (
        "<p>The town's bakers have agreed on a new recipe for cookies, and the council, "
        "which had asked for less sugar, welcomed it on Monday after two years of talks.</p>"
    )
    assert isinstance(outcome(html(body=f"<article>{paragraph}</article>")), Page)


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


STORY = {"@type": "NewsArticle", "headline": "Crane comes down"}


@pytest.mark.parametrize(
    ("head", "body", "paywalled"),
    [
        ("", "", False),
        (linked(STORY | {"isAccessibleForFree": False}), "", True),
        (linked(STORY | {"isAccessibleForFree": "False"}), "", True),
        (linked(STORY | {"isAccessibleForFree": "http://schema.org/False"}), "", True),
        (linked(STORY | {"isAccessibleForFree": True}), '<div class="paywall">Pay</div>', False),
        (
            linked(STORY | {"hasPart": [{"isAccessibleForFree": False, "cssSelector": ".rest"}]}),
            "",
            True,
        ),
        ('<meta property="article:content_tier" content="metered">', "", True),
        ('<meta property="article:content_tier" content="free">', "", False),
        ("", '<div class="c-paywall"><p>Pay</p></div>', True),
        ("", f'<p>{LEAD}</p><div class="c-paywall"></div>' + f"<p>{SECOND}</p>" * 30, False),
    ],
)
def test_a_page_says_whether_its_rest_costs_money(head: str, body: str, *, paywalled: bool) -> None:
    told = outcome(html(head=head, body=f"<article><p>{LEAD}</p><p>{SECOND}</p>{body}</article>"))
    assert isinstance(told, Page)
    assert told.paywalled is paywalled


DEEP = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
WIDE = (
    f'<script type="application/ld+json">{json.dumps([{"a": [n]} for n in range(50_000)])}</script>'
)


@pytest.mark.parametrize("head", [DEEP, WIDE, '<script type="application/ld+json">{"@type": []}'])
def test_hostile_data_in_a_page_does_not_cost_its_text(head: str) -> None:
    read = outcome(html(head=head + "</script>"))
    assert isinstance(read, Page)
    assert LEAD in read.text


async def test_a_page_that_costs_too_much_costs_one_worker() -> None:
    pool = WorkerPool(size=1, limits=WorkerLimits(cpu=timedelta(seconds=1)))
    small = "<p class='byline'>By Ann Lee, who is a writer, on 1 May 2024</p>" * 150_000
    answers = [
        await pool.call(
            "crawler.extract.worker:extracted",
            extraction_asked(text.encode(), url=URL, headers={}),
            deadline=timedelta(seconds=30),
        )
        for text in (html(body=small), html())
    ]
    await pool.close()
    assert answers[0] == WorkerFailed("took more than 1 s of CPU")
    assert isinstance(answers[1], bytes)
    assert isinstance(outcome_read(answers[1]), Page)


def test_five_megabytes_are_read() -> None:
    paragraphs = "".join(f"<p>{LEAD} Number {n}.</p>" for n in range(2_000))
    script = f"<script>{'var a = 1;' * 500_000}</script>"
    read = outcome(html(head=script, body=f"<article>{paragraphs}</article>"))
    assert isinstance(read, Page)
    assert "Number 1999." in read.text
