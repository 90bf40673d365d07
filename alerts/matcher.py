"""All watches against one article: a presearch finds the few that may hold, then each is asked."""

from dataclasses import dataclass

from alerts.presearch import Anchoring, Anchors, Frequencies, Waiting
from news.match import Match
from news.query.evaluate import Check, compiled
from news.query.spans import Places, Texts, spans_in
from news.query.tree import Query
from news.text import Analyzed


@dataclass(frozen=True, slots=True)
class _Watched:
    watch: int
    version: int
    query: Query
    holds: Check
    anchors: Anchors


class WatchSet:
    """The watches that articles are held against; adding or removing one touches no other."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._anchoring = Anchoring(frequencies)
        self._watched: dict[int, _Watched] = {}
        self._waiting = Waiting()

    def __len__(self) -> int:
        return len(self._watched)

    def add(self, watch: int, version: int, query: Query) -> None:
        """Hold articles against `query` from now on; an earlier query of `watch` is forgotten."""
        self.remove(watch)
        anchors = self._anchoring.of(query.root)
        self._watched[watch] = _Watched(watch, version, query, compiled(query), anchors)
        self._waiting.add(watch, anchors)

    def remove(self, watch: int) -> None:
        """Forget `watch`, if it is there."""
        if watched := self._watched.pop(watch, None):
            self._waiting.remove(watch, watched.anchors)

    def work(self, article: Analyzed) -> int:
        """Estimate how much there is to do in `match`: the pairs of a watch and a term it has."""
        return self._waiting.meetings(article)

    def match(self, article: Analyzed, title: str, body: str) -> list[Match]:
        """Return the watches that hold for `article`, in the order of their ids.

        `title` and `body` are the texts that `article` was analyzed from; spans point into them.
        """
        texts = Texts(Places(title), Places(body))
        return [
            Match(
                watch=watched.watch,
                version=watched.version,
                spans=spans_in(watched.query, article, texts),
            )
            for watch in sorted(self._waiting.asked_by(article))
            if (watched := self._watched[watch]).holds(article)
        ]
