"""What those who look on are told: what happens now, whole stories, and how texts changed."""

from dataclasses import replace

import pytest

from archive import articles, following, revisions, run_lock, trail, whole_story
from archive.database import Database
from archive.whole_story import Named
from news.revision import Wording
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import (
    MINUTE,
    NOW,
    add_article,
    add_watch,
    new_article,
    within,
)


def line(
    step: Step, code: str, article: int, *, watch: int | None = None, back: int = 0
) -> TrailLine:
    reason = Reason(step=step, code=code, words=f"it is {code}", watch=watch)
    return TrailLine(at=NOW - MINUTE * back, reason=reason, article=article)


def owe(archive: Database, article: int, code: str = "new", *, watch: int | None = None) -> None:
    """Write the lines that owing writes."""
    lines = [
        line(Step.READ, "full", article),
        line(Step.RECOGNISED, code, article),
        *([line(Step.MATCHED, "matched", article, watch=watch)] if watch else []),
        *([line(Step.DECIDED, "told", article, watch=watch)] if watch else []),
    ]
    within(archive, lambda conn: trail.write(conn, lines))


def test_each_owing_is_one_happening_with_its_decisions(archive: Database) -> None:
    watch = add_watch(archive)
    first, second = add_article(archive, new_article(1)), add_article(archive, new_article(2))
    begin = within(archive, following.newest)
    assert begin == 0
    owe(archive, first.id)
    owe(archive, second.id, watch=watch)
    owe(archive, second.id, "revised", watch=watch)
    one, two, again = within(archive, lambda conn: following.happened(conn, after=begin))
    assert (one.article, one.code, one.decided) == (first.id, "new", ())
    assert (one.title, one.url, one.publisher) == (first.title, first.url, first.publisher_name)
    assert one.at == NOW
    assert (two.article, two.code) == (second.id, "new")
    (decided,) = two.decided
    assert (decided.watch, decided.watch_name, decided.code) == (watch, "DPRK troops", "told")
    assert decided.words == "it is told"
    assert (again.article, again.code) == (second.id, "revised")
    later = within(archive, lambda conn: following.happened(conn, after=two.line))
    assert later == [again]
    assert within(archive, following.newest) == again.line
    assert within(archive, lambda conn: following.happened(conn, after=again.line)) == []


def test_what_is_cut_off_comes_whole_the_next_time(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = add_watch(archive)
    kept = [add_article(archive, new_article(number)) for number in (1, 2, 3)]
    for one in kept:
        owe(archive, one.id, watch=watch)
    limited = following._LINES.limit(3)
    monkeypatch.setattr(following, "_LINES", limited)
    monkeypatch.setattr(following, "AT_ONCE", 3)
    seen: list[tuple[int, int]] = []
    after = 0
    while found := within(archive, lambda conn: following.happened(conn, after=after)):  # noqa: B023 - used at once
        seen += [(one.article, len(one.decided)) for one in found]
        after = found[-1].line
    assert seen == [(one.id, 1) for one in kept]


def test_one_may_begin_some_time_back(archive: Database) -> None:
    kept = add_article(archive)
    lines = [line(Step.RECOGNISED, "new", kept.id, back=back) for back in (30, 20, 10)]
    within(archive, lambda conn: trail.write(conn, lines))
    for minutes, expected in ((5, 0), (15, 1), (25, 2), (60, 3)):
        since = NOW - MINUTE * minutes
        begin = within(archive, lambda conn: following.first_since(conn, since))  # noqa: B023 - used at once
        found = within(archive, lambda conn: following.happened(conn, after=begin))  # noqa: B023 - used at once
        assert len(found) == expected


def test_revisions_are_told_with_their_texts(archive: Database) -> None:
    kept = add_article(archive, new_article(1, title="Troops leave", body="They left."))
    assert within(archive, lambda conn: revisions.of(conn, kept.id)) == []
    new = new_article(1, title="Troops return", body="They came back.", owed_at=NOW + MINUTE)
    within(archive, lambda conn: articles.revise(conn, kept.id, new))
    (one,) = within(archive, lambda conn: revisions.of(conn, kept.id))
    assert (one.n, one.at, one.change, one.size) == (1, NOW + MINUTE, "headline", 5)

    def wording(n: int) -> Wording | None:
        return within(archive, lambda conn: revisions.wording(conn, kept.id, n))

    assert wording(1) == Wording(title="Troops leave", lead="They left.", body="They left.")
    assert wording(2) == Wording(
        title="Troops return", lead="They came back.", body="They came back."
    )
    assert wording(3) is None
    assert within(archive, lambda conn: revisions.wording(conn, 999, 1)) is None


def test_a_story_is_told_in_order_of_time(archive: Database) -> None:
    first = add_article(archive, new_article(1))
    copy = replace(
        new_article(2, publisher="kcna.test", story=first.story),
        copy_of=first.id,
        first_seen_at=NOW - MINUTE,
    )
    second = add_article(archive, copy)
    whole = within(archive, lambda conn: whole_story.of(conn, first.story))
    assert (whole.story.articles, whole.story.publishers) == (2, 2)
    assert [(one.article.id, one.of and one.of.article) for one in whole.tellings] == [
        (second.id, first.id),
        (first.id, None),
    ]
    assert whole.alerts == ()


def test_a_story_has_many_names(archive: Database) -> None:
    kept = add_article(archive)

    def named(name: str) -> Named | None:
        return within(archive, lambda conn: whole_story.named(conn, name))

    of_article = Named(story=kept.story, article=kept.id)
    assert named(f"st_{kept.story}") == Named(story=kept.story)
    assert named(f"ar_{kept.id}") == of_article
    assert named(kept.url) == of_article
    assert named(f"{kept.url}?utm_source=rss") == of_article
    for unknown in ("st_999", "ar_999", "al_999", "w_1", "https://yna.test/nowhere"):
        assert named(unknown) is None


def test_whoever_looks_on_may_ask_whether_a_run_is_at_work(sqlite_url: str) -> None:
    assert run_lock.is_held(sqlite_url) is False  # none ever was
    with run_lock.hold(sqlite_url):
        assert run_lock.is_held(sqlite_url) is True
        assert run_lock.is_held(sqlite_url) is True
    assert run_lock.is_held(sqlite_url) is False
    with run_lock.hold(sqlite_url):
        pass  # those who asked do not stand in the way
    assert run_lock.is_held("postgresql://server/archive") is None
