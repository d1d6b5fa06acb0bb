"""What stands on the cards of one exercise: drawings and doses, steps, other forms, what to watch."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedExercise, PlannedPanel, PlannedVariant
from pdfgen.planning.wording import ranges
from pdfgen.typesetting.blocks import Block, Bullets, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import MM, TINT
from pdfgen.typesetting.sections.dose_facts import personal_words
from pdfgen.typesetting.sections.dose_words import dose_lines
from pdfgen.typesetting.sections.exercise_drawings import under_letter
from pdfgen.typesetting.sections.exercise_video import video_code
from pdfgen.typesetting.text_style import Span

#: Scales of the drawings in points a millimetre: from 1.6 times true size to where lines run together.
_LARGEST, _LEAST = 1.6 * MM, 0.5 * MM
_BETWEEN = 3 * MM
#: Heights of the drawings of other forms that are tried, the highest first.
_FORM_HEIGHTS = tuple(height * MM for height in range(44, 17, -4))
#: Thick edge of what is meant for this patient only.
_EDGE = 4.0
#: White that may go above and under the drawings: all there is.
_ANY = 1000.0


def front(c: Composer, exercise: PlannedExercise, room: float) -> tuple[list[Flowed], list[Flowed]]:
    """Return what stands in front, and the doses if they leave no room for the drawings there.

    Raises:
        FitError: the drawings would be too small to be seen even so.
    """
    gap = c.look.gap
    head = [Flowed(Paragraph(c.text(_kind(exercise, c), c.look.quiet)))]
    if exercise.main.level != "L2":
        head.append(Flowed(Paragraph(c.text(exercise.main.name, c.look.bold)), before=gap * 0.4))
    doses = [Flowed(block, before=0.0 if index else gap) for index, block in enumerate(_doses(c, exercise))]
    if not exercise.main.panels:
        return [*head, Flowed(c.paragraph(exercise.purpose), before=gap), *doses], []
    for below, behind in ((doses, []), ([], doses)):
        free = room - extent([*head, *below], c.look.width, at_top=True) - gap * 2
        scale, block = _drawings(c, exercise.main.panels, free)
        if scale >= _LEAST:
            drawings = Flowed(block, before=gap, stretch=_ANY)
            first = [below[0]._replace(stretch=_ANY), *below[1:]] if below else []
            return [*head, drawings, *first], behind
    message = "drawings would be too small; choose 4 cards on a sheet, or larger paper"
    raise FitError(Problem(f"exercise {exercise.number}, {exercise.name}: {message}", "layout"))


def _kind(exercise: PlannedExercise, c: Composer) -> str:
    kinds = {"mobilising": c.strings.mobilising, "strengthening": c.strings.strengthening}
    return " · ".join((kinds[exercise.category], *exercise.main.equipment))


def _doses(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the doses under their name, then the rest between sets."""
    title = Paragraph(c.text(c.strings.dose, c.look.h3), "H3")
    rest = exercise.rest_s and any(dose is not None and dose.sets > 1 for dose in exercise.doses)
    words = c.fill(c.strings.rest_between, rest=f"{exercise.rest_s}\u00a0{c.strings.seconds}")
    words = f"{words[:1].upper()}{words[1:]}."
    lines = [*dose_lines(c, exercise), *([Paragraph(c.text(words, c.look.cell))] if rest else [])]
    return [c.stack(title, *lines, gap=c.look.gap * 0.25)]


def _drawings(c: Composer, panels: Sequence[PlannedPanel], room: float) -> tuple[float, Block]:
    """Return the scale, in points a millimetre, and the drawings in the number of columns that is best."""
    return max(
        (_in_columns(c, panels, columns, room) for columns in range(1, len(panels) + 1)),
        key=lambda choice: choice[0],
    )


def _in_columns(
    c: Composer, panels: Sequence[PlannedPanel], columns: int, room: float
) -> tuple[float, Block]:
    rows = [panels[first : first + columns] for first in range(0, len(panels), columns)]
    column = (c.look.width - (columns - 1) * _BETWEEN) / columns
    wide = max(c.figures[panel.figure].width for panel in panels)
    high = sum(max(c.figures[panel.figure].height for panel in row) for row in rows)
    lettered = len(panels) > 1
    scale = min(_LARGEST, column / wide, max(0.0, room - (len(rows) - 1) * _BETWEEN) / high)
    beside = 0.0
    if scale >= _LEAST and lettered and any(under_letter(c, panel, scale) for panel in panels):
        beside = 2 * c.letter_radius
        scale = min(scale, (column - beside) / wide)
    letters = iter("ABCDEF" if lettered else [""])
    lines = []
    for row in rows:
        figures = [
            c.panel(panel, scale, next(letters, ""))._replace(beside=beside, align="centre") for panel in row
        ]
        lines.append(Columns(tuple(figures), (1.0,) * len(figures), _BETWEEN, align="bottom"))
    return scale, Stack(tuple(lines), _BETWEEN)


