"""There is one way out: whatever opens a connection is built in wirewatch/net.py.

Address guards fail where a second client exists. So no other module of the product may build a
client, use a module's own shortcut (`httpx.get`), or open a socket towards somebody.
"""

import ast
from collections.abc import Iterator

from tests.architecture.homes import lives, module_of
from tests.architecture.tree import Source

HOME = "wirewatch.net"

_HTTPX_SHORTCUTS = ("get", "post", "put", "patch", "delete", "head", "options", "request", "stream")
OPENERS = frozenset(
    {
        "httpx.AsyncClient",
        "httpx.Client",
        "httpx.AsyncHTTPTransport",
        "httpx.HTTPTransport",
        *(f"httpx.{name}" for name in _HTTPX_SHORTCUTS),
        "aiohttp.ClientSession",
        "aiohttp.TCPConnector",
        "aiohttp.request",
        "asyncio.open_connection",
        "http.client.HTTPConnection",
        "http.client.HTTPSConnection",
        "socket.create_connection",
        "urllib.request.build_opener",
        "urllib.request.urlopen",
    }
)


def second_clients(source: Source) -> Iterator[str]:
    """Name each call in `source` that opens a way out beside the guarded one."""
    if lives(module_of(source.place), HOME):
        return
    names = _full_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            called = _resolved(ast.unparse(node.func), names)
            if called in OPENERS:
                yield f"{source.place}:{node.lineno}: {called} outside {HOME}"


def _full_names(tree: ast.Module) -> dict[str, str]:
    """Map every imported name to what it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.asname: alias.name for alias in aliases if alias.asname}
            case ast.ImportFrom(module=str(module), names=aliases):
                names |= {a.asname or a.name: f"{module}.{a.name}" for a in aliases}
            case _:
                continue
    return names


def _resolved(called: str, names: dict[str, str]) -> str:
    first, dot, rest = called.partition(".")
    return names.get(first, first) + dot + rest
