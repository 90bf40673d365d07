"""A newsroom's site, generated: sections, sub-sections, paging, and traps that never end."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from typing import Any

from crawler.http import Fetched, FetchFailed
from crawler.politeness import NO_HEADERS

SECTIONS = {
    "/world": ("/world/asia", "/world/europe"),
    "/politics": ("/politics/elections",),
    "/economy": ("/economy/markets", "/economy/companies"),
    "/culture": ("/culture/books",),
}
WORDS = (
    "harbour",
    "crane",
    "bridge",
    "council",
    "budget",
    "strike",
    "election",
    "storm",
    "railway",
)
MORE = ("museum", "hospital", "parliament", "school", "market", "tunnel", "ferry")


@dataclass(frozen=True, slots=True)
class Story:
    """One article and where it stands."""

    number: int
    section: str
    title: str


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """Answers as a site would; `asked` counts requests by path, robots.txt among them."""

    base: str = "https://press.test"
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SECTIONS)
    robots: str = "User-agent: *\nDisallow: /culture\n"
    design: int = 1
    down: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    stories: list[Story] = field(default_factory=list)
    wall: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(40_001))
    sessions: bool = False
    _numbers_of_sessions: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def with_stories(cls, each: int = 6, **settings: Any) -> "Newsroom":
        room = cls(**settings)
        for _ in range(each):
            for section, below in room.sections.items():
                for place in (section, *below):
                    room.publish(place)
        return room

    def publish(self, section: str) -> Story:
        number = next(self._numbers)
        first, second = WORDS[number % len(WORDS)], MORE[number % len(MORE)]
        title = f"The {first} and the {second} of {section.rpartition('/')[2]}, part {number}"
        story = Story(number, section, title)
        self.stories.insert(0, story)
        return story

    def url(self, story: Story) -> str:
        words = story.title.lower().replace(",", "").replace(" ", "-")
        if self.design == 1:
            return f"{self.base}/2026/11/{words}"
        return f"{self.base}/story/{story.number}/{words}"

    @property
    def requests(self) -> int:
        """Count what was asked for, robots.txt left out."""
        return self.asked.total() - self.asked["/robots.txt"]

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        path = url.replace(":443/", "/").removeprefix(self.base) or "/"
        self.asked[path] += 1
        if path == "/robots.txt":
            return Fetched(url=url, status=200, body=self.robots.encode())
        page = None if path in self.down else self.page(path)
        if page is None:
            return Fetched(url=url, status=404)
        body = page.encode()
        tag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
        if headers.get("If-None-Match") == tag:
            return Fetched(url=url, status=304, headers={"etag": tag})
        self.whole[path] += 1
        told = {"content-type": "text/html; charset=utf-8", "etag": tag}
        return Fetched(url=url, status=200, headers=told, body=body)

    def page(self, path: str) -> str | None:
        """Return the page at a path, None where there is none."""
        if self.wall:
            return self.wall
        bare = path.partition("?")[0]
        if bare == "/":
            leads = [self._latest(one, 3) for one in self.sections]
            return self._html("The Press", [story for one in leads for story in one])
        if bare.startswith(("/calendar", "/s/")):
            return self._html("Another day", self.stories[:2], extra=self._traps(path))
        section = bare.partition("/page/")[0]
        if section in self._places():
            return self._html(section, self._latest(section, 8), section=section)
        return None

    def _places(self) -> set[str]:
        return {one for section, below in self.sections.items() for one in (section, *below)}

    def _latest(self, section: str, most: int) -> list[Story]:
        return [story for story in self.stories if story.section == section][:most]

    def _html(self, title: str, stories: list[Story], *, section: str = "", extra: str = "") -> str:
        nav = "".join(f'<li><a href="{one}">{one[1:].title()}</a></li>' for one in self.sections)
        below = "".join(
            f'<li><a href="{one}">{one.rpartition("/")[2].title()}</a></li>'
            for one in self.sections.get(section, ())
        )
        traps = self._traps(section or "/")
        told = "".join(self._told(story) for story in stories)
        return (
            f"<html><head><title>{title}</title></head><body><header><nav><ul>{nav}</ul></nav>"
            f'</header><div class="subnav"><ul>{below}</ul></div><main>{told}</main>{extra}'
            f'{traps}<footer><a href="/about">About us</a> <a href="/contact">Contact</a>'
            '<a href="https://elsewhere.test/world">Our friends</a></footer></body></html>'
        )

    def _told(self, story: Story) -> str:
        if self.design == 1:
            return f'<article><h3><a href="{self.url(story)}">{story.title}</a></h3></article>'
        return f'<div class="teaser"><p><a href="{self.url(story)}">{story.title}</a></p></div>'

    def _traps(self, path: str) -> str:
        page = path.partition("?")[0].rstrip("/")
        links = {
            f"{page}?page=2": "Next",
            f"{page}/page/2": "2",
            f"{page}?sort=popular": "Most read",
            "/calendar/2026/11/22": "Yesterday",
            "/calendar/2026/10": "October",
            "/login?next=/": "Log in",
            "/search?q=": "Search",
            "/world/asia?print=1": "Print",
        }
        if self.sessions:
            session = f"{next(self._numbers_of_sessions):012x}"
            links[f"/s/{session}/world"] = "World"
            links[f"/world?sid={session}"] = "World"
        return "".join(f'<a href="{url}">{name}</a> ' for url, name in links.items())
