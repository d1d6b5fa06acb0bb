"""Exercises with their forms: name, what is meant for this patient, drawings, doses, steps, what goes wrong.

An exercise has a page of its own, and further ones where its drawings would fall below their least size. All
its drawings have one scale, the largest with which it takes no more pages. Type never shrinks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.arrangement import Sized
from pdfgen.typesetting.blocks import Block, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import ROUNDING, Flowed
from pdfgen.typesetting.sections.exercise_doses import dose_ways
from pdfgen.typesetting.sections.exercise_heading import continuation, exercise_heading, form_heading
from pdfgen.typesetting.sections.exercise_pictures import arranged, least_scale, pictures
from pdfgen.typesetting.sections.exercise_steps import steps, video_row
from pdfgen.typesetting.sections.exercise_words import framed, mistakes, other_forms, personal_lines
from pdfgen.typesetting.text import average_character_width
from pdfgen.typesetting.twins import matched, matched_blocks

#: Drawings grow to so many times their least size where there is room.
_LARGEST = 1.6
#: Sizes between the least and the largest that are tried.
_SIZES = 15
#: Steps keep lines of so many characters beside drawings.
_LEAST_CHARACTERS = 26
#: White between the parts of a page, and what may be added to it on a page that is not full, in gaps.
_BETWEEN, _MOST_ADDED = 1.2, 2.5
#: A further page of which less is used looks like a mistake, and gets more of the page before it; a page that
#: goes on to another one is used so far where the size of the drawings can see to that.
_LEAST_FILLED, _WELL_FILLED = 0.55, 0.75

Pages = list[list[Block]]
_Part = Literal["whole", "apart", "drawings", "doses"]


def compose(c: Composer) -> list[Flowed]:
    """Return a block for each page of each exercise."""
    copies = (c,) if c.twin is None else (c, c.turned())
    headings = [exercise_heading(copy, exercise) for copy in copies for exercise in copy.plan.exercises]
    stacked = not all(heading.fits_one_line(c.look.width) for heading in headings)
    pages = (page for e in c.plan.exercises for page in _Exercise(c, e, stacked=stacked).pages())
    return [Flowed(page, new_page=True) for page in pages]


class _Form:
    """One form of an exercise: weeks and name, drawings, doses and steps, at any scale of the drawings."""

    def __init__(self, c: Composer, form: PlannedExercise) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(form)

        self._composer, self._panels = c, form.main.panels
        self._heading = matched_blocks(c, lambda copy: form_heading(copy, of(copy)))
        self._doses = dose_ways(c, form)
        self.steps = matched(c, lambda copy: steps(copy, of(copy)))
        size = c.look.body.size
        least = _LEAST_CHARACTERS * average_character_width(c.family, size) + size * 1.6
        self._told = Sized(self.steps, min(least, c.look.width), c.look.width)
        self.whole = cache(self._whole)

    def _whole(self, scale: float) -> Block:
        """Return the form in the arrangement that is lowest."""
        return self._under_heading(arranged(self._composer, self._panels, scale, self._doses, self._told))

    def parted(self, scale: float, *, doses: bool) -> tuple[Block, Block]:
        """Return the form in two parts: drawings, with the doses or without, and what comes below."""
        shown = arranged(self._composer, self._panels, scale, self._doses if doses else ())
        left = [] if doses else [way.block for way in self._doses[:1]]
        return self._under_heading(shown), Stack((*left, self.steps), self._composer.look.gap * 1.2)

    def parts(self, scale: float, *, doses: bool = True) -> list[Block]:
        """Return the form up to its steps in its smallest parts, with its doses or without."""
        rows = next(iter(pictures(self._composer, self._panels, scale)), None)
        first, *others = rows.block.blocks if rows is not None else (Stack(()),)
        said = [way.block for way in self._doses[:1]] if doses else []
        return [self._under_heading(first), *others, *said]

    def _under_heading(self, block: Block) -> Block:
        return Stack((*self._heading, block), self._composer.look.gap * 0.8)


class _Setting(NamedTuple):
    """How the parts of an exercise are divided over pages.

    Attributes:
        part: what of the last form may stand on the page before its steps: its drawings alone, or with the
            doses; it is not parted with `whole`, nor with `apart`, where it starts a page.
        others: whether easier and harder forms that nobody prescribed are told.
    """

    scale: float
    part: _Part = "whole"
    others: bool = False


#: Ways to part an exercise of one form, and one of several.
_PARTED: tuple[_Part, ...] = ("doses", "drawings")
_APART: tuple[_Part, ...] = ("apart", "doses", "drawings")


class _Exercise:
    """An exercise whose drawings can still take one size or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise, *, stacked: bool) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(exercise)

        self._composer, self._exercise = c, exercise
        self._heading = matched(c, lambda copy: _heading(copy, of(copy), stacked=stacked))
        self._continued = matched(c, lambda copy: continuation(copy, of(copy)))
        self._own = matched_blocks(c, lambda copy: personal_lines(copy, of(copy), copy.look.body))
        self._forms = [_Form(c, form) for form in exercise.by_form]
        self._mistakes = matched_blocks(c, lambda copy: mistakes(copy, of(copy)))
        self._others = matched_blocks(c, lambda copy: other_forms(copy, of(copy)))
        self._video = [matched(c, lambda copy: video_row(copy, exercise.video))] if exercise.video else []
        self._divided = cache(self._divide)

    def pages(self) -> list[Block]:
        """Return the pages with the largest drawings with which they are as few as they can be."""
        least = self._least()
        setting = self._evenest(_Setting(least))
        fewest = len(self._divided(setting))
        scales = [least * (_LARGEST - (_LARGEST - 1) * step / _SIZES) for step in range(_SIZES + 1)]
        # Smaller drawings never need more pages, so the scales need not all be tried.
        first = bisect_left(
            scales, True, key=lambda scale: len(self._divided(setting._replace(scale=scale))) <= fewest
        )
        larger = [setting._replace(scale=scale) for scale in scales[first:]] or [setting]
        setting = next((one for one in larger if self._is_even(self._divided(one))), larger[0])
        told = setting._replace(others=True)
        pages = self._divided(told if len(self._divided(told)) <= fewest else setting)
        return [self._page(page) for page in pages]

    def _evenest(self, setting: _Setting) -> _Setting:
        """Return the setting that parts the last form most evenly where mistakes would have a page alone.

        Drawings stay with their steps where a form can have a page of its own instead.
        """
        pages = self._divided(setting)
        has_mistakes_alone = len(pages) > 1 and len(pages[-1]) == 2
        if not has_mistakes_alone or self._filled(pages[-1]) >= _LEAST_FILLED:
            return setting
        ways = [setting._replace(part=part) for part in (_PARTED if len(self._forms) == 1 else _APART)]
        fewest = min(len(self._divided(way)) for way in (*ways, setting))
        few = [way for way in (*ways, setting) if len(self._divided(way)) == fewest]
        if few[0].part == "apart":
            return few[0]
        return max(few, key=lambda way: min(map(self._filled, self._divided(way))))

    def _is_even(self, pages: Pages) -> bool:
        return all(self._filled(page) >= _WELL_FILLED for page in pages[:-1])

    def _least(self) -> float:
        """Return the least scale of all its drawings."""
        c, options = self._composer, self._composer.layout.exercises
        panels = [panel for form in self._exercise.shown_forms for panel in form.panels]
        scales = [least_scale(c, panel, options.lying, options.standing) for panel in panels]
        widest = max(
            (c.figures[p.figure].width for f in self._exercise.shown_forms for p in f.panels), default=1.0
        )
        return min(max(scales, default=1.0), (c.look.width - 2 * c.letter_radius) / widest)

    def _divide(self, setting: _Setting) -> Pages:
        """Return the parts of the exercise, page by page."""
        scale, gap = setting.scale, self._composer.look.gap * 0.5
        own = self._framed(self._own)
        last = [*self._mistakes, *self._video]
        *earlier, final = self._forms
        blocks = [(form.whole(scale), [*form.parts(scale), form.steps]) for form in earlier]
        if setting.part in ("whole", "apart"):
            blocks.append((final.whole(scale), [*final.parts(scale), final.steps]))
            words = [(Stack(tuple(last), gap), last)]
        else:
            doses = setting.part == "doses"
            shown, below = final.parted(scale, doses=doses)
            blocks.append((shown, final.parts(scale, doses=doses)))
            words = [(Stack((below, Stack(tuple(last), gap)), self._gap), [below, *last])]
        if setting.others and self._others:
            words.append((Stack(tuple(self._others), gap), [*self._others]))
        pages: Pages = [[self._heading, *own]]
        if not self._fits(pages[0]):
            frames = [frame for line in self._own for frame in self._framed([line])]
            pages = self._flowing([self._heading], frames, [])
        for index, (block, parts) in enumerate(blocks):
            if setting.part == "apart" and index and index == len(blocks) - 1:
                pages.append([self._continued, *own])
            self._add(pages, block, parts, own)
        for block, parts in words:
            self._add(pages, block, parts, [])
        return pages

    def _add(self, pages: Pages, block: Block, parts: Sequence[Block], own: Sequence[Block]) -> None:
        """Add a block to the last page or to a new one, under `own`; in parts where no page holds both."""
        if self._fits([*pages[-1], block]):
            pages[-1].append(block)
        elif self._fits([self._continued, *own, block]):
            pages.append([self._continued, *own, block])
        elif not own and self._fits([self._continued, block]):
            pages.append([self._continued, block])
        else:
            pages[-1:] = self._flowing(pages[-1], parts, own)

    def _flowing(self, page: list[Block], parts: Sequence[Block], own: Sequence[Block]) -> Pages:
        """Return a page and those after it, with parts that go on from one to the next."""
        pages = [page]
        for part in parts:
            if self._fits([*pages[-1], part]):
                pages[-1].append(part)
                continue
            further = [self._continued, *own, part]
            pages.append(further if self._fits(further) else [self._continued, part])
        return pages

    @property
    def _gap(self) -> float:
        return self._composer.look.gap * _BETWEEN

    def _framed(self, lines: Sequence[Block]) -> list[Block]:
        return [framed(self._composer, lines)] if lines else []

    def _height(self, page: Sequence[Block]) -> float:
        c = self._composer
        return sum(block.height(c.look.width) + self._gap for block in page) - self._gap

    def _fits(self, page: Sequence[Block]) -> bool:
        return self._height(page) <= self._composer.look.height + ROUNDING

    def _filled(self, page: Sequence[Block]) -> float:
        """Return the part of a page that is used."""
        return self._height(page) / self._composer.look.height

    def _page(self, parts: Sequence[Block]) -> Block:
        """Return the parts of a page, with the white that is left spread between them."""
        c = self._composer
        free = (c.look.height - self._height(parts)) / max(1, len(parts) - 1)
        added = max(0.0, min(free, c.look.gap * _MOST_ADDED))
        return Stack(tuple(parts), self._gap + added, role="Sect")


def _heading(c: Composer, exercise: PlannedExercise, *, stacked: bool) -> Block:
    """Return number and name, what kind of exercise it is, and what it is for."""
    heading = exercise_heading(c, exercise, stacked=stacked)
    return Stack(
        (heading, c.space(0.6), Rule(c.look.accent, 1.0), c.space(0.6), c.paragraph(exercise.purpose))
    )
