"""What happens on the stage, in words for whoever watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias, assert_never

from wirewatch.demo.receiver import Message, said
from wirewatch.demo.script import Edit, Happening, Outage, Publish, Repeat, Way

Sort: TypeAlias = Literal["published", "edited", "again", "gone", "down", "alert", "turned away"]

_WAYS = {
    Way.GUID: "under a new guid",
    Way.TRACKING: "with tracking parameters",
    Way.SECOND_FEED: "in a second feed",
    Way.MOVED: "at a new address",
    Way.CANONICAL: "at an address that names the old one",
    Way.REDIRECT: "at an address that leads to the old one",
    Way.RETURN: "back in the feed",
    Way.WITHDRAW: "out of the feed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shout:
    """Something that happened, so many seconds after the opening; `who` did it or heard it."""

    seconds: float
    sort: Sort
    who: str
    words: str


def of_happening(
    happening: Happening, names: Mapping[str, str], beat: timedelta, seconds: float
) -> Shout:
    """Return what the newsroom does, by the outlets' `names`."""

    def shout(sort: Sort, outlet: str, words: str) -> Shout:
        return Shout(seconds=seconds, sort=sort, who=names[outlet], words=words)

    match happening:
        case Publish(piece=piece):
            return shout("published", piece.outlet, piece.title)
        case Edit(piece=piece):
            return shout("edited", piece.outlet, piece.title)
        case Repeat(piece=piece, way=Way.WITHDRAW):
            return shout("gone", piece.outlet, f"{piece.title} ({_WAYS[Way.WITHDRAW]})")
        case Repeat(piece=piece, way=way):
            return shout("again", piece.outlet, f"{piece.title} ({_WAYS[way]})")
        case Outage(outlet=outlet, beats=beats):
            return shout("down", outlet, f"answers 503 for {beats * beat.total_seconds():.0f} s")
        case _:
            assert_never(happening)


def of_message(message: Message, seconds: float) -> list[Shout]:
    """Return what a receiver heard: one line per alert, or that it turned the message away."""

    def shout(sort: Sort, words: str) -> Shout:
        return Shout(seconds=seconds, sort=sort, who=message.channel, words=words)

    if not message.taken:
        return [shout("turned away", f"{message.webhook_id or 'a message'} with {message.status}")]
    return [shout("alert", f"{alert.watch}: {alert.title}") for alert in said(message)]
