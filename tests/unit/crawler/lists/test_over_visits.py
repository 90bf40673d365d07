"""Stories over several visits to one list page."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from crawler.lists.find import NEVER_ANY, NONE_NAMED, Asked, Found, FoundLinks, NotAList, find
from crawler.lists.learned import Learned, described, learned_from
from crawler.lists.remembered import remembered, with_kind
from news.entry import Entry

URL = "https://paper.example/"
START = datetime(2026, 11, 1, 6, tzinfo=UTC)


def story(number: int, title: str = "", more: str = "Read more", comments: int = 0) -> str:
    shown = title or f"The harbour has its story number {number}"
    where = f"/news/2026/11/story-number-{number}.html"
    return (
        f'<div class="story"><h3><a href="{where}">{shown}</a></h3>'
        f'<p>{comments + 1} hours ago <a href="{where}">{more}</a>'
        f'<a href="{where}#comments">{comments} comments</a></p>'
        "</div>"
    )


NAV = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in ("news", "sport"))
BOX = '<div class="story"><h3><a href="/harbour-tours-2026">Tours of the harbour, all year</a></h3>'


def page(*stories: str, around: str = "") -> str:
    return f"<html><body><ul>{NAV}</ul>{''.join(stories)}{around}</body></html>"


@dataclass
class Visits:
    """Looks at one page again and again, and remembers as the archive would."""

    learned: str | None = None
    now: datetime = START
    links: str | None = None
    told: list[dict[str, Entry]] = field(default_factory=list)

    def look(self, html: str, **later: float) -> Found:
        self.now += timedelta(**later)
        asked = Asked(url=URL, headers={}, links=self.links, learned=self.learned, now=self.now)
        found = find(html.encode(), asked)
        if isinstance(found, FoundLinks):
            self.learned = found.learned
            self.told.append({entry.key(): entry for entry in found.entries})
        return found

    def changed(self) -> list[str]:
        """Return the keys of entries that the last visit told otherwise than the one before."""
        before, after = self.told[-2:]
        return [
            key
            for key in before.keys() & after
            if before[key].fingerprint() != after[key].fingerprint()
        ]

    def new(self) -> list[str]:
        """Return the titles that the last visit told and the one before did not."""
        before, after = self.told[-2:]
        return [after[key].title for key in after.keys() - before.keys()]


def test_a_new_link_is_one_new_entry_and_navigation_none() -> None:
    visits = Visits()
    visits.look(page(*map(story, range(1, 7))))
    visits.look(page(*map(story, range(6))), hours=1)
    assert visits.new() == ["The harbour has its story number 0"]
    assert visits.changed() == []
    assert not any("/sport" in key for told in visits.told for key in told)


def test_a_headline_that_is_edited_changes_its_entry_and_no_other() -> None:
    visits = Visits()
    visits.look(page(*map(story, range(1, 7))))
    edited = story(3, title="The harbour corrects its third story")
    visits.look(page(story(1), story(2), edited, *map(story, range(4, 7))))
    assert visits.changed() == [f"{URL}news/2026/11/story-number-3.html"]
    assert visits.new() == []


def test_what_is_fleeting_changes_nothing() -> None:
    visits = Visits()
    visits.look(page(*(story(n, comments=n) for n in range(1, 7))))
    visits.look(page(*(story(n, comments=n * 7, more="Continue reading") for n in range(1, 7))))
    assert visits.changed() == []


@pytest.mark.parametrize("visits", [1, 14])
def test_a_link_that_always_stood_there_does_not_become_an_article(visits: int) -> None:
    seen = Visits()
    for day in range(visits):
        short = BOX.replace("Tours of the harbour, all year", "Tours") + "</div>"
        seen.look(page(*map(story, range(day, day + 6)), around=short), days=1)
    louder = BOX.replace("all year", "now at half of the price of the year before") + "</div>"
    seen.look(page(*map(story, range(visits, visits + 6)), around=louder), days=1)
    assert (f"{URL}harbour-tours-2026" in seen.told[-1]) is (visits == 1)


def test_a_page_that_never_listed_any_says_how_to_name_them() -> None:
    found = Visits().look(page("<p>Nothing here but <a href='/about'>us</a>.</p>"))
    assert found == NotAList(NEVER_ANY)


def test_a_page_that_lists_none_any_more_is_not_silent() -> None:
    visits = Visits()
    visits.look(page(*map(story, range(1, 7))))
    found = visits.look(page("<p>We have moved.</p>"))
    assert isinstance(found, NotAList)
    assert "where there were 6; was the page redesigned?" in found.reason


def test_links_that_are_named_are_the_only_ones() -> None:
    visits = Visits(links="ul > li")
    found = visits.look(page(*map(story, range(1, 4))))
    assert isinstance(found, FoundLinks)
    assert [entry.title for entry in found.entries] == ["News", "Sport"]
    assert Visits(links="div.none > a").look(page(story(1))) == NotAList(NONE_NAMED)


def test_other_sites_are_taken_only_when_they_are_named() -> None:
    partner = (
        '<h3><a href="https://partner.example/2026/11/23/a-long-story">A long story told</a></h3>'
    )
    html = page(*map(story, range(1, 5)), around=partner)
    found = Visits().look(html)
    assert isinstance(found, FoundLinks)
    assert all(entry.url and "partner" not in entry.url for entry in found.entries)
    named = Visits(links="h3 > a").look(html)
    assert isinstance(named, FoundLinks)
    assert len(named.entries) == 5


def test_what_was_learned_is_described_in_plain_words() -> None:
    visits = Visits()
    for _ in range(2):
        visits.look(page(*map(story, range(1, 7))))
    assert described(visits.learned) == [
        "6 articles found there, the last of 2 looks",
        "articles have addresses such as /world/2026/11/words-of-the-title.html",
        "its links stand in the page as div.story > h3 > a",
        "its links stand in the page as div.story > p > a",
        "2 other links seen at every visit",
    ]
    assert described(None) == ["nothing was learned yet"]
    assert described(with_kind("feed", None)) == ["it is a feed; nothing has to be learned"]
    assert described(with_kind("list", visits.learned)) == described(visits.learned)


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "7", "no JSON", '{"visits": 1, "x": 2}'])
def test_what_cannot_be_read_was_never_learned(text: str | None) -> None:
    assert learned_from(text) == Learned()
    assert remembered(text)[0] is None


def test_what_is_kept_stays_small_however_long_a_page_is_visited() -> None:
    visits = Visits()
    for day in range(30):
        links = "".join(f'<p><a href="/{day}/{n}">x{n}</a></p>' for n in range(400))
        visits.look(page(*map(story, range(day, day + 6)), around=links), days=1)
    assert len(visits.learned or "") < 60_000
