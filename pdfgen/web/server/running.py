"""A server that listens on this computer, until somebody ends it or the day is over."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from pdfgen.errors import Problem, WriteError
from pdfgen.web.engine.engine import Engine
from pdfgen.web.server.application import Server

ADDRESS = "127.0.0.1"
"""The only address that is listened on: this computer speaking to itself."""

#: A forgotten server ends by itself after so many seconds.
_LONGEST = 12 * 60 * 60

#: Requests at the same time; a browser opens six.
_MOST_AT_ONCE = 32


def listening(port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any that is free.

    Raises:
        WriteError: the port is taken.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((ADDRESS, port))
    except OSError:
        found.close()
        message = f"port {port} is taken; leave --port out to take any that is free"
        raise WriteError(Problem(message)) from None
    return found


def serve(
    engine: Engine, listener: socket.socket, opened: Callable[[str], None], longest: float = _LONGEST
) -> None:
    """Answer until Ctrl-C, the button of the page, or `longest` seconds.

    Args:
        engine: that answers.
        listener: as `listening` returns it.
        opened: is told the address of the page, once it can be opened.
        longest: seconds.
    """
    asyncio.run(_served(engine, listener, opened, longest))


async def _served(
    engine: Engine, listener: socket.socket, opened: Callable[[str], None], longest: float
) -> None:
    port = listener.getsockname()[1]
    server = Server(engine, port, lambda: running.end())
    config = uvicorn.Config(
        server.guard,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=16_384,
    )
    running = _Running(config)
    asyncio.get_running_loop().call_later(longest, running.end)
    task = asyncio.create_task(running.serve(sockets=[listener]))
    while not running.started and not task.done():
        await asyncio.sleep(0.01)
    if not task.done():
        opened(f"http://{ADDRESS}:{port}{server.guard.address}")
    await task


class _Running(uvicorn.Server):
    """Ends without raising the signal again: to end it is what Ctrl-C is for."""

    def end(self) -> None:
        """End when what is being answered has been."""
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> Any:
        """Take a request to end; a second one ends at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
