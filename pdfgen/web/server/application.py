"""The server's answers: the files of the page, and what the engine says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.frames import Frame
from pdfgen.web.server.bodies import MOST_BYTES, RefusedError, body_of
from pdfgen.web.server.guard import START, Guard

PAGE = Path(__file__).parent.parent / "page"
"""The folder with the page's files."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(html|css|js|svg)")
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}

#: Seconds that a request waits for those before it.
_PATIENCE = 30.0


class Server:
    """The engine behind a guard; what it makes is made one after the other.

    Args:
        engine: that answers.
        port: that is listened on.
        stop: ends the server.
        page: the folder with the page's files.
    """

    def __init__(self, engine: Engine, port: int, stop: Callable[[], None], page: Path = PAGE) -> None:
        self._engine = engine
        self._stop = stop
        self._page = page
        self._busy = asyncio.Lock()
        routes = [
            Route(START, self.start),
            Route("/engine/{name}", self.engine, methods=["POST"]),
            Route("/stop", self.stop, methods=["POST"]),
            Route("/", self.file),
            Route("/{name}", self.file),
        ]
        self.guard = Guard(Starlette(routes=routes), port, MOST_BYTES)

    async def start(self, request: Request) -> Response:
        """Exchange the token of the address for a cookie, once."""
        session = self.guard.session_for(request.query_params.get("token", ""))
        if session is None:
            return PlainTextResponse("this address was used already; start pdfgen serve again", 403)
        response = RedirectResponse("/", 303)
        response.set_cookie(self.guard.cookie, session, httponly=True, samesite="strict", path="/")
        return response

    async def file(self, request: Request) -> Response:
        """Send a file of the page, by its name alone."""
        name = request.path_params.get("name", "index.html")
        found = _NAME.fullmatch(name)
        path = self._page / name
        if found is None or not path.is_file():
            return PlainTextResponse("there is no such file", 404)
        return Response(path.read_bytes(), media_type=_TYPES[found[1]])

    async def stop(self, request: Request) -> Response:
        """End the server when this has been answered."""
        await _drained(request)
        self._stop()
        return PlainTextResponse("stopped")

    async def engine(self, request: Request) -> Response:
        """Answer an operation with its frames, each as soon as it is there."""
        try:
            body = await body_of(request)
        except RefusedError as error:
            return PlainTextResponse(error.reason, error.status)
        except ClientDisconnect:
            return Response(status_code=499)
        frames = self._engine.answer(request.path_params["name"], body.values, body.files)
        first = await self._next(frames)
        if first is None:
            return PlainTextResponse("others are being made; ask again", 503)
        return StreamingResponse(self._sent(first, frames), media_type="application/octet-stream")

    async def _sent(self, first: Frame, frames: Iterator[Frame]) -> AsyncIterator[bytes]:
        frame: Frame | None = first
        while frame is not None:
            yield frame.encoded()
            frame = await self._next(frames)

    async def _next(self, frames: Iterator[Frame]) -> Frame | None:
        """Return the next frame, made in a thread of its own, while nothing else is made."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._busy.acquire()
        except TimeoutError:
            return None
        try:
            return await run_in_threadpool(next, frames, None)
        finally:
            self._busy.release()


async def _drained(request: Request) -> None:
    async for _ in request.stream():
        pass
