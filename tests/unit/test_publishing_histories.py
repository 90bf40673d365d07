"""The histories that cadences are measured on: alike for a seed, and shaped as they say."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from statistics import median

import pytest

from bench.bench_cadence import END, WINDOW, _delays, _evenly, _ours
from bench.publishing import BEFORE, DAY, HOUR, KINDS, MINUTE, History, Item, histories


@pytest.fixture(scope="module")
def world() -> Sequence[History]:
    return histories(50, 11)


def test_a_seed_gives_the_same_histories(world: Sequence[History]) -> None:
    assert list(histories(50, 11)) == list(world)
    assert histories(3, 12) != world[:3]


def test_every_kind_is_there_and_in_order(world: Sequence[History]) -> None:
    assert {history.kind for history in world} == set(KINDS)
    assert sum(share for share, _ in KINDS.values()) == 50
    for history in world:
        outs = [item.out for item in history.items]
        assert outs == sorted(outs)
        assert not outs or outs[0] >= -BEFORE * DAY


def test_no_date_lies_after_its_standing_in_the_feed(world: Sequence[History]) -> None:
    items = [item for history in world for item in history.items]
    assert all(item.dated is not None and item.dated <= item.out for item in items)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("agency", 90, 400), ("newspaper", 5, 250), ("office", 0.3, 8), ("blog", 0, 3)],
)
def test_kinds_bring_what_is_said_of_them(
    world: Sequence[History], kind: str, least: float, most: float
) -> None:
    days = BEFORE + END / DAY
    rates = [len(history.items) / days for history in world if history.kind == kind]
    assert least <= median(rates) <= most


def test_delays_are_counted_from_standing_in_the_feed_to_the_next_visit() -> None:
    outs = (-HOUR, MINUTE, 2 * MINUTE, 90 * MINUTE, END - 1)
    history = History(kind="one", items=tuple(Item(out, out) for out in outs))
    found = _delays(history, [0.0, HOUR, 2 * HOUR])
    assert found.delays == [59 * MINUTE, 58 * MINUTE, 30 * MINUTE]
    assert found.lost == 0


def test_what_left_the_feed_before_a_visit_is_lost() -> None:
    items = tuple(Item(at * MINUTE, at * MINUTE) for at in range(1, WINDOW + 6))
    assert _delays(History(kind="one", items=items), [0.0, HOUR]).lost == 5


def test_the_products_own_code_visits_all_month() -> None:
    items = tuple(Item(at * 5 * HOUR, at * 5 * HOUR) for at in range(-100, 140))
    visits = _ours(History(kind="one", items=items), 1, None)
    apart = [after - before for before, after in pairwise(visits)]
    assert visits[0] < 5 * MINUTE
    assert visits[-1] > END - DAY
    assert all(MINUTE <= wait <= DAY for wait in apart)
    assert len(set(apart)) > 10


def test_even_visits_are_as_many_as_asked_for() -> None:
    visits = _evenly(10, Random(1))
    assert len(visits) == 10
    assert visits[9] - visits[0] == pytest.approx(END * 0.9)
