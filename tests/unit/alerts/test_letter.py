"""Letters: what a mail says of an alert, of many, and of a test, frozen as text and as HTML."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.facts import AlertFacts, Facts, PingFacts
from alerts.letter import Letter, letter, read
from alerts.render import render
from news.article import Read
from news.match import Match, Span
from news.story import Account
from tests.unit.alerts.facts import ARTICLE, DIGEST, FACTS, NOW, STORY, WATCH

PING = PingFacts(notice=4, at=NOW, channel=2, channel_name="newsroom")
BODY = "The hall was full. A coffin came home under a flag. " + "Nobody spoke of it. " * 40
ALONE = replace(STORY, articles=1, publishers=1, families=1)
QUOTED = replace(
    FACTS,
    body=BODY,
    story=ALONE,
    match=Match(
        watch=3,
        version=1,
        spans=(Span("title", 0, 4, "гроб"), Span("body", 21, 27, "coffin")),
    ),
)


def letter_of(facts: Facts) -> Letter:
    made = read(letter(facts))
    assert made is not None
    return made


class Page(HTMLParser):
    """Reads a page: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html.partition("</head>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.tags if tag == "a"]


def test_the_text_of_an_alert() -> None:
    assert letter_of(QUOTED).text == (
        "Coffins · new story\n"
        "\n"
        "*Гроб* под флагом — 관은 국기 아래\n"
        "Новости · published 23 Nov 2026, 05:58, seen 06:02 (UTC)\n"
        "https://news.test/ru/гроб\n"
        "\n"
        "> The hall was full. A *coffin* came home under a flag. Nobody spoke of it. "
        "Nobody spoke of it. Nobody spoke of it.\n"
        "\n"
        "Matched: гроб, coffin\n"
        "\n"
        "Why this: wirewatch why ar_18204\n"
        'Silence: wirewatch silence Coffins --for 8h --why "…"\n'
        "\n"
        "-- \n"
        "You get this because the watch “Coffins” sends here. "
        "To stop it, answer this mail: whoever runs wirewatch reads it, and takes you off.\n"
    )


def test_what_a_letter_says_about_itself() -> None:
    made = letter_of(QUOTED)
    assert made.subject == "[Coffins] Гроб под флагом — 관은 국기 아래"
    assert (made.thread, made.watch, made.watch_name) == ("st_9021.w_3", "w_3", "Coffins")
    assert made.language == "ru"
    assert made.at == NOW.replace(microsecond=104_000)


def test_all_letters_of_a_watch_about_a_story_share_a_thread_and_others_do_not() -> None:
    later = replace(QUOTED, article=replace(ARTICLE, id=18300, title="Another account"))
    elsewhere = replace(QUOTED, watch=replace(WATCH, id=4))
    assert letter_of(later).thread == letter_of(QUOTED).thread
    assert letter_of(elsewhere).thread != letter_of(QUOTED).thread
    assert letter_of(DIGEST).thread is None


def test_marked_words_are_marked_and_the_headline_leads_to_the_article() -> None:
    page = Page(letter_of(QUOTED).html)
    assert [tag for tag, _ in page.tags].count("mark") == 2
    assert page.links() == ["https://news.test/ru/гроб"]
    (head,) = [attributes for tag, attributes in page.tags if tag == "h1"]
    assert (head["dir"], head["lang"]) == ("auto", "ru")


def accounts(count: int) -> list[Account]:
    return [
        Account(
            article=number,
            publisher_name=f"Paper {number}",
            title=f"Account {number}",
            url=f"https://p{number}.test/",
            first_seen_at=NOW - timedelta(minutes=30 - number),
        )
        for number in range(count)
    ]


def test_who_was_first_and_who_followed() -> None:
    own = replace(accounts(1)[0], article=ARTICLE.id, url=ARTICLE.url, title="itself")
    told = replace(
        QUOTED,
        story=replace(STORY, articles=9, publishers=8),
        accounts=lambda: [own, *accounts(5)],
    )
    made = letter_of(told)
    assert "9 articles by 8 publishers, first Yonhap at 05:41\n" in made.text
    assert "  05:32  Paper 0: Account 0\n    https://p0.test/\n" in made.text
    assert made.text.count("Account ") == 5
    assert "itself" not in made.text
    assert "  and 3 more\n" in made.text
    assert "https://p4.test/" in Page(made.html).links()


def test_nobody_is_asked_about_a_story_that_one_article_tells() -> None:
    def never() -> list[Account]:
        raise AssertionError("a query for nothing")

    assert "articles by" not in letter_of(replace(QUOTED, accounts=never)).text
    in_many = replace(DIGEST, alerts=(replace(FACTS, accounts=never),))
    assert "5 articles by 4 publishers" in letter_of(in_many).text


def test_with_a_base_the_links_lead_there() -> None:
    made = letter_of(replace(QUOTED, base_url="https://wire.test/desk/"))
    assert "Why this: https://wire.test/desk/why/ar_18204\n" in made.text
    assert "wirewatch why" not in made.text
    assert Page(made.html).links()[1:] == [
        "https://wire.test/desk/why/ar_18204",
        "https://wire.test/desk/watches/w_3/silence",
        "https://wire.test/desk/stories/st_9021",
    ]


def test_times_are_those_of_the_watch() -> None:
    seoul = replace(WATCH, settings=replace(WATCH.settings, timezone="Asia/Seoul"))
    late = replace(ARTICLE, published_at=NOW - timedelta(days=1))
    made = letter_of(replace(QUOTED, watch=seoul, article=late))
    assert "published 22 Nov 2026, 15:02, seen 23 Nov 2026, 15:02 (Asia/Seoul)" in made.text
    unknown = replace(WATCH, settings=replace(WATCH.settings, timezone="Mars/Base"))
    undated = replace(ARTICLE, published_at=None)
    made = letter_of(replace(QUOTED, watch=unknown, article=undated))
    assert "undated, seen 23 Nov 2026, 06:02 (UTC)" in made.text


def test_a_text_without_marks_is_quoted_from_its_beginning_unless_it_repeats_the_title() -> None:
    lead = replace(FACTS, article=replace(ARTICLE, lead="It came home today."))
    assert "> It came home today.\n" in letter_of(lead).text
    same = replace(FACTS, article=replace(ARTICLE, lead=f"{ARTICLE.title}."))
    assert "> " not in letter_of(same).text
    assert "> " not in letter_of(replace(FACTS, article=replace(ARTICLE, lead=""))).text


def test_what_is_special_is_said() -> None:
    unread = replace(QUOTED, article=replace(ARTICLE, read=Read.FALLBACK), sample=True)
    made = letter_of(unread)
    assert "Its page could not be read; title and summary were matched." in made.text
    assert "This is a sample, sent to try the channel." in made.text
    corrected = letter_of(replace(QUOTED, match=replace(FACTS.match, spans=()), corrected=True))
    assert "It was corrected while this was held, and no longer matches." in corrected.text


def several() -> tuple[AlertFacts, ...]:
    treaty = replace(WATCH, id=4, settings=replace(WATCH.settings, name="Treaty"))
    other = replace(FACTS, story=replace(STORY, id=9022), article=replace(ARTICLE, title="Other"))
    return (
        replace(FACTS, watch=treaty, article=replace(ARTICLE, title="Signed")),
        FACTS,
        other,
        replace(FACTS, article=replace(ARTICLE, title="Same story")),
    )


def test_a_digest_is_grouped_by_watch_and_then_by_story() -> None:
    made = letter_of(replace(DIGEST, watch=None, alerts=several()))
    assert made.subject == "[wirewatch] 6 alerts: a silence of 8 h held these"
    heads = [
        "== Coffins ==",
        "Гроб*",
        "*Same* story",
        "*Othe*r\n",
        "== Treaty ==",
        "*Sign*ed",
        "and 2 more",
    ]
    places = [made.text.index(head) for head in heads]
    assert places == sorted(places)
    assert "A silence of 8 h held these.\n" in made.text
    page = Page(made.html)
    assert [tag for tag, _ in page.tags if tag in {"h1", "h2", "h3"}] == [
        *("h1", "h2", "h3", "h3", "h3", "h2", "h3")
    ]


def test_a_digest_of_one_watch_is_that_lists() -> None:
    made = letter_of(DIGEST)
    assert (made.subject, made.watch) == (
        "[Coffins] 3 alerts: a silence of 8 h held these",
        "w_3",
    )


def test_a_ping_is_a_letter() -> None:
    made = letter_of(PING)
    assert made.subject == "[wirewatch] Test of the channel “newsroom”"
    assert "The channel “newsroom” works" in made.text
    assert (made.thread, made.watch) == (None, None)


def test_a_subject_is_one_line_of_sensible_length() -> None:
    long = replace(WATCH, settings=replace(WATCH.settings, name="w" * 500))
    article = replace(ARTICLE, title="headline\r\nBcc: x " * 99)
    subject = letter_of(replace(FACTS, watch=long, article=article)).subject
    assert len(subject) <= 150
    assert subject.startswith("[wwww")
    assert "headline Bcc: x headline" in subject
    assert not re.search(r"[\r\n]", subject)


def test_another_text_is_quoted_by_500_characters_at_most() -> None:
    body = "coffin " + "word " * 5_000 + "coffin flag " * 300
    spans = tuple(Span("body", at, at + 6, "coffin") for at in (0, 25_007, 25_100, 26_000))
    made = letter_of(replace(QUOTED, body=body, match=replace(QUOTED.match, spans=spans)))
    quoted = "".join(line for line in made.text.splitlines() if line.startswith("> "))
    assert 100 < len(quoted.replace("*", "")) <= 510
    fifty = replace(DIGEST, alerts=tuple(replace(QUOTED, alert=n, body=body) for n in range(50)))
    assert len(letter(fifty)) < 150_000


ANY = st.text(st.characters(exclude_categories=()), max_size=120)


@given(title=ANY, body=ANY, name=ANY, language=ANY, url=ANY)
def test_whatever_strangers_write_adds_no_element_and_fetches_nothing(
    title: str, body: str, name: str, language: str, url: str
) -> None:
    hostile = f"<img src=x onerror=alert(1)>\"'><script>{title}</script>"
    article = replace(
        ARTICLE,
        title=hostile,
        lead=body,
        publisher_name=f"<b>{name}",
        language=f'{language}"><x',
        url=url,
    )
    watch = replace(WATCH, settings=replace(WATCH.settings, name=f"<i>{name}"))
    made = letter_of(replace(QUOTED, watch=watch, article=article, body=f"<s>{body}" * 3))
    allowed = {"body", "div", "p", "h1", "a", "mark", "bdi", "br", "code", "span"}
    page = Page(made.html)
    assert {tag for tag, _ in page.tags} <= allowed
    names = {name for _, attributes in page.tags for name in attributes}
    assert names <= {"class", "style", "dir", "lang", "href"}
    assert all(link is None or link.startswith(("http://", "https://")) for link in page.links())
    assert "\n" not in made.subject


@pytest.mark.parametrize("facts", [QUOTED, DIGEST, PING], ids=["alert", "digest", "ping"])
def test_a_page_refers_to_nothing_remote(facts: Facts) -> None:
    html = letter_of(facts).html
    assert not re.search(r"<(img|script|link|iframe|object|video|audio|form|base)\b", html)
    assert not re.search(r"url\(|@import|src=|http-equiv", html)
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize("facts", [QUOTED, DIGEST, PING], ids=["alert", "digest", "ping"])
def test_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    assert letter(facts) == letter(facts)


@pytest.mark.parametrize("payload", [b"", b"\xff", b"[]", b"null", b'{"subject": "x", "at": 1}'])
def test_what_is_no_letter_reads_as_none(payload: bytes) -> None:
    assert read(payload) is None
    assert read(render(PING)) is None


def test_a_letter_of_a_later_version_is_read() -> None:
    kept = letter(PING).replace(b'{"subject"', b'{"colour": "red", "subject"', 1)
    assert read(kept) == letter_of(PING)


def test_a_narrow_screen_breaks_no_option() -> None:
    made = letter_of(FACTS).html
    assert ' style="white-space:nowrap">--for</span> 8h' in made
