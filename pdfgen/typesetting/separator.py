"""Separator sheets: they lie between the programs of a stack and name the patient of the next one.

The number stands at the upper right, where a thumb leafs through a stack; everything else stands below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.models.language import Language
from pdfgen.typesetting.blocks import rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Document, Page
from pdfgen.typesetting.fonts import FontFamily
from pdfgen.typesetting.look import GREY, INK, MM
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle

#: Side of the paper that all sizes here are made for: the short one of A4, in points.
_SHORT_SIDE = 210 * MM
_MARGIN = 20 * MM
#: Smaller paper gets smaller type, down to labels of 10 points.
_LEAST_SCALE, _MOST_SCALE = 0.72, 1.42
_NUMBER, _IDENT, _NAME, _VALUE, _LABEL = 132.0, 40.0, 28.0, 20.0, 14.0
_TIGHT = 1.2
_RULE = 3.0
#: Where the values begin, as a part of the width.
_VALUES_AT = 0.34
#: These sheets print no date; the file that they are taken from is not stored.
_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Separator(NamedTuple):
    """One separator sheet.

    Attributes:
        width, height: of the paper, in points.
        number: of the program in its roster.
        place, total: of the program in the stack, from 1.
        label: of the patient; empty where the sheet must not show it.
        program: its name, in `language`.
    """

    width: float
    height: float
    number: int
    place: int
    total: int
    ident: str
    label: str
    program: str
    weeks: int
    pages: int
    language: Language


def separators(sheets: Sequence[Separator], family: FontFamily) -> Document:
    """Return the sheets as the pages of one document, in order.

    Raises:
        FitError: no font has a character.
    """
    canvas = Canvas(0, 0)
    for sheet in sheets:
        canvas.new_page()
        _place(canvas, sheet, family)
    pages = tuple(
        Page(sheet.width, sheet.height, page.contents)
        for sheet, page in zip(sheets, canvas.pages(), strict=True)
    )
    return Document(pages, canvas.nodes, (), (), "", sheets[0].language.id, "", "", "", _NO_DATE)


def _place(canvas: Canvas, sheet: Separator, family: FontFamily) -> None:
    strings = sheet.language.strings
    scale = min(max(min(sheet.width, sheet.height) / _SHORT_SIDE, _LEAST_SCALE), _MOST_SCALE)
    margin = _MARGIN * scale
    width = sheet.width - 2 * margin
    node = canvas.node("P", canvas.root)

    def text(content: str | Span, size: float, *, bold: bool = False, quiet: bool = False) -> Text:
        size *= scale
        colour = GREY if quiet else INK
        return Text(
            content if isinstance(content, str) else [content],
            TextStyle(size, size * _TIGHT, bold, colour),
            family,
            "separator sheet",
        )

    def put(line: Text, x: float, y: float, room: float) -> float:
        line.place(canvas, x, y, room, node)
        return y + line.height(room)

    number = text(str(sheet.number), _NUMBER, bold=True)
    # The figures, not their leading, begin at the margin.
    y = margin - (_TIGHT - 0.7) / 2 * _NUMBER * scale
    y = put(number, margin + width - number.natural_width, y, width)
    canvas.add(rectangle(margin, y, width, _RULE * scale, fill=INK))
    y += _RULE * scale
    y = put(text(strings.document_id, _LABEL, quiet=True), margin, y + 12 * scale, width)
    y = put(text(Span(sheet.ident, code=True), _IDENT, bold=True), margin, y, width)
    if sheet.label:
        y = put(text(strings.for_patient, _LABEL, quiet=True), margin, y + 12 * scale, width)
        y = put(text(sheet.label, _NAME, bold=True), margin, y + 2 * scale, width)
    y += 30 * scale
    values = width * _VALUES_AT
    facts = (
        (strings.program, sheet.program),
        (strings.weeks, str(sheet.weeks)),
        (strings.pages, str(sheet.pages)),
    )
    for label, value in facts:
        if value:
            put(text(label, _VALUE, quiet=True), margin, y, values)
            y = put(text(value, _VALUE, bold=True), margin + values, y, width - values) + 8 * scale
    foot = sheet.height - margin - _LABEL * scale
    place = sheet.language.fill(strings.place_of, {"number": sheet.place, "total": sheet.total})
    last = text(place, _LABEL, quiet=True)
    put(text(strings.separator_note, _LABEL, quiet=True), margin, foot, width)
    put(last, margin + width - last.natural_width, foot, width)
