"""What comes in: an object with values by name, and files. What has another form is refused, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

MOST_FILE_BYTES, MOST_JSON_BYTES = 58_000_000, 2_000_000
"""Most that the files of a request have together, and its values."""

T = TypeVar("T")


class RequestError(Exception):
    """A request has another form than docs/engine.md says."""


class Request(NamedTuple):
    """A request to an operation.

    Attributes:
        values: the object that came.
        files: by the name of their field.
    """

    values: Mapping[str, Any]
    files: Mapping[str, bytes]

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it has to be there.

        Raises:
            RequestError: it is missing, or no text. So do all that follow.
        """
        return self._of(name, str, default)

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number within bounds."""
        found = self._of(name, int, default)
        if isinstance(found, bool) or not least <= found <= most:
            raise RequestError(f"{name} must be from {least} to {most}")
        return found

    def mapping(self, name: str, default: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Return an object."""
        return self._of(name, dict, default)

    def items(self, name: str, most: int) -> list[Any]:
        """Return a list of at most so many items; empty where there is none."""
        found = self._of(name, list, [])
        if len(found) > most:
            raise RequestError(f"{name} holds more than {most} items")
        return found

    def texts(self, name: str, most: int) -> list[str]:
        """Return a list of texts."""
        found = self.items(name, most)
        if not all(isinstance(one, str) for one in found):
            raise RequestError(f"{name} must hold texts")
        return found

    def file(self, name: str) -> bytes:
        """Return the bytes of a file."""
        if name not in self.files:
            raise RequestError(f"the file {name} is missing")
        return self.files[name]

    def _of(self, name: str, kind: type[T], default: Any) -> T:
        found = self.values.get(name)
        if found is None:
            found = default
        if found is None:
            raise RequestError(f"{name} is missing")
        if not isinstance(found, kind):
            raise RequestError(f"{name} has the wrong type")
        return found
