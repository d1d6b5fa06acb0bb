"""Names of exercises and forms above their weeks, on the first page of a form and where it goes on."""

from __future__ import annotations

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Role
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.sections.exercise_words import form_line
from pdfgen.typesetting.text import Text
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


def continued(c: Composer, form: PlannedExercise) -> Block:
    """Return the same names on a page that a form goes on to."""
    title = c.fill(c.strings.continued, title=form.name)
    name = c.text(f"{form.number}{NO_BREAK * 2}{title}", c.look.h3)
    return Stack((Bare(name), Bare(c.text(form_line(c, form), c.look.cell_bold))), role="H3")


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
