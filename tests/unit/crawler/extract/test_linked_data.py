"""JSON-LD as pages have it: read where it is JSON, saved from where it is nearly JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.linked_data import values_in

TEXTS = st.text(max_size=20).filter(
    lambda text: not any("\ud800" <= one <= "\udfff" for one in text)
)
JSON = st.recursive(
    TEXTS | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "b"}', [{"a": "b"}]),
        ('{"a": "b",}', [{"a": "b"}]),
        ('{"a": ["b", "c",],}', [{"a": ["b", "c"]}]),
        ('{"a": "one\ntwo\ttabbed"}', [{"a": "one\ntwo\ttabbed"}]),
        ('{"a": "one\ntwo",}', [{"a": "one\ntwo"}]),
        (
            '{"a": "He said "yes", and left", "b": "c"}',
            [{"a": 'He said "yes", and left', "b": "c"}],
        ),
        ('{"a": "the "Crane": gone", "b": "c"}', [{"a": 'the "Crane": gone', "b": "c"}]),
        ('{"a": ["the "old" crane", "c"],}', [{"a": ['the "old" crane', "c"]}]),
        ('{"a": "b"}{"c": "d"}', [{"a": "b"}, {"c": "d"}]),
        ('{"a": "b"},\n{"c": "d"}', [{"a": "b"}, {"c": "d"}]),
        ('{"a": "b"\n "c": "d"}', [{"a": "b", "c": "d"}]),
        ('{"a": {"b": "c"}, "d": "cut of', [{"a": {"b": "c"}, "d": "cut of"}]),
        ('[{"a": "b"}, {"c":', [[{"a": "b"}, {}]]),
        ('{"a": "b"}]}', [{"a": "b"}]),
        ('{"a": ["b"}', [{"a": ["b"]}]),
        ('<!-- {"a": "b",} -->', [{"a": "b"}]),
        ('//<![CDATA[\n{"a": "b"}\n//]]>', [{"a": "b"}]),
        ('/*<![CDATA[*/{"a": "b",}/*]]>*/', [{"a": "b"}]),
        ('\ufeff{"a": "b"};', [{"a": "b"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        (r'{"a": "A\u00e9\ud83d\ude00\/\n\"x\"",}', [{"a": 'Aé😀/\n"x"'}]),
        (r'{"a": "\ud83d alone",}', [{"a": "\ufffd alone"}]),
        ('{"a": undefined, "b": "c"}', [{"a": "undefined", "b": "c"}]),
        ('{"a": true, "b": null,}', [{"a": True, "b": None}]),
        ('{"a": ' + "9" * 5000 + ', "b": "c"}', [{"a": "9" * 5000, "b": "c"}]),
        ("no json at all", []),
        ("", []),
    ],
)
def test_what_a_script_says_is_read_or_saved(text: str, expected: list[Any]) -> None:
    assert values_in(text) == expected


@given(JSON.filter(lambda value: isinstance(value, dict | list)))
def test_what_is_json_but_for_a_comma_is_read_as_json_reads_it(value: Any) -> None:
    assert values_in(json.dumps(value, ensure_ascii=False)) == [value]
    broken = json.dumps([value])[:-1] + ",]"
    assert values_in(broken) == [[value]]


@given(st.text(alphabet='{}[]",:\\ab \n', max_size=200))
def test_nothing_that_looks_like_json_fails(text: str) -> None:
    assert all(isinstance(value, dict | list | str) or value is None for value in values_in(text))


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 300_000,
        "[" * 1_000_000,
        "[" * 190 + "}" * 500_000,
        '{"a":"' + '" ' * 250_000,
        '{"a":"' + ('"' + " " * 1_000) * 500,
        " " * 1_000_000 + "{",
        '{"a":"' + "\\" * 500_000,
        '{"a":"b" ' + ", " * 250_000,
    ],
)
def test_no_script_keeps_the_reader(text: str) -> None:
    assert isinstance(values_in(text), list)
