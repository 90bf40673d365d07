"""Whatever stands in wirewatch.toml, it is read or refused in words: never a traceback."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import ConfigurationError
from wirewatch.config.load import load
from wirewatch.config.sections import SECTIONS
from wirewatch.config.tables import TABLES
from wirewatch.config.unserved import unserved

_KEYS = sorted(
    {
        field.alias or name
        for kind in (*SECTIONS.values(), *TABLES.values())
        for name, field in kind.__pydantic_fields__.items()  # type: ignore[attr-defined]  # pydantic's
    }
    | {"timezone", "catch_up", "qury", "self", "__dataclass_self__", '"a b"', "''"}
)
_VALUES = [
    "1",
    "-1",
    "99999999999999999999",
    "1.5",
    "nan",
    "true",
    "2026-11-23",
    "07:30:00",
    '""',
    '"x"',
    '"1h"',
    '"newsroom"',
    '"a\\u0000b"',
    '"\\U0001F600"',
    '"https://a.example/"',
    '"https://["',
    '"mailto:a@b.example"',
    '"file:/"',
    '"env:X"',
    '"whsec_"',
    '"* * * * *"',
    '"@kim NEAR/5 (x"',
    '"Europe/"',
    "[]",
    "[1]",
    '["x", 3]',
    '[["x"]]',
    "{ a = 1 }",
    '"""\nx\n"""',
]
_HEADERS = [
    *(f"[{name}]" for name in SECTIONS),
    *(f"[[{name}]]" for name in TABLES),
    "[[network]]",
    "[watch]",
    "[[watch.to]]",
    "[source.x]",
    "[nonsense]",
]
_LINES = st.one_of(
    st.sampled_from(_HEADERS),
    st.builds("{} = {}".format, st.sampled_from(_KEYS), st.sampled_from(_VALUES)),
    st.sampled_from(
        [
            'name = "a"',
            'query = "@a"',
            'terms = ["x"]',
            'url = "https://a.example/"',
            "# x",
            "",
            "x",
        ]
    ),
)


def read(text: bytes) -> None:
    """Read a file that holds `text`; a refusal has a file and a line in front of every fault."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wirewatch.toml"
        path.write_bytes(text)
        try:
            unserved(load(path, environ={}))
        except ConfigurationError as refused:
            for line in str(refused).split("\n"):
                assert line.startswith((f"{path}:", "    ")), line


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_any_keys_and_values_in_any_order(lines: list[str]) -> None:
    read("\n".join(lines).encode())


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(TABLES) + sorted(SECTIONS)),
    st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(_VALUES), max_size=6),
)
def test_any_values_in_one_table(noun: str, keys: dict[str, str]) -> None:
    header = f"[[{noun}]]" if noun in TABLES else f"[{noun}]"
    read("\n".join([header, *(f"{key} = {value}" for key, value in keys.items())]).encode())


@given(st.binary(max_size=200))
def test_any_bytes(text: bytes) -> None:
    read(text)
