"""The plan of the leaves: which parts stand on the front and on the back of each week, and where.

A program's leaves are planned together, so that the same thing stands at the same side, in the same form and
with drawings of the same size in every week. Lengths are in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import does_not_fit
from pdfgen.typesetting.sections.tracker_frame import SheetFrame, sheet_frame
from pdfgen.typesetting.sections.tracker_grid import (
    ExerciseOfWeek,
    exercises_of,
    grid_head,
    row_height,
    words_height,
)
from pdfgen.typesetting.sections.tracker_pain import has_room, pain_table
from pdfgen.typesetting.sections.tracker_pictures import panel_scale, panels_of
from pdfgen.typesetting.sections.tracker_questions import day_question_height, zones_height
from pdfgen.typesetting.sections.tracker_shape import grid_shapes
from pdfgen.typesetting.sections.tracker_sides import (
    Leaf,
    Leaves,
    Part,
    Scales,
    Side,
    Sizes,
    sheet_map,
)
from pdfgen.typesetting.sections.tracker_week_end import (
    effort_question,
    times_height,
    walking_question,
)
from pdfgen.typesetting.tracker_geometry import STEP

#: White between two parts that do not follow each other in the grid.
_APART = 2.0
#: Rows are at most so high, however much room there is.
_MOST_ROW = 44.0


_Spread = Literal["front", "both", "two-leaves"]
"""Where rows stand: all in front, on both sides, or on both with the questions on a second leaf."""


class _Draft(NamedTuple):
    """The parts of a week before they have places.

    Attributes:
        tops: where parts begin in front, and at the back.
        others: what follows the rows.
        head_behind: height of the head of rows at a back.
    """

    week: Week
    entries: tuple[ExerciseOfWeek, ...]
    tops: tuple[float, float]
    rows: tuple[Part, ...]
    others: tuple[Part, ...]
    head_behind: float

    def parted(self, *counts: int) -> list[list[Part]]:
        """Return the parts of each side, of which so many end it; rows on a later side have a head."""
        parts = [*self.rows, *self.others]
        starts = (0, *counts)
        sides = [parts[first:last] for first, last in zip(starts, (*counts, len(parts)), strict=True)]
        head = self.rows[0]._replace(height=self.head_behind)
        heads = ([head] if side and side[0].kind in _GRID else [] for side in sides[1:])
        return [sides[0], *([*head, *side] for head, side in zip(heads, sides[1:], strict=True))]


#: Parts in rows of the grid.
_GRID = ("head", "exercise", "pain-number", "morning")
#: Parts that follow right below the one before them: those rows, and the zones of the pain asked there.
_CLOSE = (*_GRID, "zones")


def plan_leaves(c: Composer, paper: str) -> Leaves:
    """Return the leaves of all weeks that get one, with the spare one.

    Raises:
        FitError: a week does not fit on two leaves.
    """
    weeks = [week for week in c.plan.weeks if week.number in c.plan.sheet_weeks]
    weeks += [c.plan.spare_week] if c.plan.spare_sheet else []
    for sizes, spread in _ways(c, sheet_frame(c, paper)):
        drafts = [_draft(c, sizes, week) for week in weeks]
        sides = _split(sizes, drafts, spread)
        if sides is not None:
            weeks_with_sides = zip(drafts, sides, strict=True)
            leaves = tuple(_leaf(c, paper, sizes, draft, parts) for draft, parts in weeks_with_sides)
            return Leaves(sizes, leaves, _scales(c, sizes, leaves))
    raise does_not_fit("exercises", "take fewer exercises, fewer days, or larger paper")


def _ways(c: Composer, frame: SheetFrame) -> Sequence[tuple[Sizes, _Spread]]:
    """Yield what the leaves can have in common, and where their rows stand, the best first.

    Best is one leaf, pictures that are not too small, pain in a table, the stop rule in front, all exercises
    in front, and large pictures.
    """
    ways = [*_all_ways(c, frame)]
    return sorted(ways, key=lambda way: (way[1] == "two-leaves", not way[0].shape.is_seen_well))


def _all_ways(c: Composer, frame: SheetFrame) -> Iterator[tuple[Sizes, _Spread]]:
    shapes = [*grid_shapes(c, frame.edges)]
    effort = {shape.box: effort_question(c, frame.edges, shape.box) for shape in shapes}
    heads = [grid_head(c, shape) for shape in shapes]
    walking = walking_question(c, frame.edges)
    tables = [pain_table(c, frame.edges, len(shapes[0].days))] if has_room(frame.edges) else []
    one_leaf: list[tuple[int, _Spread]] = [(0, "front"), (1, "front"), (1, "both")]
    spreads = [(pain, *spread) for pain in (*tables, None) for spread in one_leaf]
    for pain, foot, spread in (*spreads, *((pain, 0, "two-leaves") for pain in (*tables, None))):
        bottoms = _on_step(frame.bottom(c, foot=foot == 0)), _on_step(frame.bottom(c, foot=foot == 1))
        for shape, head in zip(shapes, heads, strict=True):
            yield Sizes(frame, shape, head, pain, effort[shape.box], walking, foot, bottoms), spread


def _on_step(length: float) -> float:
    """Return a length in whole steps, not more than it is."""
    return math.floor(length / STEP) * STEP


def _draft(c: Composer, sizes: Sizes, week: Week) -> _Draft:
    shape, edges = sizes.shape, sizes.frame.edges
    entries = exercises_of(c, week)
    rows = tuple(
        Part("exercise", row_height(c, shape, week.number, entry), index)
        for index, entry in enumerate(entries)
    )
    days = len({day for entry in entries for day in entry.days})
    morning = Part("morning", day_question_height(c, shape, edges, "morning"))
    if sizes.pain is None:
        number = Part("pain-number", day_question_height(c, shape, edges, "pain-number"))
        pain = [number, morning, Part("zones", zones_height(c, edges))]
    else:
        pain = [morning, Part("pain", sizes.pain._replace(days=days).height)]
    others = (
        *pain,
        Part("effort", sizes.effort.height),
        Part("walking", sizes.walking.height),
        *([] if sizes.effort.has_times else [Part("times", times_height(c))]),
    )
    tops = tuple(sizes.frame.top(c, week, side, goal=side == sizes.foot) for side in (0, 1))
    return _Draft(
        week, entries, (tops[0], tops[1]), (Part("head", sizes.head.height), *rows), others, sizes.head.back
    )


def _high(parts: Sequence[Part]) -> float:
    """Return the height of parts with the white between them."""
    return sum(part.height for part in parts) + _APART * sum(part.kind not in _CLOSE for part in parts[1:])


def _split(sizes: Sizes, drafts: Sequence[_Draft], spread: _Spread) -> list[list[list[Part]]] | None:
    """Return the parts of each side of each week, with rows as high as there is room.

    The same questions stand on the same side in all weeks. None where a week does not fit.
    """
    rooms = [(sizes.bottoms[0] - d.tops[0], sizes.bottoms[1] - d.tops[1]) for d in drafts]
    if spread == "front":
        asked = range(len(drafts[0].others), -1, -1)
        ways = [[[len(draft.rows) + count] for draft in drafts] for count in asked]
    else:
        counts = [_rows_in(draft, front) for draft, (front, _) in zip(drafts, rooms, strict=True)]
        if spread == "two-leaves":
            ways = [[[count, len(draft.rows)] for draft, count in zip(drafts, counts, strict=True)]]
        else:
            ways = [[[count] for count in counts]]
    for way in ways:
        weeks = [draft.parted(*counts) for draft, counts in zip(drafts, way, strict=True)]
        if all(_fits(sides, *room) for sides, room in zip(weeks, rooms, strict=True)):
            return [_grown(sides, front) for sides, (front, _) in zip(weeks, rooms, strict=True)]
    return None


def _fits(sides: Sequence[Sequence[Part]], front: float, back: float) -> bool:
    """Whether the parts of all sides have room, in front and at backs."""
    return _high(sides[0]) <= front and all(_high(side) <= back for side in sides[1:])


def _rows_in(draft: _Draft, room: float) -> int:
    """Return how many rows, the head among them, a front holds."""
    return max(n for n in range(len(draft.rows) + 1) if _high(draft.rows[:n]) <= room)


def _grown(sides: list[list[Part]], room: float) -> list[list[Part]]:
    """Return the sides of a week with rows that share what room its front has left."""
    front, *others = sides
    rows = sum(part.kind == "exercise" for part in front)
    more = max(0.0, _on_step((room - _high(front)) / max(1, rows)))

    def higher(part: Part) -> Part:
        if part.kind != "exercise":
            return part
        return part._replace(height=max(part.height, min(part.height + more, _MOST_ROW)))

    return [[*map(higher, front)], *others]


def _scales(c: Composer, sizes: Sizes, leaves: Sequence[Leaf]) -> Scales:
    """Return the scale of the drawings of each form: the largest that all weeks have room for."""
    shape, scales = sizes.shape, Scales()
    if not shape.picture:
        return scales
    for leaf in leaves:
        for part in leaf.rows:
            entry = leaf.entries[part.entry]
            room = part.height - 2 * shape.pad
            if shape.arrangement == "across":
                room -= words_height(c, shape, leaf.week.number, entry)
            panels = panels_of(shape, leaf.week.number, entry.exercise)
            scale = panel_scale(c, panels, shape.picture, room)
            scales[panels] = min(scale, scales.get(panels, MM))
    return scales


def _leaf(c: Composer, paper: str, sizes: Sizes, draft: _Draft, sides: Sequence[Sequence[Part]]) -> Leaf:
    """Return the leaf of a week with its parts in their places; it has an even number of sides."""
    sides = [*sides, *([[]] if len(sides) % 2 else [])]
    placed = []
    for number, parts in enumerate(sides, 1):
        top = draft.tops[number > 1]
        in_place = _placed(parts, top)
        end = in_place[-1].top + in_place[-1].height if in_place else top
        where = (number, len(sides))
        sheet = sheet_map(c, paper, sizes, draft.week, draft.entries, where, in_place)
        placed.append(Side(in_place, sheet, end))
    return Leaf(draft.week, draft.entries, tuple(placed))


def _placed(parts: Sequence[Part], top: float) -> tuple[Part, ...]:
    placed: list[Part] = []
    for part in parts:
        top += _APART if placed and part.kind not in _CLOSE else 0.0
        placed.append(part._replace(top=top))
        top += part.height
    return tuple(placed)
