"""A source is its whole address: what selects a document makes another source."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from archive import sources
from archive.columns import digest
from archive.database import Database
from news.errors import ArchiveError
from news.source_address import source_address
from tests.contract.archive_world import FEED, NOW

FRONT = replace(FEED, name="Front", kind="list", url="https://a.test/")
BLOG = replace(FEED, name="Blog", url="https://a.test/?feed=rss2")


def test_a_front_page_and_the_feed_behind_its_parameter_are_two_sources(archive: Database) -> None:
    with archive.writing() as conn:
        sources.add(conn, FRONT, now=NOW)
        sources.add(conn, BLOG, now=NOW)
        spelt = replace(BLOG, name="Again", url="https://A.test/?utm_source=x&feed=rss2")
        with pytest.raises(ArchiveError):
            sources.add(conn, spelt, now=NOW)
        assert len(sources.listing(conn)) == 2


def test_each_address_is_kept_under_what_makes_it_itself(archive: Database) -> None:
    with archive.writing() as conn:
        number = sources.add(conn, BLOG, now=NOW)
        found = conn.execute(text("SELECT url_hash FROM sources WHERE id = :n"), {"n": number})
        assert bytes(found.scalar_one()) == digest(source_address(BLOG.url))
