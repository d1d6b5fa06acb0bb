"""On which pages exercises and their later forms stand, in words that are links to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer, destination_of
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.exercise_words import from_week
from pdfgen.typesetting.text_style import Span

#: So many pages of signs may come before the exercises of a page.
_SIGNS = 3


class Elsewhere(NamedTuple):
    """The forms that who has the first page has to look for.

    Attributes:
        pages: those that begin on each other page, without what begins on the page of the form before it.
        is_short: whether the numbers of these pages have one digit.
    """

    pages: tuple[tuple[PlannedExercise, ...], ...]
    is_short: bool


def elsewhere(c: Composer, pages: Mapping[str, int]) -> Elsewhere:
    """Return the forms that are not on the first page.

    Args:
        pages: of the destinations at the forms, from 1; signs may come before them.
    """
    found: list[tuple[int, PlannedExercise]] = []
    for exercise in c.plan.exercises:
        before = 1
        for form in exercise.by_form:
            page = pages[destination_of(form)]
            if page != before and (form.weeks or form.form_number < 2):
                found.append((page, form))
            before = page
    found.sort(key=lambda pair: pair[0])
    by_page = groupby(found, lambda pair: pair[0])
    named = tuple(tuple(form for _, form in group) for _, group in by_page)
    return Elsewhere(named, max(pages.values()) + _SIGNS < 10)


def goes_on(c: Composer, later: PlannedExercise) -> Block:
    """Return from which week on the next form is done, and its page."""
    return PageNaming(partial(_goes_on, c, later))


def _goes_on(c: Composer, later: PlannedExercise, page_of: PageOf) -> Block:
    return Paragraph(c.text([_capitalised(_from_page(c, later, page_of))], c.look.cell_bold))


def other_pages(c: Composer, where: Elsewhere) -> Block:
    """Return what stands on each other page, a line each: "Page 2: 3 Bridge, 4 Plank from week 5"."""
    return PageNaming(partial(_other_pages, c, where), where.is_short)


def _other_pages(c: Composer, where: Elsewhere, page_of: PageOf) -> Block:
    lines = []
    for forms in where.pages:
        page = Span(_page(c, page_of(destination_of(forms[0]))), bold=True)
        said = [span for form in forms for span in (Span(", "), _named(c, form))]
        spans = [_capitalised(page), Span(": ", bold=True), *said[1:]]
        lines.append(Paragraph(c.text(spans, c.look.cell), measure=c.long_measure))
    return Stack(tuple(lines))


def _named(c: Composer, form: PlannedExercise) -> Span:
    """Return number and name of an exercise as a link; of a later form, its first week too."""
    week = f" {from_week(c, form.weeks[0])}" if form.form_number > 1 else ""
    words = f"{form.number} {form.name}{week}".replace(" ", NO_BREAK)
    return Span(words, link=f"#{destination_of(form)}")


def place_lines(c: Composer, exercise: PlannedExercise, where: Elsewhere) -> list[Block]:
    """Return where an exercise and its later forms are, a line each."""
    forms = (form for page in where.pages for form in page if form.number == exercise.number)
    return [PageNaming(partial(_place_line, c, form), where.is_short) for form in forms]


def _place_line(c: Composer, form: PlannedExercise, page_of: PageOf) -> Block:
    if form.form_number > 1:
        return _goes_on(c, form, page_of)
    page = Span(_page(c, page_of(destination_of(form))), link=f"#{destination_of(form)}")
    return Paragraph(c.text([_capitalised(page)], c.look.cell_bold))


def _page(c: Composer, page: int) -> str:
    return c.fill(c.strings.on_page, page=page).replace(" ", NO_BREAK)


def _from_page(c: Composer, form: PlannedExercise, page_of: PageOf) -> Span:
    place = destination_of(form)
    week, page = from_week(c, form.weeks[0]), _page(c, page_of(place))
    return Span(f"{week}: {page}", link=f"#{place}")


def _capitalised(span: Span) -> Span:
    return span._replace(text=f"{span.text[:1].upper()}{span.text[1:]}")
