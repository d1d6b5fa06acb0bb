"""The table of all sheets that were read: as CSV, JSON and FHIR; and read again from CSV.

Nothing in it says who a patient is, but for the id of the document, by which the clinic knows.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pdfgen.errors import InputError, Problem
from pdfgen.scanning.answers import Answer

SCHEMA = "pdfgen-ticks/1"
"""What the JSON says that it is."""

HEADINGS = (
    "document", "week", "weekday", "date", "kind", "exercise", "name", "value", "state", "reason", "answer",
    "file", "page", "copy_of",
)  # fmt: skip

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReadSheet(NamedTuple):
    """A sheet, or a filled form of one week, that was read.

    Attributes:
        document: its id.
        week: of the program, from 1; 0 on a spare sheet.
        side: of the leaf, from 1.
        answers: what it says.
        file, page: where it was found; pages count from 1.
        copy_of: `file page N` of the first reading of the same side; empty where this is the first.
    """

    document: str
    week: int
    side: int
    answers: tuple[Answer, ...]
    file: str
    page: int
    copy_of: str = ""

    @property
    def key(self) -> tuple[str, int, int]:
        """Equal for readings of the same side."""
        return self.document, self.week, self.side

    @property
    def name(self) -> str:
        """The sheet as its foot names it: `7K3QMZ9P-03a`."""
        return f"{self.document}-{self.week:02}{'abcd'[self.side - 1]}"

    @property
    def place(self) -> str:
        """Where it was found, in words."""
        return f"{self.file} page {self.page}"


class Known(NamedTuple):
    """What the prescription of a document adds: names of exercises by number, the first day, and weeks."""

    exercises: Mapping[int, str]
    start: dt.date | None
    weeks: int = 0

    def date(self, week: int, weekday: str, days: Sequence[str]) -> dt.date | None:
        """Return the date of a weekday of a week; None where it has none."""
        if self.start is None or not week or not weekday:
            return None
        after = (days.index(weekday) - self.start.weekday()) % len(days)
        return self.start + dt.timedelta(weeks=week - 1, days=after)


class Row(NamedTuple):
    """A line of the table; the fields are its headings."""

    document: str
    week: str
    weekday: str
    date: str
    kind: str
    exercise: str
    name: str
    value: str
    state: str
    reason: str
    answer: str
    file: str
    page: str
    copy_of: str


def in_order(sheets: Sequence[ReadSheet]) -> list[ReadSheet]:
    """Return sheets by document, week and side; spare ones are last, later readings of one its copies."""
    first: dict[tuple[str, int, int], ReadSheet] = {}
    result = []
    for sheet in sheets:
        # A spare sheet may be copied and used for many weeks.
        earlier = first.setdefault(sheet.key, sheet) if sheet.week else sheet
        result.append(sheet if earlier is sheet else sheet._replace(copy_of=earlier.place))
    return sorted(result, key=lambda sheet: (sheet.document, not sheet.week, *sheet.key, bool(sheet.copy_of)))


def differing_copies(sheets: Sequence[ReadSheet]) -> list[ReadSheet]:
    """Return the copies that do not say what the first reading says."""
    first = {sheet.key: _values(sheet) for sheet in sheets if not sheet.copy_of}
    return [sheet for sheet in sheets if sheet.copy_of and _values(sheet) != first[sheet.key]]


def _values(sheet: ReadSheet) -> list[tuple[str, str]]:
    return [(answer.name, answer.value) for answer in sheet.answers]


def rows_of(sheets: Sequence[ReadSheet], known: Mapping[str, Known], days: Sequence[str]) -> Iterator[Row]:
    """Yield the lines of the table.

    Args:
        sheets: in order.
        known: what the prescriptions add, by document.
        days: names of weekdays, Monday first.
    """
    for sheet in sheets:
        patient = known.get(sheet.document)
        for answer in sheet.answers:
            date = patient.date(sheet.week, answer.weekday, days) if patient else None
            yield Row(
                sheet.document, str(sheet.week), answer.weekday, str(date or ""), answer.kind,
                str(answer.exercise or ""), patient.exercises.get(answer.exercise, "") if patient else "",
                answer.value, answer.state, answer.reason, answer.name, sheet.file, str(sheet.page),
                sheet.copy_of,
            )  # fmt: skip


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return the table as CSV in UTF-8, with a mark that Excel recognises it by."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: the name of a file may begin with =."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read_csv(data: bytes, file: str) -> list[Row]:
    """Return the lines of a table that `as_csv` wrote, perhaps changed since by a spreadsheet.

    Raises:
        InputError: it is no such table.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Problem("is not in UTF-8; save it as CSV UTF-8", file=file)) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(Problem(f"is no table that can be read: {error}", file=file)) from None
    headings = [heading.strip() for heading in lines[0]] if lines else []
    missing = [heading for heading in HEADINGS if heading not in headings]
    if missing:
        message = f"has no column {', '.join(missing)}; give the table that `pdfgen scan --csv` writes"
        raise InputError(Problem(message, file=file))
    places = [headings.index(heading) for heading in HEADINGS]
    return [
        Row(*(line[place].strip() if place < len(line) else "" for place in places))
        for line in lines[1:]
        if any(line)
    ]


def as_json(rows: Sequence[Row], refused: Sequence[Problem]) -> bytes:
    """Return the table as JSON, with what could not be read."""
    answers = [_typed(row) for row in rows]
    not_read = [{"file": problem.file, "message": problem.message} for problem in refused]
    data = {"schema": SCHEMA, "answers": answers, "not_read": not_read}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _typed(row: Row) -> dict[str, Any]:
    """Return a line with numbers as numbers, and None for what is empty."""
    result: dict[str, Any] = {key: value or None for key, value in row._asdict().items()}
    for key in ("week", "exercise", "page"):
        result[key] = int(result[key]) if result[key] else None
    if row.value.isdigit():
        result["value"] = int(row.value)
    return result
