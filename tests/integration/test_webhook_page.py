"""docs/webhooks.md is copied and pasted by people, so what stands there has to work."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from alerts import retry
from alerts.channel import Deferred, Delivered
from alerts.channels.webhook import DEADLINE, WebhookChannel, signed
from alerts.schemas import SCHEMAS
from news.delivery import Delivery
from tests.integration.receivers import AGENT
from tests.unit.alerts.shapes import faults
from wirewatch.net.client import NetworkSettings, open_client

PAGE = Path(__file__).parents[2].joinpath("docs", "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
OTHER_SECRET = "whsec_YSB0aGlyZCBzZWNyZXQ="
DELIVERY = Delivery(id="dl_512", payload='{"type":"test.ping","data":"Гроб"}'.encode())
NOW = datetime.now(UTC)  # the public verifier checks the clock


def snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def headers() -> dict[str, str]:
    return signed(DELIVERY, NOW, [OTHER_SECRET, SECRET])


@contextmanager
def python_receiver(secret: str) -> Iterator[str]:
    """Run the page's receiver as it stands there, but on a free port."""
    (code,) = snippets("python")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WEBHOOK_SECRET", secret)
        namespace: dict[str, Any] = {"__name__": "receiver"}
        exec(compile(code, "docs/webhooks.md", "exec"), namespace)
    namespace["Receiver"].log_message = lambda *_: None
    with ThreadingHTTPServer(("127.0.0.1", 0), namespace["Receiver"]) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("secret", "outcome"), [(SECRET, Delivered()), (OTHER_SECRET, Deferred("HTTP 401"))]
)
async def test_the_python_receiver_verifies_and_acts_once(
    secret: str, outcome: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with python_receiver(secret) as url:
        async with open_client(NetworkSettings(agent=AGENT, allow=("127.0.0.1",))) as http:
            channel = WebhookChannel(url=url, secrets=[SECRET], http=http)
            for _ in range(2):
                assert (await channel.send(DELIVERY)).outcome == outcome
    told = "test.ping Гроб\n" if outcome == Delivered() else ""
    assert capsys.readouterr().out == told


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_the_shell_lines_give_the_signature(tmp_path: Path) -> None:
    (code,) = snippets("sh")
    (tmp_path / "body.json").write_bytes(DELIVERY.payload)
    sent = headers()
    given = subprocess.run(
        ["sh", "-eu", "-c", code],
        cwd=tmp_path,
        env={
            **os.environ,
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_ID": sent["webhook-id"],
            "WEBHOOK_TIMESTAMP": sent["webhook-timestamp"],
        },
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    assert f"v1,{given}" == sent["webhook-signature"].split(" ")[1]


TRIAL = """
import { verified } from "./verified.mjs";
const [secret, headers, body, now] = JSON.parse(process.argv[2]);
console.log(verified(secret, headers, Buffer.from(body), now));
"""


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
@pytest.mark.parametrize(
    ("secret", "body", "late", "answer"),
    [
        (SECRET, DELIVERY.payload, 0, "true"),
        (SECRET, DELIVERY.payload, 299, "true"),
        (SECRET, DELIVERY.payload, 301, "false"),
        (SECRET, DELIVERY.payload + b" ", 0, "false"),
        ("whsec_bm90aGluZw==", DELIVERY.payload, 0, "false"),
    ],
)
def test_the_lines_for_node_verify(
    tmp_path: Path, secret: str, body: bytes, late: int, answer: str
) -> None:
    _, code = snippets("js")
    (tmp_path / "verified.mjs").write_text(code, encoding="utf-8")
    (tmp_path / "trial.mjs").write_text(TRIAL, encoding="utf-8")
    asked = json.dumps([secret, headers(), body.decode(), int(NOW.timestamp()) + late])
    done = subprocess.run(
        ["node", "trial.mjs", asked], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == answer


def test_the_bodies_shown_are_such_as_are_sent() -> None:
    shown, *others = map(json.loads, snippets("json"))
    for body in (shown, *others):
        assert list(faults(body, SCHEMAS[body["type"]])) == []
    span, title = shown["data"]["match"][0], shown["data"]["article"]["title"]
    assert title[span["start"] : span["end"]] == span["term"]


def test_the_page_names_every_type_wait_and_deadline() -> None:
    for kind in SCHEMAS:
        assert f"`{kind}`" in PAGE
    (waits,) = re.findall(r"tries again: after (.*?), each stretched", PAGE)
    units = {"s": 1, "min": 60, "h": 3_600}
    named = [
        timedelta(seconds=int(number) * units[unit])
        for number, unit in re.findall(r"(\d+) (s|min|h)\b", waits)
    ]
    assert tuple(named) == retry.WAITS
    assert f"nothing within {DEADLINE:g} seconds" in PAGE
