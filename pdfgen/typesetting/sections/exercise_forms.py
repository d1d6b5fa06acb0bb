"""Forms of an exercise as blocks: weeks and name, drawings, doses and steps, at any size of the drawings."""

from __future__ import annotations

from functools import cache

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Arrangement, Measured, Part, Sized
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_doses import dose_ways
from pdfgen.typesetting.sections.exercise_heading import form_heading
from pdfgen.typesetting.sections.exercise_pictures import arranged, pictures
from pdfgen.typesetting.sections.exercise_steps import steps
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings, see_above
from pdfgen.typesetting.text import average_character_width
from pdfgen.typesetting.twins import matched, matched_blocks

#: Steps keep lines of so many characters beside drawings.
_LEAST_CHARACTERS = 26
#: The foot of a page takes so many sizes of running text beside drawings, with its sign: a line holds
#: "physiotherapist.". And white between both, in gaps.
_LEAST_FOOT, _ACROSS = 8.6, 2.5
#: White under the heading of a form, and between what is set part by part, in gaps.
_UNDER_HEADING, _BETWEEN_PARTS = 0.8, 1.2


class FormBlocks:
    """One form of an exercise, whole or in two parts, at a scale in points a millimetre of its drawings."""

    def __init__(self, c: Composer, form: PlannedExercise) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(form)

        self._composer, self._panels = c, form.main.panels
        self._heading = matched_blocks(c, lambda copy: form_heading(copy, of(copy)))
        self._again = matched_blocks(c, lambda copy: form_heading(copy, of(copy), again=True))
        self._see_above = [matched(c, see_above)] if goes_before_drawings(form) else []
        self._doses = dose_ways(c, form)
        self._steps = Measured(matched(c, lambda copy: steps(copy, of(copy))))
        size = c.look.body.size
        least = _LEAST_CHARACTERS * average_character_width(c.family, size) + size * 1.6
        self._told = Sized(self._steps, min(least, c.look.width), c.look.width)
        self.whole = cache(self._whole)
        self.first = cache(self._first)
        self.rest = cache(self._rest)

    @property
    def drawings(self) -> int:
        """How many drawings it has."""
        return len(self._panels)

    @property
    def is_upright(self) -> bool:
        """Whether all its drawings are of somebody who stands or sits."""
        figures = (self._composer.figures[panel.figure] for panel in self._panels)
        return all(figure.height > figure.width for figure in figures)

    def _whole(self, scale: float) -> Block:
        """Return the form in the arrangement that is lowest."""
        return self._under_heading(arranged(self._composer, self._panels, scale, self._doses, self._told))

    def _first(self, scale: float, shown: int, *, doses: bool) -> Block:
        """Return what comes on the first of two pages: so many drawings; after the last, the doses if so."""
        dosed = self._doses if doses and shown == self.drawings else ()
        return self._under_heading(arranged(self._composer, self._panels[:shown], scale, dosed))

    def _rest(self, scale: float, shown: int, *, doses: bool) -> Block:
        """Return what comes on the second of two pages, where the first one has that much."""
        c = self._composer
        if shown < self.drawings:
            rest = arranged(c, self._panels[shown:], scale, self._doses, self._told)
            return Measured(Stack((*self._again, *self._see_above, rest), c.look.gap * _UNDER_HEADING))
        said = [] if doses else [way.block for way in self._doses[:1]]
        return Measured(Stack((*self._again, *said, self._steps), c.look.gap * _BETWEEN_PARTS))

    def beside(self, scale: float, shown: int, foot: Block) -> Block | None:
        """Return so many drawings with the foot of their page at the right of the last; None without room."""
        c = self._composer
        drawn = min(pictures(c, self._panels[:shown], scale), key=lambda rows: rows.block.height(rows.width))
        block, x = self.first(scale, shown, doses=False), drawn.width + c.look.gap * _ACROSS
        width = c.look.width - x
        if width < _LEAST_FOOT * c.look.body.size:
            return None
        y = block.height(c.look.width) - foot.height(width)
        return Measured(Arrangement((Part(block, 0.0, 0.0, c.look.width), Part(foot, x, y, width))))

    def going_on(self, part: Block) -> Block:
        """Return a part of the form at the top of a further page, under weeks and name."""
        return Measured(Stack((*self._again, part), self._composer.look.gap * _UNDER_HEADING))

    def parts(self, scale: float) -> list[Block]:
        """Return the form in its smallest parts, which go on from page to page."""
        drawn = next(iter(pictures(self._composer, self._panels, scale)), None)
        first, *others = drawn.rows if drawn is not None else (Stack(()),)
        return [self._under_heading(first), *others, *(way.block for way in self._doses[:1]), self._steps]

    def _under_heading(self, block: Block) -> Block:
        blocks = (*self._heading, *self._see_above, block)
        return Measured(Stack(blocks, self._composer.look.gap * _UNDER_HEADING))
