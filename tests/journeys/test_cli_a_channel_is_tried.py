"""A channel is tried: what went out, what came back, how long it took, and what it means."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.integration.receivers import Answer, Receiver, receiver, resets, says
from tests.journeys.command_line import Ran, wirewatch, write

SECRET = "whsec_" + "a2V5" * 8


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def applied(url: str, *, allow: bool = True) -> None:
    place = url.removeprefix("http://").partition("/")[0]
    write(
        f"[network]\nallow = {[place] if allow else []}\n"
        f"[[channel]]\nname = 'desk'\nurl = '{url}'\nsecret = '{SECRET}'\n"
    )
    assert wirewatch("apply").code == 0


async def tried(*words: str, answer: Answer) -> tuple[Ran, Receiver]:
    """Test a channel whose receiver answers so."""
    async with receiver(answer) as place:
        await asyncio.to_thread(applied, place.url)
        return await asyncio.to_thread(wirewatch, "channel", "test", *words), place


async def test_a_test_shows_what_went_out_and_what_came_back() -> None:
    ran, place = await tried("desk", answer=says("200 OK", b'{"ok": true}\n'))
    assert ran.code == 0
    (got,) = place.got
    body = Webhook(SECRET).verify(got.body, got.headers)
    assert body["type"] == "test.ping"
    assert body["data"]["channel"] == {"id": "ch_1", "name": "desk"}
    lines = ran.out.splitlines()
    assert re.fullmatch(r"desk → http://127\.0\.0\.1:\d+/…", lines[0])
    assert f"Sent test.ping ({len(got.body)} bytes)" in lines
    assert f"  webhook-id: {got.headers['webhook-id']}" in lines
    assert f"  webhook-signature: {got.headers['webhook-signature']}" in lines
    assert '    "type": "test.ping",' in lines
    assert re.search(
        r"^200 OK after \d+ ms: it has it\.\n  \{\"ok\": true\}$", ran.out, re.MULTILINE
    )
    assert "path-that-is-a-secret" not in ran.out + ran.err
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (says("503 Busy"), "503 Service Unavailable after"),
        (says("503 Busy"), "HTTP 503; an alert would be tried again."),
        (says("410 Gone"), "HTTP 410; the receiver wants nothing more, an alert would close"),
        (says("302 Found", Location="http://10.0.0.1/"), "HTTP 302; an alert would be tried"),
        (says("299 Odd"), "299 after"),
        (resets, "No answer after"),
    ],
)
async def test_every_answer_is_told_with_what_it_means(answer: Answer, words: str) -> None:
    ran, _ = await tried("desk", answer=answer)
    assert ran.code == (0 if words.startswith("299") else 1)
    assert words in ran.out


async def test_a_long_hostile_answer_is_a_screenful_of_text() -> None:
    ran, _ = await tried("desk", answer=says("500 No", b"\x1b[2Jline\n" * 5_000))
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert ran.out.count("␛[2Jline") == 20
    assert "… (45000 bytes were read)" in ran.out


async def test_a_test_for_machines_under_its_wire_id() -> None:
    ran, place = await tried("ch_1", "--json", answer=says("204 No Content"))
    told = json.loads(ran.out)
    assert (told["arrived"], told["status"], told["answer"]) == (True, 204, "")
    assert told["sent"]["body"] == json.loads(place.got[0].body)
    assert told["sent"]["headers"]["webhook-id"] == told["sent"]["id"]


async def test_each_test_is_a_message_of_its_own() -> None:
    async with receiver(says("200 OK")) as place:
        await asyncio.to_thread(applied, place.url)
        for _ in range(2):
            await asyncio.to_thread(wirewatch, "channel", "test", "desk")
    first, second = (got.headers["webhook-id"] for got in place.got)
    assert first != second


def test_an_address_that_may_not_be_reached_says_what_would_allow_it() -> None:
    applied("http://127.0.0.1:9/hook", allow=False)
    ran = wirewatch("channel", "test", "desk")
    assert ran.code == 1
    assert "list 127.0.0.1:9 under [network] allow to reach it" in ran.out


def test_an_unknown_channel_is_named_with_its_likely_meaning() -> None:
    applied("http://127.0.0.1:9/hook")
    refused = wirewatch("channel", "test", "dask")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith('There is no channel "dask" (did you mean "desk"?). See')
    assert "`wirewatch apply`" in refused.err


def test_without_channels_it_says_how_to_get_one() -> None:
    write("")
    wirewatch("apply")
    assert "wirewatch channel add --help" in wirewatch("channel", "test", "x").err


def test_nothing_is_kept_of_a_test(folder: Path) -> None:
    applied("http://127.0.0.1:9/hook")
    before = (folder / "wirewatch.db").read_bytes()
    wirewatch("channel", "test", "desk")
    assert (folder / "wirewatch.db").read_bytes() == before
