"""The pages of one exercise: which of its parts stand together, and how large its drawings are.

Each form stands on one page, or parted over two that face each other: drawings at the left, steps at the
right. The drawings of an exercise have one scale, the largest with which each page holds what stands on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, repeat

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import EMPTIEST_FOOT, Flowed
from pdfgen.typesetting.sections.exercise_forms import FormBlocks
from pdfgen.typesetting.sections.exercise_heading import continuation, heading_with_purpose
from pdfgen.typesetting.sections.exercise_own_words import OwnWords
from pdfgen.typesetting.sections.exercise_pictures import least_of_all
from pdfgen.typesetting.sections.exercise_spread import BETWEEN, Page, finished, fits, stacked
from pdfgen.typesetting.sections.exercise_steps import video_row
from pdfgen.typesetting.sections.exercise_ways import EXTRAS, NOTHING, Extras, Pages, Piece, Way, two_parts
from pdfgen.typesetting.sections.exercise_words import care, mistakes, other_forms
from pdfgen.typesetting.sections.safety_strip import stop_line
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
        self._own = OwnWords(c, exercise)
        self._forms = [FormBlocks(c, form) for form in exercise.by_form]
        self._wrong = matched_blocks(c, lambda copy: mistakes(copy, of(copy)))
        video = [matched(c, lambda copy: video_row(copy, exercise.video))] if exercise.video else []
        self._said = [*self._wrong, *map(Measured, video)]
        self._care = matched_blocks(c, lambda copy: care(copy, of(copy)))
        self._others = matched_blocks(c, lambda copy: other_forms(copy, of(copy)))
        self._stop = Measured(matched(c, stop_line))
        panels = [panel for form in exercise.shown_forms for panel in form.panels]
        self._widest = max((c.figures[panel.figure].width for panel in panels), default=1.0)
        self._least = least_of_all(c, panels, self._widest)
        self.unparted = cache(self._unparted)
        self.ways = cache(self._ways)
        self._unplanned = cache(self._flowing)

    def _unparted(self) -> Way | None:
        """Return the best way in which no form is parted; None where each has a flaw."""
        ways = (way for way in self._divided(parted=False) if not (way.flaws or way.unsaid))
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

    def set_as(self, way: Way | None) -> list[Flowed]:
        """Return the pages in a way, with the largest drawings that they hold; without one as they come."""
        return finished(self._composer, self._pages(way) if way else self._unplanned())

    def _pages(self, way: Way) -> list[Page]:
        """Return the pages in a way with what else each has room for beside drawings of the least size."""
        least = min(self._least, way.scale)
        said = [self._said_on(index, page, least) for index, page in enumerate(way.pages)]
        scale = self._largest(way.pages, least, said)
        return [*map(self._filled, range(len(said)), way.pages, repeat(scale), said)]

    def _said_on(self, index: int, page: Sequence[Piece], scale: float, said: Extras = NOTHING) -> Extras:
        """Return what else a page has room for with such drawings, the most needed first."""
        for extra in EXTRAS:
            if self._holds(index, page, scale, said | {extra}):
                said |= {extra}
        return said

    def _filled(self, index: int, page: Sequence[Piece], scale: float, said: Extras) -> Page:
        """Return a page; drawings that stand on it alone grow with it.

        Nobody compares upright ones with those of who lies, which leave other pages no room; and where the
        steps of a form are on the page beside it, nothing else can take the room.
        """
        drawn = [piece for piece in page if self._has_drawings(piece)]
        is_upright = all(self._forms[piece.form].is_upright for piece in drawn)
        if drawn and (is_upright or (len(drawn) == 1 and self._is_without_steps(drawn[0]))):
            scale = self._largest((tuple(page),), scale, (said,), first=index)
        return self._page(index, page, scale, said)

    def _holds(self, index: int, page: Sequence[Piece], scale: float, said: Extras) -> bool:
        return fits(self._composer, self._page(index, page, scale, said))

    def _largest(self, pages: Pages, least: float, said: Sequence[Extras] = (), first: int = 0) -> float:
        """Return the largest scale of drawings, from the least on, with which no page is too full.

        Args:
            said: what else each page says.
            first: index of the first of the pages.
        """

        def is_too_full(scale: float) -> bool:
            indices = range(first, first + len(pages))
            filled = map(self._page, indices, pages, repeat(scale), chain(said, repeat(NOTHING)))
            return not all(fits(self._composer, page, BETWEEN) for page in filled)

        largest = min(self._least * _LARGEST, self._composer.look.width / self._widest)
        scales = [least + (largest - least) * step / _SIZES for step in range(_SIZES + 1)]
        # What holds larger drawings also holds smaller ones, so the scales need not all be tried.
        return scales[max(1, bisect_left(scales, True, key=is_too_full)) - 1]

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
            if all(self._holds(index, page, least, NOTHING) for index, page in changed):
                yield (*longer, *further)

    def _judged(self, pages: Pages, least: float) -> Way:
        """Return a way with its largest drawings, and what is to be said of its pages then."""
        look, scale = self._composer.look, self._largest(pages, least)
        plain = [self._page(index, page, scale) for index, page in enumerate(pages)]
        filled = [stacked(self._composer, page).height(look.width) / look.height for page in plain]
        alone = sum(page[0].kind == "end" for page in pages)
        unsaid = sum(self._leaves_out_stop(index, page, least) for index, page in enumerate(pages))
        thin = sum(part < _LEAST_FILLED for part in filled)
        fullest = 1 - EMPTIEST_FOOT * look.page_height / look.height
        empty = sum(part < fullest for part in filled[:-1])
        torn = sum(
            page[-1].kind == "first" and self._has_drawings(after[0]) for page, after in pairwise(pages)
        )
        crowded = sum(
            sum(self._has_drawings(piece) for piece in page) > 1
            and not fits(self._composer, set_page, BETWEEN)
            for page, set_page in zip(pages, plain, strict=True)
        )
        return Way(pages, scale, min(filled), alone + thin, torn, unsaid, empty, crowded)

    def _leaves_out_stop(self, index: int, page: Sequence[Piece], least: float) -> bool:
        """Whether a page with steps cannot say when to stop.

        In a booklet, which has no more pages than staples hold, one that faces it may say it.
        """
        is_bound = self._composer.layout.imposition is not None
        if is_bound or all(piece.kind in ("first", "end") for piece in page):
            return False
        return not self._holds(index, page, least, Extras(("stop",)))

    def _page(self, index: int, page: Sequence[Piece], scale: float, said: Extras = NOTHING) -> Page:
        """Return what stands on a page: heading, what is meant for this patient, pieces, what needs care."""
        ends = any(piece.kind == "end" for piece in page)
        # What is said of all forms of a page stands below the last of them, unless that goes on.
        below = ends and page[-1].kind != "first"
        blocks = [self._set(piece, scale) for piece in page if piece.kind != "end" or not below]
        if told := self._told(page, said, below=below):
            blocks.append(Measured(Stack(in_one_run(told), self._composer.look.gap * _END)))
        foot = self._stop if "stop" in said else None
        heading = self._continued if index else self._heading
        own = self._own.with_forms(tuple(sorted({piece.form for piece in page if piece.kind != "end"})))
        if not index or any(self._has_drawings(piece) for piece in page):
            return self._with_foot(page, scale, Page([heading, *own, *blocks], foot))
        if not own or not any(piece.kind == "rest" for piece in page):
            return Page([heading, *blocks], foot)
        whole = Page([heading, *own, *blocks], foot)
        # With less white between its parts such a page would keep the drawings of the others small.
        if fits(self._composer, whole, BETWEEN):
            return whole
        return Page([heading, *self._own.see_before, *blocks], foot)

    def _with_foot(self, pieces: Sequence[Piece], scale: float, page: Page) -> Page:
        """Return a page of drawings alone with its foot at their right where it has no room below them."""
        piece, *others = pieces
        has_doses = piece.doses and self._is_without_steps(piece)
        if page.foot and piece.kind == "first" and not (others or has_doses or fits(self._composer, page)):
            both = self._forms[piece.form].beside(scale, piece.shown, page.foot)
            return Page([*page.parts[:-1], both]) if both else page
        return page

    def _told(self, page: Sequence[Piece], said: Extras, *, below: bool) -> list[Block]:
        """Return what goes wrong, what needs care, and with the last form the easier one."""
        done = [piece.form for piece in page if piece.kind in ("whole", "rest")]
        is_again = "wrong" in said and any(done) and not any(piece.kind == "end" for piece in page)
        wrong = self._said if below else self._wrong if is_again else ()
        easier = self._others if "easier" in said and len(self._forms) - 1 in done else ()
        return [*wrong, *(self._care if done else ()), *easier]

    def _has_drawings(self, piece: Piece) -> bool:
        if piece.kind == "rest":
            return piece.shown < self._forms[piece.form].drawings
        return piece.kind != "end"

    def _is_without_steps(self, piece: Piece) -> bool:
        """Whether a piece has all drawings of its form, and the page beside it the steps."""
        return piece.kind == "first" and piece.shown == self._forms[piece.form].drawings

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

    def _flowing(self) -> list[Page]:
        """Return the pages of an exercise with more than any way has room for: part after part."""
        own = self._own.whole()
        if not fits(self._composer, Page([self._heading, *own])):
            own = self._own.apart()
        pages: list[list[Block]] = [[self._heading]]
        self._go_on(pages, own)
        for number, form in enumerate(self._forms):
            if number:
                pages.append([self._continued, *own])
            self._go_on(pages, form.parts(self._least), form, own)
            self._go_on(pages, [*([] if number else self._said), *self._care])
        stopping = [Page(page, self._stop) for page in pages]
        return [page if fits(self._composer, page) else page._replace(foot=None) for page in stopping]

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
            if fits(self._composer, Page([*pages[-1], part])):
                pages[-1].append(part)
                continue
            # The first part of a form has its weeks and name.
            going_on = form.going_on(part) if form and index else part
            ways = ([self._continued, *framed, going_on] for framed in (own, self._own.see_before) if own)
            fitting = (way for way in ways if fits(self._composer, Page(way)))
            pages.append(next(fitting, [self._continued, going_on]))
