"""Reading a finished PDF that the command line names."""

from __future__ import annotations

import contextlib
from pathlib import Path

from pdfgen.content.files.file_bytes import STDIN, name_of, read_bytes
from pdfgen.errors import InputError, Problem

#: A larger file is not read.
_MOST_BYTES = 200_000_000


def read_pdf(file: Path) -> bytes:
    """Return the bytes of a file; `-` is standard input.

    Raises:
        InputError: the file does not exist, is not an ordinary file, or is too large.
    """
    with contextlib.suppress(OSError, ValueError):
        if file != STDIN and file.exists() and not file.is_file():
            raise InputError(Problem("is not an ordinary file; name a PDF", file=name_of(file)))
    return read_bytes(file, "PDF", _MOST_BYTES, "pdfgen makes no such files")
