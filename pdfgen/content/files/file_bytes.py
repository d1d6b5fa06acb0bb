"""The bytes of an input file, or the reason why they cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

from pdfgen.content.files.source import STDIN_NAME
from pdfgen.errors import InputError, Problem, missing_file

#: The path that stands for standard input.
STDIN = Path("-")


def name_of(path: Path) -> str:
    """Return how messages name a file; `-` is standard input."""
    return STDIN_NAME if path == STDIN else str(path)


def read_bytes(path: Path, what: str, most: int, advice: str = "split it") -> bytes:
    """Return the bytes at `path`; `-` reads standard input.

    Args:
        path: of the file.
        what: the kind of file, for messages: "roster".
        most: the largest size, in bytes.
        advice: what to do with a larger file.

    Raises:
        InputError: the file does not exist, cannot be read, or is larger.
    """
    file = name_of(path)
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as stream:
                data = stream.read(most + 1)
    except FileNotFoundError:
        raise InputError(missing_file(path, what)) from None
    except IsADirectoryError:
        raise InputError(Problem("is a folder; name a file in it", file=file)) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "not a usable name").lower()
        raise InputError(Problem(f"cannot be read: {reason}", file=file)) from None
    if len(data) > most:
        raise InputError(Problem(f"is larger than {most // 1_000_000} MB; {advice}", file=file))
    return data
