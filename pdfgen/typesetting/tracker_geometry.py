"""The geometry of tracker sheets that can be read by machine: marks, codes, boxes.

A frozen function of the layout version: a sheet that was printed can be read for ever. Never change a
number here; add a new version instead. Reasons and measurements: `docs/tracker.md`. Lengths in the public
values are in points, origin at the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from operator import mul
from typing import Literal, NamedTuple

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.document import Sheet
from pdfgen.typesetting.look import MM

LAYOUT_VERSION = 1

#: Millimetres. Six marks of 9 mm, 10 mm from the paper's edge; the middle pair at 40 % of the height.
_EDGE = 10.0
_MARK = 9.0
_MIDDLE = 0.40
#: Two codes of 21 modules of 0.7 mm, 5 mm (more than four modules) from the marks.
_CODE = 14.7
_CODE_GAP = 5.0

#: Answers stay 22 mm from the edges, clear of punch holes and marks.
_SIDE = 22.0
_LABEL = 58.0
_PAIN_LABEL = 24.0

ID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Characters of a document id: Crockford's base 32."""
ID_LENGTH = 8
#: Where it stands in a sheet code.
_ID_PLACE = 4
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHANUMERIC)}
_CHECK_MODULUS = 43
_FORMS = {
    ("a4", "week"): "1", ("letter", "week"): "3",
    ("a4", "ticks"): "5", ("letter", "ticks"): "7",
    ("a4", "pain"): "6", ("letter", "pain"): "8",
}  # fmt: skip

#: What a sheet holds of its week: all of it, or in large print its ticks or its pain and notes.
SheetPart = Literal["week", "ticks", "pain"]

_PART_NAMES: dict[SheetPart, str] = {"week": "", "ticks": "a", "pain": "b"}

#: Below more exercises than this the pain scale has no room.
MAX_EXERCISES = 7


class SheetGeometry(NamedTuple):
    """Where everything stands on the sheet of a week, in points; in large print on its two sheets.

    Attributes:
        columns: x of the centre of each of the seven days.
        rows: y of the centre of each exercise row; one more for walking.
        row_height: of each of them.
        box, radius, line: size, corner and outline of a tick box.
        pain_columns: x of the centre of 0 to 10.
        pain_rows: y of the centre of each day.
        pain_box, pain_radius: size and corner of a pain box.
        pain_top: y at which the heading of the pain scale starts.
        below: y under which the rest of the page may be used freely, down to `bottom`.
    """

    left: float
    right: float
    label_width: float
    head_y: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    row_height: float
    box: float
    radius: float
    line: float
    pain_columns: tuple[float, ...]
    pain_rows: tuple[float, ...]
    pain_box: float
    pain_radius: float
    pain_top: float
    below: float
    bottom: float
    code_left: float


def sheet_geometry(paper: str, exercises: int, *, large: bool = False) -> SheetGeometry:
    """Return the geometry of the sheet of a week; in large print of its two sheets.

    Args:
        paper: `a4` or `letter`.
        exercises: rows of tick boxes, 1 to 7.
        large: whether ticks have a sheet of their own, and pain with notes has the other.

    Raises:
        FitError: there are more exercises.
    """
    if exercises > MAX_EXERCISES:
        message = f"a tracker sheet has room for {MAX_EXERCISES} exercises, not {exercises}"
        raise FitError(Problem(message, "exercises"))
    width, height = PAPER_SIZES[paper]
    sizes = _large_sizes(paper, exercises) if large else _sizes(paper, exercises)
    right = width - _SIDE
    days, values = (right - _SIDE - _LABEL) / 7, (right - _SIDE - _PAIN_LABEL) / 11
    pain_rows = [sizes.pain_first_row + sizes.pain_row * (day + 0.5) for day in range(7)]
    return SheetGeometry(
        left=_SIDE * MM,
        right=right * MM,
        label_width=_LABEL * MM,
        head_y=sizes.head_y * MM,
        columns=_points([_SIDE + _LABEL + days * (day + 0.5) for day in range(7)]),
        rows=_points([sizes.first_row + sizes.row * (index + 0.5) for index in range(exercises + 1)]),
        row_height=sizes.row * MM,
        box=sizes.box * MM,
        radius=sizes.radius * MM,
        line=sizes.line * MM,
        pain_columns=_points([_SIDE + _PAIN_LABEL + values * (value + 0.5) for value in range(11)]),
        pain_rows=_points(pain_rows),
        pain_box=sizes.pain_box * MM,
        pain_radius=sizes.pain_radius * MM,
        pain_top=sizes.pain_top * MM,
        below=(pain_rows[-1] + sizes.pain_row / 2 + 4.0) * MM,
        bottom=(height - _EDGE - _CODE - 3.0) * MM,
        code_left=(_EDGE + _MARK + _CODE_GAP + _CODE + 4.0) * MM,
    )


