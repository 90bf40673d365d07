"""Dates as people write them, in many languages."""

from datetime import datetime, timedelta, timezone

import pytest

from crawler.extract.date_words import LONGEST, Dialect, told_in
from crawler.extract.date_zones import zone_of, zone_of_publisher

BRITISH = Dialect(language="en")
AMERICAN = Dialect(language="en", month_first=True)
DAY = datetime(2026, 11, 24)  # noqa: DTZ001 as it stands on a wall
MINUTE = DAY.replace(hour=10, minute=23)
EVENING = DAY.replace(hour=15, minute=5)


def first(text: str, dialect: Dialect = BRITISH) -> datetime | None:
    return next((told.when for told in told_in(text, dialect)), None)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("24 November 2026", DAY),
        ("November 24th, 2026", DAY),
        ("Nov. 24, 2026", DAY),
        ("24. November 2026", DAY),
        ("Dienstag, 24. Nov. 2026", DAY),
        ("24.11.2026", DAY),
        ("24.11.26", DAY),
        ("24-Nov-2026", DAY),
        ("2026-11-24", DAY),
        ("2026/11/24", DAY),
        ("24 / 11 / 2026", DAY),
        ("mardi 24 novembre 2026", DAY),
        ("1er décembre 2026", datetime(2026, 12, 1)),  # noqa: DTZ001 on a wall
        ("24 de noviembre de 2026", DAY),
        ("24 novembre 2026", DAY),
        ("24 de novembro de 2026", DAY),
        ("dinsdag 24 november 2026", DAY),
        ("24 ноября 2026", DAY),
        ("24 листопада 2026", DAY),
        ("24 listopada 2026", DAY),
        ("24 Kasım 2026", DAY),
        ("24 نوفمبر 2026", DAY),
        ("٢٤ نوفمبر ٢٠٢٦", DAY),
        ("24 تشرين الثاني 2026", DAY),
        ("2026년 11월 24일", DAY),
        ("2026年11月24日", DAY),
        ("令和8年11月24日", DAY),
        ("ngày 24 tháng 11 năm 2026", DAY),
        ("24 พฤศจิกายน 2569", DAY),
        ("24. marraskuuta 2026", DAY),
        ("2026. november 24.", DAY),
        ("24 नवंबर 2026", DAY),
        ("24 Νοεμβρίου 2026", DAY),
        ("31.02.2026", None),
        ("1234567890", None),
        ("version 1.2.3", None),
        ("call 2026 now", None),
    ],
)
def test_days(text: str, when: datetime | None) -> None:
    assert first(text) == when


@pytest.mark.parametrize(
    ("text", "dialect", "month"),
    [
        ("11/03/2026", BRITISH, 3),
        ("11/03/2026", AMERICAN, 11),
        ("11.03.2026", AMERICAN, 3),
        ("11/23/2026", BRITISH, 11),
        ("23/11/2026", AMERICAN, 11),
        ("3 listopada 2026", Dialect(language="hr"), 10),
        ("3 listopada 2026", Dialect(language="pl"), 11),
    ],
)
def test_the_pages_dialect_decides_what_may_be_read_in_two_ways(
    text: str, dialect: Dialect, month: int
) -> None:
    when = first(text, dialect)
    assert when is not None
    assert when.month == month


