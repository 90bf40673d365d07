"""Following an address tells where it moved for good: by the leading answers that say so."""

import time

import pytest

from crawler.follow import Following
from crawler.http import Fetched
from crawler.robots import Robots
from tests.unit.crawler.exchange import FakeExchange, found

PLACE = "https://news.test"


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ([], None),
        ([301, 308], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([308, 307, 301], "/1"),
        ([303], None),
    ],
)
async def test_what_moved_for_good_is_told(statuses: list[int], permanent: str | None) -> None:
    answers = {
        f"{PLACE}/{n}": Fetched(
            url=f"{PLACE}/{n}", status=status, headers={"location": f"/{n + 1}"}
        )
        for n, status in enumerate(statuses)
    }
    end = f"{PLACE}/{len(statuses)}"
    exchange = FakeExchange({**answers, end: found(end, "here")})
    following = Following(exchange=exchange, robots=Robots(exchange, monotonic=time.monotonic))
    answer = await following.answer_of(f"{PLACE}/0")
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.body) == (end, b"here")
    assert answer.permanent == (permanent and f"{PLACE}{permanent}")
