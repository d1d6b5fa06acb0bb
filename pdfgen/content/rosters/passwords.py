"""Passwords for the files of a roster: a CSV file of its own, with the columns `row` and `password`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pdfgen.content.files.file_bytes import read_bytes
from pdfgen.content.rosters.csv_table import Dialect, read_csv
from pdfgen.content.rosters.encoding import decode
from pdfgen.content.rosters.options import MAX_BYTES
from pdfgen.content.rosters.table_row import TableRow
from pdfgen.errors import InputError, Problem

#: Shorter passwords can be found by trial.
_SHORTEST = 8

#: Bytes of UTF-8 that count (ISO 32000-2, 7.6.4.3.2).
_LONGEST = 127

_HEADINGS = ("row", "password")


def read_passwords(path: Path) -> Mapping[int, str]:
    """Return the passwords by the number of their row, as the user counts rows.

    Raises:
        InputError: with every line without a usable password. Messages never contain a password.
    """
    file = str(path)
    data = read_bytes(path, "file of passwords", MAX_BYTES)
    text = decode(data, file).text
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = [row for row in read_csv(text, Dialect(delimiter, False)) if row.problem or any(row.cells)]
    if not rows or [str(cell).strip().lower() for cell in rows[0].cells] != list(_HEADINGS):
        raise InputError(Problem("the first line must be: row,password", file=file))
    found: dict[int, str] = {}
    problems: list[Problem] = []
    for row in rows[1:]:
        try:
            number, password = _read(row)
            if number in found:
                raise ValueError(f"row {number} has a password already; keep one")
            found[number] = password
        except ValueError as error:
            problems.append(Problem(str(error), file=f"{file}, row {row.number}"))
    if problems:
        raise InputError(problems)
    return MappingProxyType(found)


def _read(row: TableRow) -> tuple[int, str]:
    if row.problem:
        raise ValueError(row.problem)
    cells = [str(cell) for cell in row.cells]
    if len(cells) != len(_HEADINGS):
        raise ValueError("must hold a row number and a password")
    number = cells[0].strip()
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise ValueError("must begin with the number of a row of the roster")
    return int(number), checked_password(cells[1])


def checked_password(text: str) -> str:
    """Return a password in normal form, so that the same letters are the same password on every keyboard.

    Raises:
        ValueError: the password cannot be used; the message does not contain it.
    """
    password = unicodedata.normalize("NFKC", text)
    if not password:
        raise ValueError("the password is empty; choose one")
    if len(password) < _SHORTEST:
        raise ValueError(f"the password is shorter than {_SHORTEST} characters; take a longer one")
    if len(password.encode("utf-8", "replace")) > _LONGEST:
        raise ValueError(f"the password is longer than {_LONGEST} bytes; take a shorter one")
    if not password.isprintable():
        raise ValueError("the password holds a character that cannot be typed")
    return password
