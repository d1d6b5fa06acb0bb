"""The body of a request, kept in memory: nothing of a patient is ever put on the disk by reading it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from pdfgen.web.engine.requests import MOST_FILE_BYTES, MOST_JSON_BYTES

if TYPE_CHECKING:
    from starlette.requests import Request

#: Files with their values.
MOST_BYTES = MOST_FILE_BYTES + MOST_JSON_BYTES
_MOST_FILES = 12

#: Seconds in which a body has to arrive.
_PATIENCE = 60.0

#: The field of a form that holds the JSON.
_REQUEST = "request"


class RefusedError(Exception):
    """A body is not read; with the HTTP status and a line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Body(NamedTuple):
    """What a request holds: an object, and files by the names of their fields."""

    values: Any
    files: dict[str, bytes]


class _InMemory(MultiPartParser):
    """Keeps files in memory, which otherwise go to a temporary file from 1 MB on."""

    spool_max_size = MOST_BYTES + 1


async def body_of(request: Request) -> Body:
    """Return what a request holds.

    Raises:
        RefusedError: it is too large, takes too long, or is neither JSON nor a form.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            if request.headers["content-type"].lower().startswith("application/json"):
                parts = [part async for part in _limited(request, MOST_JSON_BYTES)]
                return Body(_json(b"".join(parts)), {})
            return await _form(request)
    except TimeoutError:
        raise RefusedError(408, "the request did not arrive in time") from None


async def _form(request: Request) -> Body:
    stream = _limited(request, MOST_BYTES)
    parser = _InMemory(
        request.headers, stream, max_files=_MOST_FILES, max_fields=1, max_part_size=MOST_JSON_BYTES
    )
    try:
        form = await parser.parse()
    except MultiPartException:
        raise RefusedError(400, "the form cannot be read") from None
    values = form.get(_REQUEST)
    if not isinstance(values, str):
        raise RefusedError(400, "the form has no field request")
    files = {name: await value.read() for name, value in form.multi_items() if isinstance(value, UploadFile)}
    await form.close()
    return Body(_json(values.encode()), files)


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """Yield the parts of a body, whatever it says of its length.

    Raises:
        RefusedError: it is larger than `most` bytes.
    """
    taken = 0
    async for part in request.stream():
        taken += len(part)
        if taken > most:
            raise RefusedError(413, f"larger than {most // 1_000_000} MB")
        yield part


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(400, "this is no JSON") from None
