"""From an empty folder to a mail in a mailbox, and to the next one in the same thread."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integration.post_office import PostOffice, address, post_office
from tests.journeys.small_town import Paper, Town, line_with, town
from wirewatch.demo.loopback import LoopbackSite

COFFINS = (
    "Six coffins on a screen",
    "Six coffins draped in flags were shown on a screen. "
    + "Residents gathered at the quay. " * 12,
)


@asynccontextmanager
async def mailbox(
    place: Town, office: PostOffice, *, also: str | None = None
) -> AsyncIterator[PostOffice]:
    """Open `office`, and have the town's watch told there, every article of it."""
    async with post_office(office):
        place.configure(
            more=f"""
alert = ["story", "article"]
timezone = "Asia/Seoul"
[mail]
server = "smtp://127.0.0.1:{office.port}"
from = "wirewatch <alerts@wire.test>"
"""
            + (f'[[source]]\nname = "Other"\nurl = "{also}/feed"\nevery = "1s"\n' if also else "")
        )
        file = place.folder / "wirewatch.toml"
        text = file.read_text("utf-8")
        if also is not None:
            text = text.replace("allow = [", f'allow = ["{urlsplit(also).netloc}", ')
        mailto = 'url = "mailto:desk@mail.test"\n'
        file.write_text(re.sub(r'url = "[^"]*/hook"\nsecret = .*\n', mailto, text), "utf-8")
        yield office


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """Give a paper with one story, and a folder."""
    async with town(tmp_path) as made:
        made.paper.stories["coffins"] = COFFINS
        yield made


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def test_a_story_is_mailed_and_its_second_article_joins_the_thread(place: Town) -> None:
    other = Paper(stories={})
    site = LoopbackSite({"/{path:.*}": other.serve})
    other.base = await site.open()
    async with mailbox(place, PostOffice(), also=other.base) as office:
        child = await place.start("run")
        async with asyncio.timeout(60):
            await office.arrived.acquire()
            other.stories["ours"] = ("Coffins shown: our report", COFFINS[1])
            await office.arrived.acquire()
        child.send_signal(signal.SIGTERM)
        _, err = await child.communicate()
    await site.close()
    assert child.returncode == 0, err
    first, second = office.mails
    assert first["Subject"] == "[Coffins] Six coffins on a screen"
    assert address(first, "To").addr_spec == "desk@mail.test"
    assert address(first, "From").display_name == "wirewatch"
    assert "Six *coffins* draped in flags were shown on a screen." in text_of(first)
    assert "(Asia/Seoul)" in text_of(first)
    assert second["Subject"] == "[Coffins] Coffins shown: our report"
    assert first["References"] == second["References"] == "<st_1.w_1@wire.test>"
    assert first["Message-ID"] != second["Message-ID"]
    assert second["List-Id"] == first["List-Id"] == "<w_1.wirewatch.wire.test>"
    assert "2 articles by 2 publishers" in text_of(second)
    assert f"Six coffins on a screen\n    {place.paper.base}/coffins\n" in text_of(second)


async def test_what_a_server_puts_off_comes_again_as_the_same_mail(place: Town) -> None:
    office = PostOffice(says={"DATA": "451 4.7.1 greylisted"})
    async with mailbox(place, office):
        child = await place.start("run")
        async with asyncio.timeout(60):
            await office.arrived.acquire()
            office.says.clear()
            await office.arrived.acquire()
            await line_with(child, "took dl_1 at attempt 2")
        child.send_signal(signal.SIGTERM)
        await child.communicate()
    assert office.got[0] == office.got[1]


async def test_an_address_that_does_not_exist_closes_its_channel(place: Town) -> None:
    office = PostOffice(says={"RCPT": "550 5.1.1 <desk@mail.test>: unknown"})
    async with mailbox(place, office):
        ended = await place.wirewatch("run", "--once")
    assert ended.code == 0
    assert "channel desk is disabled" in ended.err
    assert "knows no such address" in ended.err
    assert "desk@mail.test" not in ended.out + ended.err


async def test_a_mailbox_is_tried_and_everything_is_shown(place: Town) -> None:
    async with mailbox(place, PostOffice()) as office:
        assert (await place.wirewatch("apply", "--yes")).code == 0
        tried = await place.wirewatch("channel", "test", "desk")
    assert tried.code == 0, tried.err
    assert "desk → mailto:desk@mail.test" in tried.out
    assert "  From: wirewatch <alerts@wire.test>\n  To: desk@mail.test\n" in tried.out
    assert "  Subject: [wirewatch] Test of the channel “desk”\n" in tried.out
    assert "  The channel “desk” works\n" in tried.out
    assert re.search(
        r"^250 after \d+ ms: it has it\.\n  250 2\.0\.0 queued$", tried.out, re.MULTILINE
    )
    assert office.mails[0]["Subject"] == "[wirewatch] Test of the channel “desk”"


async def test_a_channel_by_mail_without_a_server_is_said_at_start(place: Town) -> None:
    async with mailbox(place, PostOffice()):
        assert (await place.wirewatch("apply", "--yes")).code == 0
    file = place.folder / "wirewatch.toml"
    text = file.read_text("utf-8")
    bare = re.sub(r"\[\[channel\]\](.|\n)*$", "", text)
    file.write_text(bare, "utf-8")
    ended = await place.wirewatch("run", "--once")
    assert "nothing leaves by channel desk: there is no mail server" in ended.err
