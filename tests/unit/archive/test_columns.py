"""Columns: what goes in comes out, cleaned, aware and in UTC, on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from archive.columns import FIRST, LAST, CleanText, Duration, Json, UtcDateTime, clean, digest

LITE: Dialect = sqlite.dialect()
POST: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's
SEOUL = timezone(timedelta(hours=9))
anything = st.text(st.characters(), max_size=60)  # lone surrogates too


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("plain", "plain"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("a\x00b", "a b"),
        ("a\rb\x1bc\x1f", "a b c "),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("김정은 Гроб 😀", "김정은 Гроб 😀"),
    ],
)
def test_what_cannot_be_kept_is_replaced_one_for_one(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@given(anything)
def test_cleaning_moves_no_offset_and_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    assert not [c for c in cleaned if c < " " and c not in "\t\n"]


@given(anything, anything)
def test_digests_differ_as_the_kept_texts_do(one: str, other: str) -> None:
    assert (digest(one) == digest(other)) == (clean(one) == clean(other))
    assert len(digest(one)) == 16


@pytest.mark.parametrize("dialect", [LITE, POST])
@given(moment=st.datetimes(timezones=st.sampled_from([UTC, SEOUL])))
def test_moments_come_back_aware_and_in_utc(dialect: Dialect, moment: datetime) -> None:
    kind = UtcDateTime()
    back = kind.process_result_value(kind.process_bind_param(moment, dialect), dialect)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


@pytest.mark.parametrize("dialect", [LITE, POST])
@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (FIRST.replace(tzinfo=SEOUL), FIRST),
        (LAST.replace(tzinfo=timezone(-timedelta(hours=9))), LAST),
    ],
)
def test_the_ends_of_time_are_kept_as_near_as_can_be(
    dialect: Dialect, moment: datetime, kept: datetime
) -> None:
    kind = UtcDateTime()
    back = kind.process_result_value(kind.process_bind_param(moment, dialect), dialect)
    assert back == kept


@pytest.mark.parametrize("dialect", [LITE, POST])
def test_a_naive_moment_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), dialect)  # noqa: DTZ001 - the point


@pytest.mark.parametrize("dialect", [LITE, POST])
@pytest.mark.parametrize("kind", [UtcDateTime(), Duration(), Json()])
def test_nothing_stays_nothing(kind: Json, dialect: Dialect) -> None:
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9_999)))
def test_lengths_of_time_come_back(length: timedelta) -> None:
    kind = Duration()
    assert kind.process_result_value(kind.process_bind_param(length, LITE), LITE) == length


@given(st.recursive(anything | st.integers() | st.booleans() | st.none(), st.lists, max_leaves=9))
def test_json_holds_no_dirty_text(value: object) -> None:
    kind = Json()
    kept = kind.process_bind_param(value, LITE)
    if kept is not None:
        kept.encode()
        assert "\\u0000" not in kept.replace("\\\\", "")


def test_text_is_cleaned_on_its_way_in() -> None:
    assert CleanText().process_bind_param("a\x00b", LITE) == "a b"
    assert CleanText().process_bind_param(None, LITE) is None


def test_json_cleans_keys_and_values() -> None:
    kind = Json()
    kept = kind.process_bind_param({"a\x00": ["b\ud800", ("c",), {"d": 1}]}, LITE)
    assert kind.process_result_value(kept, LITE) == {"a ": ["b\ufffd", ["c"], {"d": 1}]}
