"""People split and join stories: it lasts, and nothing that was told is told again."""

from dataclasses import replace

from archive import alerts, articles, standing, stories, story_decisions
from archive.alerts import NewAlert
from archive.database import Database
from archive.story_decisions import Joined, Split
from news.alert import AlertKind, AlertState
from news.article import Article
from tests.contract.archive_world import MINUTE, NOW, add_article, add_watch, new_article, within

LATER = NOW + 60 * MINUTE


def accounts(archive: Database, many: int, *, story: int | None = None) -> list[Article]:
    """Keep so many articles of one story, each by a publisher of its own, a minute apart."""
    found: list[Article] = []
    for number in range(1, many + 1):
        at = NOW + number * MINUTE
        new = new_article(number, publisher=f"p{number}-{story or 0}.test", story=story, owed_at=at)
        found.append(add_article(archive, replace(new, first_seen_at=at)))
        story = found[0].story
    return found


def copy_of(archive: Database, one: Article, number: int) -> Article:
    new = new_article(number, publisher="copies.test", story=one.story)
    return add_article(archive, replace(new, copy_of=one.id, first_seen_at=LATER))


def tell(archive: Database, watch: int, article: Article) -> int:
    new = NewAlert(
        watch=watch,
        story=article.story,
        article=article.id,
        kind=AlertKind.STORY,
        reason="told",
        state=AlertState.TOLD,
        at=LATER,
    )
    number = within(archive, lambda conn: alerts.add(conn, new))
    assert number is not None
    return number


def split(archive: Database, *chosen: Article) -> Split | None:
    numbers, story = [one.id for one in chosen], story_of(archive, chosen[0])
    return within(
        archive, lambda conn: story_decisions.split(conn, numbers, from_story=story, at=LATER)
    )


def join(archive: Database, one: int, other: int) -> Joined | None:
    return within(archive, lambda conn: story_decisions.join(conn, one, other, at=LATER))


def story_of(archive: Database, article: Article) -> int:
    now = within(archive, lambda conn: articles.get(conn, article.id))
    assert now is not None
    return now.story


def knows(archive: Database, watch: int, article: Article) -> tuple[bool, bool]:
    """Tell whether a watch was told of the article's story, and of the article."""
    story = story_of(archive, article)
    found = within(
        archive,
        lambda conn: standing.of(conn, watch=watch, story=story, article=article.id, now=LATER),
    )
    return found.told_story, found.told_article


def test_a_split_article_is_a_story_of_its_own_with_its_copies(archive: Database) -> None:
    first, second, third = accounts(archive, 3)
    copy = copy_of(archive, second, 9)
    copy_of_copy = copy_of(archive, copy, 10)
    done = split(archive, second)
    assert done is not None
    assert done.moved == (second.id, copy.id, copy_of_copy.id)
    assert done.from_story == first.story == story_of(archive, third)
    assert {story_of(archive, one) for one in (second, copy, copy_of_copy)} == {done.story}
    assert done.story != first.story
    told = within(archive, lambda conn: stories.of(conn, done.story))
    assert (told.articles, told.publishers, told.first_at) == (3, 2, second.first_seen_at)


def test_a_copy_that_is_split_off_leaves_its_original_where_it_is(archive: Database) -> None:
    first = accounts(archive, 1)[0]
    copy = copy_of(archive, first, 9)
    done = split(archive, copy)
    assert done is not None
    assert done.moved == (copy.id,)
    assert story_of(archive, first) == first.story


def test_the_whole_of_a_story_cannot_be_split_off_from_it(archive: Database) -> None:
    first = accounts(archive, 1)[0]
    copy_of(archive, first, 9)
    assert split(archive, first) is None
    assert story_of(archive, first) == first.story
    assert not within(archive, lambda conn: story_decisions.decided(conn, first.id))


def test_a_story_knows_what_it_is_held_apart_from(archive: Database) -> None:
    first, second = accounts(archive, 2)
    done = split(archive, second)
    assert done is not None
    with archive.reading() as conn:
        assert story_decisions.held_apart(conn, done.story) == {first.story}
        assert story_decisions.held_apart(conn, first.story) == {done.story}
        assert story_decisions.decided(conn, second.id)
        assert not story_decisions.decided(conn, first.id)


