"""Where each key of a TOML text stands, held against texts whose lines are known."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.config.locate import KeyPath, lines_of

EVERY_KIND = """\
# a comment with [brackets] and "quotes"
title = "one # no comment"

  [network]  # with a comment
allow = [
  "10.1.2.3:8080",   # the first

  "127.0.0.1",
]
"quoted.key" = 'literal \\'
delay.min = "1s"

[[watch]]
name = "a"
query = \"\"\"
soldiers \\
  OR "[[watch]]" = troops\"\"\"
to = ["x", "y"]

[[watch]]
name = '''b
''''
  [[watch.hours]]
  from = 1
  [[watch.hours]]
  from = 2
  [watch.limits]
  most = { an_hour = 10, a_day = { of = [1, 2] } }
"""

LINES: dict[KeyPath, int] = {
    ("title",): 2,
    ("network",): 4,
    ("network", "allow"): 5,
    ("network", "allow", 0): 6,
    ("network", "allow", 1): 8,
    ("network", "quoted.key"): 10,
    ("network", "delay"): 11,
    ("network", "delay", "min"): 11,
    ("watch",): 13,
    ("watch", 0): 13,
    ("watch", 0, "name"): 14,
    ("watch", 0, "query"): 15,
    ("watch", 0, "to"): 18,
    ("watch", 0, "to", 0): 18,
    ("watch", 0, "to", 1): 18,
    ("watch", 1): 20,
    ("watch", 1, "name"): 21,
    ("watch", 1, "hours"): 23,
    ("watch", 1, "hours", 0): 23,
    ("watch", 1, "hours", 0, "from"): 24,
    ("watch", 1, "hours", 1): 25,
    ("watch", 1, "hours", 1, "from"): 26,
    ("watch", 1, "limits"): 27,
    ("watch", 1, "limits", "most"): 28,
    ("watch", 1, "limits", "most", "an_hour"): 28,
    ("watch", 1, "limits", "most", "a_day"): 28,
    ("watch", 1, "limits", "most", "a_day", "of"): 28,
    ("watch", 1, "limits", "most", "a_day", "of", 0): 28,
    ("watch", 1, "limits", "most", "a_day", "of", 1): 28,
}


def test_keys_and_tables_of_every_kind() -> None:
    tomllib.loads(EVERY_KIND)
    assert lines_of(EVERY_KIND) == LINES


def test_quotes_at_the_end_of_long_strings() -> None:
    text = 'a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = ""\nd = """"quoted" """\ne = 1\n'
    assert tomllib.loads(text) == {"a": 'x""', "b": "y''", "c": "", "d": '"quoted" ', "e": 1}
    assert lines_of(text) == {("a",): 1, ("b",): 2, ("c",): 3, ("d",): 4, ("e",): 5}


def test_a_table_named_after_its_child_stands_at_its_own_header() -> None:
    text = "[a.b]\nx = 1\n[a]\ny = 2\n"
    assert lines_of(text) == {("a", "b"): 1, ("a", "b", "x"): 2, ("a",): 3, ("a", "y"): 4}


def test_keys_with_blanks_escapes_and_dates() -> None:
    text = " \"a\\u0062\" . c = 2026-11-23 07:30:00\n\n3 = -1.5e3 # x\n'' = inf\n"
    assert lines_of(text) == {("ab",): 1, ("ab", "c"): 1, ("3",): 3, ("",): 4}


def paths_of(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    listed = enumerate(value) if isinstance(value, list) else ()
    for key, child in value.items() if isinstance(value, dict) else listed:
        yield from paths_of(child, (*path, key))


# Pieces that TOML allows anywhere a value or a key may stand, with all that could mislead.
_BLANKS = st.sampled_from(["", " ", "\t"])
_FOLDS = st.sampled_from(["", " ", "\n", ' # ] } , "\n', "\n\n"])
_SCALARS = st.sampled_from(
    [
        "1",
        "true",
        "2026-11-23 07:30:00",
        "-0.5",
        '"a # \\" b"',
        "'a \\'",
        '""',
        "''",
        '"""\n[x]\ny = 1\n"""',
        "'''a\n'b'\n# c'''",
        '"""\\"""x""""',
        "''''''",
    ]
)


@st.composite
def lists(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    folded = [draw(_FOLDS) + item + draw(_FOLDS) for item in items]
    comma = draw(st.sampled_from(["", ","])) if items else ""
    return f"[{','.join(folded)}{comma}{draw(_FOLDS)}]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    count = draw(st.integers(0, 3))
    pairs = [f"k{n}{draw(_BLANKS)}={draw(_BLANKS)}{draw(values)}" for n in range(count)]
    return "{ " + ", ".join(pairs) + " }"


_VALUES = st.recursive(_SCALARS, lambda inner: lists(inner) | inline_tables(inner), max_leaves=5)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    """Write a document line by line, and keep the lines of what it wrote."""
    text, known = "", dict[KeyPath, int]()
    tables = ["", *draw(st.permutations(["[t]", "[u.v]", "[[w]]", "[[w]]", '[ "x y" ]']))]
    entered = 0
    for header in tables:
        path: KeyPath = ()
        if header:
            text += draw(_FOLDS.filter(lambda fold: not fold or fold.endswith("\n")))
            parts = header.strip('[] "').split(".")
            path = (*parts, entered) if header == "[[w]]" else tuple(parts)
            entered += header == "[[w]]"
            known[path] = text.count("\n") + 1
            text += f"{header}{draw(_BLANKS)}# x\n"
        for number in range(draw(st.integers(0, 3))):
            key = draw(st.sampled_from(["{}", '"{}"', "'{}'", " {} . sub"])).format(f"k{number}")
            known[(*path, f"k{number}")] = text.count("\n") + 1
            text += f"{key}{draw(_BLANKS)}={draw(_BLANKS)}{draw(_VALUES)}\n"
    return text, known


@settings(max_examples=300)
@given(documents())
def test_every_path_is_found_on_its_line(document: tuple[str, dict[KeyPath, int]]) -> None:
    text, known = document
    lines = lines_of(text)
    assert set(lines) == set(paths_of(tomllib.loads(text)))
    assert {path: lines[path] for path in known} == known
