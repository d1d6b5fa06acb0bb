"""The password of `generate --encrypt`: asked for, or read from a file; never on the command line.

What stands on a command line is seen by other users of the computer and kept by the shell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.content.rosters.passwords import checked_password
from pdfgen.delivery.encryption import encrypted
from pdfgen.errors import InputError, Problem, UsageError

#: A longer file is not a password.
_MOST_BYTES = 1_000_000


def locking(file: Path | None) -> Callable[[bytes], bytes]:
    """Return the function that locks a finished PDF.

    The password is the first line of `file` (`-` is standard input), or is typed twice where `file` is None.

    Raises:
        InputError: the file cannot be read, or the password cannot be used.
        UsageError: no terminal can ask for it.
    """
    text, place = (_typed(), "password") if file is None else (_first_line(file), str(file))
    try:
        password = checked_password(text)
    except ValueError as error:
        raise InputError(Problem(str(error), file=place)) from None
    return lambda data: encrypted(data, password)


def _typed() -> str:
    if not _has_terminal():
        message = "asks for the password, and there is no terminal to ask on; use --password-file FILE"
        raise UsageError(Problem(message, field="--encrypt"))
    typed: str = click.prompt(
        "Password", hide_input=True, confirmation_prompt=True, default="", show_default=False, err=True
    )
    return typed


def _has_terminal() -> bool:
    return sys.stdin.isatty()


def _first_line(file: Path) -> str:
    data = read_bytes(file, "file of the password", _MOST_BYTES)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(Problem("is not UTF-8; save it as UTF-8", file=str(file))) from None
    return lines[0] if lines else ""
