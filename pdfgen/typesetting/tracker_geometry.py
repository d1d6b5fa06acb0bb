"""The geometry of week sheets: where each box stands, as a function of what the sheet's code says.

A box is placed on a page by the same function that a reader of sheets uses, so both agree. The numbers are
frozen for this version: a sheet that was printed can be read for ever. Never change one; add a version
instead. Reasons and measurements: `docs/tracker.md`. Lengths here are in millimetres from the top left corner
of the paper, unless a value says points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.typesetting.document import Sheet
from pdfgen.typesetting.look import MM

VERSION = 2

#: Six marks of 9 mm, 10 mm from the paper's edge; the middle pair at 40 % of the height.
EDGE = 10.0
MARK = 9.0
_MIDDLE = 0.40
#: Codes have modules of 0.7 mm and stand 5 mm (more than four modules) from the marks.
MODULE = 0.7
_CODE_GAP = 5.0
#: Characters that a QR code at level Q holds, and the modules in its side (ISO/IEC 18004, table 7).
CODE_SIZES = ((29, 25), (47, 29), (67, 33))
#: The room that is kept free for a code, whatever its size, with its quiet zone.
CODE_ROOM = (CODE_SIZES[-1][1] + 4) * MODULE

#: Answers stay 22 mm from the edges, clear of punch holes and marks.
SIDE = 22.0
#: Heights and distances are whole steps of this, so that a code holds them in few bits.
STEP = 0.5

#: Boxes to cross are at least so large, and at least so far apart.
LEAST_BOX, LEAST_GAP = 10.0, 4.0
MOST_BOX = 17.5
#: Boxes for pain, and boxes to write minutes in; both from one middle to the next.
PAIN_BOX, WALKING_BOX = 10.0, 10.0
PAIN_PITCH = 14.0
#: Corners: those of pain are rounder, so that both kinds are told apart at a glance.
_RADIUS, _PAIN_RADIUS = 1.0, 1.6

DAYS = 7
PAIN_VALUES = 11
EFFORTS = ("easy", "right", "hard")
#: Rows for exercises.
MAX_EXERCISES = 7

BoxKind = Literal["exercise", "morning", "pain-number", "pain", "effort", "walking"]


class SheetBox(NamedTuple):
    """A box by its name, such as `ex2.d3`: its top left corner, side and corner radius in millimetres."""

    name: str
    kind: BoxKind
    x: float
    y: float
    size: float
    radius: float


class DayRow(NamedTuple):
    """A row with a box on each of some days (1 to 7); `y` is the middle of its boxes."""

    days: tuple[int, ...]
    y: float


class ExerciseRow(NamedTuple):
    """The same for an exercise, by its number in the program."""

    exercise: int
    days: tuple[int, ...]
    y: float


class PainRows(NamedTuple):
    """A row of boxes for 0 to 10 for each of some days, `pitch` apart; `y` is the middle of the first."""

    days: tuple[int, ...]
    y: float
    pitch: float


class SheetMap(NamedTuple):
    """All that a sheet's code says of it, but for the document's id and which of the two codes it is.

    Attributes:
        paper: `a4` or `letter`.
        first_day: weekday of day 1; 0 is Monday.
        weeks: of the program.
        week: from 1; 0 on the spare sheet.
        side, sides: which side of the week's leaf this is, from 1, and how many it has.
        columns: the days (1 to 7) that have a column, on any row.
        box, pitch: side of a box to cross, and from the middle of a column to the next.
        exercises, morning, pain_number, pain: the rows on this side.
        effort, walking: the middle of their boxes; None where they are not on this side.
    """

    paper: str
    first_day: int
    weeks: int
    week: int
    side: int
    sides: int
    columns: tuple[int, ...]
    box: float
    pitch: float
    exercises: tuple[ExerciseRow, ...] = ()
    morning: DayRow | None = None
    pain_number: DayRow | None = None
    pain: PainRows | None = None
    effort: float | None = None
    walking: float | None = None


class Across(NamedTuple):
    """The edges between which a sheet has its boxes and words."""

    left: float
    right: float


def across(paper: str) -> Across:
    """Return the edges on a paper that can be read by machine."""
    width, _ = PAPER_SIZES[paper]
    return Across(SIDE, width - SIDE)


def on_step(length: float) -> float:
    """Return the nearest length that a code can say."""
    return round(length / STEP) * STEP


def day_middle(sheet: SheetMap, day: int, edges: Across) -> float:
    """Return the middle of the column of a day; the last column ends at the right edge."""
    behind = len(sheet.columns) - 1 - sheet.columns.index(day)
    return edges.right - sheet.box / 2 - behind * sheet.pitch


def pain_middle(value: int, edges: Across) -> float:
    """Return the middle of the column of a number for pain."""
    return edges.right - PAIN_BOX / 2 - (PAIN_VALUES - 1 - value) * PAIN_PITCH


def walking_middle(day: int, edges: Across) -> float:
    """Return the middle of the box for the minutes of a day, as far apart as those of pain."""
    return edges.right - WALKING_BOX / 2 - (DAYS - day) * PAIN_PITCH


def effort_start(index: int, edges: Across) -> float:
    """Return where the box of an answer about effort begins: three equal columns."""
    return edges.left + index * (edges.right - edges.left) / len(EFFORTS)


def boxes_of(sheet: SheetMap, edges: Across | None = None) -> tuple[SheetBox, ...]:
    """Return every box of a sheet with its name, in the order of reading.

    Args:
        edges: where the sheet is printed between others than those of its paper.
    """
    return tuple(_boxes(sheet, edges or across(sheet.paper)))


def _boxes(sheet: SheetMap, edges: Across) -> Iterator[SheetBox]:
    for exercise in sheet.exercises:
        for day in exercise.days:
            x, name = day_middle(sheet, day, edges), f"ex{exercise.exercise}.d{day}"
            yield _box(name, "exercise", x, exercise.y, sheet.box)
    yield from _day_boxes("morning", "morning", sheet, sheet.morning, edges)
    yield from _day_boxes("painnumber", "pain-number", sheet, sheet.pain_number, edges)
    if sheet.pain is not None:
        for index, day in enumerate(sheet.pain.days):
            y = sheet.pain.y + index * sheet.pain.pitch
            for value in range(PAIN_VALUES):
                yield _box(f"pain.d{day}.{value}", "pain", pain_middle(value, edges), y, PAIN_BOX)
    if sheet.effort is not None:
        for index, name in enumerate(EFFORTS):
            x = effort_start(index, edges) + sheet.box / 2
            yield _box(f"effort.{name}", "effort", x, sheet.effort, sheet.box)
    if sheet.walking is not None:
        for day in range(1, DAYS + 1):
            yield _box(f"walk.d{day}", "walking", walking_middle(day, edges), sheet.walking, WALKING_BOX)


def _day_boxes(
    name: str, kind: BoxKind, sheet: SheetMap, row: DayRow | None, edges: Across
) -> Iterator[SheetBox]:
    if row is not None:
        for day in row.days:
            yield _box(f"{name}.d{day}", kind, day_middle(sheet, day, edges), row.y, sheet.box)


def _box(name: str, kind: BoxKind, x: float, y: float, size: float) -> SheetBox:
    """Return a box round its middle."""
    radius = _PAIN_RADIUS if kind == "pain" else _RADIUS
    return SheetBox(name, kind, x - size / 2, y - size / 2, size, radius)


def marks_and_codes(paper: str, week: int, name: str, codes: Sequence[str]) -> Sheet:
    """Return what makes a page readable by machine, in points.

    Args:
        paper: `a4` or `letter`.
        week: of the sheet.
        name: printed behind the document id at the foot.
        codes: the texts of both codes: top right, bottom left.

    Raises:
        ValueError: a text is longer than the largest code.
    """
    marks = tuple((ident, x * MM, y * MM, MARK * MM) for ident, (x, y) in enumerate(mark_places(paper)))
    size = code_size(max(map(len, codes)))
    placed = tuple(
        (text, x * MM, y * MM, size * MM)
        for text, (x, y) in zip(codes, code_places(paper, size), strict=True)
    )
    return Sheet(week, marks, placed, name)


def mark_places(paper: str) -> tuple[tuple[float, float], ...]:
    """Return the upper left corner of each mark, by its id."""
    width, height = PAPER_SIZES[paper]
    return tuple(
        (x, y) for y in (EDGE, height * _MIDDLE, height - EDGE - MARK) for x in (EDGE, width - EDGE - MARK)
    )


def code_places(paper: str, size: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the upper left corners of both codes, of which a side is `size`: top right, bottom left."""
    width, height = PAPER_SIZES[paper]
    inside = EDGE + MARK + _CODE_GAP
    return (width - inside - size, EDGE), (inside, height - EDGE - size)


def code_size(characters: int) -> float:
    """Return the side of the code that so many characters take."""
    for most, modules in CODE_SIZES:
        if characters <= most:
            return modules * MODULE
    raise ValueError(f"no sheet code has room for {characters} characters")


def code_edges(paper: str) -> tuple[float, float, float, float]:
    """Return how far words may go beside and above the codes.

    Returns:
        the right edge of words beside the upper code, and the height below it; the left edge of words beside
        the lower code, and the height above it.
    """
    width, height = PAPER_SIZES[paper]
    inside = EDGE + MARK + _CODE_GAP + CODE_ROOM
    return width - inside, EDGE + CODE_ROOM, inside, height - EDGE - CODE_ROOM