def test_in_the_east_of_asia_the_short_year_stands_first() -> None:
    assert first("26.11.24 오전 10:23", Dialect(language="ko")) == MINUTE


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("24.11.2026, 10:23 Uhr", MINUTE),
        ("24.11.2026 | 10.23 Uhr", MINUTE),
        ("입력 2026.11.24 10:23", MINUTE),
        ("2026년 11월 24일 오후 3:05", EVENING),
        ("2026年11月24日 10時23分", MINUTE),
        ("24 novembre 2026 à 10h23", MINUTE),
        ("November 24, 2026 at 3:05 p.m.", EVENING),
        ("10:23, 24 ноября 2026", MINUTE),
        ("10:23 AM, November 24, 2026", MINUTE),
        ("24 نوفمبر 2026 - 10:23 ص", MINUTE),
        ("24 نوفمبر 2026 - 3:05 م", EVENING),
        ("10:23 AM - 24 Nov 2026", MINUTE),
        ("24 November 2026, room 12", DAY),
        ("24 November 2026, 30:70", DAY),
    ],
)
def test_clocks(text: str, when: datetime) -> None:
    assert first(text) == when


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2026-11-24T10:23:00+02:00", 2),
        ("2026-11-24T10:23:00Z", 0),
        ("24.11.2026 10:23 MEZ", 1),
        ("24 Nov 2026 10:23 EST", -5),
        ("24.11.2026 10:23 (МСК)", 3),
        ("2026.11.24 10:23 KST", 9),
        ("24/11/2026, 10:23 (GMT+7)", 7),
        ("10:23 AM ET, November 24, 2026", -5),
        ("Tue Nov 24 2026 10:23:33 GMT-0300 (somewhere)", -3),
        ("10:23 IST 24-Nov-2026", 5.5),
    ],
)
def test_zones(text: str, hours: float) -> None:
    when = first(text)
    assert when is not None
    assert when.utcoffset() == timedelta(hours=hours)
    assert (when.hour, when.minute) == (10, 23)


def test_american_zones_know_the_season() -> None:
    summer = DAY.replace(month=7)
    assert zone_of("ET", summer) == timezone(timedelta(hours=-4))
    assert zone_of("ET", DAY) == timezone(timedelta(hours=-5))


@pytest.mark.parametrize("word", ["", "+15:00", "+02:75", "soon", "xyz"])
def test_what_is_no_zone(word: str) -> None:
    assert zone_of(word, DAY) is None


@pytest.mark.parametrize(
    ("url", "language", "hours"),
    [
        ("https://paper.test.kr/1", "", 9),
        ("https://paper.test/1", "ko", 9),
        ("https://zeitung.test.de/1", "", 1),
        ("https://zeitung.test/1", "de", 1),
        ("https://paper.test.uk/1", "en", 0),
        ("https://paper.test/1", "en", None),
        ("https://paper.test/1", "ru", 3),
        ("https://paper.test.ru/1", "", 3),
        ("https://ural.paper.test/1", "ru", None),
        ("https://74.test.ru/1", "ru", None),
        ("https://paper.test.kz/1", "ru", 5),
        ("https://jornal.test.br/1", "pt-BR", -3),
        ("https://jornal.test/1", "pt-BR", -3),
        ("https://jornal.test/1", "pt", None),
        ("https://paper.test/1", "en-IN", 5.5),
        ("https://paper.test/1", "en-GB", None),
        ("https://diario.test/1", "es-ES", None),
        ("https://diario.test/1", "es-PE", -5),
        ("https://www.koreaherald.com/1", "en", 9),
        ("", "", None),
    ],
)
def test_the_publishers_zone_where_it_is_sure(url: str, language: str, hours: float | None) -> None:
    zone = zone_of_publisher(url, language, DAY)
    offset = None if zone is None else zone.utcoffset(DAY)
    assert offset == (None if hours is None else timedelta(hours=hours))


def test_two_dates_in_a_line_come_in_their_order() -> None:
    line = "입력 2026.11.24 10:23 수정 2026.11.25 08:00"
    assert [told.when.day for told in told_in(line, Dialect(language="ko"))] == [24, 25]


@pytest.mark.parametrize("hostile", ["1" * 100_000, "a " * 50_000, "1." * 50_000, "a1 " * 40_000])
def test_only_the_beginning_of_a_long_text_is_searched(hostile: str) -> None:
    assert list(told_in(hostile + " 24 November 2026", BRITISH)) == []
    assert len(hostile) > LONGEST
