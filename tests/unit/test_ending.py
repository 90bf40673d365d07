"""The bounds that tests set: work that does not end fails in words, and calls are counted."""

import re
import signal

import pytest

from tests.ending import calls_of, must_end


def test_what_ends_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with must_end():
        assert sum(range(10)) == 45
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_does_not_end_fails_even_within_a_regular_expression() -> None:
    with pytest.raises(AssertionError, match=r"did not end within 0\.05 seconds"), must_end(0.05):
        re.fullmatch("(a|aa)+$", "a" * 200 + "b")


def test_calls_are_counted_the_same_each_time() -> None:
    def work() -> None:
        for _ in range(100):
            len("")

    assert calls_of(work) == calls_of(work)
    assert 100 <= calls_of(work) < 110
