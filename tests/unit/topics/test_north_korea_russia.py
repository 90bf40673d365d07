"""The topic's watches find what they are for, in five languages, and nothing that comes near."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from alerts.matcher import WatchSet
from news.query.aliases import names_in
from news.query.parse import parse
from news.query.tree import Query
from news.text import analyze
from wirewatch.config.load import load
from wirewatch.config.unserved import unserved
from wirewatch.config.values import Configuration

TOPIC = Path(__file__).parents[3] / "topics" / "north-korea-russia.toml"
ARTICLES = Path(__file__).with_name("north-korea-russia.articles.toml")
WATCHES = ("Fallen", "North", "The")
"""The watches by their first word."""


@dataclass(frozen=True)
class Article:
    title: str
    text: str
    finds: tuple[str, ...]


def told() -> list[Article]:
    raw = tomllib.loads(ARTICLES.read_text("utf-8"))["article"]
    return [Article(one["title"], one["text"], tuple(one["finds"])) for one in raw]


@dataclass(frozen=True)
class Unheard:
    """Knows of no word that it occurs."""

    def of(self, term: str) -> int:
        return 0


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """Read the topic as somebody has it who adds nothing but the channel."""
    path = tmp_path_factory.mktemp("topic") / "wirewatch.toml"
    channel = '[[channel]]\nname = "newsroom"\nurl = "https://hook.example/"\n'
    path.write_text(f'include = ["{TOPIC}"]\n{channel}', "utf-8")
    return load(path)


@pytest.fixture(scope="module")
def watches(topic: Configuration) -> WatchSet:
    aliases = {one.settings.name: one.settings.terms for one in topic.aliases}
    found = WatchSet(Unheard())
    for number, watch in enumerate(topic.watches):
        query = parse(watch.settings.query, aliases)
        assert isinstance(query, Query), query
        assert query.hints == ()
        found.add(number, 1, query)
    return found


@pytest.mark.parametrize("article", told(), ids=lambda article: article.title[:40])
def test_an_article_is_found_by_the_watches_it_is_for_and_by_no_other(
    watches: WatchSet, article: Article
) -> None:
    analyzed = analyze(article.title, article.text)
    matches = watches.match(analyzed, article.title, article.text)
    assert [WATCHES[match.watch] for match in matches] == sorted(article.finds)
    assert all(match.spans for match in matches)


def test_there_are_enough_of_each_kind() -> None:
    articles = told()
    assert sum(not one.finds for one in articles) >= 20
    for name in WATCHES:
        assert sum(name in one.finds for one in articles) >= 7


def test_every_outlet_has_a_source_that_is_read(topic: Configuration) -> None:
    kinds = {one.settings.name.partition(":")[0]: one.settings.kind for one in topic.sources}
    assert kinds["KCNA"] == kinds["KRT (Korean Central Television)"] == "list"
    assert {"The Guardian", "Yonhap (English)", "The Korea Herald", "KCNA Watch"} < set(kinds)
    assert unserved(topic) == []


def test_every_alias_is_called_and_written_once(topic: Configuration) -> None:
    called = set().union(*(names_in(watch.settings.query) for watch in topic.watches))
    # lyubimova stands in one watch, and each name is there for watches to come
    assert called <= {one.settings.name for one in topic.aliases}
    for alias in topic.aliases:
        terms = [term.casefold() for term in alias.settings.terms]
        assert len(terms) == len(set(terms)), alias.settings.name


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("kim-jong-un", "Kim Jong Un|김정은이|金正恩氏|キム・ジョンウン|Ким Чен Ына|Ким Чен Ыном"),
        ("kim-yo-jong", "Kim Yo Jong|김여정은|金与正|キム・ヨジョン|Ким Ё Чжон"),
        ("choe-son-hui", "Choe Son-hui|최선희 외무상|崔善姬|崔善姫|Цой Сон Хи"),
        (
            "north-korea",
            "North Korean|N. Korea's|DPRK|북한이|북조선|КНДР|Северной Кореи|朝鲜|北朝鮮",
        ),
        ("kursk", "Kursk|Курской|Курске|쿠르스크에서|库尔斯克州|クルスク州"),
        ("lyubimova", "Olga Lyubimova|Ольги Любимовой|Ольгой Любимовой|류비모바|柳比莫娃"),
    ],
)
def test_an_alias_knows_the_spellings(topic: Configuration, name: str, spellings: str) -> None:
    aliases = {one.settings.name: one.settings.terms for one in topic.aliases}
    query = parse(f"@{name}", aliases)
    assert isinstance(query, Query)
    one = WatchSet(Unheard())
    one.add(1, 1, query)
    for spelling in spellings.split("|"):
        assert one.match(analyze(spelling, ""), spelling, ""), spelling


@pytest.mark.parametrize("text", ["조선일보", "조선소", "Korea Herald", "South Korea", "민주애국"])
def test_bare_names_flood_no_alias(topic: Configuration, text: str) -> None:
    aliases = {one.settings.name: one.settings.terms for one in topic.aliases}
    for name in aliases:
        query = parse(f"@{name}", aliases)
        assert isinstance(query, Query)
        one = WatchSet(Unheard())
        one.add(1, 1, query)
        assert not one.match(analyze(text, ""), text, ""), name
