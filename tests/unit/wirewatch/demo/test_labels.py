"""The script's labels, held against the query language: the two must never part.

The demo's expectations come from the labels; were they wrong in the matcher's way, the demo would
prove nothing. So test_script.py holds them against a plain reading, and this file says whether
wirewatch agrees, watch by watch, before any network is involved.
"""

import pytest

from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import Query
from news.text import analyze
from wirewatch.demo.script import Edit, Piece, Publish, WatchPart, load

SCRIPT = load()
STATES = [
    *SCRIPT.before,
    *(each.piece for each in SCRIPT.happenings if isinstance(each, Publish | Edit)),
]


def holds(watch: WatchPart, piece: Piece) -> bool:
    query = parse(watch.query)
    assert isinstance(query, Query), query
    return compiled(query)(analyze(piece.title, "\n".join(piece.paragraphs)))


@pytest.mark.parametrize("watch", SCRIPT.watches, ids=lambda watch: watch.id)
def test_a_watch_holds_for_what_is_labelled_so(watch: WatchPart) -> None:
    labelled = [piece.id for piece in STATES if watch.id in piece.satisfies]
    assert [piece.id for piece in STATES if holds(watch, piece)] == labelled
