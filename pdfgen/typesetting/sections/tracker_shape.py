"""How the rows of a week sheet are built: chosen once for a program, so that all its sheets look the same.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.tracker_ahead import is_facing
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.tracker_geometry import STEP, Across
from pdfgen.typesetting.twins import widest

#: White above what a row holds: where its boxes stand beside its words these are 4 mm apart; where they stand
#: below words, the words keep them apart.
_PAD, _LESS_PAD, _LEAST_PAD = 2.0, 1.5, 0.75
UNDER = 2.0
"""White below what a row holds: the rule there is never read as the edge of a box, by an eye or a machine."""
#: White between picture, words and boxes across; between words and the boxes below them.
GAP, OVER_BOXES = 4.0, 1.5
#: Side of a box and distance of the columns, by how many columns there are; more have the last.
_COLUMNS = {1: (12.0, 18.0), 2: (12.0, 18.0), 3: (12.0, 18.0), 4: (12.0, 17.0), 5: (11.0, 15.5)}
_MANY_COLUMNS = (10.0, 14.0)
#: So few columns are wide enough for the name of a day with its date on one line.
_FEW_COLUMNS = 3
#: Least and most width of the pictures of an exercise, and of words beside them in sizes of running text.
_LEAST_PICTURE, _MOST_PICTURE = 36.0, 66.0
#: Least width of the drawing of somebody who lies or kneels, and least height of one who stands: where an
#: exercise has one drawing, and where it has both ends of its movement. The later ones are for programs
#: of which no leaf holds the first.
_SINGLE = ((45.0, 30.0), (36.0, 26.0), (30.0, 24.0), (26.0, 20.0))
_PAIR = ((30.0, 30.0), (26.0, 26.0), (23.0, 22.0), (20.0, 18.0))
LARGER_PAIR = (40.0, 34.0)
"""Tried before all others: with a floor of the layout, below which no drawing goes, or of few exercises."""
_LARGE_PAIR = (50.0, 40.0)
"""Before these in large print, whose two leaves have room for it."""
_LEAST_WORDS = 8.0
#: In large print a leaf has one drawing an exercise, in a column of its width at the left of words and boxes:
#: both ends of a movement would be too small for poor eyes.
_LARGE_SINGLE = ((57.0, 36.0), (51.0, 34.0), (45.0, 30.0), (40.0, 28.0), (36.0, 26.0))
#: A date as wide as any, and the least white between two days with their dates.
_WIDE_DATE, _DAYS_APART = "28", 1.0
#: Least white between the names of two days.
_NAMES_APART = 2.0
#: A narrower sheet has one drawing an exercise, so that it is not too small.
_WIDE = 140.0
#: There, the picture is so wide that both ends of a movement have room where its row is not full.
_BOTH_ENDS = 56.0
#: The dose is set larger than running text by this, where its row has room; in large print always, by more.
_DOSE_SIZE, _LARGE_DOSE = 1.1, 1.3

#: Width of a drawing of somebody who lies, and height of one who stands.
_Size = tuple[float, float]

Told = Literal["all", "cautions", "none"]
"""Which words for this patient only rows say: all, all but notes, or none; for others they name a page."""


PageOfRow = Literal["any", "first", "below"]
"""At the end of any line that has room; of the first one in all rows; or below the drawings in all rows."""


class GridShape(NamedTuple):
    """How the rows of a program are built.

    Attributes:
        arrangement: words beside the boxes; above them, at the right of the picture; the name above the
            picture and the dose over the boxes; all across the sheet, with picture and boxes below; at the
            right of the picture with the boxes below both; or so with the name across the sheet.
        days: those that have a column, from 1.
        picture, words: their widths; no picture is 0.
        single: whether an exercise has one drawing, and not one of each end of its movement.
        least: width of a drawing of somebody who lies and height of one who stands, at least; None where a
            leaf has no room for that.
        told: which of the words for this patient only stand in the rows.
        loud: whether doses are set larger than running text.
        page: where the pages of rows stand.
    """

    arrangement: Literal["beside", "above", "over", "across", "below", "headed"]
    days: tuple[int, ...]
    box: float
    pitch: float
    picture: float
    words: float
    single: bool
    least: tuple[float, float] | None = None
    told: Told = "all"
    loud: bool = True
    page: PageOfRow = "any"

    @property
    def pad(self) -> float:
        """White above what a row holds."""
        above = _LEAST_PAD if self.single else _LESS_PAD
        return {"beside": _PAD, "above": above}.get(self.arrangement, _LEAST_PAD)

    @property
    def boxes(self) -> float:
        """Width of all columns."""
        return (len(self.days) - 1) * self.pitch + self.box

    @property
    def words_start(self) -> float:
        """Where words begin, from the left edge."""
        return self.picture + GAP if self.picture and self.arrangement != "across" else 0.0


def grid_shapes(c: Composer, edges: Across) -> Iterator[GridShape]:
    """Yield the ways in which the rows can be built, the best first.

    Drawings have a least size; where no leaf holds them, they have none, and with a floor of the layout they
    are left out, last of all. Both ends of a movement come before one that is larger.
    """
    plain = [*_shapes(c, edges, pictures=False)]
    if not c.layout.tracker.pictures:
        yield from plain
        return
    shapes = [*_shapes(c, edges, pictures=True)]
    if c.look.is_large:
        places: tuple[PageOfRow, ...] = ("first", "below", "any")
        placed = product(shapes, places)
        shapes = [shape._replace(page=page) for shape, page in placed if _can_have(shape, page)]
    singles = [shape._replace(single=True) for shape in shapes]
    is_narrow = edges.right - edges.left < _WIDE
    if c.look.is_large and not is_narrow and not is_facing(c):
        yield from _large_singles(shapes)
    floors: list[tuple[list[GridShape], _Size | None]]
    if floor := c.layout.tracker.least:
        largest = (_LARGE_PAIR, LARGER_PAIR) if c.look.is_large else (LARGER_PAIR,)
        pairs = [(shapes, least) for least in _not_under(floor, (*largest, *_PAIR))]
        floors = [*pairs, (plain, None)]
    elif is_narrow:
        floors = [*((singles, least) for least in _SINGLE), (singles, None)]
    else:
        larger, first, second, *others = [(shapes, least) for least in (LARGER_PAIR, *_PAIR)]
        floors = [larger, first, second, (singles, _SINGLE[0]), *others, (shapes, None)]
    for kind, least in floors:
        yield from (shape._replace(least=least) for shape in kind)


def _can_have(shape: GridShape, page: PageOfRow) -> bool:
    """Whether pages may stand there in rows that are built so."""
    return page != "below" or shape.arrangement == "above"


def _large_singles(shapes: Sequence[GridShape]) -> Iterator[GridShape]:
    """Yield rows with one drawing an exercise, words at its right and the boxes below these."""
    for above in (shape for shape in shapes if shape.arrangement == "above"):
        total = above.picture + above.words
        boxes = tuple(dict.fromkeys((above.box, _MANY_COLUMNS[0])))
        for least, box in product(_LARGE_SINGLE, boxes):
            if least[0] <= above.picture:
                picture, words = least[0], total - least[0]
                wide = above._replace(picture=picture, words=words)
                yield wide._replace(single=True, least=least, box=box, page="below")


def _not_under(floor: _Size, sizes: Sequence[_Size]) -> list[_Size]:
    """Return the sizes that are not under the floor, and the floor itself."""
    return [*(size for size in sizes if size[0] >= floor[0] and size[1] >= floor[1] and size != floor), floor]


def _shapes(c: Composer, edges: Across, *, pictures: bool) -> Iterator[GridShape]:
    width = edges.right - edges.left
    days = _days(c)
    box, pitch = _COLUMNS.get(len(days), _MANY_COLUMNS)
    if len(days) <= _FEW_COLUMNS:
        pitch = max(pitch, up(_date_width(c)))
    boxes = (len(days) - 1) * pitch + box
    least = _LEAST_PICTURE if pictures else 0.0
    dose = _widest_part(c)
    words = max(dose, c.look.body.size / MM * _LEAST_WORDS)
    beside = width - boxes - words - GAP * (2 if pictures else 1)
    if beside >= least:
        picture = min(beside, _MOST_PICTURE) if pictures else 0.0
        spare = beside - picture
        yield GridShape("beside", days, box, pitch, picture, words + spare, single=False)
    picture = min(width - max(boxes, dose) - GAP, _MOST_PICTURE) if pictures else 0.0
    if picture >= least and dose <= width:
        words = width - picture - (GAP if pictures else 0.0)
        yield GridShape("above", days, box, pitch, picture, words, single=False)
    if pictures and width < _WIDE and least + GAP + dose <= width:
        for most in (_BOTH_ENDS, _SINGLE[0][0]):
            picture = min(width - dose - GAP, most)
            words = width - picture - GAP
            yield GridShape("below", days, box, pitch, picture, words, single=False)
        # Where the boxes leave a picture at their side, it has more room there.
        for most in (_MOST_PICTURE, _BOTH_ENDS) if width - boxes - GAP < _BOTH_ENDS else ():
            picture = min(width - dose - GAP, most)
            yield GridShape("headed", days, box, pitch, picture, width - picture - GAP, single=False)
    sides = tuple(dict.fromkeys((box, _MANY_COLUMNS[0])))
    words = max(boxes, dose)
    picture = width - words - GAP
    if pictures and width >= _WIDE and picture >= 2 * _LEAST_PICTURE and not c.look.is_large:
        over = [GridShape("over", days, side, pitch, picture, words, single=False) for side in sides]
        yield from (*over, over[-1]._replace(loud=False))
    picture = width - boxes - GAP if pictures else 0.0
    # Smaller boxes come before smaller drawings.
    for side in sides:
        yield GridShape("across", days, side, pitch, picture, width, single=False, loud=c.look.is_large)


def _date_width(c: Composer) -> float:
    """Return the width that the widest name of a day with a date takes in its column."""
    return widest(c, _widest_day) / MM + _DAYS_APART if c.plan.start else 0.0


def _widest_day(c: Composer) -> float:
    names = (f"{c.language.day_short[day]}{NO_BREAK}" for day in c.plan.weeks[0].days)
    date = c.text(_WIDE_DATE, c.look.cell).natural_width
    return max(c.text(name, c.look.cell_bold).natural_width for name in names) + date


def day_names(c: Composer, pitch: float) -> Mapping[Weekday, str]:
    """Return the names of days above columns: with fewer letters where they would nearly touch."""
    if widest(c, _widest_name) / MM + _NAMES_APART <= pitch:
        return c.language.day_short
    return c.language.narrow_days


def _widest_name(c: Composer) -> float:
    return max(c.text(name, c.look.cell_bold).natural_width for name in c.language.day_short.values())


def has_dates_beside(c: Composer, shape: GridShape) -> bool:
    """Whether columns are wide enough for the name of a day with its date on one line."""
    return _date_width(c) <= shape.pitch


def _days(c: Composer) -> tuple[int, ...]:
    """Return the days of the week, from 1, on which anything is planned in any week."""
    used = {session.day for week in c.plan.weeks for session in week.sessions}
    return tuple(number for number, day in enumerate(c.plan.weeks[0].days, 1) if day in used)


def _widest_part(c: Composer) -> float:
    """Return the width of the widest part of any dose, none of which is broken; later ones are smaller."""

    def measure(copy: Composer) -> float:
        amount, other = dose_style(copy, loud=True), copy.look.cell
        parts = {
            (part, other if index else amount)
            for exercise in copy.plan.exercises
            for dose in exercise.doses
            if dose is not None
            for index, part in enumerate(dose_words(dose, copy.language, exercise.rest_s))
        }
        widths = (copy.text(f"{part},", style).natural_width for part, style in parts)
        return max(widths, default=0.0) / MM + 0.5

    return widest(c, measure)


def dose_style(c: Composer, *, loud: bool) -> TextStyle:
    """Return how a dose is set: larger than running text, or not."""
    style = c.look.cell_bold
    if not loud:
        return style
    scale = _LARGE_DOSE if c.look.is_large else _DOSE_SIZE
    return style._replace(size=style.size * scale, leading=style.leading * scale)


def up(length: float) -> float:
    """Return a length in whole steps, not less than it is; infinity as it is."""
    return length if math.isinf(length) else math.ceil(length / STEP - 1e-6) * STEP


def question_width(shape: GridShape) -> float:
    """Return the width that the columns leave at their left."""
    total = shape.words_start + shape.words
    return total if shape.arrangement == "beside" else total - shape.boxes - GAP
