"""No import runs in a circle, and the mean module reaches few others."""

import pytest

from tests.architecture.graph import (
    EXEMPT,
    MEAN_REACH,
    Imports,
    house,
    in_cycles,
    mean_reach,
    reached,
    without,
)

CHAIN: Imports = {"a": ["b"], "b": ["c"], "c": []}
RING: Imports = {"a": ["b"], "b": ["c"], "c": ["b"], "d": []}


def test_no_import_runs_in_a_circle() -> None:
    assert in_cycles(house()) == []


def test_the_mean_module_reaches_few_others() -> None:
    imports = without(house(), EXEMPT)
    widest = sorted(imports, key=lambda module: -len(reached(imports, module)))[:10]
    told = [f"{module} {len(reached(imports, module))} of {len(imports) - 1}" for module in widest]
    assert mean_reach(imports) <= MEAN_REACH, told


def test_the_house_is_read() -> None:
    imports = house()
    assert "news.url" in imports["news.entry"]
    assert "news" not in imports


def test_a_circle_is_told() -> None:
    assert in_cycles(CHAIN) == []
    assert in_cycles(RING) == ["b", "c"]


def test_reach_follows_every_import() -> None:
    assert reached(CHAIN, "a") == {"b", "c"}
    assert reached(CHAIN, "c") == frozenset()


def test_the_mean_reach_is_a_share_of_the_others() -> None:
    assert mean_reach(CHAIN) == pytest.approx((2 + 1 + 0) / 6)
    hub: Imports = {"hub": ["a", "b", "c"], "a": ["hub"], "b": ["hub"], "c": ["hub"]}
    assert mean_reach(hub) == 1.0


def test_exempt_modules_are_neither_counted_nor_passed_through() -> None:
    left = without({"a": ["wiring"], "wiring": ["a", "b"], "b": []}, ["wiring"])
    assert left == {"a": frozenset(), "b": frozenset()}
    assert mean_reach(left) == 0.0
