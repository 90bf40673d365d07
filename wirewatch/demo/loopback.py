"""A small web server on a free port of 127.0.0.1, for the demo's outlets and receivers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LoopbackSite:
    """Answers whatever method by the path's handler, until it is closed."""

    def __init__(self, routes: Mapping[str, Handler]) -> None:
        app = web.Application(client_max_size=1 << 20)
        for path, handler in routes.items():
            app.router.add_route("*", path, handler)
        # Who gave up waiting for an answer is no longer worked for.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )

    async def open(self) -> str:
        """Listen, and return the base address without a slash at its end."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def close(self) -> None:
        """Stop listening and end what is under way."""
        await self._runner.cleanup()
