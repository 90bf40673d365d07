"""Broad `except` stands once in each loop that must survive its items, and nowhere else."""

from collections import Counter

import pytest

from tests.architecture.catching import broad_catches
from tests.architecture.tree import AROUND, PRODUCT, sample, sources

LOOP_OWNERS = {
    "alerts/dispatch.py": "the dispatcher, although a channel has a bug",
    "bench/__main__.py": "the measurements, although one cannot be made",
    "crawler/engine.py": "the engine's supervision, although a child answers nonsense",
    "crawler/engine_child.py": "the engine, although reading a page has a bug",
    "crawler/feeds/at_once.py": "the reading at once, although a document has found a bug",
    "crawler/worker_main.py": "a worker, although a document breaks its function",
    "scheduler/pump.py": "the pumps, although one item has a bug",
    "wirewatch/looked.py": "the visits to a source, although its reader has a bug",
}
"""The files that own a loop, and what goes on although one item failed."""


def test_everything_is_caught_only_by_the_owner_of_a_loop() -> None:
    strangers = [
        f"{catch.place}:{catch.line}"
        for source in sources(*PRODUCT, *AROUND)
        for catch in broad_catches(source)
        if catch.place not in LOOP_OWNERS
    ]
    assert strangers == []


def test_each_owner_catches_once_and_says_why() -> None:
    catches = [catch for source in sources(*PRODUCT, *AROUND) for catch in broad_catches(source)]
    assert Counter(catch.place for catch in catches) == Counter(dict.fromkeys(LOOP_OWNERS, 1))
    assert [f"{catch.place}:{catch.line}" for catch in catches if not catch.explained] == []


@pytest.mark.parametrize(
    "handler",
    [
        "except Exception:",
        "except Exception as error:",
        "except (OSError, BaseException):",
        "except:",
    ],
)
def test_a_broad_handler_is_told(handler: str) -> None:
    (catch,) = broad_catches(sample(f"try:\n    f()\n{handler}\n    pass\n"))
    assert (catch.line, catch.explained) == (3, False)


def test_a_broad_suppress_is_told() -> None:
    assert len(broad_catches(sample("with contextlib.suppress(Exception):\n    f()\n"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    f()\nexcept OSError:\n    pass\n",
        "try:\n    f()\nexcept (OSError, ValueError):\n    pass\n",
        "try:\n    f()\nexcept BaseException:\n    tidy()\n    raise\n",
        "with contextlib.suppress(OSError):\n    f()\n",
    ],
)
def test_a_narrow_handler_is_fine(text: str) -> None:
    assert broad_catches(sample(text)) == []


@pytest.mark.parametrize(
    ("handler", "explained"),
    [
        ("except Exception:  # one page must not stop the others", True),
        ("# one page must not stop the others\nexcept Exception:", True),
        ("except Exception:\n    # one page must not stop the others", True),
        ("except Exception:  # noqa: BLE001", False),
        ("except Exception:  # noqa: BLE001  one page must not stop the others", True),
        ("except Exception:", False),
    ],
)
def test_the_comment_says_why(*, handler: str, explained: bool) -> None:
    (catch,) = broad_catches(sample(f"try:\n    f()\n{handler}\n    pass\n"))
    assert catch.explained == explained
