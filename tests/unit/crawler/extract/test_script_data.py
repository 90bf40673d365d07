"""Stories that stand in the data of scripts alone."""

import json

import pytest

from crawler.extract.page import extract
from tests.unit.crawler.extract.pages import LEAD, SECOND, URL, html, page

TITLE = "Crane comes down"
THIRD = (
    "The harbour had asked for offers in spring, and only one firm, from two towns away, was ready "
    "to take the arm down in one piece."
)
STORY = [LEAD, SECOND, THIRD]
TEXT = "\n".join(STORY)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
OTHER = "Three dragons were seen over the town, a reader of ours reports, and more may come. " * 9
AROUND = {
    "comments": [{"body": OTHER}],
    "relatedArticles": [{"title": "Dragons", "body": OTHER}],
    "translations": {"cookies": OTHER},
}
BROKEN_UP = [
    {
        "type": "paragraph",
        "content": [
            {"type": "text", "text": paragraph[:20]},
            {"type": "text", "marks": [{"type": "bold"}], "text": paragraph[20:50]},
            {"type": "text", "text": paragraph[50:]},
        ],
    }
    for paragraph in STORY
]
ELEMENTS = [
    ["$", "p", None, {"children": [paragraph[:9], ["$", "a", "k", {"children": paragraph[9:]}]]}]
    for paragraph in STORY
]


def pushed(*rows: str, chunk: int = 90) -> str:
    """Return the rows as Next.js streams them, cut anywhere."""
    stream = "".join(rows)
    parts = [stream[at : at + chunk] for at in range(0, len(stream), chunk)]
    return "".join(
        f"<script>self.__next_f.push({json.dumps([1, part], ensure_ascii=False)})</script>"
        for part in parts
    )


def given(name: str, value: object) -> str:
    return f"<script>{name}={json.dumps(value)};(function(){{var s=1}}())</script>"


def next_data(article: object) -> str:
    told = {"props": {"pageProps": {"article": article, **AROUND}}, "page": "/[slug]"}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(told)}</script>'


PAGES = {
    "one JSON, markup in it": next_data({"title": TITLE, "body": MARKUP}),
    "one JSON, a list of paragraphs": next_data({"headline": TITLE, "paragraphs": STORY}),
    "one JSON, pieces of paragraphs": next_data({"title": TITLE, "doc": {"content": BROKEN_UP}}),
    "one JSON, without a title": next_data({"content": MARKUP}),
    "given to a name": given("window.__INITIAL_STATE__", {"a": {"title": TITLE, "text": MARKUP}}),
    "given to a name among others": "<script>var Fusion=window.Fusion||{};Fusion.arcSite='x';"
    f"Fusion.globalContent={json.dumps({'content_elements': BROKEN_UP, **AROUND})};</script>",
    "given as a text": "<script>window.__STATE__=JSON.parse("
    + json.dumps(json.dumps({"html": MARKUP, "page": "/a"}))
    + ")</script>",
    "a store of objects": given(
        "window.__APOLLO_STATE__",
        {
            "ROOT_QUERY": {"article": {"__ref": "Article:1"}},
            "Article:2": {"title": "Dragons", "body": OTHER},
            "Article:1": {"title": TITLE, "body": MARKUP},
        },
    ),
    "a flat list of values": '<script type="application/json" id="__NUXT_DATA__">'
    + json.dumps([["Reactive", 1], {"title": 2, "body": 3}, TITLE, MARKUP, True, None])
    + "</script>",
    "code that builds it": "<script>window.__NUXT__=(function(a,b){return {data:[{title:a,"
    f"body:{json.dumps(MARKUP)},comments:[{{comment:{json.dumps(OTHER)}}}]}}]}}}}('x',1))</script>",
    "elements in a stream": pushed(
        '0:["$","$L1",null,{"lang":"en"}]\n',
        f'5:["$","article",null,{{"children":{json.dumps(ELEMENTS)}}}]\n',
        '6:I["chunk",["a"],"Footer"]\n',
    ),
    "a long text in a stream": pushed(
        '1:"$Sreact.fragment"\n', f"1f:T{len(MARKUP):x},{MARKUP}", '2:["$","div",null,{}]\n'
    ),
}


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("shown", ["", "<p>Loading the story, one moment please.</p>"])
def test_a_story_in_script_data_is_found_and_nothing_beside_it(data: str, shown: str) -> None:
    read = page(html(body=f'<div id="app">{shown}</div>{data}', title=TITLE))
    assert read.text == TEXT


def test_a_story_that_is_shown_is_not_looked_for_in_scripts() -> None:
    data = next_data({"title": "Dragons", "body": f"<p>{OTHER}</p>"})
    assert page(html(body=f"<article>{MARKUP}</article>{data}", title=TITLE)).text == TEXT


KOREAN = (
    "항구의 낡은 기중기가 월요일에 철거되었다고 항만 노동자들이 말했다. "
    "십일 년 동안 쓰이지 않았고 폭풍에 팔이 휘었다."
)
ARABIC = "قال عمال الميناء إن الرافعة القديمة أُزيلت يوم الاثنين، بعد أن ظلت متوقفة أحد عشر عاماً."


@pytest.mark.parametrize("line", [KOREAN, ARABIC])
def test_prose_is_known_in_scripts_that_write_otherwise(line: str) -> None:
    lines = [f"{line} {n}." for n in range(3)]
    data = next_data({"body": "".join(f"<p>{one}</p>" for one in lines)})
    assert page(html(body=f'<div id="app"></div>{data}')).text == "\n".join(lines)


HOSTILE = {
    "deep": "[" * 200_000,
    "deep, given": "window.x=" + '{"a":' * 100_000,
    "wide": json.dumps([{"a": [n]} for n in range(200_000)]),
    "many names": "a={" * 100_000,
    "many quotes": '"\\"' * 200_000,
    "no end": '{"body": "' + "x" * 500_000,
    "pushes": 'self.__next_f.push([1,"' * 50_000,
    "rows": f"self.__next_f.push({json.dumps([1, '1:T' * 100_000])})",
    "a length beyond": f'self.__next_f.push([1,"1:Tfffffff,{"x" * 900}"])',
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_hostile_scripts_end_in_an_outcome(script: str) -> None:
    told = html(body=f'<div id="app"></div><script>{script}</script>')
    assert extract(told.encode(), URL, {}) is not None