def how(c: Composer, exercise: PlannedExercise, room: float) -> list[Flowed]:
    """Return what concerns this patient only, then steps and breathing; lists are no higher than `room`."""
    gap = c.look.gap
    blocks = [Flowed(block, before=gap) for block in _personal(c, exercise)]
    blocks += [Flowed(part, before=gap) for part in _steps(c, exercise, room)]
    if all(kind != "breathe" for kind, _ in exercise.main.steps):
        blocks.append(Flowed(_fact(c, c.strings.breathe, exercise.breathing), before=gap))
    return blocks


def _steps(c: Composer, exercise: PlannedExercise, room: float) -> list[Block]:
    """Return the steps as one list, or as lists that follow each other where it is higher than `room`."""
    whole = c.numbered([Paragraph(c.text(words)) for _, words in exercise.main.steps])
    parts: list[Bullets] = []
    for item, label in zip(whole.items, whole.labels, strict=True):
        if parts:
            longer = parts[-1]._replace(items=(*parts[-1].items, item), labels=(*parts[-1].labels, label))
            if longer.height(c.look.width) <= room:
                parts[-1] = longer
                continue
        parts.append(whole._replace(items=(item,), labels=(label,)))
    return list(parts)


def _personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return cautions, note and side, marked so that they are not overlooked."""
    down, across = c.look.gap * 0.6, c.look.gap
    return [
        Frame(
            Paragraph(c.text(spans)), (down, across, down, across), fill=TINT, edge=_EDGE, edge_colour=BLACK
        )
        for spans in personal_words(c, exercise)
    ]


def forms(c: Composer, exercise: PlannedExercise, room: float) -> list[Flowed]:
    """Return easier and harder in words, with drawings as large as `room` allows."""
    given = [(c.strings.easier, exercise.easier), (c.strings.harder, exercise.harder)]
    variants = [(name, variant) for name, variant in given if variant is not None]
    for height in _FORM_HEIGHTS:
        blocks = _forms(c, exercise, variants, height)
        if blocks and extent(blocks, c.look.width, at_top=True) <= room:
            return blocks
    return _forms(c, exercise, variants, 0.0)


def _forms(
    c: Composer, exercise: PlannedExercise, variants: Sequence[tuple[str, PlannedVariant]], height: float
) -> list[Flowed]:
    shown = {panel.figure for panel in exercise.main.panels}
    blocks = []
    for name, variant in variants:
        words = [Span(variant.summary)]
        if variant.weeks:
            words.insert(0, Span(f"{c.fill(c.strings.in_weeks, weeks=ranges(variant.weeks))}: ", bold=True))
        emblem = variant.emblem
        is_drawn = height > 0 and emblem is not None and emblem.figure not in shown
        blocks.append(Flowed(_fact(c, name, words), before=c.look.gap, keep=is_drawn))
        if is_drawn and emblem is not None:
            drawing = c.figures[emblem.figure]
            scale = min(c.look.width / drawing.width, height / drawing.height, _LARGEST)
            figure = c.panel(emblem, scale)._replace(align="centre")
            blocks.append(Flowed(figure, before=c.look.gap * 0.6))
    return blocks


def watch(c: Composer, exercise: PlannedExercise) -> list[Flowed]:
    """Return what often goes wrong, what to take care of, and the video."""
    gap = c.look.gap
    blocks = [
        Flowed(_fact(c, name, " ".join(words)), before=gap)
        for name, words in ((c.strings.mistakes, exercise.mistakes), (c.strings.care, exercise.care))
        if words
    ]
    if exercise.video:
        blocks.append(Flowed(video_code(c, exercise.video, "left"), before=gap))
    return blocks


def _fact(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    """Return a fact that begins with its name: a column of names would leave too narrow lines."""
    spans = [Span(words)] if isinstance(words, str) else list(words)
    return Paragraph(c.text([Span(f"{name}: ", bold=True, colour=c.look.accent), *spans]))
