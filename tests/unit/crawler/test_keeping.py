"""What was crawled by hand goes to `keep`, and nothing else does."""

import json
import logging
from datetime import timedelta

import pytest
from scrapy.crawler import Crawler

from crawler.keeping import Keeping, ReadItem
from crawler.settings import KEEP
from crawler.spiders.pages import PagesSpider
from news.page import Page, PageOutcome, Unread

PAGE = Page(url="http://a.test/", canonical=None, title="Crane \x1b[31m", text="It fell.")


def keeping(keep: object = None) -> Keeping:
    return Keeping.from_crawler(Crawler(PagesSpider, {KEEP: keep}))


@pytest.mark.parametrize("outcome", [PAGE, Unread(reason="no", wait=timedelta(seconds=9))])
async def test_each_item_is_kept_and_passed_on_so_that_it_can_be_exported(
    outcome: PageOutcome,
) -> None:
    kept: list[ReadItem] = []
    item = ReadItem("http://a.test/", outcome)
    passed = await keeping(kept.append).process_item(item)
    assert kept == [item]
    assert json.loads(json.dumps(passed))["asked"] == "http://a.test/"


async def test_a_keep_that_takes_its_time_is_awaited() -> None:
    kept: list[ReadItem] = []

    async def keep(item: ReadItem) -> None:
        kept.append(item)

    await keeping(keep).process_item(ReadItem("http://a.test/", PAGE))
    assert len(kept) == 1


async def test_items_of_other_spiders_pass() -> None:
    kept: list[ReadItem] = []
    assert await keeping(kept.append).process_item({"a": 1}) == {"a": 1}
    assert kept == []


async def test_without_a_keep_what_was_read_is_logged_and_stays_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "crawler.keeping")
    await keeping().process_item(ReadItem("http://a.test/", PAGE))
    await keeping().process_item(ReadItem("http://a.test/", Unread(reason="HTTP 404")))
    assert caplog.messages == [
        "'http://a.test/': 'Crane \\x1b[31m', 8 characters",
        "'http://a.test/': not read: HTTP 404",
    ]
