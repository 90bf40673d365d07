"""What ought to have been told, held against what was: pure, from the script's own labels.

A watch of kind `story` owes one alert per story to each of its channels, a watch of kind `article`
one per article. An alert is *repeated* when it comes under a second webhook-id, *false* when
nothing in the script calls for it, *altered* when one id comes with two bodies.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from wirewatch.demo.receiver import Message, Said, said
from wirewatch.demo.script import Edit, Happening, Piece, Publish, Script


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One alert that is owed once: to whom, through which channel, about what."""

    watch: str
    channel: str
    about: str


@dataclass(frozen=True, slots=True)
class Performed:
    """Something of the script happened at `at` (UTC)."""

    at: datetime
    happening: Happening


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of those that were owed went as they ought to."""

    right: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The outcome of one performance; delays are seconds from publication to delivery."""

    published: int
    noted: int
    expected: int
    received: int
    missed: tuple[str, ...]
    false: tuple[str, ...]
    repeated: tuple[str, ...]
    altered: tuple[str, ...]
    again: int
    """Attempts that came once more under the same id, which is allowed."""
    delays: tuple[float, ...]
    together: Tally = Tally()
    """Alerts of stories that several outlets tell, each told once."""
    apart: Tally = Tally()
    """Alerts of look-alikes, which differ in their figures alone, each told by itself."""

    @property
    def exact(self) -> bool:
        """Whether everything arrived once, and nothing else."""
        wrong = self.missed or self.false or self.repeated or self.altered
        return self.published == self.noted and not wrong

    def delay(self, share: float) -> float | None:
        """Return the delay that `share` of the alerts stayed within, in seconds."""
        if not self.delays:
            return None
        return sorted(self.delays)[max(0, ceil(share * len(self.delays)) - 1)]


def owed(script: Script, performed: Iterable[Performed]) -> dict[Key, datetime]:
    """Return every alert that is owed, with the moment from which on it was."""
    since: dict[Key, datetime] = {}
    for each in performed:
        if not isinstance(each.happening, Publish | Edit) or each.happening.piece.old:
            continue
        for key in _keys(script, each.happening.piece):
            since[key] = min(each.at, since.get(key, each.at))
    return since


def score(
    script: Script,
    performed: Sequence[Performed],
    messages: Sequence[Message],
    *,
    article_at: Callable[[str], str | None],
    noted: int,
) -> Scorecard:
    """Hold `messages` against the script; `article_at` tells which piece an address stands for."""
    since = owed(script, performed)
    about = _subjects(script, performed)
    first: dict[Key, datetime] = {}
    ids: defaultdict[Key, set[str]] = defaultdict(set)
    false = [f"{m.channel}: bad signature" for m in messages if not m.verified]
    taken = [message for message in messages if message.taken]
    for message in taken:
        for alert in said(message):
            key = _key(script, message, alert, about.get(article_at(alert.url) or ""))
            if key in since:
                first.setdefault(key, message.at)
                ids[key].add(message.webhook_id)
            else:
                false.append(f"{message.channel}: {alert.type} {alert.watch}: {alert.title}")
    return Scorecard(
        published=len(script.before) + sum(isinstance(p.happening, Publish) for p in performed),
        noted=noted,
        expected=len(since),
        received=len(first),
        missed=tuple(_words(key) for key in sorted(since.keys() - first.keys())),
        false=tuple(false),
        repeated=tuple(_words(key) for key in sorted(ids) if len(ids[key]) > 1),
        altered=_altered(messages),
        again=len(taken) - len({message.webhook_id for message in taken}),
        delays=tuple((first[key] - since[key]).total_seconds() for key in sorted(first)),
        together=_tally(_told_by_several(script, performed), ids),
        apart=_tally(_look_alikes(script, performed), ids),
    )


def _keys(script: Script, piece: Piece) -> list[Key]:
    return [
        Key(watch.id, channel, piece.story if watch.alert == "story" else piece.id)
        for watch in script.watches
        if watch.id in piece.satisfies
        for channel in watch.to
    ]


def _subjects(script: Script, performed: Iterable[Performed]) -> dict[str, Piece]:
    """Return the pieces by id; old news is among them, so that it can be named if it is told."""
    pieces = {piece.id: piece for piece in script.before}
    for each in performed:
        if isinstance(each.happening, Publish):
            pieces[each.happening.piece.id] = each.happening.piece
    return pieces


def _key(script: Script, message: Message, alert: Said, piece: Piece | None) -> Key | None:
    """Return what this message answers; None if nothing of the script could call for it."""
    watch = next((watch for watch in script.watches if watch.name == alert.watch), None)
    if watch is None or piece is None or alert.type != f"{watch.alert}.matched":
        return None
    return Key(watch.id, message.channel, piece.story if watch.alert == "story" else piece.id)


def _told_by_several(script: Script, performed: Iterable[Performed]) -> set[Key]:
    """Return what is owed once of stories that more than one outlet tells."""
    told: defaultdict[Key, set[str]] = defaultdict(set)
    once = {watch.id for watch in script.watches if watch.alert == "story"}
    for piece in _subjects(script, performed).values():
        for key in _keys(script, piece):
            if key.watch in once and piece.old is None:
                told[key].add(piece.outlet)
    return {key for key, outlets in told.items() if len(outlets) > 1}


def _look_alikes(script: Script, performed: Iterable[Performed]) -> set[Key]:
    pieces = _subjects(script, performed).values()
    return {key for piece in pieces if piece.series for key in _keys(script, piece)}


def _tally(keys: Collection[Key], ids: Mapping[Key, set[str]]) -> Tally:
    return Tally(right=sum(len(ids.get(key, ())) == 1 for key in keys), owed=len(keys))


def _altered(messages: Iterable[Message]) -> tuple[str, ...]:
    bodies = {(message.webhook_id, message.body) for message in messages if message.verified}
    counts = Counter(webhook_id for webhook_id, _ in bodies)
    return tuple(sorted(webhook_id for webhook_id, count in counts.items() if count > 1))


def _words(key: Key) -> str:
    return f"{key.watch} → {key.channel}: {key.about}"
