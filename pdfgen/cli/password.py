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
    """Return the function that locks a finished PDF, with a password from `asked_password`.

    Raises:
        InputError, UsageError: as `asked_password`.
    """
    password = asked_password(file)
    return lambda data: encrypted(data, password)


def asked_password(file: Path | None) -> str:
    """Return the password: the first line of a file (`-` is standard input), or typed twice without a file.

    Raises:
        InputError: the file cannot be read, or the password cannot be used.
        UsageError: no terminal can ask for it.
    """
    if file is not None:
        return _checked(_first_line(file), str(file))
    if not _has_terminal():
        message = "asks for the password, and there is no terminal to ask on; use --password-file FILE"
        raise UsageError(Problem(message, field="--encrypt"))
    typed: str = click.prompt(
        "Password", hide_input=True, confirmation_prompt=True, default="", show_default=False, err=True
    )
    return _checked(typed, "password")


def _has_terminal() -> bool:
    return sys.stdin.isatty()


def _first_line(file: Path) -> str:
    data = read_bytes(file, "file of the password", _MOST_BYTES)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(Problem("is not UTF-8; save it as UTF-8", file=str(file))) from None
    return lines[0] if lines else ""


def _checked(password: str, file: str) -> str:
    try:
        return checked_password(password)
    except ValueError as error:
        raise InputError(Problem(str(error), file=file)) from None
