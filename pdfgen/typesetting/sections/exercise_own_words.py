"""What is meant for this patient with an exercise, in a frame, for each page that needs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_words import frame_before, personal_frame, personal_lines
from pdfgen.typesetting.twins import matched, matched_blocks

#: White between lines, and at their left and right, in gaps.
_BETWEEN, _ACROSS = 0.3, 1.2


class OwnWords:
    """Cautions, notes and side of an exercise."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        self._composer, self._exercise = c, exercise
        self._lines = matched_blocks(
            c, lambda copy: personal_lines(copy, copy.plan.counterpart(exercise), copy.look.body)
        )
        self.see_before = self._framed([matched(c, frame_before)]) if self._lines else []
        """What a page says that has no room for them, in a frame."""
        self.with_forms = cache(self._with_forms)

    def _with_forms(self, forms: Sequence[int]) -> list[Block]:
        """Return what is meant for this patient with some of the forms, by their index."""
        c, exercise = self._composer, self._exercise
        # What is done in no week has no form that is shown.
        shown = [form for index, form in enumerate(exercise.shown_forms) if index in forms]
        weeks = [week for form in shown for week in form.weeks]

        def lines(copy: Composer) -> list[Block]:
            told = copy.plan.counterpart(exercise).within(weeks)
            return personal_lines(copy, told, copy.look.body)

        return self._framed(matched_blocks(c, lines))

    def whole(self) -> list[Block]:
        """Return all of it in one frame."""
        return self._framed(self._lines)

    def apart(self) -> list[Block]:
        """Return each line in a frame of its own."""
        return [frame for line in self._lines for frame in self._framed([line])]

    def _framed(self, lines: Sequence[Block]) -> list[Block]:
        c = self._composer
        words = Stack(tuple(lines), c.look.gap * _BETWEEN)
        return [Measured(personal_frame(c, words, c.look.gap * _ACROSS))] if lines else []
