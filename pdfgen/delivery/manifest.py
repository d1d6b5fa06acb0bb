"""The manifest of a batch: which row became which file, and the digest that the file can be checked with.

`manifest.json` is read again by a later run; `manifest.csv` is for a spreadsheet; `SHA256SUMS` is for
`sha256sum -c`. None of them identifies a patient, unless names are asked for.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pdfgen.delivery.naming import is_plain_name

JSON_NAME, CSV_NAME, SUMS_NAME = "manifest.json", "manifest.csv", "SHA256SUMS"

PROGRAM, COPY, SHEETS, CALENDAR = "program", "copy", "sheets", "calendar"

KINDS = (PROGRAM, COPY, SHEETS, CALENDAR)
"""The patient's copy, the copy in a second language, the sheets for the printer, the calendar of the days."""

CALENDAR_ENDING = ".ics"
"""Of the name of a calendar."""

_COLUMNS = ("row", "id", "file", "kind", "sha256", "pages", "warnings")

#: A cell that begins with one of these is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Bytes of a text, the name of a file among them, and rows or pages, that no record exceeds.
_LONGEST, _MOST = 255, 1_000_000_000

_JSON = json.JSONEncoder(ensure_ascii=False)


class Record(NamedTuple):
    """One finished file.

    Attributes:
        row: as the user counts.
        id: the document id.
        file: its name in the folder.
        kind: which of the files of its row: one of `KINDS`.
        sha256: of the file, in hexadecimal digits.
        pages: how many; none of a calendar.
        warnings: how many warnings there were.
        key: what it was made from, as a digest: the same key gives the same pages.
        label: of the patient; empty unless names were asked for.
    """

    row: int
    id: str
    file: str
    sha256: str
    pages: int
    warnings: int
    key: str
    kind: str = PROGRAM
    label: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it for JSON."""
        data = self._asdict()
        if not self.label:
            del data["label"]
        return data


_FIELDS = Record._fields


def record_from(data: Any) -> Record | None:
    """Return the record that JSON holds; None where it is not one, or is one of a file elsewhere."""
    kinds: Mapping[str, type] = {"row": int, "pages": int, "warnings": int}
    if not isinstance(data, Mapping):
        return None
    values = {"kind": PROGRAM, "label": "", **{name: data[name] for name in _FIELDS if name in data}}
    if values.keys() != set(_FIELDS) or any(
        type(v) is not kinds.get(name, str) for name, v in values.items()
    ):
        return None
    record = Record(**values)
    return record if _is_ours(record) else None


def _is_ours(record: Record) -> bool:
    """Whether a run could have written a record: what stands in a damaged one is not believed."""
    try:
        lengths = [len(text.encode()) for text in record if isinstance(text, str)]
    except UnicodeEncodeError:
        return False
    return (
        is_plain_name(record.file)
        and record.kind in KINDS
        and record.file.endswith((".pdf", CALENDAR_ENDING))
        and max(lengths) <= _LONGEST
        and all(0 <= count <= _MOST for count in (record.row, record.pages, record.warnings))
    )


def read_manifest(text: str) -> tuple[Record, ...]:
    """Return the records of a `manifest.json`; of one that was damaged, those that can be read."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    programs = data.get("programs") if isinstance(data, Mapping) else None
    found = map(record_from, programs if isinstance(programs, list) else ())
    return tuple(record for record in found if record is not None)


def manifest_files(
    records: Sequence[Record],
    failed: Iterable[int],
    version: str,
    *,
    is_complete: bool,
    reading: Sequence[str] = (),
) -> Mapping[str, Iterator[bytes]]:
    """Return the files of a manifest by name, each in pieces.

    Args:
        records: of all files there are, in the order of the roster.
        failed: rows that gave none.
        version: of pdfgen.
        is_complete: whether each row was tried.
        reading: what was guessed of the list, left out or changed.
    """
    head = {"pdfgen": version, "complete": is_complete, "failed": list(failed), "reading": list(reading)}
    return {
        JSON_NAME: _json_pieces(head, records),
        CSV_NAME: _csv_pieces(records),
        SUMS_NAME: (f"{record.sha256}  {record.file}\n".encode() for record in records),
    }


def _json_pieces(head: Mapping[str, Any], records: Iterable[Record]) -> Iterator[bytes]:
    """Yield what `json.dumps` would return, a record a piece."""
    opened = json.dumps({**head, "programs": []}, ensure_ascii=False, indent=1).removesuffix("]\n}")
    yield opened.encode()
    comma = ""
    for record in records:
        # An encoder that indents leaves garbage behind with each call.
        entries = [f'   "{key}": {_JSON.encode(value)}' for key, value in record.as_data().items()]
        lines = ",\n".join(entries)
        yield f"{comma}\n  {{\n{lines}\n  }}".encode()
        comma = ","
    yield b"\n ]\n}\n" if comma else b"]\n}\n"


def _csv_pieces(records: Sequence[Record]) -> Iterator[bytes]:
    columns = (*_COLUMNS, *(("label",) if any(record.label for record in records) else ()))
    return csv_lines(columns, ([str(getattr(record, column)) for column in columns] for record in records))


def csv_lines(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the lines of a table as CSV for spreadsheets, which take no cell of it for a formula.

    The text is UTF-8 with a byte order mark; spreadsheets take a file without one for another encoding.
    """
    yield codecs.BOM_UTF8
    for row in itertools.chain((headings,), rows):
        line = io.StringIO(newline="")
        csv.writer(line).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
        yield line.getvalue().encode()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; empty where it is not a file that can be read."""
    try:
        if path.is_symlink():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
