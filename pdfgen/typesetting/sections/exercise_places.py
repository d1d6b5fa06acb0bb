"""On which pages exercises and their later forms stand, in words that are links to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Literal, NamedTuple

from pdfgen.planning.dates import first_day
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Stack
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.exercise_words import from_week
from pdfgen.typesetting.text_style import Span

#: So many pages of signs may come before the exercises of a page.
_SIGNS = 3
#: What figures of other dates may take more, in points.
_SLACK = 1.5


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


class _Dated(NamedTuple):
    """A line, and the first day of a week behind it, or below it where both have no room on one line.

    Attributes:
        wide: what a date takes of a line, in points: the same for all programs.
    """

    line: Bare
    date: Bare
    wide: float

    def _parts(self, width: float) -> Block:
        beside = self.line.text.natural_width + 1
        if beside + self.wide > width:
            return Stack((self.line, self.date), role="P")
        return Columns((self.line, self.date), (beside, 1.0), role="P")

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self._parts(width).height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the line and the date, which is no link: it differs from program to program."""
        self._parts(width).place(canvas, x, y, width, parent)


def goes_on(c: Composer, week: int, place: str) -> Block:
    """Return the page of a destination, and from which week and day on what is there is done."""
    return PageNaming(partial(_goes_on, c, week, place))


def _goes_on(c: Composer, week: int, place: str, page_of: PageOf) -> Block:
    """Return a line in the words of the lists of other pages: "Page 7: from week 5 (4 May)"."""
    page, style = _page(c, page_of(place)), c.look.cell_bold
    line = c.text([capitalised(Span(f"{page}: {from_week(c, week)}", link=f"#{place}"))], style)
    if not c.plan.start:
        return Paragraph(line)
    date = c.dated(first_day(week))
    shown = date._replace(text=f"{NO_BREAK}({date.text})", slot=f"{NO_BREAK}({date.slot})")
    brackets = c.text(f"{NO_BREAK}()", style).natural_width
    return _Dated(Bare(line), Bare(c.text([shown], style)), c.widest_dates[first_day(1)] + brackets + _SLACK)


def other_pages(c: Composer, where: Elsewhere) -> Block:
    """Return a line for each other page: "Page 2: 3 Bridge, 4 Plank from week 5".

    Where exercises are fewer than pages, a line for each exercise: "4 Plank: page 5, page 6 from week 5".
    """
    exercises = {form.number for page in where.pages for form in page}
    named = _by_exercise if len(exercises) < len(where.pages) else _by_page
    return PageNaming(partial(named, c, where), where.is_short)


def _by_exercise(c: Composer, where: Elsewhere, page_of: PageOf) -> Block:
    forms = sorted((form for page in where.pages for form in page), key=lambda form: form.number)
    lines = []
    for number, group in groupby(forms, key=lambda form: form.number):
        of_exercise = [*group]
        name = Span(f"{number} {of_exercise[0].name}: ".replace(" ", NO_BREAK), bold=True)
        places = [span for form in of_exercise for span in (Span(", "), _placed(c, form, page_of))][1:]
        lines.append(Paragraph(c.text([name, *places], c.look.cell), measure=c.long_measure))
    return Stack(tuple(lines))


def _by_page(c: Composer, where: Elsewhere, page_of: PageOf) -> Block:
    lines = []
    for forms in where.pages:
        page = Span(_page(c, page_of(destination_of(forms[0]))), bold=True)
        said = [span for form in forms for span in (Span(", "), _named(c, form))]
        spans = [capitalised(page), Span(": ", bold=True), *said[1:]]
        lines.append(Paragraph(c.text(spans, c.look.cell), measure=c.long_measure))
    return Stack(tuple(lines))


def _named(c: Composer, form: PlannedExercise) -> Span:
    """Return number and name of an exercise as a link; of a later form, its first week too."""
    week = f" {from_week(c, form.weeks[0])}" if form.form_number > 1 else ""
    words = f"{form.number} {form.name}{week}".replace(" ", NO_BREAK)
    return Span(words, link=f"#{destination_of(form)}")


#: How the places of an exercise are said: a line for each form with its first week and day, all together
#: with the weeks from which on they are sought, the same with less words, or without weeks.
Said = Literal["long", "short", "brief", "pages"]


def place_lines(c: Composer, exercise: PlannedExercise, where: Elsewhere, said: Said) -> tuple[Block, ...]:
    """Return where an exercise and its later forms are."""
    forms = [form for page in where.pages for form in page if form.number == exercise.number]
    if said != "long" and len(forms) > 1 and forms[0].form_number < 2:
        listed = _place_run if said == "short" else partial(_place_list, has_weeks=said == "brief")
        return (PageNaming(partial(listed, c, forms), where.is_short),)
    return tuple(PageNaming(partial(_place_line, c, form), where.is_short) for form in forms)


def _place_run(c: Composer, forms: Sequence[PlannedExercise], page_of: PageOf) -> Block:
    """Return the pages of all forms with the weeks from which on they are sought, in a line."""
    first, *others = (_placed(c, form, page_of, has_start=False) for form in forms)
    spans = [capitalised(first), *(span for one in others for span in (Span(", "), one))]
    return Paragraph(c.text(spans, c.look.cell_bold))


def _place_list(c: Composer, forms: Sequence[PlannedExercise], page_of: PageOf, *, has_weeks: bool) -> Block:
    """Return the pages of all forms, each with its link: "Pages 8, 9", or "Pages 8, 9 from week 5"."""
    spans: list[Span] = []
    for form in forms:
        place = destination_of(form)
        before = ", " if spans else f"{c.strings.pages}{NO_BREAK}"
        week = f" {from_week(c, form.weeks[0])}".replace(" ", NO_BREAK) if spans and has_weeks else ""
        spans.append(Span(f"{before}{page_of(place)}{week}", link=f"#{place}"))
    return Paragraph(c.text([capitalised(spans[0]), *spans[1:]], c.look.cell_bold))


def _placed(c: Composer, form: PlannedExercise, page_of: PageOf, *, has_start: bool = True) -> Span:
    """Return the page of a form as a link, with its first week if that is a later one: "page 9 from week 5".

    Args:
        has_start: whether the first form may have one too.
    """
    place = destination_of(form)
    first = form.weeks[0] if form.weeks else 1
    is_later = form.form_number > 1 or (has_start and first > 1)
    week = f" {from_week(c, first).replace(' ', NO_BREAK)}" if is_later else ""
    return Span(f"{_page(c, page_of(place))}{week}", link=f"#{place}")


def _place_line(c: Composer, form: PlannedExercise, page_of: PageOf) -> Block:
    if form.form_number > 1:
        return _goes_on(c, form.weeks[0], destination_of(form), page_of)
    page = Span(_page(c, page_of(destination_of(form))), link=f"#{destination_of(form)}")
    return Paragraph(c.text([capitalised(page)], c.look.cell_bold))


def _page(c: Composer, page: int) -> str:
    return c.fill(c.strings.on_page, page=page).replace(" ", NO_BREAK)


def capitalised(span: Span) -> Span:
    """Return a span that begins with a capital."""
    return span._replace(text=f"{span.text[:1].upper()}{span.text[1:]}")
