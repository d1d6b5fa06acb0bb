"""Names of exercises and forms above their weeks, on the first page of a form and where it goes on."""

from __future__ import annotations

from functools import partial

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import Role
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.exercise_words import form_line
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest


def heading(c: Composer, form: PlannedExercise, *, has_form_behind: bool) -> Block:
    """Return names of exercise and form, also of later forms: these may start a page.

    Args:
        has_form_behind: whether forms stand behind the name of their exercise, and not below it.
    """
    name, shown = _names(c, form)
    is_first = form.form_number < 2
    parts: tuple[Block, ...] = (Bare(name), Bare(shown))
    if is_first:
        parts = (Paragraph(name, "H2", bookmark=1), Paragraph(shown, "H3"))
    role: Role | None = None if is_first else "H3"
    if has_form_behind:
        names: Block = Columns(parts, (name.natural_width, 1.0), align="bottom", role=role)
    else:
        names = Stack(parts, role=role)
    return Stack((Rule(c.look.accent, 1.0), c.space(0.4), names)) if is_first else names


def continued(c: Composer, form: PlannedExercise, *, has_steps: bool) -> Block:
    """Return the same names on a page that a form goes on to, with the page of steps that are not here."""
    title = c.fill(c.strings.continued, title=form.name)
    lines = (
        c.text(f"{form.number}{NO_BREAK * 2}{title}", c.look.h3),
        c.text(form_line(c, form), c.look.cell_bold),
    )
    names = Stack(tuple(map(Bare, lines)), role="H3")
    if has_steps:
        return names
    wide = max(line.natural_width for line in lines) + 1
    return PageNaming(partial(_with_steps, c, names, wide, destination_of(form)))


def _with_steps(c: Composer, names: Block, wide: float, place: str, page_of: PageOf) -> Block:
    """Return names with the page of the steps: behind them where the page is wide enough, else below them."""
    page = c.fill(c.strings.on_page, page=page_of(place))
    words = c.fill(c.strings.steps_on_page, page=page).replace(" ", NO_BREAK)
    line = c.text([Span(words, link=f"#{place}")], c.look.cell)
    gap = c.look.gap * 2
    if wide + gap + line.natural_width > c.look.width:
        return Stack((names, Paragraph(line)))
    return Columns((names, Paragraph(line)), (wide, 1.0), gap, "bottom")


def has_forms_behind(c: Composer) -> bool:
    """Whether weeks and name of every form have room behind the name of its exercise."""

    def longest(copy: Composer) -> float:
        forms = (form for exercise in copy.plan.exercises for form in exercise.by_form)
        return max(sum(text.natural_width for text in _names(copy, form)) for form in forms)

    return widest(c, longest) < c.look.width


def _names(c: Composer, form: PlannedExercise) -> tuple[Text, Text]:
    """Return number and name of the exercise, and weeks and name of the form.

    The spaces keep both apart, also where the heading is read as one text.
    """
    name = c.text(f"{form.number}{NO_BREAK * 2}{form.name}{NO_BREAK * 3}", c.look.h2)
    return name, c.text(form_line(c, form), c.look.h3._replace(colour=INK))