def test_who_was_told_of_the_whole_was_told_of_both_halves(archive: Database) -> None:
    first, second, third = accounts(archive, 3)
    by_first, by_second, never = (add_watch(archive, name) for name in ("One", "Two", "Three"))
    tell(archive, by_first, first)
    tell(archive, by_second, second)
    assert split(archive, second) is not None
    later = copy_of(archive, replace(second, story=story_of(archive, second)), 20)
    for watch in (by_first, by_second):
        assert knows(archive, watch, later) == (True, False)
        assert knows(archive, watch, third) == (True, False)
    assert knows(archive, by_first, second) == (True, False)
    assert knows(archive, by_second, second) == (True, True)
    assert knows(archive, never, later) == knows(archive, never, third) == (False, False)


def test_what_is_told_after_a_split_counts_for_its_half_alone(archive: Database) -> None:
    first, second = accounts(archive, 2)
    watch = add_watch(archive)
    assert split(archive, second) is not None
    tell(archive, watch, second)
    assert knows(archive, watch, second) == (True, True)
    assert knows(archive, watch, first) == (False, False)


def test_a_half_that_is_split_again_is_covered_still(archive: Database) -> None:
    first, second, third, fourth = accounts(archive, 4)
    watch = add_watch(archive)
    tell(archive, watch, first)
    assert split(archive, second, third, fourth) is not None
    assert split(archive, second, third) is not None
    assert split(archive, third) is not None
    assert len({story_of(archive, one) for one in (first, second, third, fourth)}) == 4
    assert all(knows(archive, watch, one)[0] for one in (first, second, third, fourth))


def test_joined_stories_go_by_the_older_one(archive: Database) -> None:
    old = accounts(archive, 2)
    young = accounts(archive, 1, story=within(archive, lambda conn: stories.opened(conn, at=NOW)))
    done = join(archive, young[0].story, old[0].story)
    assert done == Joined(story=old[0].story, former=young[0].story, moved=(young[0].id,))
    with archive.reading() as conn:
        assert story_decisions.standing_story(conn, young[0].story) == old[0].story
        assert story_decisions.standing_story(conn, old[0].story) == old[0].story
        assert story_decisions.standing_story(conn, 999) == 999
        assert stories.of(conn, old[0].story).articles == 3
        assert story_decisions.decided(conn, young[0].id)
    assert join(archive, old[0].story, old[0].story) is None


def test_who_was_told_of_either_was_told_of_the_joined_one(archive: Database) -> None:
    one, other = add_article(archive, new_article(1)), add_article(archive, new_article(2))
    watch, another = add_watch(archive, "One"), add_watch(archive, "Two")
    tell(archive, watch, one)
    tell(archive, another, other)
    assert join(archive, one.story, other.story) is not None
    later = add_article(archive, new_article(3, story=one.story))
    assert knows(archive, watch, later) == knows(archive, another, later) == (True, False)


def test_a_name_that_was_joined_twice_is_found(archive: Database) -> None:
    one, two, three = (add_article(archive, new_article(number)) for number in (1, 2, 3))
    assert join(archive, two.story, three.story) is not None
    assert join(archive, one.story, two.story) is not None
    with archive.reading() as conn:
        assert story_decisions.standing_story(conn, three.story) == one.story


def test_joining_undoes_a_split_and_splitting_undoes_a_join(archive: Database) -> None:
    first, second = accounts(archive, 2)
    done = split(archive, second)
    assert done is not None
    assert join(archive, done.story, first.story) is not None
    with archive.reading() as conn:
        assert story_decisions.held_apart(conn, first.story) == frozenset()
        assert stories.of(conn, first.story).articles == 2
    again = split(archive, second)
    assert again is not None
    with archive.reading() as conn:
        assert story_decisions.held_apart(conn, first.story) == {again.story}


def test_a_parting_outlives_joins_of_its_sides(archive: Database) -> None:
    oldest = add_article(archive, new_article(50, publisher="other.test"))
    first, second = accounts(archive, 2)
    done = split(archive, second)
    assert done is not None
    assert join(archive, oldest.story, first.story) is not None
    with archive.reading() as conn:
        assert story_decisions.held_apart(conn, done.story) == {oldest.story}
        assert story_decisions.held_apart(conn, oldest.story) == {done.story}


def test_the_times_of_a_story_are_those_of_its_articles(archive: Database) -> None:
    _, second, third = accounts(archive, 3)
    done = split(archive, third)
    assert done is not None
    assert join(archive, done.story, done.from_story) is not None
    again = split(archive, second, third)
    assert again is not None
    with archive.reading() as conn:
        assert stories.times(conn, again.story) == (second.owed_at, third.owed_at)
        assert stories.times(conn, again.from_story) == (NOW + MINUTE, NOW + MINUTE)
