"""A workbook to start a roster from: headings, an example, drop-downs, and a sheet of their values."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import NamedTuple

#: Rows that have drop-downs and formats.
_ROWS = 1_000
_DATE, _TEXT = "yyyy-mm-dd", "@"
_LEAST_WIDTH, _MOST_WIDTH = 12, 45
#: Of the sheet with values: its title, the headings, and then the values.
_FIRST_VALUE = 4


class BookColumn(NamedTuple):
    """A column of the list.

    Attributes:
        heading: as it is printed.
        example: in the first row; text, a number or a day.
        choices: what may stand in it; empty where it is free.
        is_one: whether only one of the choices may stand in a cell; else they are suggestions.
    """

    heading: str
    example: str | int | dt.date = ""
    choices: tuple[str | int, ...] = ()
    is_one: bool = True


class BookWords(NamedTuple):
    """The words of a workbook: names of its sheets, the title of the values, and what its messages say."""

    patients: str
    values: str
    title: str
    choose: str
    wrong: str
    several: str


def roster_book(columns: Sequence[BookColumn], words: BookWords) -> bytes:
    """Return the workbook: a sheet for patients, and one with all values that may be chosen."""
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words.patients
    values = book.create_sheet(words.values)
    values["A1"] = words.title
    values["A1"].font = Font(bold=True)
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.cell(1, number, column.heading).font = Font(bold=True)
        example = sheet.cell(2, number, column.example if column.example != "" else None)
        is_date = isinstance(column.example, dt.date)
        form = _DATE if is_date else "General" if isinstance(column.example, int) else _TEXT
        sheet.column_dimensions[letter].number_format = example.number_format = form
        widest = max(len(str(text)) for text in (column.heading, column.example, *column.choices))
        sheet.column_dimensions[letter].width = min(max(_LEAST_WIDTH, widest + 2), _MOST_WIDTH)
    offered = [(number, column) for number, column in enumerate(columns, start=1) if column.choices]
    for place, (number, column) in enumerate(offered, start=1):
        letter = get_column_letter(place)
        values.cell(_FIRST_VALUE - 1, place, f"{column.heading}: {words.choose}").font = Font(bold=True)
        for row, choice in enumerate(column.choices, start=_FIRST_VALUE):
            values.cell(row, place, choice)
        values.column_dimensions[letter].width = _MOST_WIDTH
        last = _FIRST_VALUE + len(column.choices) - 1
        cells = f"{get_column_letter(number)}2:{get_column_letter(number)}{_ROWS}"
        source = f"='{words.values}'!${letter}${_FIRST_VALUE}:${letter}${last}"
        sheet.add_data_validation(_drop_down(source, cells, column, words))
    sheet.freeze_panes = "B2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _drop_down(source: str, cells: str, column: BookColumn, words: BookWords) -> object:
    from openpyxl.worksheet.datavalidation import DataValidation

    found = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=column.is_one)
    found.error = words.wrong
    if not column.is_one:
        found.prompt, found.showInputMessage = words.several, True
    found.add(cells)
    return found
