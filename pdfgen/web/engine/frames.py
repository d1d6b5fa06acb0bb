"""What the engine answers: frames of plain data with files, and how they travel as bytes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

#: Bytes that say how long the JSON of a frame is.
_LENGTH = 4

_TYPES = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml",
    "ics": "text/calendar", "yaml": "application/yaml", "zip": "application/zip", "webp": "image/webp",
}  # fmt: skip


class NamedFile(NamedTuple):
    """A file of an answer."""

    name: str
    data: bytes

    @property
    def type(self) -> str:
        """What it is, for the browser."""
        return _TYPES.get(self.name.rpartition(".")[2], "application/octet-stream")


class Frame(NamedTuple):
    """An answer, or a part of one."""

    data: dict[str, Any]
    files: tuple[NamedFile, ...] = ()

    @property
    def listed(self) -> dict[str, Any]:
        """The data with the names, types and sizes of the files."""
        files = [{"name": file.name, "type": file.type, "size": len(file.data)} for file in self.files]
        return {**self.data, "files": files}

    def encoded(self) -> bytes:
        """Return the frame as it is sent: length of the JSON, JSON, files."""
        head = json.dumps(self.listed, ensure_ascii=False, separators=(",", ":")).encode()
        return b"".join(
            (len(head).to_bytes(_LENGTH, "big"), head, *(file.data for file in self.files)),
        )


def decoded(data: bytes) -> list[Frame]:
    """Return the frames in a body."""
    frames = []
    place = 0
    while place < len(data):
        start = place + _LENGTH
        end = start + int.from_bytes(data[place:start], "big")
        head = json.loads(data[start:end])
        files = []
        for one in head.pop("files"):
            files.append(NamedFile(one["name"], data[end : end + one["size"]]))
            end += one["size"]
        frames.append(Frame(head, tuple(files)))
        place = end
    return frames
