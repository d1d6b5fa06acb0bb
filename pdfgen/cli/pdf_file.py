"""Reading a finished PDF that the command line names."""

from __future__ import annotations

import sys
from pathlib import Path

from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.files.source import STDIN_NAME
from pdfgen.errors import InputError, Problem, missing_file

#: A larger file is not read.
_MOST_BYTES = 200_000_000


def name_of(file: Path) -> str:
    """Return how messages name a file."""
    return STDIN_NAME if file == STDIN else str(file)


def read_pdf(file: Path) -> bytes:
    """Return the bytes of a file; `-` is standard input.

    Raises:
        InputError: the file does not exist, is not an ordinary file, or is too large.
    """
    name = name_of(file)
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            if file.exists() and not file.is_file():
                raise InputError(Problem("is not an ordinary file; name a PDF", file=name))
            with file.open("rb") as stream:
                data = stream.read(min(file.stat().st_size, _MOST_BYTES) + 1)
    except FileNotFoundError:
        raise InputError(missing_file(file, "PDF")) from None
    except OSError as error:
        reason = (error.strerror or "no usable name").lower()
        raise InputError(Problem(f"cannot be read: {reason}", file=name)) from error
    if len(data) > _MOST_BYTES:
        message = f"is larger than {_MOST_BYTES // 1_000_000} MB; pdfgen makes no such files"
        raise InputError(Problem(message, file=name))
    return data
