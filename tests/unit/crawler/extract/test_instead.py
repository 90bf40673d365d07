"""What a page writes in an article's place is told from a story that has the same words."""

import json

import pytest

from crawler.extract.instead import Bare, describes_article, without_walls
from crawler.extract.page import extract
from crawler.extract.said import said_by
from crawler.extract.tree import tree_of
from news.page import Page, PageOutcome, Unread
from tests.unit.crawler.extract.pages import LEAD, SECOND, html

URL = "https://www.harbour.test/news/old-crane-taken-apart"


def read(title: str, *lines: str, head: str = "") -> PageOutcome:
    body = f"<main>{''.join(f'<p>{line}</p>' for line in lines)}</main>"
    return extract(html(head=head, body=body, title=title).encode(), URL, {})


def described(title: str) -> str:
    story = {"@type": "NewsArticle", "headline": title, "datePublished": "2024-05-07T10:00:00Z"}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


BRIEFS = [
    ("404 sheep saved from crane island", LEAD),
    ("410 ships wait as the old crane falls", LEAD),
    (
        "Ports condemn taking the crane",
        (
            "The harbour of Nordby, its council and other partners on Friday condemned the taking "
            "down of the old crane as a breach of what had been agreed in spring."
        ),
    ),
    (
        "Crane workers queue",
        (
            "Hundreds of workers of the old crane must register to access the canteen from Monday, "
            "the port said, after places ran out for the third week."
        ),
    ),
    (
        "Port fined over old cookies",
        (
            "The port was fined four million on Friday over its use of cookies, since nobody had "
            "been asked before the visitors of its crane were counted."
        ),
    ),
    (
        "쿠키 공장 크레인 철거",
        "쿠키를 만드는 항구 공장이 낡은 크레인을 7일 철거했다고 시가 밝혔다.",
    ),
    ("경찰 크레인 흔적", "경찰은 7일 사라진 크레인의 흔적을 어디에서도 찾을 수 없다고 밝혔다."),
    ("크레인 회의", "시는 7일 크레인 철거를 정하는 회의에 정회원만 참석하도록 했다고 밝혔다."),
    (
        "港の会員サイト",
        "市は７日、港の会員限定サイトから利用者１２０人の情報が流出したと発表した。",
    ),
    ("港口通报", "港务局7日通报称，关于吊车的违规文章已删除，相关账号被依法处置。"),
    ("Old page of crane book not found", "The page of 1780 that tells of the first crane is lost."),
    ("Security check of crane begins", LEAD),
    ("Attention required: old crane sways", LEAD),
    ("Forbidden quay reopens", LEAD),
    (
        "Crane museum's site down",
        (
            "Visitors to the site of the crane museum met with a “page not found” message on "
            "Friday, after the storm had cut its lines."
        ),
    ),
]


@pytest.mark.parametrize(("title", "line"), BRIEFS, ids=[title for title, _ in BRIEFS])
def test_a_brief_with_an_errors_or_a_walls_words_is_a_story(title: str, line: str) -> None:
    for head in ("", described(title), '<meta property="og:type" content="article">'):
        told = read(title, line, head=head)
        assert isinstance(told, Page), told
        assert told.text == line


@pytest.mark.parametrize(
    "title", ["Captcha", "Access denied", "Page not found", "Too many requests", "Forbidden"]
)
def test_a_page_that_describes_its_article_is_believed_against_its_title(title: str) -> None:
    assert isinstance(read(title, LEAD, head=described(title)), Page)
    assert isinstance(read(title, LEAD), Unread)


def test_a_described_page_that_says_twice_that_it_is_none_is_none() -> None:
    told = read("Page not found", "Sorry, this page is not here.", head=described("Page not found"))
    assert told == Unread(reason="the page says that it was not found")


@pytest.mark.parametrize(
    ("head", "means"),
    [
        (described("Crane"), True),
        (described("Another"), False),
        ('<meta property="og:type" content="article">', False),
        (
            (
                '<meta property="og:type" content="article">'
                '<meta property="article:published_time" content="2024-05-07T10:00:00Z">'
            ),
            True,
        ),
        ('<meta property="article:published_time" content="2024-05-07T10:00:00Z">', False),
    ],
)
def test_a_page_describes_an_article_by_headline_or_by_kind_and_day(
    head: str, *, means: bool
) -> None:
    tree = tree_of(html(head=head, title="Crane"))
    assert tree is not None
    assert describes_article(said_by(tree, URL), "Crane") is means


