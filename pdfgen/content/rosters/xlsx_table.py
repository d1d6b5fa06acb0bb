"""XLSX: one sheet as a person sees it in a spreadsheet. Nothing in the file is run, computed or fetched.

The cells are read here and not by a library. openpyxl, row by row, knows no merged cells and no hidden rows,
and refuses workbooks that Excel opens; python-calamine tells no formats of numbers and no hidden rows.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.rosters import number_formats
from pdfgen.content.rosters.cell_values import Cell
from pdfgen.content.rosters.number_formats import Shown
from pdfgen.content.rosters.options import MAX_COLUMNS
from pdfgen.content.rosters.table_row import TableRow, Unreadable
from pdfgen.content.rosters.xlsx_package import NO_XLSX, Package, Sheet, local, text_of, unescaped
from pdfgen.errors import InputError, Problem, printable

#: Rows of a sheet (ECMA-376; Excel's limit). A row number past it is an attempt to keep us counting.
_LAST_ROW = 1_048_576

_NO_RESULT = (
    "holds a formula without its result; open the file in a spreadsheet and save it, or paste the value"
)
_NO_DATE = "shows ###### in Excel: the number is no date; write the date anew"

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,10})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_HEIGHT_ZERO = re.compile(r"0+(\.0*)?")


class Grid(NamedTuple):
    """A sheet: its rows, and what of it nobody sees.

    Attributes:
        name: of the sheet.
        rows: as a person sees them; they can be read more than once.
        hidden_columns: their numbers.
        totals: numbers of rows that a table of Excel adds up in.
        wide: numbers of rows in which cells of several columns are one.
    """

    name: str
    rows: Iterable[TableRow]
    hidden_columns: frozenset[int]
    totals: frozenset[int]
    wide: tuple[int, ...]


class Book(NamedTuple):
    """The sheets of a workbook.

    Attributes:
        grids: those among which the list may be, the one that Excel opens the file at in front.
        notes: what is not read of the file.
        hidden: the names of the sheets that are hidden.
    """

    grids: list[Grid]
    notes: tuple[Problem, ...]
    hidden: tuple[str, ...]


def read_grids(data: bytes, file: str, sheet: str = "") -> Book:
    """Return the sheets of a workbook.

    Args:
        data: the file.
        file: its name for problems.
        sheet: the only one that is wanted; it may be hidden.

    Raises:
        InputError: the file is no workbook, is too large when unpacked, or has no such sheet.
    """
    package = Package(data, file)
    names = [one.name for one in package.sheets]
    if sheet and sheet not in names:
        raise InputError(
            Problem(f'there is no sheet "{printable(sheet)}"; {nearest(sheet, names)}', file=file)
        )
    wanted = [one for one in package.sheets if (one.name == sheet if sheet else one.is_visible)]
    if not wanted:
        message = "has no sheet with cells that can be seen; show one in Excel, or name it with --sheet"
        raise InputError(Problem(message, file=file))
    wanted.sort(key=lambda one: one != package.active)
    hidden = tuple(one.name for one in package.sheets if not one.is_visible and one.name != sheet)
    return Book([_grid(package, one, file) for one in wanted], tuple(package.notes), hidden)


def _grid(package: Package, sheet: Sheet, file: str) -> Grid:
    content = package.content(sheet)
    tops: dict[tuple[int, int], int] = {}
    wide: set[int] = set()
    for left, top, right, bottom in _MERGED.findall(content):
        tops[int(top), _column(left.decode())] = int(bottom)
        if left != right:
            wide.add(int(top))
    rows = _Rows(package, content, tops, file)
    return Grid(sheet.name, rows, _hidden_columns(content), _totals(package, sheet), tuple(sorted(wide)))


def _hidden_columns(content: bytes) -> frozenset[int]:
    found: set[int] = set()
    head = content[: max(content.find(b"sheetData"), 0)]
    for element in _COLUMN.findall(head):
        values = dict(re.findall(r"(\w+)=[\"']([^\"']*)[\"']", element.decode("utf-8", "replace")))
        if values.get("hidden") in {"1", "true"} or _HEIGHT_ZERO.fullmatch(values.get("width", "")):
            first, last = (
                int(values[name]) if values.get(name, "").isdigit() else 0 for name in ("min", "max")
            )
            found.update(range(first, min(last, MAX_COLUMNS) + 1))
    return frozenset(found)


def _totals(package: Package, sheet: Sheet) -> frozenset[int]:
    rows: set[int] = set()
    for part in package.related(sheet.part, "/table"):
        try:
            table = package.root(part)
        except ElementTree.ParseError:
            continue
        last = _REFERENCE.fullmatch(table.get("ref", "").rpartition(":")[2])
        count = table.get("totalsRowCount", "0")
        if last and count.isdigit():
            rows.update(int(last[2]) - number for number in range(min(int(count), 2)))
    return frozenset(rows)


class _Rows:
    """The rows of one sheet, read as they are asked for.

    `tops` has the last row of each merged cell, by its first row and its first column.
    """

    def __init__(
        self, package: Package, content: bytes, tops: Mapping[tuple[int, int], int], file: str
    ) -> None:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

        self._package = package
        self._content = content
        self._file = file
        self._epoch = MAC_EPOCH if package.counts_from_1904 else WINDOWS_EPOCH
        self._tops = tops
        self._columns: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in tops:
            self._columns[row].append(column)
        self._showing: dict[int, tuple[int, Cell | Unreadable]] = {}
        self._is_date: dict[int, bool] = {}

    def __iter__(self) -> Iterator[TableRow]:
        number = 0
        self._showing = {}
        try:
            for element in self._elements():
                written = element.get("r", "")
                number = int(written) if written.isdigit() else number + 1
                if number > _LAST_ROW:
                    return
                yield self._row(element, number)
                element.clear()
        except InputError:
            raise
        except (ElementTree.ParseError, ValueError, IndexError, KeyError, AttributeError):
            raise InputError(Problem(NO_XLSX, file=f"{self._file}, row {number + 1}")) from None

    def _elements(self) -> Iterator[ElementTree.Element]:
        above: list[ElementTree.Element] = []
        for event, element in ElementTree.iterparse(io.BytesIO(self._content), ("start", "end")):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if local(element.tag) == "row":
                yield element
                # What was read is not kept.
                if above:
                    above[-1].remove(element)

    def _row(self, row: ElementTree.Element, number: int) -> TableRow:
        cells: dict[int, Cell | Unreadable] = {}
        column = 0
        for element in row:
            if local(element.tag) != "c":
                continue
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(found[1]) if found else column + 1
            value = self._value(element)
            if value is None or value == "":
                continue
            if column > MAX_COLUMNS:
                message = f"has a cell past column {MAX_COLUMNS}; remove it"
                raise InputError(Problem(message, file=f"{self._file}, row {number}"))
            cells[column] = value
        is_hidden = row.get("hidden") in {"1", "true"} or bool(_HEIGHT_ZERO.fullmatch(row.get("ht", "")))
        self._merge(cells, number)
        values = [cells.get(index) for index in range(1, max(cells, default=0) + 1)]
        return TableRow(number, values, is_hidden=is_hidden)

    def _merge(self, cells: dict[int, Cell | Unreadable], number: int) -> None:
        """Give each row of a merged cell its value; a row with nothing else stays blank."""
        is_blank = not cells
        for column in self._columns.get(number, ()):
            if column in cells:
                self._showing[column] = self._tops[number, column], cells[column]
        for column, (last, value) in list(self._showing.items()):
            if last < number:
                del self._showing[column]
            elif not is_blank:
                cells.setdefault(column, value)

    def _value(self, element: ElementTree.Element) -> Cell | Unreadable:
        parts = {local(child.tag): child for child in element}
        kind, style = element.get("t", "n"), int(element.get("s") or 0)
        if kind == "inlineStr":
            return self._text(text_of(parts["is"]), style) if "is" in parts else None
        written = parts["v"].text if "v" in parts else None
        if written is None:
            is_open = "f" in parts and ("v" not in parts or kind != "str")
            return Unreadable(_NO_RESULT) if is_open else None
        match kind:
            case "s":
                return self._text(self._package.strings[int(written)], style)
            case "str":
                return self._text(unescaped(written), style)
            case "b":
                return written.strip() == "1"
            case "e":
                return Unreadable("holds an error of the spreadsheet; mend it there")
            case "d":
                return _day(written.strip())
        return self._number(float(written), style)

    def _format(self, style: int) -> str:
        formats = self._package.formats
        return formats[style] if 0 <= style < len(formats) else "General"

    def _text(self, text: str, style: int) -> str:
        return number_formats.shown_text(text, self._format(style))

    def _number(self, value: float, style: int) -> Cell | Unreadable:
        from openpyxl.styles.numbers import is_date_format
        from openpyxl.utils.datetime import from_excel

        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError
        code = self._format(style)
        if style not in self._is_date:
            self._is_date[style] = bool(is_date_format(code))
        if self._is_date[style]:
            if value < 0:
                return Unreadable(_NO_DATE)
            try:
                return from_excel(value, self._epoch)  # type: ignore[no-any-return]
            except (ValueError, OverflowError):
                return Unreadable(_NO_DATE)
        if code.lower() in {"general", "@", ""}:
            number = int(value) if value == int(value) else value
            return number if isinstance(number, int) else Shown(number, number_formats.general(number))
        found = number_formats.shown(value, code)
        if found is None:
            return Unreadable("has a format that is not known here; give the cell the format General or Text")
        return found if found.text else None


def _day(text: str) -> Cell | Unreadable:
    """Return a day as the strict form of the format writes it."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return Unreadable(_NO_DATE)
    return found.replace(tzinfo=None)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
