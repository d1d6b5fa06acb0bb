"""One exercise with its weeks: its name, then a block for each of its forms.

A block has what is meant for this patient only, all drawings of the form, a row for each of its weeks with a
box on each planned day, its steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.day_boxes import Boxes
from pdfgen.typesetting.sections.exercise_names import continued, heading
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_row_words import (
    is_mistakes,
    kept_together,
    mistakes_and_care,
    own_words,
    where_next,
)
from pdfgen.typesetting.sections.form_rows import FormRows


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
        self._forms = [FormRows(c, form, self._least) for form in exercise.by_form]
        self.has_room = cache(self._is_room)
        self._set_as = cache(self._blocks)

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
        forms = zip(self._forms, self._exercise.by_form, strict=True)
        return all(rows.is_room(boxes, scale * self._least, beside) for rows, form in forms if form.weeks)

    def _flowed(
        self, boxes: Boxes, scale: float, *, whole: bool, beside: bool, again: bool
    ) -> Iterator[Flowed]:
        c, exercise = self._composer, self._exercise
        gap, forms = c.look.gap, exercise.by_form
        for rows, form, later in zip_longest(self._forms, forms, forms[1:]):
            place = destination_of(form)
            names = Flowed(self._names(form, 1), before=gap, keep=True, stretch=gap * 4, destination=place)
            later_names = Flowed(self._names(form, 2), before=gap * 0.3, keep=True, stretch=gap * 1.5)
            frame, said, after = (
                own_words(c, form),
                mistakes_and_care(c, form),
                where_next(c, later.weeks[0], destination_of(later)) if later and later.weeks else [],
            )
            # What to take care of stands on each page; what goes wrong on the first one, or where that has no
            # room on the last one.
            careful = [block for block in said if not is_mistakes(block)]
            for first, last in ((said, careful), (careful, said)):
                high, rest = (
                    c.look.height - extent([above, *frame, *words, *after], c.look.width, at_top=True) - gap
                    for above, words in ((names, first), (later_names, last))
                )
                parts = rows.parts(boxes, scale, (high, rest), whole=whole, beside=beside, again=again)
                if len(parts) == 1 or all(part.weeks for part in parts):
                    break
            below = [first, *([careful] * (len(parts) - 2)), last][: len(parts)]
            named = (rows.goes_on(later) if part.names_next else [] for part, later in pairwise(parts))
            ends = [*named, after]
            # After rows that have a part each all of it stands below the steps.
            told = len(parts) if len(parts) > len(form.weeks) else 1
            for number, part in enumerate(parts, 1):
                above = names if number == 1 else later_names._replace(destination=rows.place(part))
                if part.weeks and len(parts) > 1:
                    done = form.in_weeks(part.weeks)
                    above = above._replace(
                        block=self._names(done, number, has_steps=told > 1 or part.has_steps)
                    )
                    frame = own_words(c, done)
                words = below[number - 1] if told == 1 else said if number == told else []
                foot = [*words, *ends[number - 1]]
                yield from (above, *frame)
                yield Flowed(part.block, before=gap * 0.3, keep=bool(foot), stretch=gap * 1.5)
                yield from kept_together(c, foot)

    def _names(self, form: PlannedExercise, number: int, *, has_steps: bool = False) -> Block:
        """Return the names above a part of a form; the first part has the number 1."""
        if number > 1:
            return continued(self._composer, form, has_steps=has_steps)
        return heading(self._composer, form, has_form_behind=self._has_form_behind)
