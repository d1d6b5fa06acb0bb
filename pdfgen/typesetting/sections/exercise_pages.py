"""The pages of one exercise: which of its parts stand together, and how large its drawings are.

Each form stands on one page, or parted over two that face each other: drawings at the left, steps at the
right. The drawings of an exercise have one scale, the largest with which each page holds what stands on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.typesetting.blocks import Block, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import EMPTIEST_FOOT, ROUNDING
from pdfgen.typesetting.sections.exercise_forms import FormBlocks
from pdfgen.typesetting.sections.exercise_heading import continuation, exercise_heading
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_steps import video_row
from pdfgen.typesetting.sections.exercise_words import framed, mistakes, other_forms, personal_lines
from pdfgen.typesetting.sections.own_questions import foot
from pdfgen.typesetting.twins import matched, matched_blocks

#: Drawings grow to so many times their least size where there is room, in so many steps.
_LARGEST, _SIZES = 2.0, 20
#: White between the parts of a page, in gaps: the least, what drawings leave where they grow, and the most.
_LEAST_BETWEEN, _BETWEEN, _MOST_BETWEEN = 0.7, 1.2, 5.2
#: White between what is said after all forms, in gaps.
_END = 0.5
#: A page of which less is used looks like a mistake.
_LEAST_FILLED = 0.4
#: So many ways to divide an exercise are followed from form to form.
_MOST_WAYS = 24


class Piece(NamedTuple):
    """What stands together on a page: a form or one of its two parts, or what is said after all forms.

    Attributes:
        shown, doses: what comes on the first page of a form that is parted: how many drawings, and whether
            the doses do.
    """

    kind: Literal["whole", "first", "rest", "end"]
    form: int = -1
    shown: int = 0
    doses: bool = False


Pages = tuple[tuple[Piece, ...], ...]


class Way(NamedTuple):
    """A way to divide an exercise over pages.

    Attributes:
        pages: the pieces of each page.
        scale: the largest of the drawings with which no page is too full.
        evenness: how full the emptiest page is, from 0 to 1.
        flaws: pages that are nearly empty, and those that have what is said after all forms alone.
        torn: forms whose drawings are on two pages.
        uneven: pages with an empty foot, but for the last one.
    """

    pages: Pages
    scale: float = 1.0
    evenness: float = 1.0
    flaws: int = 0
    torn: int = 0
    uneven: int = 0

    @property
    def parted(self) -> int:
        """How many forms are parted over two pages."""
        return sum(_is_parted(page) for page in self.pages)

    def cost(self, first_page: int) -> tuple[float, ...]:
        """Return what is wrong with it where it begins on that page: the lower, the better.

        What is parted over the front and the back of one leaf cannot be looked at together.
        """
        overleaf = sum(_is_parted(page) and (first_page + index) % 2 for index, page in enumerate(self.pages))
        return (overleaf + self.flaws, self.torn, self.uneven, len(self.pages), self.parted, -self.evenness)


class ExercisePages:
    """An exercise that can still be divided over pages in one way or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise, *, stacked: bool) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(exercise)

        self._composer, self._exercise = c, exercise
        self._heading = matched(c, lambda copy: _heading(copy, of(copy), stacked=stacked))
        self._continued = matched(c, lambda copy: continuation(copy, of(copy)))
        self._own = matched_blocks(c, lambda copy: personal_lines(copy, of(copy), copy.look.body))
        self._own_again = matched_blocks(
            c, lambda copy: personal_lines(copy, of(copy), copy.look.body, again=True)
        )
        self._forms = [FormBlocks(c, form) for form in exercise.by_form]
        said = matched_blocks(c, lambda copy: mistakes(copy, of(copy)))
        video = [matched(c, lambda copy: video_row(copy, exercise.video))] if exercise.video else []
        self._said = [*said, *video]
        self._others = matched_blocks(c, lambda copy: other_forms(copy, of(copy)))
        panels = [panel for form in exercise.shown_forms for panel in form.panels]
        self._widest = max((c.figures[panel.figure].width for panel in panels), default=1.0)
        self._least = self._least_scale(panels)
        self.unparted = cache(self._unparted)
        self.ways = cache(self._ways)
        self._unplanned = cache(self._flowing)

    def _unparted(self) -> Way | None:
        """Return the best way in which no form is parted; None where each has a flaw."""
        ways = (way for way in self._divided(parted=False) if not way.flaws)
        return min(ways, key=lambda way: way.cost(0), default=None)

    def _ways(self) -> list[Way]:
        """Return all ways; none where some page would be too full in each.

        A page that has what is said after all forms alone may have one with lines for questions beside it.
        """
        ways = self._divided(parted=True)
        return [
            *ways,
            *(way._replace(pages=(*way.pages, ())) for way in ways if way.pages[-1][0].kind == "end"),
        ]

    def set_as(self, way: Way | None) -> list[Block]:
        """Return the pages in a way, with the largest drawings that they hold; without one as they come."""
        if way is None:
            return [self._with_questions(self._page(page)) for page in self._unplanned()]
        pages = [self._blocks(index, page, way.scale) for index, page in enumerate(way.pages)]
        told = Stack(tuple(self._others), self._composer.look.gap * _END)
        last = pages[-1] if way.pages[-1] else pages[-2]
        if self._others and self._fits([*last, told]):
            last.append(told)
        return [self._with_questions(self._page(page)) for page in pages]

    def _largest(self, pages: Pages) -> float:
        """Return the largest scale of the drawings with which no page is too full."""

        def is_too_full(scale: float) -> bool:
            return not all(self._fits(self._blocks(i, page, scale), _BETWEEN) for i, page in enumerate(pages))

        largest = min(self._least * _LARGEST, self._composer.look.width / self._widest)
        scales = [self._least + (largest - self._least) * step / _SIZES for step in range(_SIZES + 1)]
        # What holds larger drawings also holds smaller ones, so the scales need not all be tried.
        return scales[max(1, bisect_left(scales, True, key=is_too_full)) - 1]

    def _least_scale(self, panels: Sequence[PlannedPanel]) -> float:
        """Return the least scale of all its drawings."""
        c, options = self._composer, self._composer.layout.exercises
        scales = [least_scale(c, panel, options.lying, options.standing) for panel in panels]
        return min(max(scales, default=1.0), (c.look.width - 2 * c.letter_radius) / self._widest)

    def _divided(self, *, parted: bool) -> list[Way]:
        """Return the ways in which no page is too full with the smallest drawings."""
        found: list[Pages] = [((),)]
        for index in range(len(self._forms)):
            longer = [pages for way in found for pages in self._with_form(way, index, parted=parted)]
            found = sorted(longer, key=lambda pages: (len(pages), Way(pages).parted))[:_MOST_WAYS]
        ended = [pages for way in found for pages in self._with(way, (Piece("end"),))]
        return [self._judged(pages) for pages in ended]

    def _with_form(self, pages: Pages, index: int, *, parted: bool) -> Iterator[Pages]:
        """Yield the pages with one more form, whole or in two parts."""
        yield from self._with(pages, (Piece("whole", index),))
        form = self._forms[index]
        for shown in range(1, form.drawings + 1) if parted else ():
            yield from self._with(pages, _two_parts(index, shown, doses=False))
            if form.has_doses and shown == form.drawings:
                yield from self._with(pages, _two_parts(index, shown, doses=True))

    def _with(self, pages: Pages, pieces: Sequence[Piece]) -> Iterator[Pages]:
        """Yield the pages with one more piece on the last page or a new one; a second one begins a page."""
        piece, *others = pieces
        further = tuple((other,) for other in others)
        begun = [(*pages[:-1], (*pages[-1], piece))]
        if pages[-1]:
            begun.append((*pages, (piece,)))
        for longer in begun:
            changed = enumerate((longer[-1], *further), len(longer) - 1)
            if all(self._fits(self._blocks(index, page, self._least)) for index, page in changed):
                yield (*longer, *further)

    def _judged(self, pages: Pages) -> Way:
        """Return a way with its largest drawings, and what is to be said of its pages then."""
        look, scale = self._composer.look, self._largest(pages)
        blocks = [self._blocks(index, page, scale) for index, page in enumerate(pages)]
        filled = [self._page(page).height(look.width) / look.height for page in blocks]
        alone = sum(page[0].kind == "end" for page in pages)
        thin = sum(part < _LEAST_FILLED for part in filled)
        fullest = 1 - EMPTIEST_FOOT * look.page_height / look.height
        empty = sum(part < fullest for part in filled[:-1])
        torn = sum(
            page[-1].kind == "first" and self._has_drawings(after[0]) for page, after in pairwise(pages)
        )
        return Way(pages, scale, min(filled), alone + thin, torn, empty)

    def _blocks(self, index: int, page: Sequence[Piece], scale: float) -> list[Block]:
        """Return what stands on a page: its heading, what is meant for this patient, its pieces."""
        has_own = not index or any(self._has_drawings(piece) for piece in page)
        own = self._framed(self._own_again if index else self._own) if has_own else []
        blocks = [block for piece in page for block in self._set(piece, scale)]
        return [self._continued if index else self._heading, *own, *blocks]

    def _has_drawings(self, piece: Piece) -> bool:
        if piece.kind == "rest":
            return piece.shown < self._forms[piece.form].drawings
        return piece.kind != "end"

    def _set(self, piece: Piece, scale: float) -> list[Block]:
        if piece.kind == "end":
            return [Stack(tuple(self._said), self._composer.look.gap * _END)]
        form = self._forms[piece.form]
        if piece.kind == "whole":
            return [form.whole(scale)]
        if piece.kind == "first":
            return [form.first(scale, piece.shown, doses=piece.doses)]
        return form.rest(scale, piece.shown, doses=piece.doses)

    @property
    def pages_unplanned(self) -> int:
        """How many pages it takes without a way."""
        return len(self._unplanned())

    def _flowing(self) -> list[list[Block]]:
        """Return the pages of an exercise with more than any way has room for: part after part."""
        pages = [[self._heading]]
        own = self._framed(self._own)
        if not self._fits([self._heading, *own]):
            own = [frame for line in self._own for frame in self._framed([line])]
        forms = [part for form in self._forms for part in form.parts(self._least)]
        for part in (*own, *forms, *self._said):
            if self._fits([*pages[-1], part]):
                pages[-1].append(part)
                continue
            further = [self._continued, *own, part] if part in forms else []
            pages.append(further if further and self._fits(further) else [self._continued, part])
        return pages

    def _framed(self, lines: Sequence[Block]) -> list[Block]:
        return [framed(self._composer, lines)] if lines else []

    def _white(self, page: Sequence[Block]) -> float:
        """Return the white that a page has between each two of its parts, in points."""
        look = self._composer.look
        return (look.height - sum(block.height(look.width) for block in page)) / max(1, len(page) - 1)

    def _fits(self, page: Sequence[Block], between: float = _LEAST_BETWEEN) -> bool:
        """Whether a page has so much white between its parts, in gaps."""
        rounding = ROUNDING / max(1, len(page) - 1)
        return self._white(page) >= self._composer.look.gap * between - rounding

    def _page(self, parts: Sequence[Block]) -> Stack:
        """Return the parts of a page, with the white that is left spread between them."""
        most = self._composer.look.gap * _MOST_BETWEEN
        return Stack(tuple(parts), min(self._white(parts), most), role="Sect")

    def _with_questions(self, page: Stack) -> Stack:
        """Return a page with lines for questions where its foot would be empty."""
        c = self._composer
        room = c.look.height - page.height(c.look.width)
        if room <= EMPTIEST_FOOT * c.look.page_height:
            return page
        return page._replace(blocks=(*page.blocks, foot(c, room - page.gap)))


def _is_parted(page: Sequence[Piece]) -> bool:
    """Whether a page ends with the first part of a form."""
    return bool(page) and page[-1].kind == "first"


def _two_parts(form: int, shown: int, *, doses: bool) -> tuple[Piece, Piece]:
    return Piece("first", form, shown, doses), Piece("rest", form, shown, doses)


def _heading(c: Composer, exercise: PlannedExercise, *, stacked: bool) -> Block:
    """Return number and name, what kind of exercise it is, and what it is for."""
    heading = exercise_heading(c, exercise, stacked=stacked)
    return Stack(
        (heading, c.space(0.6), Rule(c.look.accent, 1.0), c.space(0.6), c.paragraph(exercise.purpose))
    )
