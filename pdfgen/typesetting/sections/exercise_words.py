"""Words about an exercise: its kind, its forms, what goes wrong, and what is meant for this patient only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest

from pdfgen.planning.planned_exercise import PlannedCaution, PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, list_words, ranges
from pdfgen.typesetting.blocks import Block, Frame, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import INK, TINT
from pdfgen.typesetting.sections.signs_place import sending
from pdfgen.typesetting.text_style import Span, TextStyle

#: Size of a sign, in sizes of the type beside it.
_SIGN = 1.3

#: Thick edge and outline, in points, of the frame around what is meant for this patient only.
_PERSONAL_EDGE, _OUTLINE = 5.0, 1.5


def kind(c: Composer, exercise: PlannedExercise) -> str:
    """Return what kind of exercise it is, and the equipment that it needs."""
    equipment = (item for form in (exercise.shown_forms or (exercise.main,)) for item in form.equipment)
    return " · ".join((c.plan.kind_of(exercise).name, *dict.fromkeys(equipment)))


def needed(c: Composer, form: PlannedExercise) -> str:
    """Return what to fetch for a form; nothing where it needs nothing."""
    things = [*dict.fromkeys(form.main.equipment)]
    return c.fill(c.strings.fetch, things=list_words(things, c.language)) if things else ""


def in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    """Return in which weeks something is done."""
    words = c.strings.in_week if len(weeks) == 1 else c.strings.in_weeks
    return c.fill(words, weeks=ranges(weeks))


def from_week(c: Composer, first: int) -> str:
    """Return from which week on something is done, on one line."""
    return c.fill(c.strings.from_week, week=first).replace(" ", NO_BREAK)


def when(c: Composer, form: PlannedVariant) -> str:
    """Return the weeks in which a form is done, and the situations in which it is meant for all weeks."""
    weeks = [in_weeks(c, form.weeks).replace(" ", NO_BREAK)] if form.weeks else []
    situations = [c.fill(c.strings.for_situation, situation=name) for name in form.situations]
    return " · ".join((*weeks, *situations))


def form_line(c: Composer, exercise: PlannedExercise) -> str:
    """Return the name of a form behind its weeks; a form of no week behind the situation that it is for."""
    form = exercise.main
    weeks = in_weeks(c, form.weeks).replace(" ", NO_BREAK) if form.weeks else when(c, form)
    return f"{weeks}: {form.name}" if weeks else form.name


def given_forms(c: Composer, exercise: PlannedExercise) -> list[tuple[str, PlannedVariant]]:
    """Return the easier form after its name, where there is one that is not prescribed."""
    form = exercise.easier
    return [(c.strings.easier, form)] if form is not None and form not in exercise.shown_forms else []


def has_breathing(exercise: PlannedExercise) -> bool:
    """Whether one of the steps says how to breathe, so that nothing else needs to."""
    return any(step == "breathe" for step, _ in exercise.main.steps)


def personal_frame(c: Composer, words: Block, across: float) -> Frame:
    """Return what is meant for this patient only, marked so that it is not overlooked.

    Args:
        across: white at the left and the right, in points.
    """
    down = c.look.gap * 0.6
    padding = (down, across, down, across)
    return Frame(words, padding, fill=TINT, stroke=INK, line=_OUTLINE, edge=_PERSONAL_EDGE)


def personal_lines(c: Composer, exercise: PlannedExercise, style: TextStyle) -> list[Block]:
    """Return cautions, notes and side, a paragraph each, which no edition leaves out.

    Last, in bold beside a warning sign, that they go before what drawings and steps show.
    """
    lines: list[Block] = []
    for caution, words in zip_longest(exercise.cautions, personal_words(c, exercise)):
        line = Paragraph(c.text(words, style), measure=c.measure)
        lines.append(_beside_sign(c, "stop", line, style) if _is_only_agreed(caution) else line)
    if goes_before_drawings(exercise):
        line = Paragraph(c.text([Span(c.strings.drawing_differs, bold=True)], style), measure=c.measure)
        lines.append(_beside_sign(c, "warning", line, style))
    return lines


def goes_before_drawings(exercise: PlannedExercise) -> bool:
    """Whether something is meant for this patient that its drawings and steps may not show."""
    return bool(exercise.notes) or any(map(_is_unlike_drawing, exercise.cautions))


def _is_only_agreed(caution: PlannedCaution | None) -> bool:
    return caution is not None and caution.use == "choose-another"


def _beside_sign(c: Composer, sign: str, line: Block, style: TextStyle) -> Block:
    """Return a line with a sign before it: stop, for who has not agreed the exercise, or warning."""
    return c.beside_icon(sign, style.size * _SIGN, line, gap=style.size * 0.4, align="top")


def see_above(c: Composer) -> Block:
    """Return what stands right above drawings that words in a frame go before, with the sign of these."""
    words = Paragraph(c.text(c.strings.see_above, c.look.bold))
    return _beside_sign(c, "warning", words, c.look.body)


def frame_before(c: Composer) -> Block:
    """Return what a page says that has no room for words in a frame on the page before, with their sign."""
    words = Paragraph(c.text(c.strings.frame_before, c.look.bold), measure=c.measure)
    return _beside_sign(c, "warning", words, c.look.body)


def front_first(c: Composer) -> Block:
    """Return what stands above steps on the back of a card that has words in a frame in front."""
    return _beside_sign(c, "warning", Paragraph(c.text(c.strings.front_first, c.look.cell_bold)), c.look.cell)


def personal_words(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Return cautions, notes and side in words, the cautions first."""
    lines = [
        [Span(f"{_caution_title(c, caution)}: ", bold=True), Span(caution.text)]
        for caution in exercise.cautions
    ]
    for weeks, notes in groupby(exercise.notes, key=lambda note: note.weeks):
        when = f" · {in_weeks(c, weeks)}".replace(" ", NO_BREAK) if weeks else ""
        said = [span for note in notes for span in (Span(" "), *c.therapists(note.words))]
        lines.append([Span(f"{c.strings.note_from}{when}: ", bold=True), *said[1:]])
    if exercise.start_side:
        lines.append([Span(c.fill(c.strings.start_with, side=exercise.start_side))])
    return lines


def _is_unlike_drawing(caution: PlannedCaution) -> bool:
    """Whether somebody is to do it another way than it is drawn, as `smaller` is."""
    return caution.use != "choose-another" and not caution.followed


def _caution_title(c: Composer, caution: PlannedCaution) -> str:
    strings = c.strings
    title = strings.only_agreed_title if _is_only_agreed(caution) else strings.cautions_title
    return c.fill(title, situation=caution.situation_name)


def mistakes(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return what often goes wrong, behind its name."""
    said = " ".join(exercise.mistakes)
    return [c.paragraph(run_in(c.strings.mistakes, Span(said)))] if said else []


def care(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return what everybody has to take care of, behind its name."""
    if not exercise.care:
        return []
    return [sending(c, " ".join(exercise.care), lambda said: c.paragraph(run_in(c.strings.care, *said)))]


def other_forms(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the easier form, which nobody prescribed, in a sentence."""
    return [c.paragraph(run_in(name, Span(form.summary))) for name, form in given_forms(c, exercise)]


def run_in(name: str, *words: Span) -> list[Span]:
    """Return words behind their name, which does not break."""
    return [Span(f"{name.replace(' ', NO_BREAK)}: ", bold=True), *words]
