"""The plan of the leaves: which parts stand on the front and on the back of each week, and where.

A program's leaves are planned together, so that the same thing stands at the same side, in the same form and
with drawings of the same size in every week. Lengths are in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import does_not_fit
from pdfgen.typesetting.sections.tracker_frame import SheetFrame, sheet_frame
from pdfgen.typesetting.sections.tracker_grid import (
    ExerciseOfWeek,
    exercise_text,
    exercises_of,
    grid_head,
    row_height,
)
from pdfgen.typesetting.sections.tracker_pain import has_room, pain_table
from pdfgen.typesetting.sections.tracker_pictures import panel_scale, panels_of
from pdfgen.typesetting.sections.tracker_questions import day_question_height, zones_height
from pdfgen.typesetting.sections.tracker_shape import grid_shapes
from pdfgen.typesetting.sections.tracker_sides import (
    Leaf,
    Leaves,
    Part,
    PartKind,
    Scales,
    Side,
    Sizes,
    sheet_map,
)
from pdfgen.typesetting.sections.tracker_week_end import (
    effort_question,
    moment_height,
    times_height,
    walking_question,
)
from pdfgen.typesetting.tracker_geometry import STEP

#: White between two parts that do not follow each other in the grid.
_APART = 3.0
#: Rows are at most so high, however much room there is.
_MOST_ROW = 44.0


class _Draft(NamedTuple):
    """The parts of a week before they have places: rows, what follows them, and where each side begins."""

    week: Week
    entries: tuple[ExerciseOfWeek, ...]
    tops: tuple[float, float]
    rows: tuple[Part, ...]
    others: tuple[Part, ...]


#: Parts that are left out where a leaf has no room for them, the least needed first.
_OPTIONAL: tuple[PartKind, ...] = ("moment", "times", "walking")
#: Parts in rows of the grid.
_GRID = ("head", "exercise", "pain-number", "morning")


def plan_leaves(c: Composer, paper: str) -> Leaves:
    """Return the leaves of all weeks that get one, with the spare one.

    Raises:
        FitError: a week does not fit on the two sides of a leaf.
    """
    weeks = [week for week in c.plan.weeks if week.number in c.plan.sheet_weeks]
    weeks += [c.plan.spare_week] if c.plan.spare_sheet else []
    for sizes, is_parted in _ways(c, sheet_frame(c, paper)):
        drafts = [_draft(c, sizes, week) for week in weeks]
        split = _split(sizes, drafts, is_parted=is_parted)
        if split is not None:
            drafts, counts = split
            leaves = tuple(
                _leaf(c, paper, sizes, draft, count) for draft, count in zip(drafts, counts, strict=True)
            )
            return Leaves(sizes, leaves, _scales(c, sizes, drafts))
    raise does_not_fit("exercises", "take fewer exercises, fewer days, or larger paper")


def _ways(c: Composer, frame: SheetFrame) -> Iterator[tuple[Sizes, bool]]:
    """Yield what the leaves can have in common, the best first, and whether rows may stand on both sides.

    Best is pain in a table, the stop rule in front, all exercises in front, and large pictures.
    """
    shapes = [*grid_shapes(c, frame.edges)]
    effort = {shape.box: effort_question(c, frame.edges, shape.box) for shape in shapes}
    heads = [grid_head(c, shape) for shape in shapes]
    walking = walking_question(c, frame.edges)
    tables = [pain_table(c, frame.edges, len(shapes[0].days))] if has_room(frame.edges) else []
    for pain in (*tables, None):
        for foot, is_parted in ((0, False), (1, False), (1, True)):
            bottoms = _on_step(frame.bottom(c, foot=foot == 0)), _on_step(frame.bottom(c, foot=foot == 1))
            for shape, head in zip(shapes, heads, strict=True):
                yield Sizes(frame, shape, head, pain, effort[shape.box], walking, foot, bottoms), is_parted


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
        Part("times", times_height(c)),
        Part("moment", moment_height(c, edges)),
    )
    tops = tuple(sizes.frame.top(c, week, side, goal=side == sizes.foot) for side in (0, 1))
    return _Draft(week, entries, (tops[0], tops[1]), (Part("head", sizes.head.height), *rows), others)


def _high(parts: Sequence[Part]) -> float:
    """Return the height of parts with the white between them."""
    return sum(part.height for part in parts) + _APART * sum(part.kind not in _GRID for part in parts[1:])


def _back(draft: _Draft, count: int) -> list[Part]:
    """Return the parts of a back when the first `count` parts stand in front, with a head for its rows."""
    back = [*draft.rows, *draft.others][count:]
    return [draft.rows[0], *back] if back and back[0].kind in _GRID else back


def _split(
    sizes: Sizes, drafts: Sequence[_Draft], *, is_parted: bool
) -> tuple[list[_Draft], list[int]] | None:
    """Return the weeks with rows as high as there is room, and how many parts stand in front in each.

    The same questions stand in front in all weeks. None where a week does not fit.
    """
    rooms = [(sizes.bottoms[0] - d.tops[0], sizes.bottoms[1] - d.tops[1]) for d in drafts]
    most = next(n for n, part in enumerate(drafts[0].others) if part.kind == "times")
    for asked in range(most, -1, -1):
        counts = [len(draft.rows) + asked for draft in drafts]
        if all(
            _high([*d.rows, *d.others[:asked]]) <= room for d, (room, _) in zip(drafts, rooms, strict=True)
        ):
            break
    else:
        if not is_parted:
            return None
        counts = [_rows_in(draft, room) for draft, (room, _) in zip(drafts, rooms, strict=True)]
    in_front = [part.kind for part in drafts[0].others[:asked]]
    optional = [kind for kind in _OPTIONAL if kind not in in_front]
    for left_out in range(len(optional) + 1):
        kept = [_without(draft, optional[:left_out]) for draft in drafts]
        sides = zip(kept, counts, rooms, strict=True)
        if all(_high(_back(draft, count)) <= room for draft, count, (_, room) in sides):
            sides = zip(kept, counts, rooms, strict=True)
            return [_grown(draft, count, room) for draft, count, (room, _) in sides], counts
    return None


def _rows_in(draft: _Draft, room: float) -> int:
    """Return how many rows, the head among them, a front holds."""
    return max(n for n in range(len(draft.rows) + 1) if _high(draft.rows[:n]) <= room)


def _without(draft: _Draft, kinds: Sequence[str]) -> _Draft:
    return draft._replace(others=tuple(part for part in draft.others if part.kind not in kinds))


def _grown(draft: _Draft, count: int, room: float) -> _Draft:
    """Return a week whose rows share what room its front has left."""
    rows = sum(part.kind == "exercise" for part in draft.rows[:count])
    spare = room - _high([*draft.rows, *draft.others][:count])
    more = max(0.0, _on_step(spare / max(1, rows)))

    def higher(part: Part) -> Part:
        if part.kind != "exercise":
            return part
        return part._replace(height=max(part.height, min(part.height + more, _MOST_ROW)))

    return draft._replace(rows=(*map(higher, draft.rows[:count]), *draft.rows[count:]))


def _scales(c: Composer, sizes: Sizes, drafts: Sequence[_Draft]) -> Scales:
    """Return the scale of the drawings of each form: the largest that all weeks have room for."""
    shape, scales = sizes.shape, Scales()
    if not shape.picture:
        return scales
    for draft in drafts:
        for part in draft.rows[1:]:
            entry = draft.entries[part.entry]
            room = part.height - 2 * shape.pad
            if shape.arrangement == "across":
                room -= exercise_text(c, shape, draft.week.number, entry).height(shape.words)
            panels = panels_of(draft.week.number, entry.exercise)
            scale = panel_scale(c, panels, shape.picture, room)
            scales[panels] = min(scale, scales.get(panels, MM))
    return scales


def _leaf(c: Composer, paper: str, sizes: Sizes, draft: _Draft, count: int) -> Leaf:
    """Return the leaf of a week with its first `count` parts in front."""
    front = [*draft.rows, *draft.others][:count]
    sides = []
    for side, (parts, top) in enumerate(zip((front, _back(draft, count)), draft.tops, strict=True), 1):
        placed = _placed(parts, top)
        end = placed[-1].top + placed[-1].height if placed else top
        sides.append(Side(placed, sheet_map(c, paper, sizes, draft.week, draft.entries, side, placed), end))
    return Leaf(draft.week, draft.entries, (sides[0], sides[1]))


def _placed(parts: Sequence[Part], top: float) -> tuple[Part, ...]:
    placed: list[Part] = []
    for part in parts:
        top += _APART if placed and part.kind not in _GRID else 0.0
        placed.append(part._replace(top=top))
        top += part.height
    return tuple(placed)
