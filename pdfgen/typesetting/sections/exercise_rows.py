"""One exercise with its weeks: its name, then a block for each of its forms.

A block has what is meant for this patient only, all drawings of the form, a row for each of its weeks with a
box on each planned day, its steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import product, zip_longest
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Arrangement, Awaited, Measured, Sized
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Space, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.day_boxes import Boxes
from pdfgen.typesetting.sections.exercise_arrangements import beside_drawings, is_room, under_drawings
from pdfgen.typesetting.sections.exercise_divisions import Division, Weeks, divisions, no_less_even
from pdfgen.typesetting.sections.exercise_names import continued, heading
from pdfgen.typesetting.sections.exercise_pictures import Rows, least_scale, pictures
from pdfgen.typesetting.sections.exercise_row_words import (
    is_mistakes,
    kept_together,
    mistakes_and_care,
    own_words,
    where_next,
)
from pdfgen.typesetting.sections.week_columns import Dates
from pdfgen.typesetting.sections.week_rows import WeekRows

#: Width that steps keep, in sizes of their type: lines of some 26 characters behind their numbers.
_LEAST_STEPS = 15.0
#: White between drawings and what is beside them, in gaps.
_ACROSS = 2.0
#: More weeks than these may stand in tables beside each other.
_MANY_WEEKS = 8


class _Part(NamedTuple):
    """What stands of a form on one page, with the weeks that have their rows there.

    Attributes:
        is_named: whether the part before it says on which page it is.
    """

    block: Block
    weeks: tuple[int, ...] = ()
    has_steps: bool = True
    is_named: bool = False


class ExerciseRows:
    """An exercise in every way in which it may be set; what ways have in common is made once.

    Args:
        has_form_behind: whether forms stand behind the name of their exercise, and not below it.
    """

    def __init__(self, c: Composer, exercise: PlannedExercise, *, has_form_behind: bool) -> None:
        self._composer = c
        self._has_form_behind = has_form_behind
        self._exercise = exercise
        options = c.layout.exercise_weeks
        panels = (panel for form in exercise.shown_forms for panel in form.panels)
        scales = (least_scale(c, panel, options.lying, options.standing) for panel in panels)
        self._least = max(scales, default=MM)
        self._told = cache(self._words)
        self._rows = cache(self._in_rows)
        self._weeks = cache(self._tables)
        self.has_room = cache(self._is_room)
        self._set_as = cache(self._blocks)
        self._parted = cache(self._divided)

    @property
    def is_upright(self) -> bool:
        """Whether all its drawings are of somebody who stands or sits."""
        drawings = [self._composer.figures[p.figure] for f in self._exercise.shown_forms for p in f.panels]
        return all(drawing.height > drawing.width for drawing in drawings)

    def blocks(
        self, boxes: Boxes, scale: float, whole: bool, above: bool, again: bool = False
    ) -> Sequence[Flowed]:
        """Return the name, then the forms, each with personal words before and what to take care of after it.

        Args:
            scale: of the drawings, in sizes of their least ones.
            whole: whether no form goes over two pages.
            above: whether doses stand above their weeks; else beside them if all forms have room for that.
            again: whether pages that a form goes on to have its steps again, where these have room.
        """
        beside = not above and self.has_room(boxes, scale, True)
        return self._set_as(boxes, scale, whole, beside, again and not whole)

    def _blocks(self, boxes: Boxes, scale: float, whole: bool, beside: bool, again: bool) -> Sequence[Flowed]:
        flowed = self._flowed(boxes, scale * self._least, whole=whole, beside=beside, again=again)
        # They are measured again for each way of the other exercises.
        return tuple(block._replace(block=Measured(block.block)) for block in flowed)

    def height(self, boxes: Boxes, *, above: bool) -> float:
        """Return the height of all forms below each other, with their least drawings."""
        return extent(self.blocks(boxes, 1.0, True, above), self._composer.look.width, at_top=True)

    def points_a_millimetre(self, scale: float) -> float:
        """Return the size of drawings, of a scale in sizes of their least ones."""
        return scale * self._least

    def keeps_doses(self, boxes: Boxes, scale: float, *, above: bool) -> bool:
        """Whether drawings of a scale leave doses where they stand with the least drawings."""
        return all(
            self.has_room(boxes, scale, beside) or not self.has_room(boxes, 1.0, beside)
            for beside in ((False,) if above else (True, False))
        )

    def _is_room(self, boxes: Boxes, scale: float, beside: bool) -> bool:
        """Whether doses of all forms have room beside or above their weeks with drawings of a scale."""
        forms = (form for form in self._exercise.by_form if form.weeks)
        return all(self._is_held(form, boxes, scale, beside) for form in forms)

    def _is_held(self, form: PlannedExercise, boxes: Boxes, scale: float, beside: bool) -> bool:
        panels = form.main.panels
        drawn = [*pictures(self._composer, panels, scale * self._least)] if panels else []
        tables, told = self._weeks(form, boxes, form.weeks, beside), self._told(form)
        width, white = self._composer.look.width, self._composer.look.gap * _ACROSS
        return any(is_room(rows, table, told, width, white) for rows, table in product(drawn, tables))

    def _flowed(
        self, boxes: Boxes, scale: float, *, whole: bool, beside: bool, again: bool
    ) -> Iterator[Flowed]:
        c, exercise = self._composer, self._exercise
        gap, forms = c.look.gap, exercise.by_form
        for form, later in zip_longest(forms, forms[1:]):
            place = destination_of(form)
            names = Flowed(self._names(form, 1), before=gap, keep=True, stretch=gap * 4, destination=place)
            later_names = Flowed(self._names(form, 2), before=gap * 0.3, keep=True, stretch=gap * 1.5)
            frame, said, after = (
                own_words(c, form),
                mistakes_and_care(c, form),
                where_next(c, later.weeks[0], destination_of(later)) if later and later.weeks else [],
            )
            # What goes wrong may stand on the last page of a form; what to take care of is beside the steps.
            for first in (said, [block for block in said if not is_mistakes(block)]):
                high, rest = (
                    c.look.height - extent([above, *frame, *words, *after], c.look.width, at_top=True) - gap
                    for above, words in ((names, first), (later_names, said))
                )
                parts = self._form(form, boxes, scale, (high, rest), whole=whole, beside=beside, again=again)
                if all(part.weeks for part in parts):
                    break
            last = [*(block for block in said if block not in first), *after]
            ends = [*(self._goes_on(form, part) if part.is_named else [] for part in parts[1:]), last]
            # What goes wrong stands below the steps: on the first page, or after rows that have one each.
            told = len(parts) if len(parts) > len(form.weeks) else 1
            for number, part in enumerate(parts, 1):
                above = names if number == 1 else later_names._replace(destination=_place(form, part))
                if part.weeks and len(parts) > 1:
                    done = form.in_weeks(part.weeks)
                    above = above._replace(
                        block=self._names(done, number, has_steps=told > 1 or part.has_steps)
                    )
                    frame = own_words(c, done)
                below = [*(first if number == told else ()), *ends[number - 1]]
                yield from (above, *frame)
                yield Flowed(part.block, before=gap * 0.3, keep=bool(below), stretch=gap * 1.5)
                yield from kept_together(c, below)

    def _goes_on(self, form: PlannedExercise, part: _Part) -> list[Flowed]:
        """Return the page of a later part of a form."""
        return where_next(self._composer, part.weeks[0], _place(form, part))

    def _names(self, form: PlannedExercise, number: int, *, has_steps: bool = False) -> Block:
        """Return the names above a part of a form; the first part has the number 1."""
        if number > 1:
            return continued(self._composer, form, has_steps=has_steps)
        return heading(self._composer, form, has_form_behind=self._has_form_behind)

    def _form(
        self,
        form: PlannedExercise,
        boxes: Boxes,
        scale: float,
        rooms: tuple[float, float],
        *,
        whole: bool,
        beside: bool,
        again: bool,
    ) -> list[_Part]:
        """Return drawings, weeks and steps of a form, in as few parts as can be.

        Args:
            rooms: height in points of the first part, and of each page that the form goes on to.
            whole: whether it is one part, also where that is higher.
            again: whether later parts have the steps again, where these have room beside the least drawings.
        """
        weeks = form.weeks
        found = self._first(form, boxes, beside, scale, weeks)
        if found.height(self._composer.look.width) <= rooms[0] or whole:
            return [_Part(found, weeks)]
        # Each part but the last one names the page of the next, where that leaves weeks on their pages.
        line = extent(self._goes_on(form, _Part(found, weeks)), self._composer.look.width, at_top=False)
        lower = rooms[0] - line, rooms[1] - line
        least, named = (self._parted(form, boxes, beside, self._least, r, False, ()) for r in (rooms, lower))
        if parts := self._in_parts(
            form, boxes, beside, scale, lower if named == least else rooms, again=again
        ):
            return [*parts[:1], *(part._replace(is_named=named == least) for part in parts[1:])]
        drawn = [*pictures(self._composer, form.main.panels, scale)] if form.main.panels else []
        rows = (_Part(self._lowest(self._weeks(form, boxes, (week,), beside)), (week,)) for week in weeks)
        return [*(_Part(_at_left(rows)) for rows in drawn[-1:]), *rows, _Part(self._told(form).block)]

    def _in_parts(
        self,
        form: PlannedExercise,
        boxes: Boxes,
        beside: bool,
        scale: float,
        rooms: tuple[float, float],
        *,
        again: bool,
    ) -> list[_Part]:
        """Return a form divided between its weeks; none where no division has room."""
        least = self._parted(form, boxes, beside, self._least, rooms, False, ())
        steps = self._parted(form, boxes, beside, self._least, rooms, True, ()) if again and least else ()
        has_steps = bool(steps) and len(steps) == len(least)
        parts = steps if has_steps else least
        if scale > self._least and least:
            parts = self._parted(form, boxes, beside, scale, rooms, has_steps, parts)
        if not parts:
            return []
        first = _Part(self._first(form, boxes, beside, scale, parts[0]), parts[0])
        room = rooms[1] if again else 0.0
        return [first, *(self._later_part(form, boxes, beside, scale, part, room) for part in parts[1:])]

    def _later_part(
        self, form: PlannedExercise, boxes: Boxes, beside: bool, scale: float, weeks: Weeks, room: float
    ) -> _Part:
        """Return some weeks for a page that the form goes on to, with steps if so many points hold them."""
        part = self._later(form, boxes, beside, scale, weeks, True)
        if part.height(self._composer.look.width) <= room:
            return _Part(part, weeks)
        return _Part(self._later(form, boxes, beside, scale, weeks, False), weeks, has_steps=False)

    def _divided(
        self,
        form: PlannedExercise,
        boxes: Boxes,
        beside: bool,
        scale: float,
        rooms: tuple[float, float],
        has_steps: bool,
        even: Division,
    ) -> Division:
        """Return the most even division of which all parts have room; none without.

        Args:
            even: what it is no less even than, if any: drawings do not grow for one week alone.
        """
        width = self._composer.look.width
        tried = no_less_even(form.weeks, even) if even else divisions(form.weeks)
        for division in tried:
            if (
                all(
                    self._later(form, boxes, beside, scale, part, has_steps).height(width) <= rooms[1]
                    for part in dict.fromkeys(division[1:])
                )
                and self._first(form, boxes, beside, scale, division[0]).height(width) <= rooms[0]
            ):
                return division
        return ()

    def _arranged(self, drawn: Sequence[Rows], tables: Sequence[Sized], told: Sized) -> Block:
        """Return the lowest way to set a form; on a page too narrow for any, all stands below each other."""
        look = self._composer.look
        ways = self._ways(drawn, tables, told)
        if found := min(ways, key=lambda way: way.height(look.width), default=None):
            return found
        boxed = [some.block for some in tables[-1:]]
        return Stack((*map(_at_left, drawn[-1:]), *boxed, told.block), look.gap * 0.8)

    def _ways(self, drawn: Sequence[Rows], tables: Sequence[Sized], told: Sized) -> Iterator[Arrangement]:
        """Yield the ways that have room: drawings, doses at their right or under them, then steps.

        Steps stand at the right of the doses where the page is wide enough, or under drawings and doses.
        """
        look = self._composer.look
        white, down = look.gap * _ACROSS, look.gap * 0.8
        right, across = partial(beside_drawings, low=False), partial(beside_drawings, low=True)
        arranged: tuple[Callable[..., Arrangement | None], ...] = (right, under_drawings, across)
        for arrange, rows, table in product(arranged, drawn, tables):
            if way := arrange(rows, table, told, look.width, white, down):
                yield way

    def _first(self, form: PlannedExercise, boxes: Boxes, beside: bool, scale: float, weeks: Weeks) -> Block:
        """Return the first weeks of a form, with its drawings and steps."""
        drawn = [*pictures(self._composer, form.main.panels, scale)] if form.main.panels else []
        return self._arranged(drawn, self._weeks(form, boxes, weeks, beside), self._told(form))

    def _later(
        self, form: PlannedExercise, boxes: Boxes, beside: bool, scale: float, weeks: Weeks, has_steps: bool
    ) -> Block:
        """Return some weeks of a form, for a page that the form goes on to, with its drawings once more."""
        c = self._composer
        tables, panels = self._weeks(form, boxes, weeks, beside), form.main.panels
        drawn = [*pictures(c, panels, scale, again=True)] if panels else []
        if has_steps:
            return self._arranged(drawn, tables, self._told(form))
        return Stack((*map(_at_left, drawn[-1:]), self._lowest(tables)), c.look.gap * 0.4)

    def _lowest(self, tables: Sequence[Sized]) -> Block:
        return min((table.block for table in tables), key=lambda one: one.height(self._composer.look.width))

    def _tables(
        self, form: PlannedExercise, boxes: Boxes, weeks: tuple[int, ...], beside: bool
    ) -> list[Sized]:
        """Return some weeks of a form with doses `beside` or above them; none where a page is too narrow.

        Many weeks stand in more tables beside each other where the page is wide enough.
        """
        return [*self._set(form, boxes, weeks, beside)]

    def _set(
        self, form: PlannedExercise, boxes: Boxes, weeks: tuple[int, ...], beside: bool
    ) -> Iterator[Sized]:
        """Yield some weeks of a form with doses beside or above them, the narrowest way last."""
        most = self._composer.look.width
        for rows in self._rows(form, boxes, beside):
            for count in range(-(-len(weeks) // _MANY_WEEKS), 0, -1):
                width = rows.width(count)
                if count == 1 or width <= most:
                    table = Measured(Awaited(partial(rows.block, count, weeks)))
                    yield Sized(table, min(width, most), rows.most_width(count))

    def _in_rows(self, form: PlannedExercise, boxes: Boxes, beside: bool) -> list[WeekRows]:
        """Return the ways to name weeks; none where doses have no room beside them and should have."""
        ways: tuple[Dates, ...] = ("both", "below")
        tried = (WeekRows(self._composer, form, boxes, beside, dates, loose=True) for dates in ways)
        return [rows for rows in tried if rows.is_beside == beside]

    def _words(self, form: PlannedExercise) -> Sized:
        """Return the steps of a form."""
        c = self._composer
        style = c.look.cell
        told = c.numbered([Paragraph(c.text(text, style)) for _, text in form.main.steps], style, gap=0.0)
        return Sized(Measured(told), min(style.size * _LEAST_STEPS, c.look.width), c.long_measure)


def _place(form: PlannedExercise, part: _Part) -> str:
    """Return the destination at a later part of a form; nothing for one without weeks."""
    return f"week {part.weeks[0]} of {destination_of(form)}" if part.weeks else ""


def _at_left(rows: Rows) -> Block:
    """Return drawings in rows, no wider than they are."""
    return Columns((rows.block, Space(0.0)), (rows.width, 1.0))
