"""A webhook's secret is rotated beside a running `run`; receivers verify by either, then by one."""

import asyncio
import re
import signal
from collections.abc import Mapping
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

from tests.integration.receivers import Request, receiver, says
from tests.journeys.small_town import Ended, Town, line_with, town

STORIES = [(f"coffins-{n}", f"Coffins number {n}", f"Coffins came home {n} times.") for n in "123"]


def secret_in(ended: Ended) -> str:
    assert ended.code == 0, ended.err
    (secret,) = re.findall(r"whsec_\S+", ended.out)
    return str(secret)


def verifies(secret: str, body: bytes, headers: Mapping[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, dict(headers))
    except WebhookVerificationError:
        return False
    return True


def configure(place: Town, url: str) -> None:
    """Have the file name this receiver, and no secret."""
    place.configure()
    file = place.folder / "wirewatch.toml"
    text = re.sub(r'secret = ".*"\n', "", file.read_text("utf-8"))
    text = text.replace(f"{place.desk.base}/hook", url)
    netloc = url.removeprefix("http://").partition("/")[0]
    file.write_text(text.replace("allow = [", f'allow = ["{netloc}", '), "utf-8")


async def test_receivers_verify_by_either_secret_until_it_is_finished(tmp_path: Path) -> None:
    async with town(tmp_path) as place, receiver(says("200 OK")) as hook:
        configure(place, hook.url)
        old = secret_in(await place.wirewatch("apply"))
        child = await place.start("run")
        got: list[Request] = []
        new = ""
        async with asyncio.timeout(90):
            await line_with(child, "applied")
            for number, (name, title, text) in enumerate(STORIES):
                if number == 1:
                    new = secret_in(await place.wirewatch("channel", "rotate", "desk"))
                if number == 2:
                    done = await place.wirewatch("channel", "rotate", "desk", "--finish")
                    assert done.code == 0, done.err
                place.paper.stories[name] = (title, text)
                await line_with(child, f"ALERT Coffins: {title}")
                while len(hook.got) <= number:
                    await place.wirewatch("alerts")
                got.append(hook.got[number])
        child.send_signal(signal.SIGTERM)
        await child.communicate()
    before, between, after = got
    assert [verifies(old, one.body, one.headers) for one in got] == [True, True, False]
    assert [verifies(new, one.body, one.headers) for one in got] == [False, True, True]
    assert len(between.headers["webhook-signature"].split(" ")) == 2
    assert before.headers["webhook-id"] != after.headers["webhook-id"]
