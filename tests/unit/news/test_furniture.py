"""What stands on a page beside the words of its author."""

import pytest

from news.furniture import is_furniture, substance


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 min ago",
        "3 minutes ago",
        "Published: 23 November 2026, 14:05 GMT",
        "12 comments",
        "1,204 views · 33 shares",
        "5 min read",
        "2026-11-23 14:05",
        "14:05",
        "Aktualisiert am 23. November 2026 um 14:05 Uhr",
        "Publié le 23 novembre 2026 à 14h05",
        "Обновлено 5 минут назад",
        "입력 2026.11.23 14:05 수정 2026.11.23 15:10",
        "조회수 1,203",
        "更新 2026年11月23日 14時05分",
        "5分钟前",
        "",
    ],
)
def test_clocks_and_counters_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Death toll: 12",
        "Six soldiers died on Monday.",
        "On Monday, 12 were killed",
        "The last",
        "May",
        "Score 3:2 to Seoul",
        "북한군 6명이 사망했다.",
        "死者 12人",
        "12 dead in Kursk",
        "Price: $12",
        "of the year by the minute hand that nobody saw move for a whole day",
    ],
)
def test_what_somebody_says_is_not(line: str) -> None:
    assert not is_furniture(line)


def test_titles_below_the_last_sentence_are_other_pieces() -> None:
    text = "A sentence stands here.\nOther news of the day\nMore news of the week"
    assert substance(text) == ("A sentence stands here.",)


def test_one_line_without_its_stop_at_the_end_is_the_authors() -> None:
    text = "A sentence stands here.\nReporting by Kim in Seoul"
    assert substance(text) == ("A sentence stands here.", "Reporting by Kim in Seoul")


def test_a_text_without_any_stop_keeps_all_its_lines() -> None:
    text = "first line of verse\nsecond line of verse\nthird line of verse"
    assert len(substance(text)) == 3


def test_blanks_make_no_other_text() -> None:
    assert substance("One  two\u00a0three.\n\n Four. ") == ("One two three.", "Four.")
