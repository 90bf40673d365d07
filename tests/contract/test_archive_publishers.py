"""Publishers: as wirewatch knows them, as their pages say, as a configuration describes them."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from archive import publishers, stories
from archive.database import Database
from archive.publishers import KeptPublisher
from archive.schema import publishers as rows
from news.families import shipped
from tests.contract.archive_world import NOW, add_article, new_article, within
from wirewatch.apply import bring_in_line
from wirewatch.config.load import load

FILE = "wirewatch.toml"


def kept(archive: Database, domain: str) -> KeptPublisher:
    (one,) = [one for one in within(archive, publishers.listing) if one.domain == domain]
    return one


def words(one: KeptPublisher) -> tuple[str, str | None, str | None]:
    return one.name, one.family, one.country


def test_a_publisher_that_is_known_has_its_name_whatever_its_page_says(archive: Database) -> None:
    new = replace(new_article(publisher="theguardian.com"), publisher_name="Guardian Online | Home")
    assert add_article(archive, new).publisher_name == "The Guardian"
    other = replace(new_article(publisher="a.test"), publisher_name="The A")
    assert add_article(archive, other).publisher_name == "The A"


def test_a_family_is_counted_once_from_the_start(archive: Database) -> None:
    story = add_article(archive, new_article(1, publisher="mirror.co.uk")).story
    for number, publisher in ((2, "express.co.uk"), (3, "walesonline.co.uk"), (4, "apnews.com")):
        add_article(archive, new_article(number, publisher=publisher, story=story))
    told = within(archive, lambda conn: stories.of(conn, story))
    assert (told.publishers, told.families) == (4, 2)


def test_what_is_not_described_is_as_wirewatch_knows_it(archive: Database) -> None:
    within(archive, lambda conn: publishers.describe(conn, "tass.com", name="Tass agency"))
    known = shipped("tass.com")
    assert words(kept(archive, "tass.com")) == ("Tass agency", known.family, "ru")


def test_an_older_archive_is_given_the_words_of_this_wirewatch_once(archive: Database) -> None:
    for domain in ("bbc.com", "mirror.co.uk", "a.test"):
        add_article(archive, new_article(len(domain), publisher=domain))
    bare = update(rows).values(name=rows.c.domain, family=None, country=None)
    within(archive, lambda conn: conn.execute(bare))
    within(archive, lambda conn: publishers.own(conn, ["mirror.co.uk"], FILE))
    assert within(archive, publishers.refresh) == 1
    assert within(archive, publishers.refresh) == 0
    assert words(kept(archive, "bbc.com")) == ("BBC", "BBC", "gb")
    assert kept(archive, "mirror.co.uk").name == "mirror.co.uk"
    assert kept(archive, "a.test").name == "a.test"


DESCRIBED = """
[[publisher]]
domain = "bbc.com"
name = "Auntie"
family = "mine"
"""


def apply(archive: Database, file: Path, text: str, now: datetime = NOW) -> list[str]:
    file.write_text(text, "utf-8")
    done = bring_in_line(archive, load(file), now=now)
    return [f"{step.verb} {step.name}" for step in done.plan.steps]


@pytest.mark.parametrize("known", ["bbc.com", "a.example"])
def test_a_description_that_is_taken_back_leaves_what_is_known(
    archive: Database, tmp_path: Path, known: str
) -> None:
    said = partial(apply, archive, tmp_path / FILE)
    described = DESCRIBED.replace("bbc.com", known)
    assert said(described) == [f"add {known}"]
    assert said(described) == []
    assert words(kept(archive, known))[:2] == ("Auntie", "mine")
    assert said("") == [f"remove {known}"]
    assert said("") == []
    one = kept(archive, known)
    assert words(one) == (shipped(known).name, shipped(known).family, shipped(known).country)
    assert one.owned_by_file is None
