"""The cover: title, patient, therapist, dates, goal, exercises and contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.planning.dates import END, START
from pdfgen.planning.plan import PlannedPanel
from pdfgen.planning.wording import NO_BREAK, list_words
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack, WritingLine, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.flow import Flowed, first_flow
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle

_LOGO_WIDTH, _LOGO_HEIGHT = 62 * MM, 24 * MM
#: The goal is set larger than running text by this, and the drawing fills so much of the text width.
_GOAL_SIZE, _GOAL_LEADING = 1.5, 1.25
_DRAWING_WIDTH = 0.75

#: Shares of the two columns that everything on the cover keeps to.
_HALVES = (0.54, 0.46)


class _CoverForm(NamedTuple):
    """How much the cover shows.

    Attributes:
        white: the part of the usual white that is kept.
        drawing: the most height of the large drawing in millimetres; 0 is none.
        names: whether the exercises are named.
        columns: of the contents.
    """

    white: float
    drawing: float
    names: bool
    columns: int


#: What shows most comes first. The drawing gives way before the names do.
_FORMS = (
    *(_CoverForm(white, high, True, 2) for high in (72.0, 60.0, 50.0) for white in (1.0, 0.5)),
    *(_CoverForm(0.5, high, True, 2) for high in (40.0, 0.0)),
    _CoverForm(0.25, 0.0, True, 2),
    _CoverForm(0.5, 0.0, False, 2),
)
#: Of a cover that takes more than one page.
_LONG_FORM = _CoverForm(0.5, 0.0, True, 1)


class ContentsLine(NamedTuple):
    """A line of the contents: `page` counts from 1, `link` goes to it."""

    title: str
    page: int
    link: str


def compose(c: Composer, contents: Sequence[ContentsLine]) -> list[Flowed]:
    """Return the cover: on one page if need be with a smaller drawing or none, then without names."""
    choices = (_items(c, contents, form) for form in _FORMS)
    return first_flow(choices, c.look, c.look.height) or _items(c, contents, _LONG_FORM)


def _items(c: Composer, contents: Sequence[ContentsLine], form: _CoverForm) -> list[Flowed]:
    """Return the blocks of the cover in a form."""
    gap, free = c.look.gap * form.white, c.look.gap
    title = Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0)
    items = [
        Flowed(_clinic(c)),
        Flowed(title, before=gap * 3, stretch=free * 7),
        Flowed(Paragraph(c.text(_subtitle(c), c.look.lead)), before=gap),
    ]
    panel = _best_panel(c, form.drawing * MM)
    if panel is not None:
        items.append(Flowed(_large(c, panel, form.drawing * MM), before=gap * 2, stretch=free * 4))
    if form.names:
        items.append(Flowed(_names(c), before=gap, stretch=free))
    items += [
        Flowed(_facts(c), before=gap * 3, stretch=free * 4),
        Flowed(_goal(c), before=gap * 2, stretch=free * 2),
    ]
    if c.plan.message:
        items.append(Flowed(_message(c), before=gap * 2, stretch=free * 2))
    if c.plan.clinic.phone:
        number = c.phone(c.plan.clinic.phone, bold=True)
        items.append(
            Flowed(c.paragraph([Span(f"{c.strings.questions_call} "), number]), before=gap * 2, stretch=free)
        )
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
        (clinic.phone, c.phone(clinic.phone).link),
        (clinic.email, "mailto:" + clinic.email),
        (clinic.website, _address(clinic.website)),
    ):
        if words:
            lines.append(Paragraph(c.text([Span(words, link=target)], c.look.label)))
    if not lines:
        label = c.text(f"{c.strings.clinic_stamp}:", c.look.label)
        return c.labelled_line(label, c.strings.clinic_stamp, WRITING_ROOM, LINE, c.look.gap)
    contact = Stack(tuple(lines), 1.5)
    if c.logo is None:
        return contact
    wide, high = fitted(c.logo.width, c.logo.height, _LOGO_WIDTH, _LOGO_HEIGHT)
    logo = Figure(c.logo, wide, high, c.logo_alt or clinic.name)
    if c.layout.screen:
        return c.stack(logo, contact, gap=c.look.gap)
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


def _best_panel(c: Composer, highest: float) -> PlannedPanel | None:
    """Return the drawing of the program that fills most of the place for one; None without a place."""
    panels = [e.main.emblem for e in c.plan.exercises if e.main.emblem is not None]

    def area(panel: PlannedPanel) -> float:
        wide, high = _large_size(c, panel, highest)
        return wide * high

    return max(panels, key=area, default=None) if highest else None


def _large_size(c: Composer, panel: PlannedPanel, highest: float) -> tuple[float, float]:
    drawing = c.figures[panel.figure]
    return fitted(drawing.width, drawing.height, c.look.width * _DRAWING_WIDTH, highest)


def _large(c: Composer, panel: PlannedPanel, highest: float) -> Block:
    wide, _ = _large_size(c, panel, highest)
    return c.panel(panel, wide / c.figures[panel.figure].width)


def _names(c: Composer) -> Block:
    """Return the exercises with their numbers."""
    spans = []
    for exercise in c.plan.exercises:
        spans += [Span(f"{exercise.number}{NO_BREAK}", bold=True, colour=c.look.accent)]
        spans += [c.exercise_name(exercise), Span(" · ")]
    return c.paragraph(spans[:-1])


def _facts(c: Composer) -> Block:
    """Return for whom and from whom the program is, and its first and last day."""
    plan, strings = c.plan, c.strings
    patient = _fact(c, strings.for_patient, plan.label, "label")
    therapist = _fact(c, strings.from_therapist, plan.therapist, "therapist")
    start = _fact(c, strings.start_date, c.dates.get(START, ""), START)
    end = _fact(c, strings.end_date, c.dates.get(END, ""), END)
    days = Paragraph(c.text(_days(c), c.look.bold))
    columns = (c.stack(*facts, gap=c.look.gap * 1.4) for facts in ((patient, therapist), (start, end)))
    return c.stack(c.columns(*columns, widths=_HALVES, gap=c.look.gap * 4), c.space(1.4), days)


def _days(c: Composer) -> str:
    """Return the days on which there is something to do."""
    days = {session.day for week in c.plan.weeks for session in week.sessions}
    if len(days) == len(WEEKDAYS):
        return f"{c.strings.every_day[:1].upper()}{c.strings.every_day[1:]}"
    return c.fill(
        c.strings.on_days,
        days=list_words([c.language.day_names[d] for d in WEEKDAYS if d in days], c.language),
    )


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
        size = c.look.body.size * _GOAL_SIZE
        words.append(
            Paragraph(c.text(c.plan.goal, TextStyle(size, size * _GOAL_LEADING, bold=True, colour=INK)))
        )
    else:
        words += [
            c.paragraph(strings.goal_question, c.look.quiet),
            WritingLine(WRITING_ROOM, LINE, strings.my_goal),
        ]
    return Frame(
        Stack(tuple(words)), (pad, pad, pad, pad), fill=TINT, edge=5.0, edge_colour=c.look.accent, role="Sect"
    )


def _message(c: Composer) -> Block:
    """Return what the therapist says, with who says it."""
    who = Span(f"{c.strings.note_from}: ", bold=True)
    pad = c.look.gap * 0.4
    return Frame(
        c.paragraph([who, Span(c.plan.message)]),
        (pad, 0.0, pad, c.look.gap * 1.6),
        edge=5.0,
        edge_colour=c.look.accent,
    )


def _contents(c: Composer, contents: Sequence[ContentsLine], columns: int) -> Block:
    part = -(-len(contents) // (1 if c.layout.screen else columns))
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
        spans = [Span(f"{entry.title}{NO_BREAK}", link=entry.link)]
        return self.composer.text(spans, self.composer.look.cell)

    def height(self, width: float) -> float:
        return sum(self._text(entry).height(width - 30) + 2 for entry in self.entries)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        c = self.composer
        node = canvas.node("L", parent, numbering="None")
        for entry in self.entries:
            body = canvas.node("LBody", canvas.node("LI", node))
            title = self._text(entry)
            title.place(canvas, x, y, width - 30, body)
            number = c.text([Span(str(entry.page), link=entry.link)], c.look.cell_bold)
            number.place(canvas, x + width - number.natural_width, y, number.natural_width + 1, body)
            y += title.height(width - 30) + 2
