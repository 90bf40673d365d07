"""What a performance left behind, as `wirewatch story` shows it to anybody who asks.

The very command is run, beside the `run` that still reads: a story that several outlets told, with
its accounts and copies, an article that was put right, with what was changed in it, and a report of
every day, each of which is a story of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from wirewatch.demo.installation import Installation
from wirewatch.demo.newsroom import Newsroom
from wirewatch.demo.press import MAIN_FEED
from wirewatch.demo.scorecard import Performed
from wirewatch.demo.script import Edit, Piece, Publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A command of wirewatch without its file, and what it answers."""

    words: tuple[str, ...]
    answer: str


async def exhibits(
    installation: Installation, newsroom: Newsroom, performed: Iterable[Performed]
) -> list[Exhibit]:
    """Return what there is to be shown of what was performed."""
    happened = list(performed)
    found = [
        *_most_told(newsroom, happened),
        *_put_right(newsroom, happened),
        *_every_day(happened),
    ]
    return [Exhibit(words=words, answer=await installation.ask(*words)) for words in found]


def _most_told(newsroom: Newsroom, performed: list[Performed]) -> Iterator[tuple[str, ...]]:
    """Return the command that shows the story which most outlets told."""
    told: defaultdict[str, list[Piece]] = defaultdict(list)
    for each in performed:
        if isinstance(each.happening, Publish):
            told[each.happening.piece.story].append(each.happening.piece)
    most = max(told.values(), key=len, default=[])
    if len(most) > 1:
        yield ("story", _address(newsroom, most[0]))


def _put_right(newsroom: Newsroom, performed: list[Performed]) -> Iterator[tuple[str, ...]]:
    """Return the command that shows what was put right without anything new to tell."""
    before = {
        each.happening.piece.id: each.happening.piece.satisfies
        for each in performed
        if isinstance(each.happening, Publish)
    }
    for each in performed:
        match each.happening:
            case Edit(piece=piece) if before.get(piece.id) == piece.satisfies:
                yield ("story", _address(newsroom, piece), "--diff", "1")
            case _:
                continue


def _every_day(performed: list[Performed]) -> Iterator[tuple[str, ...]]:
    """Return the commands that find reports of one series, each as the story that it is."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for each in performed:
        if isinstance(each.happening, Publish) and each.happening.piece.series:
            titles[each.happening.piece.series].append(each.happening.piece.title)
    for told in titles.values():
        columns = zip(*(title.split() for title in told), strict=False)
        same = takewhile(lambda words: len({*words}) == 1, columns)
        begin = " ".join(words[0] for words in same).rstrip(",:;")
        if len(told) > 1 and begin:
            yield ("search", f'title:"{begin}"', "--stories")


def _address(newsroom: Newsroom, piece: Piece) -> str:
    """Return where a piece was published first."""
    listings = newsroom.stands[piece.outlet].press.listings(MAIN_FEED)
    return next(each.url for each in reversed(listings) if each.piece.id == piece.id)
