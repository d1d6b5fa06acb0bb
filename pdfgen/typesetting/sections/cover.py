"""The cover: title, patient, therapist, dates, goal, exercises and contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pdfgen.content.models.contact import dialled
from pdfgen.planning.dates import END, START
from pdfgen.planning.plan import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Space, Stack, WritingLine, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.flow import Flowed, first_flow
from pdfgen.typesetting.look import LINE, MM, TINT
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

_LOGO_WIDTH, _LOGO_HEIGHT = 62 * MM, 24 * MM
_THUMBNAIL_HEIGHT = 22 * MM
_THUMBNAILS_A_ROW = 4

#: Shares of the two columns that everything on the cover keeps to.
_HALVES = (0.54, 0.46)


class _CoverForm(NamedTuple):
    """How much the cover shows.

    Attributes:
        white: the part of the usual white that is kept.
        drawings: the exercises with their names, in one row with their numbers, or not at all.
        columns: of the contents.
    """

    white: float
    drawings: Literal["named", "numbered", "none"]
    columns: int


#: What shows most comes first.
_FORMS = (
    _CoverForm(1.0, "named", 2),
    _CoverForm(0.5, "named", 2),
    _CoverForm(0.5, "numbered", 1),
    _CoverForm(0.5, "numbered", 2),
    _CoverForm(0.5, "none", 1),
    _CoverForm(0.5, "none", 2),
)


class ContentsLine(NamedTuple):
    """A line of the contents; `page` counts from 1."""

    title: str
    page: int


def compose(c: Composer, contents: Sequence[ContentsLine]) -> list[Flowed]:
    """Return the cover: on one page if need be with less white, then smaller drawings, then none."""
    choices = (_items(c, contents, form) for form in _FORMS)
    return first_flow(choices, c.look, c.look.height) or _items(c, contents, _FORMS[-1])


def _items(c: Composer, contents: Sequence[ContentsLine], form: _CoverForm) -> list[Flowed]:
    """Return the blocks of the cover in a form."""
    gap, free = c.look.gap * form.white, c.look.gap
    title = Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0)
    items = [
        Flowed(_clinic(c)),
        Flowed(title, before=gap * 3, stretch=free * 7),
        Flowed(Paragraph(c.text(_subtitle(c), c.look.lead)), before=gap),
    ]
    if form.drawings != "none":
        drawings = _exercises(c) if form.drawings == "named" else _drawings_in_a_row(c)
        items.append(Flowed(drawings, before=gap * 3, stretch=free * 4))
    items += [
        Flowed(_facts(c), before=gap * 3, stretch=free * 4),
        Flowed(_goal(c), before=gap * 2, stretch=free * 2),
    ]
    if c.plan.clinic.phone:
        phone = c.plan.clinic.phone.replace(" ", "\u00a0")
        question = [Span(f"{c.strings.questions_call} "), Span(phone, bold=True)]
        items.append(Flowed(c.paragraph(question), before=gap * 2, stretch=free))
    items.append(Flowed(_contents(c, contents, form.columns), before=gap * 3, stretch=free * 4))
    return items


def _clinic(c: Composer) -> Block:
    """Return logo, name and contact of the clinic; a line to write on where it is unknown."""
    clinic = c.plan.clinic
    lines: list[Block] = []
    if clinic.name:
        lines.append(Paragraph(c.text(clinic.name, c.look.bold)))
    lines += [Paragraph(c.text(line, c.look.label)) for line in clinic.address]
    for words, target in (
        (clinic.phone, "tel:" + dialled(clinic.phone)),
        (clinic.email, "mailto:" + clinic.email),
        (clinic.website, _address(clinic.website)),
    ):
        if words:
            lines.append(Paragraph(c.text([Span(words, link=target)], c.look.label)))
    if not lines:
        return c.stack(
            Paragraph(c.text(c.strings.clinic_stamp, c.look.label)),
            WritingLine(WRITING_ROOM, LINE, c.strings.clinic_stamp),
        )
    contact = Stack(tuple(lines), 1.5)
    if c.logo is None:
        return contact
    wide, high = fitted(c.logo.width, c.logo.height, _LOGO_WIDTH, _LOGO_HEIGHT)
    logo = Figure(c.logo, wide, high, c.logo_alt or clinic.name)
    return Columns((logo, contact), _HALVES, c.look.gap * 4, align="middle")


def _address(website: str) -> str:
    return website if "://" in website else f"https://{website}"


def _subtitle(c: Composer) -> str:
    weeks = c.language.count("week", len(c.plan.weeks))
    exercises = c.language.count("exercise", len(c.plan.exercises))
    warm_up = c.plan.warm_up_minutes
    spread = sorted({week.minutes + warm_up for week in c.plan.weeks if week.minutes})
    facts = [weeks, exercises]
    if spread and all(week.minutes for week in c.plan.weeks if week.sessions):
        least, most = spread[0], spread[-1]
        minutes = c.fill(c.strings.range_between, low=least, high=most) if least != most else least
        facts.append(c.fill(c.strings.time_needed, minutes=minutes))
    if c.is_narrow:
        # A line that has to be broken is broken between two facts.
        facts = [fact.replace(" ", NO_BREAK) for fact in facts]
    return " · ".join(facts)


def _exercises(c: Composer) -> Block:
    """Return the exercises at a glance: number, name and one drawing each."""
    exercises = c.plan.exercises
    gap = c.look.gap * 2
    across = min(len(exercises), _THUMBNAILS_A_ROW)
    column = (c.look.width - gap * (across - 1)) / across
    drawn = rows_of([_thumbnail(c, exercise, column) for exercise in exercises], _THUMBNAILS_A_ROW)
    return Stack(tuple(Columns(tuple(row), (column,) * len(row), gap) for row in drawn), gap)


def _thumbnail(c: Composer, exercise: PlannedExercise, column: float) -> Block:
    words = [Span(f"{exercise.number}\u00a0 ", colour=c.look.accent), Span(exercise.name)]
    name = Paragraph(c.text(words, c.look.label_bold))
    panel = exercise.main.emblem
    if panel is None:
        return name
    drawing = c.figures[panel.figure]
    scale = min(column / drawing.width, _THUMBNAIL_HEIGHT / drawing.height)
    figure = c.panel(panel, scale)
    return c.stack(Space(_THUMBNAIL_HEIGHT - figure.high), figure, c.space(0.6), name)


def _drawings_in_a_row(c: Composer) -> Block:
    """Return one drawing of each exercise with its number, in one row at one scale, for a small page."""
    exercises = c.plan.exercises
    gap = c.look.gap
    column = (c.look.width - gap * (len(exercises) - 1)) / len(exercises)
    panels = [e.main.emblem for e in exercises if e.main.emblem is not None]
    drawings = [c.figures[panel.figure] for panel in panels]
    scale = min((min(column / d.width, _THUMBNAIL_HEIGHT / d.height) for d in drawings), default=1.0)
    style = c.look.label_bold._replace(colour=c.look.accent)
    columns = []
    for exercise in exercises:
        emblem = exercise.main.emblem
        drawing = [] if emblem is None else [c.panel(emblem, scale)]
        columns.append(c.stack(*drawing, c.space(0.4), Paragraph(c.text(str(exercise.number), style))))
    return Columns(tuple(columns), (column,) * len(columns), gap, align="bottom")


def _facts(c: Composer) -> Block:
    """Return for whom and from whom the program is, and its first and last day."""
    plan, strings = c.plan, c.strings
    patient = _fact(c, strings.for_patient, plan.label, "label")
    therapist = _fact(c, strings.from_therapist, plan.therapist, "therapist")
    start = _fact(c, strings.start_date, c.dates.get(START, ""), START)
    end = _fact(c, strings.end_date, c.dates.get(END, ""), END)
    columns = (c.stack(*facts, gap=c.look.gap * 1.4) for facts in ((patient, therapist), (start, end)))
    return c.columns(*columns, widths=_HALVES, gap=c.look.gap * 4)


def _fact(c: Composer, name: str, words: str, slot: str) -> Block:
    label = Paragraph(c.text(name, c.look.quiet))
    value: Block = (
        Paragraph(c.text([Span(words, slot=f"{{{slot}}}")], c.look.bold))
        if words
        else WritingLine(c.look.bold.leading, LINE, name)
    )
    return Stack((label, value))


def _goal(c: Composer) -> Block:
    strings = c.strings
    pad = c.look.gap * 1.6
    words: list[Block] = [Paragraph(c.text(strings.my_goal, c.look.h3), "H2"), c.space(0.4)]
    if c.plan.goal:
        words.append(c.paragraph(c.plan.goal))
    else:
        words += [
            c.paragraph(strings.goal_question, c.look.quiet),
            WritingLine(WRITING_ROOM, LINE, strings.my_goal),
        ]
    return Frame(
        Stack(tuple(words)), (pad, pad, pad, pad), fill=TINT, edge=5.0, edge_colour=c.look.accent, role="Sect"
    )


def _contents(c: Composer, contents: Sequence[ContentsLine], columns: int) -> Block:
    part = -(-len(contents) // columns)
    lists = [_Contents(c, tuple(lines)) for lines in rows_of(contents, part)]
    return c.stack(
        Paragraph(c.text(c.strings.contents, c.look.h3), "H2"),
        c.space(0.5),
        c.columns(*lists, widths=_HALVES[: len(lists)], gap=c.look.gap * 4),
        role="Sect",
    )


class _Contents(NamedTuple):
    """Titles with their page numbers at the end of the column."""

    composer: Composer
    entries: tuple[ContentsLine, ...]

    def _text(self, entry: ContentsLine) -> Text:
        return self.composer.text(f"{entry.title}\u00a0", self.composer.look.cell)

    def height(self, width: float) -> float:
        return sum(self._text(entry).height(width - 30) + 2 for entry in self.entries)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        c = self.composer
        node = canvas.node("L", parent, numbering="None")
        for entry in self.entries:
            body = canvas.node("LBody", canvas.node("LI", node))
            title = self._text(entry)
            title.place(canvas, x, y, width - 30, body)
            number = c.text(str(entry.page), c.look.cell_bold)
            number.place(canvas, x + width - number.natural_width, y, number.natural_width + 1, body)
            y += title.height(width - 30) + 2
