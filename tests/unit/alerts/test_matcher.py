"""The watch set: whatever its presearch leaves out could not have matched."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from alerts.matcher import WatchSet
from news.match import Match, Span
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import Query
from news.text import analyze
from tests.queries import ALIASES, Text, Written, aliased, articles


@dataclass(frozen=True)
class Counted:
    """Knows how common some words are; all others do not occur."""

    words: Mapping[str, int] = field(default_factory=dict)

    def of(self, term: str) -> int:
        return self.words.get(term, 0)


def read(text: str) -> Query:
    query = parse(text, ALIASES)
    assert isinstance(query, Query), query
    return query


def watching(*texts: str, words: Mapping[str, int] | None = None) -> WatchSet:
    """Watch each query, numbered from 0."""
    watches = WatchSet(Counted(words or {}))
    for number, text in enumerate(texts):
        watches.add(number, 1, read(text))
    return watches


def matched(watches: WatchSet, title: str, body: str = "") -> list[int]:
    return [match.watch for match in watches.match(analyze(title, body), title, body)]


@given(
    st.lists(aliased, max_size=6),
    articles,
    st.dictionaries(st.sampled_from(["kim", "un", "김", "strasse", "unit"]), st.integers(0, 9)),
)
def test_presearch_and_evaluation_find_what_evaluating_all_finds(
    asked: list[Written], article: Text, words: dict[str, int]
) -> None:
    analyzed = analyze(article.title, article.body)
    expected = [at for at, (text, _) in enumerate(asked) if compiled(read(text))(analyzed)]
    watches = watching(*[text for text, _ in asked], words=words)
    assert matched(watches, article.title, article.body) == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | aliased), max_size=12), articles)
def test_added_changed_and_removed_watches_leave_no_trace(
    edits: list[tuple[int, Written | None]], article: Text
) -> None:
    watches, kept = WatchSet(Counted()), dict[int, str]()
    for watch, written in edits:
        if written is None:
            watches.remove(watch)
            kept.pop(watch, None)
        else:
            watches.add(watch, 1, read(written[0]))
            kept[watch] = written[0]
    analyzed = analyze(article.title, article.body)
    expected = [watch for watch in sorted(kept) if compiled(read(kept[watch]))(analyzed)]
    assert matched(watches, article.title, article.body) == expected
    assert len(watches) == len(kept)
    for watch in kept:
        watches.remove(watch)
    assert not watches._waiting


def test_a_match_names_watch_version_and_spans() -> None:
    watches = WatchSet(Counted())
    watches.add(7, 3, read("kim soldier*"))
    title, body = "Kim’s “Soldiers”", "soldiers"
    assert watches.match(analyze(title, body), title, body) == [
        Match(
            watch=7,
            version=3,
            spans=(
                Span("title", 0, 3, "kim"),
                Span("title", 7, 15, "soldier*"),
                Span("body", 0, 8, "soldier*"),
            ),
        )
    ]


def test_a_watch_that_needs_no_word_is_always_asked() -> None:
    watches = watching("kim OR -football", "-(-kim)")
    assert matched(watches, "anything") == [0]
    assert matched(watches, "kim football") == [0, 1]


def test_many_languages_at_once() -> None:
    watches = watching("김정은", "солдат*", "北京", "プーチン", "جنود", "στρατιώτες", "askerleri")
    assert matched(watches, "김정은이 солдатов") == [0, 1]
    assert matched(watches, "在北京 ﾌﾟｰﾁﾝ جُنود ΣΤΡΑΤΙΏΤΕΣ ASKERLERİ") == [2, 3, 4, 5, 6]


def test_work_counts_the_terms_that_an_article_has_of_every_watch() -> None:
    watches = watching("kim OR un", "kim OR un OR kursk*", '"kim un"', "-(-kim)")
    for text, work in (("nothing", 1), ("kim", 3), ("kim un", 6), ("un kursk kim", 6)):
        assert watches.work(analyze(text, "")) == work
