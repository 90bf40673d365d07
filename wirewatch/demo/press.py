"""What one outlet shows at the moment: its feeds' items and the pages behind its addresses.

A press holds state and does no I/O; newsroom.py serves it. Every change gives it a new version,
so that a reader who sends back the validator of a version has shown that it kept that version.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wirewatch.demo.script import Outlet, Piece, Way

MAIN_FEED = "/feed"
FRONT_PAGE = "/"
"""What an outlet without a feed shows in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One item of a feed; `published` and `updated` are UTC."""

    piece: Piece
    own_id: str
    url: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands at one address: a piece, under the address that it calls its own."""

    piece: Piece
    canonical: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What once stood here is to be found at `url`."""

    url: str


class Press:
    """One outlet's present state, changed by what the script makes happen."""

    def __init__(self, outlet: Outlet, base: str) -> None:
        self.outlet = outlet
        self.base = base
        self.version = 1
        self._feeds: dict[str, list[Listing]] = {path: [] for path in feed_paths(outlet)}
        self._pages: dict[str, Shown | Elsewhere] = {}
        self._listed: dict[str, Listing] = {}
        self._listed_in: dict[str, int] = {}
        self._article_at: dict[str, str] = {}

    def publish(self, piece: Piece, now: datetime) -> None:
        """Put `piece` on top of the main feed, with its page."""
        published = now - piece.old if piece.old else now
        url = self.base + self._path(piece)
        listing = Listing(piece=piece, own_id=url, url=url, published=published, updated=published)
        self._listed[piece.id] = listing
        self._show(url, listing)
        self._list(MAIN_FEED, listing)

    def edit(self, piece: Piece, now: datetime) -> None:
        """Let a piece that was published before read as `piece` does, wherever it stands."""
        self._listed[piece.id] = replace(self._listed[piece.id], piece=piece, updated=now)
        for path, listings in self._feeds.items():
            self._feeds[path] = [
                replace(each, piece=piece, updated=now) if each.piece.id == piece.id else each
                for each in listings
            ]
        for path, page in self._pages.items():
            if isinstance(page, Shown) and page.piece.id == piece.id:
                self._pages[path] = replace(page, piece=piece, updated=now)
        self.version += 1
        self._listed_in[piece.id] = self.version

    def repeat(self, piece_id: str, way: Way, now: datetime) -> None:
        """Let the piece show up once more, or leave the feed, in that way."""
        listing = self._listed[piece_id]
        again = f"{self.base}/?p={piece_id}-{int(now.timestamp())}"
        match way:
            case Way.GUID:
                self._withdraw(piece_id)
                self._list(MAIN_FEED, replace(listing, own_id=again))
            case Way.TRACKING:
                self._list(MAIN_FEED, replace(listing, own_id=again, url=_tracked(listing.url)))
            case Way.SECOND_FEED if self.outlet.second_feed:
                self._list(self.outlet.second_feed, replace(listing, url=_tracked(listing.url)))
            case Way.WITHDRAW:
                self._withdraw(piece_id)
            case Way.RETURN:
                self._list(MAIN_FEED, listing)
            case _:
                self._elsewhere(listing, way, again)

    def listings(self, feed: str) -> tuple[Listing, ...]:
        """Return the items of the feed at that path, newest first."""
        return tuple(self._feeds[feed])

    def page(self, path: str) -> Shown | Elsewhere | None:
        """Return what stands at that path."""
        return self._pages.get(path)

    def article_at(self, url: str) -> str | None:
        """Return the id of the piece that this address of ours stands for."""
        return self._article_at.get(url.partition("?")[0])

    def listed_in(self, piece_id: str) -> int:
        """Return the version in which the piece last entered a feed or changed there."""
        return self._listed_in[piece_id]

    def _elsewhere(self, listing: Listing, way: Way, own_id: str) -> None:
        """List the piece under a second address, which answers in one of three ways."""
        url = f"{self.base}/{way.value}{self._path(listing.piece)}"
        if way is Way.MOVED:
            self._show(url, listing)
        else:
            self._show(url, listing, canonical=listing.url)
        if way is Way.REDIRECT:
            self._pages[url.removeprefix(self.base)] = Elsewhere(listing.url)
        self._list(MAIN_FEED, replace(listing, own_id=own_id, url=url))

    def _show(self, url: str, listing: Listing, *, canonical: str | None = None) -> None:
        self._article_at[url] = listing.piece.id
        self._pages[url.removeprefix(self.base)] = Shown(
            piece=listing.piece,
            canonical=canonical or url,
            published=listing.published,
            updated=listing.updated,
        )

    def _list(self, feed: str, listing: Listing) -> None:
        self._feeds[feed] = [listing, *self._feeds[feed]]
        self.version += 1
        self._listed_in[listing.piece.id] = self.version

    def _withdraw(self, piece_id: str) -> None:
        kept = [each for each in self._feeds[MAIN_FEED] if each.piece.id != piece_id]
        self._feeds[MAIN_FEED] = kept
        self.version += 1

    def _path(self, piece: Piece) -> str:
        """Return the page's path; what only members may read stands where robots may not go."""
        path = self.outlet.path.format(id=piece.id)
        if piece.fate == "forbidden" and self.outlet.forbidden:
            return self.outlet.forbidden + path.lstrip("/")
        return path


def feed_paths(outlet: Outlet) -> tuple[str, ...]:
    """Return the paths of the outlet's feeds."""
    return (MAIN_FEED, outlet.second_feed) if outlet.second_feed else (MAIN_FEED,)


def address_of(outlet: Outlet, feed: str) -> str:
    """Return the path at which the outlet serves that feed, or what it has in its place."""
    return FRONT_PAGE if outlet.format == "list" else feed


def last_modified(version: int, opened: datetime) -> datetime:
    """Return a Last-Modified for that version: whole seconds, and never the same for two."""
    return opened.replace(microsecond=0) - timedelta(days=1) + timedelta(seconds=version)


def _tracked(url: str) -> str:
    return f"{url}?utm_source=feed&utm_medium=rss&utm_campaign=world"
