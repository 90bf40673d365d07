"""An article is known at every address of its own, also in archives from before that was so."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, text

from archive import addresses, articles, recognition, upgrade
from archive.columns import digest
from archive.database import Database
from archive.engines import writer_engine
from archive.recognition import Known, Unknown
from news.article import Article
from tests.contract.archive_world import LONG, add_article, new_article, within

SEEN = "https://yna.test/view/1"
TWINS = [
    SEEN,
    "http://yna.test/view/1",
    "https://www.yna.test/view/1/?utm_source=rss",
    "http://m.yna.test/view/1",
    "https://yna-test.cdn.ampproject.org/c/s/yna.test/view/1",
    "https://yna.test/view/1#comments",
]


def at(archive: Database, url: str) -> int | None:
    found = within(archive, lambda conn: articles.by_url(conn, url))
    return found.id if found else None


@pytest.mark.parametrize("url", TWINS)
def test_an_article_is_found_at_each_of_its_addresses(archive: Database, url: str) -> None:
    article = add_article(archive)
    assert at(archive, url) == article.id
    assert article.url == SEEN


@pytest.mark.parametrize("url", TWINS[:-1])
def test_the_same_text_at_a_twin_of_its_address_is_no_revision(archive: Database, url: str) -> None:
    new = new_article()
    article = add_article(archive, new)
    told = replace(new, reading=replace(new.reading, url=url))
    found = within(archive, lambda conn: recognition.recognise(conn, told))
    assert found == Known(article=article, same_text=True)


def test_a_number_among_the_parameters_is_another_article(archive: Database) -> None:
    new = new_article()
    add_article(archive, new)
    told = replace(new, reading=replace(new.reading, url=f"{SEEN}?no=2"))
    assert isinstance(within(archive, lambda conn: recognition.recognise(conn, told)), Unknown)


def test_entries_that_share_an_address_stay_apart(archive: Database) -> None:
    new = new_article()
    for name in ("a", "b"):
        board = replace(new.reading, url=f"{SEEN}#{name}")
        add_article(archive, replace(new, reading=board))
    assert (at(archive, f"{SEEN}#a"), at(archive, f"{SEEN}#b")) == (1, 2)
    assert at(archive, SEEN) is None


def as_before(conn: Connection, articles: list[Article]) -> None:
    """Know articles by the spelling of their address alone, as versions before 0.4 did."""
    for article in articles:
        conn.execute(
            text("UPDATE articles SET url_hash = :hash WHERE id = :number"),
            {"hash": digest(article.url), "number": article.id},
        )


def kept_at(archive: Database, *urls: str) -> list[Article]:
    kept = []
    for number, url in enumerate(urls, start=1):
        new = new_article(number, body=f"{LONG} {number}")
        spelt = replace(new, reading=replace(new.reading, url=url))
        kept.append(add_article(archive, spelt))
    return kept


def test_an_archive_of_an_older_version_knows_its_articles_by_every_address(
    archive: Database,
) -> None:
    urls = [f"http://www.yna.test/view/{number}/" for number in range(1, 8)]
    kept = kept_at(archive, *urls)
    within(archive, lambda conn: as_before(conn, kept))
    assert at(archive, "https://yna.test/view/3") is None
    within(archive, addresses.respell)
    found = [at(archive, f"https://m.yna.test/view/{number}") for number in range(1, 8)]
    assert found == [article.id for article in kept]
    assert [at(archive, url) for url in urls] == found


def test_of_two_that_are_one_the_first_has_the_address_and_both_stay(archive: Database) -> None:
    kept = kept_at(archive, "https://other.test/1", "https://other.test/2", "https://other.test/3")
    spellings = ["http://yna.test/view/1", SEEN, "https://www.yna.test/view/1"]
    with archive.writing() as conn:
        for article, url in zip(kept, spellings, strict=True):
            values = {"url": url, "hash": digest(url), "number": article.id}
            conn.execute(
                text("UPDATE articles SET url = :url, url_hash = :hash WHERE id = :number"), values
            )
        addresses.respell(conn)
        addresses.respell(conn)
    assert {at(archive, url) for url in spellings} == {kept[0].id}
    with archive.reading() as conn:
        still = [articles.get(conn, one.id) for one in kept]
    assert [one.url for one in still if one] == spellings


def test_many_are_respelt_in_more_than_one_go(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "_AT_ONCE", 2)
    kept = kept_at(archive, *(f"http://yna.test/view/{number}" for number in range(5)))
    within(archive, lambda conn: as_before(conn, kept))
    within(archive, addresses.respell)
    assert [at(archive, f"https://yna.test/view/{n}") for n in range(5)] == [a.id for a in kept]


def test_upgrading_knows_what_an_older_version_kept_by_every_address(any_empty_url: str) -> None:
    """An archive of 0.3, in its own words: it knew an article by the digest of its address."""
    engine = writer_engine(any_empty_url, create=True)
    url = "http://www.yna.test/view/1/"
    with engine.begin() as conn:
        upgrade.migrate(conn, "0005")
        at = "now()" if conn.dialect.name == "postgresql" else "1764000000000000"
        no = "false" if conn.dialect.name == "postgresql" else "0"
        conn.execute(text("INSERT INTO publishers (id, domain, name) VALUES (1, 'yna.test', 'Y')"))
        conn.execute(text(f"INSERT INTO stories (id, opened_at, last_at) VALUES (1, {at}, {at})"))
        conn.execute(
            text(
                "INSERT INTO articles (id, url, url_hash, publisher, story, title, authors, "
                "first_seen_at, owed_at, text_hash, read, note, awaited, revision) VALUES "
                f"(1, :url, :hash, 1, 1, 'T', '[]', {at}, {at}, :hash, 'full', '', {no}, 1)"
            ),
            {"url": url, "hash": digest(url)},
        )
    engine.dispose()
    upgrade.prepare(any_empty_url)
    archive = Database.open(any_empty_url)
    with archive.reading() as conn:
        found = [articles.by_url(conn, one) for one in (url, SEEN)]
    archive.close()
    assert [article.id for article in found if article] == [1, 1]
