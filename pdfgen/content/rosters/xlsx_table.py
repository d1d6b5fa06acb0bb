"""XLSX: the values of one sheet. Nothing in the file is run, computed or fetched."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from pdfgen.content.files.source import printable
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.rosters.options import MAX_COLUMNS
from pdfgen.content.rosters.table import TableRow, Unreadable
from pdfgen.errors import InputError, Problem

#: A workbook with 100,000 rows of twenty columns unpacks to about 80 MB.
MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000

#: Sheets unpack to ten to forty times their size; a large part that grows more than this is made to do so.
MAX_GROWTH = 100
_LARGE_PART = 10_000_000

#: Rows of a sheet (ECMA-376; Excel's limit). A row number past it is an attempt to keep us counting.
_LAST_ROW = 1_048_576

_NO_RESULT = (
    "holds a formula without its result; open the file in a spreadsheet and save it, or paste the value"
)
_NO_XLSX = "is not an XLSX workbook; save it as .xlsx or as CSV"

#: Begins old Excel files, and workbooks with a password.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FORMULA = re.compile(rb"<f[\s>/]")


def read_xlsx(data: bytes, file: str, sheet: str = "") -> tuple[Iterator[TableRow], list[Problem]]:
    """Return the rows of the named or first sheet, and notes on what is not read.

    Raises:
        InputError: the file is not a workbook, is too large when unpacked, or has no such sheet.
    """
    notes, has_formulas = _inspect(data, file)
    book = _open(data, file, computed=True)
    names = [found.title for found in book.worksheets]
    if sheet and sheet not in names:
        raise InputError(
            Problem(f'there is no sheet "{printable(sheet)}"; {nearest(sheet, names)}', file=file)
        )
    if not names:
        raise InputError(Problem("has no sheet with cells", file=file))
    name = sheet or names[0]
    if len(names) > 1:
        notes.append(Problem(f'of {len(names)} sheets only "{printable(name)}" is read', file=file))
    formulas = _open(data, file, computed=False)[name] if has_formulas else None
    return _rows(book[name], formulas, file), notes


def _inspect(data: bytes, file: str) -> tuple[list[Problem], bool]:
    """Refuse dangerous files before unpacking; return notes, and whether there are formulas."""
    if data.startswith(_COMPOUND_FILE):
        message = "is an old .xls file or has a password; save it as .xlsx without a password"
        raise InputError(Problem(message, file=file))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _inspect_parts(parts, file)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise InputError(Problem(_NO_XLSX, file=file)) from None


def _inspect_parts(parts: zipfile.ZipFile, file: str) -> tuple[list[Problem], bool]:
    infos = parts.infolist()
    grown = any(info.file_size > max(_LARGE_PART, MAX_GROWTH * info.compress_size) for info in infos)
    if grown or len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        size = f"{MAX_UNPACKED // 1_000_000} MB"
        raise InputError(
            Problem(f"is too large when unpacked; at most {size} in {MAX_PARTS} parts", file=file)
        )
    names = [info.filename for info in infos]
    if "[Content_Types].xml" not in names:
        raise InputError(Problem(_NO_XLSX, file=file))
    has_formulas = False
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            content = parts.read(info)
            if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _DECLARATIONS.search(content):
                raise InputError(
                    Problem("holds declarations that no spreadsheet writes; save it anew", file=file)
                )
            if info.filename.startswith("xl/worksheets/") and _FORMULA.search(content):
                has_formulas = True
    notes = []
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append(Problem("holds macros; they are not run", file=file))
    if any("externalLinks/" in name for name in names):
        notes.append(Problem("holds links to other files; they are not followed", file=file))
    return notes, has_formulas


def _open(data: bytes, file: str, *, computed: bool) -> Any:
    """Open a workbook, with the results of formulas (`computed`) or their text."""
    # The import is slow, and only workbooks need it.
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=computed, keep_links=False, keep_vba=False
            )
    except Exception:  # whatever a foreign reader stumbles over in a broken file
        raise InputError(Problem(_NO_XLSX, file=file)) from None


def _rows(sheet: Any, formulas: Any, file: str) -> Iterator[TableRow]:
    below = _cells(formulas) if formulas is not None else None
    number = 0
    try:
        for number, cells in enumerate(_cells(sheet), start=1):
            if len(cells) > MAX_COLUMNS:
                message = f"has a cell past column {MAX_COLUMNS}; remove it"
                raise InputError(Problem(message, file=f"{file}, row {number}"))
            written = next(below, ()) if below is not None else ()
            yield TableRow(number, [_value(cell, written, index) for index, cell in enumerate(cells)])
    except InputError:
        raise
    except Exception:  # as above
        raise InputError(Problem(_NO_XLSX, file=f"{file}, row {number + 1}")) from None


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size that a file declares may be wrong, and openpyxl would fill it with empty cells.
    sheet.reset_dimensions()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from sheet.iter_rows(max_row=_LAST_ROW)


def _value(cell: Any, written: tuple[Any, ...], index: int) -> Any:
    if cell.data_type == "e":
        return Unreadable("holds an error of the spreadsheet; mend it there")
    if cell.value is None and index < len(written) and written[index].data_type == "f":
        return Unreadable(_NO_RESULT)
    return cell.value
