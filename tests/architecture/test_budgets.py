"""Every file is within its budgets, and each budget can be broken."""

import pytest

from tests.architecture.budgets import (
    ARGUMENTS,
    BODY_LINES,
    CLASS_LINES,
    FILE_LINES,
    TEST_FILE_LINES,
    over_budget,
)
from tests.architecture.tree import AROUND, PRODUCT, sample, sources


def test_the_code_is_within_its_budgets() -> None:
    assert [fault for source in sources(*PRODUCT, *AROUND) for fault in over_budget(source)] == []


def test_the_rule_reads_the_whole_product() -> None:
    places = {source.place for source in sources(*PRODUCT)}
    assert {"news/url.py", "wirewatch/cli/__init__.py"} <= places


def test_a_long_file_is_told() -> None:
    assert over_budget(sample("x = 1\n" * FILE_LINES)) == []
    (fault,) = over_budget(sample("x = 1\n" * (FILE_LINES + 1)))
    assert fault == "crawler/sample.py:1: 251 lines in a file, 250 allowed"


def test_a_test_may_be_longer() -> None:
    place = "tests/unit/crawler/test_sample.py"
    assert over_budget(sample("x = 1\n" * TEST_FILE_LINES, place)) == []
    assert len(over_budget(sample("x = 1\n" * (TEST_FILE_LINES + 1), place))) == 1


def test_a_long_function_is_told_and_its_docstring_is_free() -> None:
    docstring = '    """Words."""\n'
    body = "    x = 1\n"
    assert over_budget(sample("def f():\n" + docstring + body * BODY_LINES)) == []
    (fault,) = over_budget(sample("async def f():\n" + docstring + body * (BODY_LINES + 1)))
    assert fault == "crawler/sample.py:1: 41 lines in the body of f, 40 allowed"


def test_a_long_class_is_told() -> None:
    body = "    x = 1\n"
    assert over_budget(sample("class C:\n" + body * (CLASS_LINES - 1))) == []
    (fault,) = over_budget(sample("class C:\n" + body * CLASS_LINES))
    assert "151 lines in class C" in fault


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def f(a, b, c, d, e): ...", None),
        ("def f(a, b, c, *, d, e, f): ...", 6),
        ("def f(a, b, c, d, *e, **f): ...", 6),
        ("class C:\n    def f(self, a, b, c, d, e): ...", None),
        ("class C:\n    def f(self, a, b, c, d, e, f): ...", 6),
        ("class C:\n    @staticmethod\n    def f(a, b, c, d, e, f): ...", 6),
    ],
)
def test_arguments_are_counted_without_self(text: str, count: int | None) -> None:
    faults = over_budget(sample(text))
    assert [f"{count} arguments of f, {ARGUMENTS} allowed" in fault for fault in faults] == (
        [] if count is None else [True]
    )


@pytest.mark.parametrize(
    "text",
    [
        "def f(a: bool): ...",
        "async def f(a: int, b: bool | None = None): ...",
        "class C:\n    def __init__(self, a: bool): ...",
        "@dataclass(frozen=True)\nclass C:\n    a: bool = False",
        "@dataclass\nclass C:\n    a: None | bool",
    ],
)
def test_a_boolean_by_position_is_told(text: str) -> None:
    (fault,) = over_budget(sample(text))
    assert "boolean" in fault


@pytest.mark.parametrize(
    "text",
    [
        "def f(*, a: bool): ...",
        "def f(a: Callable[[bool], None]): ...",
        "class C:\n    def __exit__(self, a: bool): ...",
        "@dataclass(frozen=True, kw_only=True)\nclass C:\n    a: bool = False",
        "class C(Protocol):\n    a: bool",
    ],
)
def test_a_boolean_by_name_is_fine(text: str) -> None:
    assert over_budget(sample(text)) == []
