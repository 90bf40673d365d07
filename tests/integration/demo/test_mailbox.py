"""The demo's mailboxes over sockets: letters are taken, and read by subject and text."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.integration.demo.stages import TICK, mail, short_script
from wirewatch.demo.receiver import said
from wirewatch.demo.stage import Stage

URL = "http://127.0.0.1:5001/news/six-coffins.html"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage(short_script(), beat=TICK) as stage:
        yield stage


async def test_a_letter_is_taken_and_read(stage: Stage) -> None:
    await mail(stage, "letterbox", "[Kim Jong-un] Гроб под флагом", URL, number=7)
    (message,) = stage.receiver.messages
    assert message.taken
    assert (message.channel, message.webhook_id) == ("letterbox", "<dl_7@test.example>")
    (alert,) = said(message)
    assert (alert.watch, alert.title, alert.url) == ("Kim Jong-un", "Гроб под флагом", URL)


async def test_a_letter_that_names_no_article_answers_nothing_of_the_script(stage: Stage) -> None:
    await mail(stage, "letterbox", "Hello", "no address", number=1)
    (message,) = stage.receiver.messages
    assert json.loads(message.body)["data"]["article"]["url"] == ""
    assert stage.scorecard(0).false == ("letterbox: story.matched Hello: ",)


async def test_webhooks_and_mailboxes_are_told_apart(stage: Stage) -> None:
    assert set(stage.mailboxes.addresses) == {"letterbox"}
    assert set(stage.receiver.secrets) == {"desk", "flaky", "slow"}
