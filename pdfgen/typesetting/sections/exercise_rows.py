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
from pdfgen.typesetting.sections.exercise_places import goes_on
from pdfgen.typesetting.sections.exercise_words import personal_frame, personal_lines, run_in
from pdfgen.typesetting.sections.signs_place import sending
from pdfgen.typesetting.sections.week_rows import Dates, WeekRows
from pdfgen.typesetting.text_style import Span

#: Width that steps keep, in sizes of their type: lines of some 26 characters behind their numbers.
_LEAST_STEPS = 15.0
#: White between drawings and what is beside them, in gaps.
_ACROSS = 2.0
#: More weeks than these may stand in tables beside each other.
_MANY_WEEKS = 8
#: Before the number of an exercise, the name of what often goes wrong in it.
_MISTAKES = "mistakes of"
#: Part of the longest line for short sentences, whose letters are narrower than most.
_NARROW_LETTERS = 0.97


class _Part(NamedTuple):
    """What stands of a form on one page, with the weeks that have their rows there."""

    block: Block
    weeks: tuple[int, ...] = ()
    has_steps: bool = True


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
            frame, said, after = self._before(form), self._below(form), self._behind(later)
            rooms = [
                c.look.height - extent([above, *frame, *said, *after], c.look.width, at_top=True) - gap
                for above in (names, later_names)
            ]
            parts = self._form(
                form, boxes, scale, (rooms[0], rooms[1]), whole=whole, beside=beside, again=again
            )
            # What goes wrong stands below the steps: on the first page, or after rows that have one each.
            told = len(parts) if len(parts) > len(form.weeks) else 1
            for number, part in enumerate(parts, 1):
                above = names if number == 1 else later_names
                if part.weeks and len(parts) > 1:
                    done = form.in_weeks(part.weeks)
                    above = above._replace(
                        block=self._names(done, number, has_steps=told > 1 or part.has_steps)
                    )
                    frame = self._before(done)
                below = [*(said if number == told else ()), *(after if number == len(parts) else ())]
                yield from (above, *frame)
                yield Flowed(part.block, before=gap * 0.3, keep=bool(below), stretch=gap * 1.5)
                yield from self._kept(below)

    def _before(self, form: PlannedExercise) -> list[Flowed]:
        """Return what is meant for this patient, which goes before drawings and steps.

        Forms may stand on different pages, and one on more: each page has the words that go before it.
        """
        c, gap = self._composer, self._composer.look.gap
        if not (own := personal_lines(c, form, c.look.cell)):
            return []
        words = personal_frame(c, Stack(tuple(_long(c, line) for line in own), gap * 0.3), gap)
        notes = " ".join(note.words.text for note in form.notes)
        once = f"before {destination_of(form)}: {notes}"
        return [Flowed(words, before=gap * 0.3, keep=True, stretch=gap * 0.4, once=once)]

    def _names(self, form: PlannedExercise, number: int, *, has_steps: bool = False) -> Block:
        """Return the names above a part of a form; the first part has the number 1."""
        if number > 1:
            return continued(self._composer, form, has_steps=has_steps)
        return heading(self._composer, form, has_form_behind=self._has_form_behind)

    def _below(self, form: PlannedExercise) -> list[Flowed]:
        """Return what often goes wrong, and what to take care of."""
        c = self._composer
        said = ((c.strings.mistakes, form.mistakes), (c.strings.care, form.care))
        below = [Flowed(_said(c, name, " ".join(words))) for name, words in said if words]
        if form.mistakes:
            below[0] = below[0]._replace(once=f"{_MISTAKES} {form.number}")
        return self._kept(below)

    def _behind(self, later: PlannedExercise | None) -> list[Flowed]:
        """Return on which page the next form is."""
        if later is None or not later.weeks:
            return []
        return self._kept([Flowed(goes_on(self._composer, later), leads_to=destination_of(later))])

    def _kept(self, below: Sequence[Flowed]) -> list[Flowed]:
        """Return what stands below a form with its white, together on one page."""
        gap, last = self._composer.look.gap, len(below) - 1
        return [
            block._replace(before=gap * 0.3, stretch=gap * 0.4, keep=number < last)
            for number, block in enumerate(below)
        ]

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
        least = self._parted(form, boxes, beside, self._least, rooms, False, ())
        steps = self._parted(form, boxes, beside, self._least, rooms, True, ()) if again and least else ()
        has_steps = bool(steps) and len(steps) == len(least)
        if scale > self._least and least:
            parts = self._parted(form, boxes, beside, scale, rooms, has_steps, steps if has_steps else least)
        else:
            parts = steps if has_steps else least
        if parts:
            begun = _Part(self._first(form, boxes, beside, scale, parts[0]), parts[0])
            others = (
                _Part(self._later(form, boxes, beside, scale, part, has_steps), part, has_steps)
                for part in parts[1:]
            )
            return [begun, *others]
        drawn = [*pictures(self._composer, form.main.panels, scale)] if form.main.panels else []
        rows = (_Part(self._lowest(self._weeks(form, boxes, (week,), beside)), (week,)) for week in weeks)
        return [*(_Part(_at_left(rows)) for rows in drawn[-1:]), *rows, _Part(self._told(form).block)]

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
        return [*self._set(form.in_weeks(weeks), boxes, len(weeks), beside=beside)]

    def _set(self, form: PlannedExercise, boxes: Boxes, weeks: int, *, beside: bool) -> Iterator[Sized]:
        """Yield the weeks of a form with doses beside or above them, the narrowest way last."""
        c = self._composer
        ways: tuple[Dates, ...] = ("both", "below")
        for dates in ways:
            rows = WeekRows(c, form, boxes, beside, dates, loose=True)
            for count in range(-(-weeks // _MANY_WEEKS), 0, -1):
                width = rows.width(count)
                if rows.is_beside == beside and (count == 1 or width <= c.look.width):
                    table = Measured(Awaited(partial(rows.block, count)))
                    yield Sized(table, min(width, c.look.width), rows.most_width(count))

    def _words(self, form: PlannedExercise) -> Sized:
        """Return the steps of a form."""
        c = self._composer
        style = c.look.cell
        told = c.numbered([Paragraph(c.text(text, style)) for _, text in form.main.steps], style, gap=0.0)
        return Sized(Measured(told), min(style.size * _LEAST_STEPS, c.look.width), c.long_measure)


def is_mistakes(block: Flowed) -> bool:
    """Whether a block says what often goes wrong, which a page may say once for all forms of an exercise."""
    return block.once.startswith(_MISTAKES)


def _at_left(rows: Rows) -> Block:
    """Return drawings in rows, no wider than they are."""
    return Columns((rows.block, Space(0.0)), (rows.width, 1.0))


def _long(c: Composer, line: Block) -> Block:
    """Return a line of what is meant for this patient only, as long as it may be."""
    return line._replace(measure=c.long_measure) if isinstance(line, Paragraph) else line


def _said(c: Composer, name: str, words: str) -> Block:
    """Return a paragraph behind its name."""

    def block(said: Sequence[Span]) -> Block:
        text = c.text(run_in(name, *said), c.look.cell)
        return Paragraph(text, measure=c.long_measure * _NARROW_LETTERS)

    return sending(c, words, block)