GONE = [
    "Désolé, cet article n’est plus disponible. Vous pouvez revenir à l’accueil.",
    "요청하신 기사는 삭제되었거나 주소가 잘못되었습니다.",
    "お探しの記事は見つかりませんでした。",
    "Ops! O conteúdo que você procura não está mais disponível.",
    "Przepraszamy, strona o podanym adresie nie istnieje.",
    "This article has been removed from our website. We apologise to all readers.",
    "К сожалению, эта страница была удалена с нашего сайта.",
    "Maaf, halaman yang Anda cari tidak ditemukan.",
    "Etsimääsi artikkelia ei löytynyt.",
    "Aradığınız haber yayından kaldırılmış olabilir.",
]
REFUSALS = [
    ("", "Please enable JS and disable any ad blocker to go on."),
    ("Pardon Our Interruption", "Something about your browser looked strange to all of us here."),
    ("Robot Check", "Enter the characters you see below, so that we can show what you asked for."),
    ("Quay", "Our systems have detected unusual traffic from your computer network."),
    ("Quay", "You are attempting to access this website from a country of the European Union."),
    ("Redirecting", "You are being redirected to the article. If nothing happens, click here."),
    ("Quay", "Our site is undergoing scheduled maintenance. Please check back soon."),
    ("Quay", "Besuchen Sie uns mit Werbung und Tracking, oder nutzen Sie das Pur-Abo."),
    ("항구", "보안문자를 입력해 주세요. 자동 접속을 막기 위한 절차입니다."),
]


@pytest.mark.parametrize("line", GONE)
def test_a_page_says_in_many_languages_that_its_article_is_gone(line: str) -> None:
    told = read("The quay of old cranes", line)
    assert told == Unread(reason="the page says that it was not found")


@pytest.mark.parametrize(("title", "line"), REFUSALS)
def test_a_page_says_in_many_ways_that_we_may_not_read_it(title: str, line: str) -> None:
    assert isinstance(read(title, line), Unread)


DEAD = "Tää on jo pois, eikä siitä enempää."


@pytest.mark.parametrize(
    ("title", "line", "head", "is_read"),
    [
        ("Harbour", DEAD, "", False),
        ("Kaikki uutiset", DEAD, "", False),
        ("The old crane", DEAD, "", True),
        ("Harbour", DEAD, '<meta property="article:published_time" content="2024-05-07">', True),
        ("Harbour", DEAD, '<meta property="og:type" content="article">', True),
        ("Harbour", LEAD, "", True),
        ("Harbour", "平壌の港では７日、古い起重機が取り除かれ、新しい橋が建てられた。", "", True),
        ("Harbour", "We could tell you a lot about it, but there is nothing here now.", "", False),
        ("Harbour", f"{LEAD} Please, our readers. {SECOND} {LEAD}", "", True),
    ],
)
def test_a_dead_page_is_known_by_what_it_lacks(
    title: str, line: str, head: str, *, is_read: bool
) -> None:
    told = read(title, line, head=head)
    assert isinstance(told, Page) is is_read
    few = Unread(reason="the page holds a few words and no story", textless=True)
    assert is_read or told == few  # textless: its scripts may bring more


@pytest.mark.parametrize(
    ("refresh", "is_read"),
    [
        ("0; url=/elsewhere", False),
        ("5;URL='https://www.harbour.test/'", False),
        ("600; url=/elsewhere", True),
        ("0; url=/news/old-crane-taken-apart", True),
        ("300", True),
    ],
)
def test_a_page_that_sends_its_readers_on_is_none(refresh: str, *, is_read: bool) -> None:
    head = f'<meta http-equiv="Refresh" content="{refresh}">'
    assert isinstance(read("The old crane", LEAD, head=head), Page) is is_read
    assert isinstance(read("The old crane", LEAD, SECOND * 3, head=head), Page)


TEASER = "Nach elf Jahren wird der alte Kran im Hafen nun doch noch abgebaut."
OFFER = "Jetzt weiterlesen mit Hafen Plus. Bereits Abonnent? Hier anmelden."


def test_a_teaser_above_a_wall_is_read_and_told_as_paid() -> None:
    told = read("Der alte Kran", TEASER, OFFER, head=described("Der alte Kran"))
    assert isinstance(told, Page)
    assert (told.text, told.paywalled) == (TEASER, True)
    assert isinstance(read("Der alte Kran", OFFER, head=described("Der alte Kran")), Unread)


def test_of_a_long_text_only_a_wall_at_its_end_is_dropped() -> None:
    story = "\n".join(f"{LEAD} It was number {n} of them all." for n in range(12))
    wall = "Il vous reste 72.13% de cet article à lire. La suite est réservée aux abonnés."
    assert without_walls(f"{story}\n{wall}") == Bare(text=story, dropped=True, paid=True)
    assert without_walls(f"{wall}\n{story}") == Bare(text=f"{wall}\n{story}")


def test_a_line_of_cookies_is_dropped_and_costs_nothing() -> None:
    bare = without_walls(f"We use cookies to count our visitors.\n{LEAD}\n{SECOND}")
    assert bare == Bare(text=f"{LEAD}\n{SECOND}", dropped=True)
