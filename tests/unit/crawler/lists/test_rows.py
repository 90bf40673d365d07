"""Lists whose headline stands beside the link, which itself says no more than "read more"."""

from datetime import UTC, datetime

import pytest

from crawler.lists.find import Asked, FoundLinks, NotAList, find

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HEADERS = {"content-type": "text/html; charset=utf-8"}
SUBJECTS = (
    "The council puts off its vote on the harbour once more",
    "A ferry with forty passengers waits for the tide",
    "Soldiers' families ask for names, not for numbers",
    "Tram line to the hospital opens after nine years",
    "Pear growers count the dents of a summer of hail",
    "Museum of toys shows a drum that nobody ever beat",
    "Winter service sends half of its ploughs to the north",
    "A letter from Kursk arrives seventy years late",
)


def page(row: str) -> bytes:
    rows = "".join(
        row.format(day=22 - number, title=title, number=4_000 + number)
        for number, title in enumerate(SUBJECTS)
    )
    return (
        "<!doctype html><title>Notices</title>"
        '<div class="menu"><a href="/">Home</a> <a href="/about">About us</a> '
        '<a href="/contact">Contact</a></div>'
        f"<table>{rows}</table><p><a href='/imprint'>Imprint</a></p>"
    ).encode()


def found(body: bytes) -> FoundLinks | NotAList:
    asked = Asked(url="https://town.test/list", headers=HEADERS, links=None, learned=None, now=NOW)
    return find(body, asked)


@pytest.mark.parametrize("more", ["Read more", "Подробнее", "続きを読む"])
def test_the_headline_is_that_of_the_row(more: str) -> None:
    row = "<tr><td>{day}.11.2026</td><td>{title}</td><td><a href='/n/{number}'>" + more
    links = found(page(row + "</a></td></tr>"))
    assert isinstance(links, FoundLinks)
    assert [(entry.title, entry.url) for entry in links.entries] == [
        (title, f"https://town.test/n/{4_000 + number}") for number, title in enumerate(SUBJECTS)
    ]


def test_a_link_with_words_of_its_own_is_not_named_after_its_row() -> None:
    row = "<tr><td>{title}</td><td><a href='/n/{number}'>Picture {number} of the day</a></td></tr>"
    links = found(page(row))
    titles = {entry.title for entry in links.entries} if isinstance(links, FoundLinks) else set()
    assert titles.isdisjoint(SUBJECTS)
