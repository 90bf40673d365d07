"""What a page permits to be kept, in the words by which pages say it."""

from datetime import UTC, datetime

import pytest

from crawler.extract.rights import directives, forbids_archive
from crawler.extract.said import Said

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def said(*robots: str, **metas: str) -> Said:
    named = {name.replace("_", "-"): [text] for name, text in metas.items()}
    return Said(metas={"robots": list(robots), **named}, article={})


@pytest.mark.parametrize(
    ("robots", "forbidden"),
    [
        ("index, follow", False),
        ("noindex", False),
        ("noarchive", True),
        ("NoArchive , follow", True),
        ("none", False),
        ("nocache", True),
        ("nosnippet", True),
        ("noai, noimageai", False),
        ("max-snippet:-1, max-image-preview:large", False),
        ("unavailable_after: 2026-11-23", True),
        ("unavailable_after: 2026-11-24", False),
        ("unavailable_after: Mon, 23 Nov 2026 12:00:00 GMT", True),
        ("unavailable_after: Wed, 25 Nov 2026 12:00:00 GMT", False),
        ("index, unavailable_after: 25 Jun 2010 15:00:00 PST", True),
        ("unavailable_after: some day", False),
        ("unavailable_after: 2026-13-99", False),
        ("unavailable_after:", False),
    ],
)
def test_robots_are_told_by_the_page_and_by_its_answer_alike(robots: str, forbidden: bool) -> None:
    assert forbids_archive(said(robots), {}, now=NOW) is forbidden
    assert forbids_archive(said(), {"x-robots-tag": robots}, now=NOW) is forbidden
    assert forbids_archive(said(), {"x-robots-tag": f"wirewatch: {robots}"}, now=NOW) is forbidden
    assert not forbids_archive(said(), {"x-robots-tag": f"otherbot: {robots}"}, now=NOW)


def test_a_name_holds_until_the_next_one() -> None:
    header = "otherbot: noarchive, nofollow, wirewatch: nosnippet, max-snippet: 3"
    told = directives(said(), {"x-robots-tag": header})
    assert told == {"nosnippet", "max-snippet: 3"}


@pytest.mark.parametrize(
    ("value", "forbidden"), [("1", True), (" 1 ", True), ("0", False), ("", False)]
)
def test_reserved_rights_are_kept(value: str, forbidden: bool) -> None:
    assert forbids_archive(said(tdm_reservation=value), {}, now=NOW) is forbidden
    assert forbids_archive(said(), {"tdm-reservation": value}, now=NOW) is forbidden
