"""A world whose pages are looked at again: each knows its marks, and what was asked is kept."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

from archive import articles, revisions, revisits
from archive.database import Database
from archive.revisions import Revision
from news.page import Page, PageMarks, PageOutcome, SamePage, Unread
from tests.integration.story_world import LEASE, Pages, World
from wirewatch.revisiting import Revisiting

GONE = Unread(reason="HTTP 404", status=404)


@dataclass
class MarkedPages(Pages):
    """Pages with marks: what is asked again is `again`, what was the same then is `same`."""

    again: list[str] = field(default_factory=list)
    same: int = 0

    async def read(self, url: str, *, render: bool = False) -> PageOutcome:
        return _marked(await super().read(url, render=render))

    async def look_again(
        self, url: str, marks: PageMarks | None, *, render: bool = False
    ) -> PageOutcome | SamePage:
        self.again.append(url)
        found = _marked(self.pages.get(url, GONE))
        if not render and isinstance(found, Page) and marks is not None and found.marks == marks:
            self.same += 1
            return SamePage()
        return found


def _marked(found: PageOutcome) -> PageOutcome:
    if not isinstance(found, Page) or found.drawn:
        return found
    digest = blake2b(f"{found.title}{found.text}".encode(), digest_size=16).digest()
    return replace(found, marks=PageMarks(etag=digest.hex(), body_hash=digest))


class RevisitWorld(World):
    """Everything between a source and the outbox, and back to the pages."""

    def __init__(self, archive: Database) -> None:
        super().__init__(archive)
        self.looked = MarkedPages()
        self.pages = self.looked
        self.pipeline = replace(self.pipeline, pages=self.looked)

    async def look_all(self) -> int:
        """Read what is new, then look at what is due until nothing is; return how many looks."""
        await self.read_all()
        revisiting = Revisiting(
            database=self.archive,
            pages=self.looked,
            owing=self.pipeline.owing,
            rests=self.pipeline.rests,
            clock=lambda: self.now,
        )
        count = 0
        while True:
            with self.archive.writing() as conn:
                due = revisits.claim_due(conn, now=self.now, lease=LEASE, limit=8)
            if not due:
                return count
            for one in due:
                await revisiting.look(one)
                count += 1

    async def through(self, *, minutes: int, step: int = 5) -> int:
        """Let time go by, and look at what is due; return how many looks there were."""
        looks = 0
        for _ in range(0, minutes, step):
            self.later(minutes=step)
            looks += await self.look_all()
        return looks

    def revisions(self, article: int = 1) -> list[Revision]:
        with self.archive.reading() as conn:
            return revisions.of(conn, article)

    def kept(self, article: int = 1) -> tuple[str, str, int]:
        """Return title, body and revision of an article."""
        with self.archive.reading() as conn:
            one, reading = articles.get(conn, article), articles.reading_of(conn, article)
        assert one is not None
        return one.title, "" if reading is None else reading.body, one.revision
