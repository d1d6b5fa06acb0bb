"""The sides of leaves as values: parts from top to bottom, and what stands where for a reader of sheets.

Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.planning.plan import Week
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.tracker_ahead import Spread
from pdfgen.typesetting.sections.tracker_frame import Foot, SheetFrame
from pdfgen.typesetting.sections.tracker_grid import box_middle
from pdfgen.typesetting.sections.tracker_grid_head import GridHead
from pdfgen.typesetting.sections.tracker_pain import PainTable
from pdfgen.typesetting.sections.tracker_pictures import Panels
from pdfgen.typesetting.sections.tracker_questions import DayQuestion, day_question_middle
from pdfgen.typesetting.sections.tracker_row_room import RowRoom
from pdfgen.typesetting.sections.tracker_shape import GridShape
from pdfgen.typesetting.sections.tracker_week_end import EffortQuestion, WalkingQuestion
from pdfgen.typesetting.sections.tracker_words import ExerciseOfWeek
from pdfgen.typesetting.tracker_geometry import DayRow, ExerciseRow, PainRows, SheetMap, on_step

PartKind = Literal[
    "head",
    "days",
    "exercise",
    "later",
    "pain-number",
    "morning",
    "zones",
    "pain",
    "usual-pain",
    "effort",
    "walking",
    "times",
]


class Part(NamedTuple):
    """A part of a side: its kind, height and top.

    Attributes:
        entry: of an exercise, which one of the week it is; of one that begins later, which one of those.
        number: of the exercise, if it is about one.
        most: height of a row of an exercise that has room to spare, at most.
        room: what the words of that row take.
    """

    kind: PartKind
    height: float
    entry: int = 0
    top: float = 0.0
    number: int = 0
    most: float = 0.0
    room: RowRoom = RowRoom(0.0, 0.0, 0.0)


class Side(NamedTuple):
    """One side of a leaf, with its parts from top to bottom; `end` is the height below the last one."""

    parts: tuple[Part, ...]
    sheet: SheetMap
    end: float


class Leaf(NamedTuple):
    """The leaf of a week; two leaves have four sides."""

    week: Week
    entries: tuple[ExerciseOfWeek, ...]
    sides: tuple[Side, ...]

    @property
    def rows(self) -> tuple[Part, ...]:
        """The rows of exercises on all sides."""
        return tuple(part for side in self.sides for part in side.parts if part.kind == "exercise")


class Sizes(NamedTuple):
    """What all leaves of a program have in common.

    Attributes:
        pain: the table of pain; None where each day has a box to write the number in.
        feet: what stands at the foot of each side; the goal is where the whole stop rule is.
        spread: where rows stand; sides that have not all of a day say where it is.
        bottoms: where the parts of each side end at the latest.
    """

    frame: SheetFrame
    shape: GridShape
    head: GridHead
    pain: PainTable | None
    effort: EffortQuestion
    walking: WalkingQuestion
    feet: tuple[Foot, ...]
    spread: Spread
    bottoms: tuple[float, ...]


Scales = dict[Panels, float]
"""Points a millimetre of the drawings of a form."""


class Leaves(NamedTuple):
    """All leaves of a program."""

    sizes: Sizes
    leaves: tuple[Leaf, ...]
    scales: Scales


def sheet_map(
    c: Composer,
    paper: str,
    sizes: Sizes,
    week: Week,
    entries: Sequence[ExerciseOfWeek],
    where: tuple[int, int],
    parts: Sequence[Part],
) -> SheetMap:
    """Return what stands where on a side whose parts have their places.

    Args:
        where: the number of the side, from 1, and how many there are.
    """
    shape = sizes.shape
    days = tuple(sorted({day for entry in entries for day in entry.days}))
    tops = {part.kind: part.top for part in parts}
    rows = [part for part in parts if part.kind == "exercise"]
    heights = {part.kind: part.height for part in parts}

    def day_row(kind: DayQuestion) -> DayRow | None:
        if kind not in tops:
            return None
        return DayRow(days, day_question_middle(c, shape, sizes.frame.edges, kind, tops[kind], heights[kind]))

    pain = sizes.pain
    return SheetMap(
        paper=paper,
        first_day=WEEKDAYS.index(week.days[0]),
        weeks=len(c.plan.weeks),
        week=week.number,
        side=where[0],
        sides=where[1],
        columns=shape.days,
        box=shape.box,
        pitch=shape.pitch,
        exercises=tuple(
            ExerciseRow(
                entries[part.entry].exercise.number,
                entries[part.entry].days,
                on_step(box_middle(shape, part.top, part.height, part.room.words)),
            )
            for part in rows
        ),
        morning=day_row("morning"),
        pain_number=day_row("pain-number"),
        pain=PainRows(days, on_step(tops["pain"] + pain.first), pain.pitch)
        if pain and "pain" in tops
        else None,
        effort=on_step(tops["effort"] + sizes.effort.middle) if "effort" in tops else None,
        walking=on_step(tops["walking"] + sizes.walking.middle) if "walking" in tops else None,
    )