class _Sizes(NamedTuple):
    """Heights and boxes in millimetres; `first_row` and `pain_first_row` are the upper edges of the rows."""

    head_y: float
    first_row: float
    row: float
    box: float
    radius: float
    line: float
    pain_top: float
    pain_first_row: float
    pain_row: float
    pain_box: float
    pain_radius: float


def _sizes(paper: str, exercises: int) -> _Sizes:
    row = 12.0 if exercises <= 5 else 10.0
    pain_top = 57.0 + row * (exercises + 0.5) + row / 2 + 5.0
    pain_row = 8.0 if paper == "a4" else 7.2
    return _Sizes(
        head_y=47.0, first_row=57.0, row=row, box=6.0, radius=1.0, line=0.22,
        pain_top=pain_top, pain_first_row=pain_top + 19.0, pain_row=pain_row, pain_box=5.2, pain_radius=1.6,
    )  # fmt: skip


def _large_sizes(paper: str, exercises: int) -> _Sizes:
    is_a4 = paper == "a4"
    row = 24.0 if exercises <= 5 else 22.0 if is_a4 else 20.0
    pain_row = 15.0 if is_a4 else 13.5
    return _Sizes(
        head_y=74.0, first_row=88.0, row=row, box=9.0, radius=1.5, line=0.35,
        pain_top=29.0, pain_first_row=56.0, pain_row=pain_row, pain_box=8.0, pain_radius=2.4,
    )  # fmt: skip


def _points(values: list[float]) -> tuple[float, ...]:
    return tuple(value * MM for value in values)


def make_sheet(paper: str, week: int, exercises: int, document_id: str, part: SheetPart = "week") -> Sheet:
    """Return marks and codes of the sheet of a week, or in large print of one of its two sheets."""
    width, height = PAPER_SIZES[paper]
    marks: list[tuple[int, float, float, float]] = []
    for y in (_EDGE, height * _MIDDLE, height - _EDGE - _MARK):
        for x in (_EDGE, width - _EDGE - _MARK):
            marks.append((len(marks), x * MM, y * MM, _MARK * MM))
    places = (
        (width - _EDGE - _MARK - _CODE_GAP - _CODE, _EDGE),
        (_EDGE + _MARK + _CODE_GAP, height - _EDGE - _CODE),
    )
    codes = tuple(
        (sheet_code(paper, week, exercises, document_id, copy, part), x * MM, y * MM, _CODE * MM)
        for copy, (x, y) in enumerate(places)
    )
    return Sheet(week, tuple(marks), codes, f"{week:02}{_PART_NAMES[part]}")


def sheet_code(
    paper: str, week: int, exercises: int, document_id: str, copy: int, part: SheetPart = "week"
) -> str:
    """Return the 15 characters of a sheet code. They hold no personal data.

    `H`, layout version, form (paper and part), number of exercises, document id, week, which of the two
    codes, and a check character (weighted sum modulo 43).
    """
    form = _FORMS[paper, part]
    body = f"H{LAYOUT_VERSION}{form}{ID_ALPHABET[exercises]}{document_id}{ID_ALPHABET[week]}{copy}"
    return body + check_character(body)


class DocumentCode(NamedTuple):
    """A sheet code but for its document id and check character.

    Attributes:
        head, tail: the characters before and behind the document id.
        total: their part of the weighted sum.
    """

    head: str
    tail: str
    total: int

    @classmethod
    def of(cls, code: str) -> DocumentCode:
        """Return what another document has of this code too."""
        end = _ID_PLACE + ID_LENGTH
        head, ident, tail = code[:_ID_PLACE], code[_ID_PLACE:end], code[end:-1]
        return cls(head, tail, _weighted(head + ident + tail) - _weighted(ident, _ID_PLACE))

    def with_id(self, document_id: str) -> str:
        """Return the code of another document."""
        return f"{self.head}{document_id}{self.tail}{check_characters((self,), document_id)[0]}"


def check_characters(codes: Iterable[DocumentCode], document_id: str) -> list[str]:
    """Return the check character in each of the codes of a document."""
    ident = _weighted(document_id, _ID_PLACE)
    return [_ALPHANUMERIC[(code.total + ident) % _CHECK_MODULUS] for code in codes]


def check_character(text: str) -> str:
    """Return the character that makes a misread code recognisable."""
    return _ALPHANUMERIC[_weighted(text) % _CHECK_MODULUS]


def _weighted(text: str, first: int = 0) -> int:
    """Return the weighted sum of characters of which the first stands at place `first` of a code."""
    return sum(map(mul, count(first + 2), map(_VALUES.__getitem__, text)))
