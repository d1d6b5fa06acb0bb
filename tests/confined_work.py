"""What a process of its own is given to do in tests: it loads nothing, so that the process starts at once."""

from __future__ import annotations

import os
import time

from pdfgen.errors import InputError, Problem


def sleeps(data: bytes) -> None:
    """Never answer, and do nothing."""
    time.sleep(60)


def works(data: bytes) -> None:
    """Never answer, and keep a processor busy."""
    while True:
        pass


def hoards(data: bytes) -> int:
    """Take all memory that there is."""
    return len([bytes(1 << 24) for _ in range(1 << 16)])


def dies(data: bytes) -> None:
    """End without a word."""
    os._exit(3)


def answers(data: bytes, more: int) -> tuple[int, int]:
    """Answer."""
    return len(data), more


def refuses(data: bytes) -> None:
    """Find two problems."""
    raise InputError((Problem("one", field="a"), Problem("two", file="b", line=2, column=1)))
