"""The small chart of counts over days."""

from wirewatch.cli.chart import HEIGHT, WIDEST, chart


def bars(lines: list[str]) -> list[str]:
    """Return what stands right of the axis, top line first."""
    return [line.partition("│")[2] for line in lines[:HEIGHT]]


def test_the_greatest_reaches_the_top_and_the_least_is_seen() -> None:
    lines = chart([0, 1, 800, 400], first="20 Nov", last="23 Nov")
    assert bars(lines) == ["        ████", "        ████", "        ████████", "    ▁▁▁▁████████"]
    assert lines[0].startswith("800 │")
    assert lines[HEIGHT] == "    └────────────────"
    assert lines[HEIGHT + 1] == "     20 Nov    23 Nov"


def test_heights_are_told_in_eighths() -> None:
    lines = chart([32, 13], first="a", last="b")
    assert [line[-1:] for line in bars(lines)][2:] == ["▅", "█"]


def test_many_days_share_columns_and_the_newest_is_full() -> None:
    counts = [0] * 81 + [1] * 40
    lines = chart(counts, first="26 Jul", last="23 Nov")
    width = len(lines[HEIGHT]) - lines[HEIGHT].index("└") - 1
    assert width <= WIDEST
    assert lines[0].startswith("3 │")  # three days a column
    top = bars(lines)[0]
    assert top.endswith("█" * 13)
    assert not top.endswith("█" * 15)


def test_nothing_at_all_is_a_flat_line() -> None:
    lines = chart([0, 0], first="22 Nov", last="23 Nov")
    assert bars(lines) == ["", "", "", ""]
    assert lines[-1].endswith("22 Nov – 23 Nov")  # too narrow for both names side by side
