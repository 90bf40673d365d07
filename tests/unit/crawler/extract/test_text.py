"""The text of a story, without the page around it."""

import json

import pytest

from tests.unit.crawler.extract.pages import BODY, LEAD, SECOND, html, page

WORD = "dragons"
LINKS = "".join(
    f'<li><a href="/{n}">Ten {WORD} seen over town number {n}</a></li>' for n in range(8)
)
PARAGRAPHS = f"<p>Three {WORD} were seen over the town, a reader of ours reports.</p>" * 2


@pytest.mark.parametrize(
    "around",
    [
        f"<nav><ul>{LINKS}</ul></nav>",
        f"<header><ul>{LINKS}</ul></header>",
        f'<div class="most-read"><h2>Most read</h2><ol>{LINKS}</ol></div>',
        f"<aside><h3>Related</h3><ul>{LINKS}</ul></aside>",
        f'<section id="related-stories"><h3>More</h3>{PARAGRAPHS}</section>',
        f'<div class="newsletter promo"><p>Get our {WORD} letter each morning.</p></div>',
        f'<section class="comments"><h2>Comments</h2>{PARAGRAPHS}</section>',
        f'<div id="disqus_thread">{PARAGRAPHS}</div>',
        f'<div class="cookie-banner"><p>We and our {WORD} like to use cookies.</p></div>',
        f"<form><p>Search for {WORD}</p><select><option>{WORD}</option></select></form>",
        f"<footer><ul>{LINKS}</ul></footer>",
        f"<script>var story = '{WORD}';</script>",
        f"<!-- {PARAGRAPHS} -->",
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "within"])
def test_what_stands_around_the_story_is_not_in_its_text(around: str, place: str) -> None:
    bodies = {
        "before": around + BODY,
        "after": BODY + around,
        "within": BODY.replace("</p><p>", f"</p>{around}<p>"),
    }
    text = page(html(body=bodies[place])).text
    assert WORD not in text
    assert LEAD in text
    assert SECOND in text


def test_a_paragraph_is_a_line() -> None:
    assert page(html()).text == f"{LEAD}\n{SECOND}"


def test_a_story_in_a_box_of_a_bad_name_is_still_the_story() -> None:
    text = page(html(body=f'<form><div class="content related">{BODY}</div></form>')).text
    assert text == f"{LEAD}\n{SECOND}"


def test_a_story_that_stands_in_script_data_alone_is_found() -> None:
    thing = {"@type": "NewsArticle", "headline": "Crane", "articleBody": f"{LEAD}\n\n{SECOND}"}
    script = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    assert page(html(head=script, body='<div id="app"></div>')).text == f"{LEAD}\n{SECOND}"


def test_a_story_a_thousand_divs_deep_is_found() -> None:
    assert LEAD in page(html(body="<div>" * 1000 + BODY + "</div>" * 1000)).text


@pytest.mark.parametrize("reference", ["&#27;", "&#0", "&#x1B;", "&#xFFFF;", "&#65534;", "&#0011;"])
def test_a_control_character_as_a_number_costs_no_text(reference: str) -> None:
    written = html(body=BODY.replace("on Monday", f"on{reference} Monday"))
    assert page(written).text == f"{LEAD}\n{SECOND}"


def test_other_numbers_are_the_characters_that_they_name() -> None:
    written = html(body=BODY.replace("on Monday", "on &#77;&#x6F;nday &#80"))
    assert page(written).text.startswith(LEAD.replace("on Monday", "on Monday P"))


@pytest.mark.parametrize(
    ("language", "title", "paragraphs"),
    [
        (
            "ko",
            "부두의 낡은 기중기 철거",
            [
                "항구의 낡은 기중기가 월요일에 철거되었다고 노동자들이 말했다.",
                "시는 이것을 전망대로 다시 세우고, 바퀴 하나는 박물관에 보낼 것이다.",
            ],
        ),
        (
            "ru",
            "Старый кран в порту разобрали",
            [
                "Старый портовый кран разобрали в понедельник, рассказали рабочие порта.",
                "Из него сделают смотровую площадку, а одно колесо передадут музею.",
            ],
        ),
        (
            "ja",
            "港の古いクレーンを解体",
            [
                "港の古いクレーンが月曜日に解体されたと、港の作業員が話した。十一年間使われず、嵐で腕が曲がっていた。",
                "クレーンは展望台として建て直され、車輪の一つは博物館に送られて、子どもたちが手で回せるようになる。",
            ],
        ),
        (
            "zh",
            "港口旧起重机被拆除",
            [
                "港口工人说，旧起重机于星期一被拆除，它已经闲置了十一年，一场风暴还弄弯了它的吊臂，无法再使用。",
                "它将被改建成供游客使用的瞭望台，其中一个轮子将送往博物馆，学校的孩子们可以在那里亲手转动它。",
            ],
        ),
    ],
)
def test_stories_in_many_scripts_are_read(language: str, title: str, paragraphs: list[str]) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    story = html(body=f"<nav><a href=/>{title}</a></nav><h1>{title}</h1><article>{body}</article>")
    read = page(
        story.replace("<html>", f'<html lang="{language}">').replace("Crane comes down", title)
    )
    assert read.text == "\n".join(paragraphs)
    assert read.title == title
    assert read.language == language
