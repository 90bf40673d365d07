"""Nobody but wirewatch/net.py builds a client."""

import pytest

from tests.architecture.network import second_clients
from tests.architecture.tree import PRODUCT, sample, sources


def test_there_is_one_way_out() -> None:
    assert [told for source in sources(*PRODUCT) for told in second_clients(source)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import httpx\nhttpx.AsyncClient()",
        "import httpx as h\nh.Client()",
        "from httpx import AsyncClient\nAsyncClient()",
        "from httpx import AsyncClient as C\ndef f():\n    return C(timeout=1)",
        "import httpx\nhttpx.get('http://favicon.test/')",
        "import aiohttp\naiohttp.ClientSession()",
        "from urllib import request\nrequest.urlopen('http://a.test/')",
        "import asyncio\nasync def f():\n    await asyncio.open_connection('a.test', 80)",
    ],
)
def test_a_second_client_is_told(text: str) -> None:
    assert len(list(second_clients(sample(text, "alerts/channels/webhook.py")))) == 1


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("wirewatch/net.py", "import httpx\nhttpx.AsyncClient()"),
        ("wirewatch/net_guard.py", "import aiohttp\naiohttp.TCPConnector()"),
        ("alerts/dispatch.py", "import httpx\nasync def f(http: httpx.AsyncClient): ..."),
        ("alerts/dispatch.py", "async def f(httpx_client):\n    await httpx_client.get('x')"),
    ],
)
def test_the_one_client_and_its_users_are_fine(place: str, text: str) -> None:
    assert list(second_clients(sample(text, place))) == []
