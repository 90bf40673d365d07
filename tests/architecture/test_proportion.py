"""There is at least as much test as code."""

from collections.abc import Iterable

from tests.architecture.tree import PRODUCT, Source, sample, sources


def written(files: Iterable[Source]) -> int:
    """Count the lines that are not blank."""
    return sum(1 for source in files for line in source.lines if line.strip())


def test_there_is_at_least_as_much_test_as_code() -> None:
    assert written(sources("tests")) >= written(sources(*PRODUCT))


def test_blank_lines_do_not_count() -> None:
    assert written([sample("x = 1\n\n  \ny = 2\n"), sample("z = 3")]) == 3
