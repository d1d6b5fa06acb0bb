"""The plan of the leaves: which parts stand on the front and on the back of each week, and where.

A program's leaves are planned together, so that the same thing stands at the same side, in the same form and
with drawings of the same size in every week. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pdfgen.planning.plan import Week
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings
from pdfgen.typesetting.sections.sheet_pen import does_not_fit
from pdfgen.typesetting.sections.tracker_ahead import Spread
from pdfgen.typesetting.sections.tracker_frame import Foot, SheetFrame, sheet_frame
from pdfgen.typesetting.sections.tracker_grid import picture_room, row_heights
from pdfgen.typesetting.sections.tracker_later import later_exercises, later_height
from pdfgen.typesetting.sections.tracker_lines import lines_height
from pdfgen.typesetting.sections.tracker_pictures import least_length, panel_scale, panels_of
from pdfgen.typesetting.sections.tracker_questions import DayQuestion, day_question_height
from pdfgen.typesetting.sections.tracker_row_room import row_room
from pdfgen.typesetting.sections.tracker_shape import GridShape
from pdfgen.typesetting.sections.tracker_sides import Leaf, Leaves, Part, Scales, Side, Sizes, sheet_map
from pdfgen.typesetting.sections.tracker_split import APART, CLOSE, Draft, split
from pdfgen.typesetting.sections.tracker_ways import on_step, ways
from pdfgen.typesetting.sections.tracker_week_end import times_height
from pdfgen.typesetting.sections.tracker_words import exercises_of
from pdfgen.typesetting.sections.tracker_zones import usual_pain_height, zones_height

#: Rows are at most so high, and in sizes of running text, where drawings do not get larger for it.
_MOST_ROW, _MOST_ROW_SIZES = 44.0, 8.5
#: Width of drawings of who lies beside which a front should say that words go before them.
_LARGE = 45.0


def plan_leaves(c: Composer, paper: str) -> Leaves:
    """Return the leaves of all weeks that get one, with the spare one.

    Raises:
        FitError: a week does not fit on two leaves.
    """
    frame = sheet_frame(c, paper)
    weeks = [week for week in c.plan.weeks if week.number in c.plan.sheet_weeks]
    weeks += [c.plan.spare_week] if c.plan.spare_sheet else []
    drafts, saying = (
        [_Drafts(c, frame._replace(words_first=said), week) for week in weeks] for said in (False, True)
    )
    unsaid: Leaves | None = None
    for sizes in ways(c, frame):
        if unsaid and not _is_large(c, sizes):
            break
        leaves = _leaves(c, paper, sizes, drafts)
        if leaves and _has_words_first(c, sizes):
            # It is left out where it would take a further leaf, or drawings that are smaller than large ones.
            unsaid = unsaid or leaves
            leaves = _leaves(c, paper, sizes._replace(frame=frame._replace(words_first=True)), saying)
        if leaves:
            drafts = saying if leaves.sizes.frame.words_first else drafts
            return _with_rules(c, paper, leaves, drafts)
    if unsaid:
        return _with_rules(c, paper, unsaid, drafts)
    raise does_not_fit("exercises", "take fewer exercises, fewer days, or larger paper")


def _with_rules(c: Composer, paper: str, leaves: Leaves, drafts: Sequence[_Drafts]) -> Leaves:
    """Return the leaves with the whole stop rule on each front of two that has room for it in all weeks."""
    if leaves.sizes.spread != "two-fronts":
        return leaves
    for side in (0, 2):
        sizes = leaves.sizes
        feet: tuple[Foot, ...] = (*sizes.feet[:side], "full", *sizes.feet[side + 1 :])
        bottom = on_step(sizes.frame.bottom(c, "full"))
        bottoms = (*sizes.bottoms[:side], bottom, *sizes.bottoms[side + 1 :])
        more = _leaves(c, paper, sizes._replace(feet=feet, bottoms=bottoms), drafts)
        leaves = more if more and more.scales == leaves.scales else leaves
    return leaves


def _is_large(c: Composer, sizes: Sizes) -> bool:
    """Whether drawings are the one of each exercise in large print, and large enough to hang up."""
    least = sizes.shape.least
    return c.look.is_large and sizes.shape.single and least is not None and least[0] >= _LARGE


def _has_words_first(c: Composer, sizes: Sizes) -> bool:
    """Whether rows have words for this patient that go before their drawings."""
    is_drawn = sizes.shape.picture and sizes.shape.told != "none"
    return bool(is_drawn) and any(map(goes_before_drawings, c.plan.exercises))


def _leaves(c: Composer, paper: str, sizes: Sizes, drafts: Sequence[_Drafts]) -> Leaves | None:
    """Return the leaves of all weeks in a way; None where one has more than its sides hold."""
    drafted = _drafted(drafts, sizes)
    if drafted is None:
        return None
    found = []
    for sides in split(drafted, sizes.bottoms, sizes.spread, lines_height(c)):
        leaves = tuple(_leaf(c, paper, sizes, *of_week) for of_week in zip(drafted, sides, strict=True))
        found.append(Leaves(sizes, leaves, _scales(c, sizes, leaves)))
    # The smallest drawing counts; among divisions with none, or as small a one, the first.
    return max(found, key=lambda leaves: least_length(c, leaves.scales), default=None)


class _Drafts:
    """The drafts of a week: many ways are tried, and what they have in common is made once."""

    def __init__(self, c: Composer, frame: SheetFrame, week: Week) -> None:
        self._composer, self._frame, self._week = c, frame, week
        self._entries = exercises_of(c, week)
        self._rows = cache(self._rows_in)
        self._top = cache(self._top_of)
        self._question = cache(self._question_in)
        self._zones = cache(lambda: Part("zones", zones_height(c, frame.edges)))
        self._usual_pain = cache(lambda: Part("usual-pain", usual_pain_height(c, frame.edges)))

    def _rows_in(self, shape: GridShape) -> tuple[Part, ...]:
        """Return the rows in the order of their numbers, those of exercises that begin later among them."""
        c = self._composer
        rows = (self._row(shape, index) for index in range(len(self._entries)))
        later = (
            Part("later", later_height(c, shape, exercise, first), index, number=exercise.number)
            for index, (exercise, first) in enumerate(later_exercises(c, self._week))
        )
        return tuple(sorted((*rows, *later), key=lambda row: row.number))

    def _row(self, shape: GridShape, index: int) -> Part:
        c, week, entry = self._composer, self._week.number, self._entries[index]
        room = row_room(c, shape, week, entry)
        least, full = row_heights(c, shape, week, entry, room)
        most = max(full, _MOST_ROW, _MOST_ROW_SIZES * c.look.body.size / MM)
        return Part("exercise", least, index, number=entry.exercise.number, most=most, room=room)

    def _top_of(self, side: int, feet: Sequence[Foot], spread: Spread) -> float:
        return self._frame.top(self._composer, self._week, side, feet=feet, spread=spread)

    def _question_in(self, shape: GridShape, kind: DayQuestion) -> Part:
        return Part(kind, day_question_height(self._composer, shape, self._frame.edges, kind))

    def draft(self, sizes: Sizes) -> Draft:
        """Return the parts of the week in a way."""
        rows = (Part("head", sizes.head.height), *self._rows(sizes.shape))
        tops = tuple(self._top(side, sizes.feet, sizes.spread) for side in range(len(sizes.feet)))
        return Draft(self._week, self._entries, tops, rows, self._asked(sizes), sizes.head.back)

    def _asked(self, sizes: Sizes) -> tuple[Part, ...]:
        """Return the questions in order.

        Where pain alone is beside the exercises, the next morning is on the page after them; what the pain of
        a day means never leaves that pain.
        """
        is_first = sizes.spread == "pain-on-first"
        days = len({day for entry in self._entries for day in entry.days})
        morning, usual = self._question(sizes.shape, "morning"), self._usual_pain()
        if sizes.pain is not None:
            pain = [morning, Part("pain", sizes.pain._replace(days=days).height), usual]
        else:
            asked, zones = self._question(sizes.shape, "pain-number"), self._zones()
            pain = [asked, zones, usual, morning] if is_first else [asked, morning, zones, usual]
        effort = Part("effort", sizes.effort.height)
        walking = Part("walking", sizes.walking.height)
        times = [] if sizes.effort.has_times else [Part("times", times_height(self._composer))]
        return (*pain, effort, walking, *times)


def _drafted(drafts: Sequence[_Drafts], sizes: Sizes) -> list[Draft] | None:
    """Return the drafts of all weeks; None as soon as one has more than its sides hold."""
    drafted = []
    for of_week in drafts:
        draft = of_week.draft(sizes)
        if not draft.has_room(sizes.bottoms, sizes.spread):
            return None
        drafted.append(draft)
    return drafted


def _scales(c: Composer, sizes: Sizes, leaves: Sequence[Leaf]) -> Scales:
    """Return the scale of the drawings of each form: the largest that all weeks have room for."""
    shape, scales = sizes.shape, Scales()
    if not shape.picture:
        return scales
    for leaf in leaves:
        for part in leaf.rows:
            entry = leaf.entries[part.entry]
            room = picture_room(shape, part.height, part.room)
            panels = panels_of(shape, leaf.week.number, entry.exercise)
            scale = panel_scale(c, panels, shape.picture - part.room.beside_drawings, room)
            scales[panels] = min(scale, scales.get(panels, MM))
    return scales


def _leaf(c: Composer, paper: str, sizes: Sizes, draft: Draft, sides: Sequence[Sequence[Part]]) -> Leaf:
    """Return the leaf of a week with its parts in their places."""
    sides = [*sides, *([[]] * (len(draft.tops) - len(sides)))]
    placed = []
    for number, parts in enumerate(sides, 1):
        top = draft.tops[number - 1]
        in_place = _placed(parts, top)
        end = in_place[-1].top + in_place[-1].height if in_place else top
        where = (number, len(sides))
        sheet = sheet_map(c, paper, sizes, draft.week, draft.entries, where, in_place)
        placed.append(Side(in_place, sheet, end))
    return Leaf(draft.week, draft.entries, tuple(placed))


def _placed(parts: Sequence[Part], top: float) -> tuple[Part, ...]:
    placed: list[Part] = []
    for part in parts:
        top += APART if placed and part.kind not in CLOSE else 0.0
        placed.append(part._replace(top=top))
        top += part.height
    return tuple(placed)
