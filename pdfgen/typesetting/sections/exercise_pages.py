"""The pages of one exercise: which of its parts stand together, and how large its drawings are.

Each form stands on one page, or parted over two that face each other: drawings at the left, steps at the
right. The drawings of an exercise have one scale, the largest with which each page holds what stands on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import EMPTIEST_FOOT
from pdfgen.typesetting.sections.exercise_forms import FormBlocks
from pdfgen.typesetting.sections.exercise_heading import continuation, heading_with_purpose
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_spread import BETWEEN, finished, fits, page_of
from pdfgen.typesetting.sections.exercise_steps import video_row
from pdfgen.typesetting.sections.exercise_ways import Pages, Piece, Way, two_parts
from pdfgen.typesetting.sections.exercise_words import (
    care,
    frame_before,
    mistakes,
    other_forms,
    personal_frame,
    personal_lines,
)
from pdfgen.typesetting.twins import in_one_run, matched, matched_blocks

#: In large print drawings may be so much of their least size where a form would else have them on two pages.
_NEARLY_LEAST = 0.95
#: Drawings grow to so many times their least size where there is room, in so many steps.
_LARGEST, _SIZES = 2.0, 20
#: White between what is said after a form, in gaps.
_END = 0.5
#: A page of which less is used looks like a mistake.
_LEAST_FILLED = 0.4
#: So many ways to divide an exercise are followed from form to form.
_MOST_WAYS = 24


class ExercisePages:
    """An exercise that can still be divided over pages in one way or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise, *, stacked: bool) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(exercise)

        self._composer, self._exercise = c, exercise
        self._heading = Measured(
            matched(c, lambda copy: heading_with_purpose(copy, of(copy), stacked=stacked))
        )
        self._continued = Measured(matched(c, lambda copy: continuation(copy, of(copy))))
        self._lines = matched_blocks(c, lambda copy: personal_lines(copy, of(copy), copy.look.body))
        self._own_of = cache(self._own_words)
        self._see_before = self._framed([matched(c, frame_before)]) if self._lines else []
        self._forms = [FormBlocks(c, form) for form in exercise.by_form]
        self._wrong = matched_blocks(c, lambda copy: mistakes(copy, of(copy)))
        video = [matched(c, lambda copy: video_row(copy, exercise.video))] if exercise.video else []
        self._said = [*self._wrong, *map(Measured, video)]
        self._care = matched_blocks(c, lambda copy: care(copy, of(copy)))
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
        c, nearly = self._composer, self._least * _NEARLY_LEAST
        # Doses leave their drawings, for the page that faces these, before drawings become too small.
        ways = (
            self._divided(parted=True)
            or self._divided(parted=True, undosed=True)
            or (c.look.is_large and self._divided(parted=True, undosed=True, least=nearly))
            or self._divided(parted=True, undosed=True, torn=True)
        )
        return [
            *ways,
            *(way._replace(pages=(*way.pages, ())) for way in ways if way.pages[-1][0].kind == "end"),
        ]

    def set_as(self, way: Way | None) -> list[Block]:
        """Return the pages in a way, with the largest drawings that they hold; without one as they come."""
        if way is None:
            return finished(self._composer, self._unplanned())
        pages = self._pages(way)
        told = Stack(tuple(self._others), self._composer.look.gap * _END)
        last = pages[-1] if way.pages[-1] else pages[-2]
        if self._others and fits(self._composer, [*last, told]):
            last.append(told)
        return finished(self._composer, pages)

    def _pages(self, way: Way) -> list[list[Block]]:
        """Return the pages in a way, those of later forms with what often goes wrong too.

        Drawings grow less for it; pages that have no room for it even so say it with the first form alone.
        """
        has_room = partial(fits, self._composer)
        scale = self._largest(way.pages, min(self._least, way.scale), again=True)
        smaller = [self._blocks(i, page, scale, again=True) for i, page in enumerate(way.pages)]
        if all(map(has_room, smaller)):
            return smaller
        usual = [self._blocks(i, page, way.scale) for i, page in enumerate(way.pages)]
        more = [self._blocks(i, page, way.scale, again=True) for i, page in enumerate(way.pages)]
        return [longer if has_room(longer) else page for longer, page in zip(more, usual, strict=True)]

    def _largest(self, pages: Pages, least: float, *, again: bool = False) -> float:
        """Return the largest scale of the drawings, from the least on, with which no page is too full."""

        def is_too_full(scale: float) -> bool:
            blocks = (self._blocks(i, page, scale, again=again) for i, page in enumerate(pages))
            return not all(fits(self._composer, page, BETWEEN) for page in blocks)

        largest = min(self._least * _LARGEST, self._composer.look.width / self._widest)
        scales = [least + (largest - least) * step / _SIZES for step in range(_SIZES + 1)]
        # What holds larger drawings also holds smaller ones, so the scales need not all be tried.
        return scales[max(1, bisect_left(scales, True, key=is_too_full)) - 1]

    def _least_scale(self, panels: Sequence[PlannedPanel]) -> float:
        """Return the least scale of all its drawings."""
        c, options = self._composer, self._composer.layout.exercises
        scales = [least_scale(c, panel, options.lying, options.standing) for panel in panels]
        return min(max(scales, default=1.0), (c.look.width - 2 * c.letter_radius) / self._widest)

    def _divided(
        self, *, parted: bool, undosed: bool = False, torn: bool = False, least: float = 0.0
    ) -> list[Way]:
        """Return the ways in which no page is too full with the smallest drawings.

        Args:
            least: scale of the drawings, if it is not the least one of the layout.
            parted: whether forms may be parted over two pages.
            undosed: whether doses may be on the second of these, without drawings.
            torn: whether the drawings of one form may be on both.
        """
        least = least or self._least
        found: list[Pages] = [((),)]
        for index, form in enumerate(self._forms):
            shown = range(1 if torn else form.drawings, form.drawings + 1) if parted else range(0)
            pieces = [(Piece("whole", index),), *(two_parts(index, count) for count in shown)]
            pieces += [two_parts(index, form.drawings, doses=False)] if undosed else []
            longer = [pages for way in found for both in pieces for pages in self._with(way, both, least)]
            if not index:
                longer = [pages for way in longer for pages in self._with(way, (Piece("end"),), least)]
            found = sorted(longer, key=lambda pages: (len(pages), Way(pages).parted))[:_MOST_WAYS]
        return [self._judged(pages, least) for pages in found]

    def _with(self, pages: Pages, pieces: Sequence[Piece], least: float) -> Iterator[Pages]:
        """Yield the pages with one more piece on the last page or a new one; a second one begins a page."""
        piece, *others = pieces
        further = tuple((other,) for other in others)
        begun = [(*pages[:-1], (*pages[-1], piece))]
        if pages[-1]:
            begun.append((*pages, (piece,)))
        for longer in begun:
            changed = enumerate((longer[-1], *further), len(longer) - 1)
            if all(fits(self._composer, self._blocks(index, page, least)) for index, page in changed):
                yield (*longer, *further)

    def _judged(self, pages: Pages, least: float) -> Way:
        """Return a way with its largest drawings, and what is to be said of its pages then."""
        look, scale = self._composer.look, self._largest(pages, least)
        blocks = [self._blocks(index, page, scale) for index, page in enumerate(pages)]
        filled = [page_of(self._composer, page).height(look.width) / look.height for page in blocks]
        alone = sum(page[0].kind == "end" for page in pages)
        thin = sum(part < _LEAST_FILLED for part in filled)
        fullest = 1 - EMPTIEST_FOOT * look.page_height / look.height
        empty = sum(part < fullest for part in filled[:-1])
        torn = sum(
            page[-1].kind == "first" and self._has_drawings(after[0]) for page, after in pairwise(pages)
        )
        crowded = sum(
            sum(self._has_drawings(piece) for piece in page) > 1
            and not fits(self._composer, set_page, BETWEEN)
            for page, set_page in zip(pages, blocks, strict=True)
        )
        return Way(pages, scale, min(filled), alone + thin, torn, empty, crowded)

    def _blocks(self, index: int, page: Sequence[Piece], scale: float, *, again: bool = False) -> list[Block]:
        """Return what stands on a page: heading, what is meant for this patient, pieces, what needs care.

        Args:
            again: whether what often goes wrong stands with later forms too.
        """
        ends = any(piece.kind == "end" for piece in page)
        # What is said of all forms of a page stands below the last of them, unless that goes on.
        below = ends and page[-1].kind != "first"
        blocks = [self._set(piece, scale) for piece in page if piece.kind != "end" or not below]
        done = [piece.form for piece in page if piece.kind in ("whole", "rest")]
        said = [*self._said] if below else [*self._wrong] if again and any(done) and not ends else []
        said += self._care if done else []
        if said:
            blocks.append(Measured(Stack(in_one_run(said), self._composer.look.gap * _END)))
        heading = self._continued if index else self._heading
        own = self._own_of(tuple(sorted({piece.form for piece in page if piece.kind != "end"})))
        if not index or any(self._has_drawings(piece) for piece in page):
            return [heading, *own, *blocks]
        if not own or not any(piece.kind == "rest" for piece in page):
            return [heading, *blocks]
        whole = [heading, *own, *blocks]
        # With less white between its parts such a page would keep the drawings of the others small.
        return whole if fits(self._composer, whole, BETWEEN) else [heading, *self._see_before, *blocks]

    def _own_words(self, forms: Sequence[int]) -> list[Block]:
        """Return what is meant for this patient with some of the forms, by their index."""
        c, exercise = self._composer, self._exercise
        # What is done in no week has no form that is shown.
        shown = [form for index, form in enumerate(exercise.shown_forms) if index in forms]
        weeks = [week for form in shown for week in form.weeks]

        def lines(copy: Composer) -> list[Block]:
            told = copy.plan.counterpart(exercise).within(weeks)
            return personal_lines(copy, told, copy.look.body)

        return self._framed(matched_blocks(c, lines))

    def _has_drawings(self, piece: Piece) -> bool:
        if piece.kind == "rest":
            return piece.shown < self._forms[piece.form].drawings
        return piece.kind != "end"

    def _set(self, piece: Piece, scale: float) -> Block:
        if piece.kind == "end":
            return Stack(tuple(self._said), self._composer.look.gap * _END)
        form = self._forms[piece.form]
        if piece.kind == "whole":
            return form.whole(scale)
        if piece.kind == "first":
            return form.first(scale, piece.shown, doses=piece.doses)
        return form.rest(scale, piece.shown, doses=piece.doses)

    @property
    def pages_unplanned(self) -> int:
        """How many pages it takes without a way."""
        return len(self._unplanned())

    def _flowing(self) -> list[list[Block]]:
        """Return the pages of an exercise with more than any way has room for: part after part."""
        own = self._framed(self._lines)
        if not fits(self._composer, [self._heading, *own]):
            own = [frame for line in self._lines for frame in self._framed([line])]
        pages: list[list[Block]] = [[self._heading]]
        self._go_on(pages, own)
        for number, form in enumerate(self._forms):
            if number:
                pages.append([self._continued, *own])
            self._go_on(pages, form.parts(self._least), form, own)
            self._go_on(pages, [*([] if number else self._said), *self._care])
        return pages

    def _go_on(
        self,
        pages: list[list[Block]],
        parts: Sequence[Block],
        form: FormBlocks | None = None,
        own: Sequence[Block] = (),
    ) -> None:
        """Add parts to the last page, and to further ones.

        Args:
            form: whose parts they are: further pages have its weeks and name again.
            own: what is meant for this patient, which further pages have too, or else where it stands.
        """
        for index, part in enumerate(parts):
            if fits(self._composer, [*pages[-1], part]):
                pages[-1].append(part)
                continue
            # The first part of a form has its weeks and name.
            going_on = form.going_on(part) if form and index else part
            ways = ([self._continued, *framed, going_on] for framed in (own, self._see_before) if own)
            pages.append(next(filter(partial(fits, self._composer), ways), [self._continued, going_on]))

    def _framed(self, lines: Sequence[Block]) -> list[Block]:
        gap = self._composer.look.gap
        words = Stack(tuple(lines), gap * 0.3)
        return [Measured(personal_frame(self._composer, words, gap * 1.2))] if lines else []
