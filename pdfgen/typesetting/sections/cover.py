"""The cover: title, patient, therapist, dates, goal and contents, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pdfgen.content.models.layout import SectionKind
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.planned_exercise import PlannedPanel
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.figures import fitted
from pdfgen.typesetting.flow import Flowed, extent, first_fitting
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.sections import screen_parts, screen_weeks
from pdfgen.typesetting.sections.cover_facts import HALVES, clinic, clinic_in_short, facts
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.twins import matched_flow

#: The goal is set larger than running text by this, and less so where room is scarce; the drawing fills so
#: much of the text width.
_GOAL_SIZE, _SHORT_GOAL_SIZE, _GOAL_LEADING = 1.5, 1.35, 1.2
_DRAWING_WIDTH = 0.75
#: White in the box of the goal, in gaps; the part of it and of that between facts that stays in a short form.
_GOAL_PAD, _TIGHT = 1.6, 0.6
#: Width of the numbers of pages with the white before them, in sizes of type.
_NUMBER_ROOM = 1.7


class _CoverForm(NamedTuple):
    """How much the cover shows.

    Attributes:
        white: the part of the usual white that is kept.
        drawing: the most height of the large drawing in millimetres; 0 is none.
        names: whether the exercises are named.
        short: whether the clinic takes as few lines as it can, and everything less white.
        columns: of the contents.
    """

    white: float
    drawing: float
    names: bool
    short: bool
    columns: int = 2


#: What shows most comes first. A large drawing stays as long as it can; the names of the exercises give way
#: before it, since their pages have them too.
_FORMS = (
    *(_CoverForm(white, high, True, False) for high in (72.0, 60.0, 50.0) for white in (1.0, 0.5)),
    *(_CoverForm(white, high, True, True) for white, high in ((0.5, 60.0), (0.5, 50.0), (0.35, 45.0))),
    *(_CoverForm(white, high, False, True) for white, high in ((0.5, 50.0), (0.35, 50.0), (0.35, 45.0))),
    *(_CoverForm(white, high, False, True) for high in (45.0, 40.0, 35.0, 30.0) for white in (0.25, 0.1)),
    _CoverForm(0.1, 25.0, False, True),
    *(_CoverForm(white, 0.0, names, True) for names in (True, False) for white in (0.5, 0.25, 0.1)),
)
#: Of a cover that takes more than one page.
_LONG_FORM = _CoverForm(0.5, 0.0, True, True, columns=1)

#: The title of a section in the language of a copy.
TitleOf = Callable[[Composer, SectionKind], str]


class ContentsLine(NamedTuple):
    """A section in the contents: `page` counts from 1."""

    kind: SectionKind
    page: int


def compose(c: Composer, contents: Sequence[ContentsLine], title_of: TitleOf) -> list[Flowed]:
    """Return the cover, with as much as one page holds; twin copies show the same."""

    def of(copy: Composer, form: _CoverForm) -> list[Flowed]:
        return _items(copy, contents, title_of, form)

    def height(form: _CoverForm) -> float:
        return extent(matched_flow(c, partial(of, form=form)), c.look.width, at_top=True)

    return of(c, first_fitting(_FORMS, height, c.look.height) or _LONG_FORM)


def _items(
    c: Composer, contents: Sequence[ContentsLine], title_of: TitleOf, form: _CoverForm
) -> list[Flowed]:
    """Return the blocks of the cover in a form."""
    gap, free = c.look.gap * form.white, c.look.gap
    kept = _TIGHT if form.short else 1.0
    lines = [_Line(title_of(c, line.kind), line.page, f"#{line.kind}") for line in contents]
    title = Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0)
    if c.layout.screen:
        return _on_screen(c, title, lines, form)
    items = [
        Flowed(clinic_in_short(c) if form.short else clinic(c)),
        Flowed(title, before=gap * 3, stretch=free * 7),
        Flowed(Paragraph(c.text(_subtitle(c), c.look.lead)), before=gap),
    ]
    panel = _best_panel(c, form.drawing * MM)
    if panel is not None:
        items.append(Flowed(_large(c, panel, form.drawing * MM), before=gap * 2, stretch=free * 4))
    if form.names:
        items.append(Flowed(_names(c), before=gap, stretch=free))
    items += [
        Flowed(facts(c, kept), before=gap * 3, stretch=free * 4),
        Flowed(_goal(c, kept), before=gap * 2, stretch=free * 2),
    ]
    if c.plan.message:
        items.append(Flowed(_message(c, c.plan.message), before=gap * 2, stretch=free * 2))
    items.append(Flowed(_questions(c), before=gap * 2, stretch=free))
    items.append(Flowed(_contents(c, lines, form), before=gap * 3, stretch=free * 4))
    return items


def _questions(c: Composer) -> Block:
    """Return whom to call with a question; a line to write on where the number is not known."""
    asked, number = c.strings.questions_call, c.plan.clinic.phone
    if number:
        return c.paragraph([Span(f"{asked} "), c.phone(number, bold=True)])
    return c.labelled_line(c.text(asked), asked, WRITING_ROOM * 0.8, INK, c.look.gap)


def _on_screen(c: Composer, title: Block, lines: Sequence[_Line], form: _CoverForm) -> list[Flowed]:
    """Return the cover for a screen: what to do today first, and who made it last."""
    gap, number = c.look.gap * 2, c.plan.clinic.phone
    message = [_message(c, c.plan.message)] if c.plan.message else []
    moment = [_moment(c, c.plan.if_then)] if c.plan.if_then else []
    call = [screen_parts.call_button(c, number)] if number else []
    read = screen_parts.button(c, c.plan.safety.title, "#safety")
    after = (_goal(c, 1.0), *call, *message, _contents(c, lines, form), facts(c, 1.0), clinic(c))
    weeks = screen_weeks.compose(c)
    return [
        Flowed(title),
        Flowed(Paragraph(c.text(_subtitle(c), c.look.lead)), before=gap * 0.5),
        *(Flowed(block, before=gap) for block in moment),
        Flowed(screen_parts.beside(c, [read, *call]), before=gap),
        *(block for block in weeks if not block.new_page),
        *(Flowed(block, before=gap) for block in after),
        *(block for block in weeks if block.new_page),
    ]


def _moment(c: Composer, words: OwnWords) -> Block:
    """Return the patient's fixed moment, which on paper stands on the week sheets."""
    return c.paragraph([Span(f"{c.strings.fixed_moment}: ", bold=True), *c.therapists(words)])


def _subtitle(c: Composer) -> str:
    weeks = c.language.count("week", len(c.plan.weeks))
    exercises = c.language.count("exercise", len(c.plan.exercises))
    warm_up = c.plan.warm_up_minutes
    spread = sorted({week.minutes + warm_up for week in c.plan.weeks if week.minutes})
    facts = [weeks, exercises]
    if spread and all(week.minutes for week in c.plan.weeks if week.sessions):
        least, most = spread[0], spread[-1]
        minutes = c.fill(c.strings.range_between, low=least, high=most) if least != most else least
        if any(week.has_shorter_sessions for week in c.plan.weeks):
            facts.append(c.fill(c.strings.time_at_most, minutes=most))
        else:
            facts.append(c.fill(c.strings.time_needed, minutes=minutes))
    if c.is_narrow:
        # A line that has to be broken is broken between two facts.
        facts = [fact.replace(" ", NO_BREAK) for fact in facts]
    return ", ".join(facts)


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
        spans += [c.exercise_name(exercise), Span(", ")]
    return c.paragraph(spans[:-1])


def _goal(c: Composer, white: float) -> Block:
    """Return the goal in a box, with that part of the usual white."""
    strings = c.strings
    pad = c.look.gap * _GOAL_PAD * white
    words: list[Block] = [Paragraph(c.text(strings.my_goal, c.look.h3), "H2"), c.space(0.4)]
    if c.plan.goal:
        size = c.look.body.size * (_GOAL_SIZE if white == 1 else _SHORT_GOAL_SIZE)
        words.append(
            Paragraph(
                c.text(
                    c.therapists(c.plan.goal), TextStyle(size, size * _GOAL_LEADING, bold=True, colour=INK)
                )
            )
        )
    else:
        words += [
            c.paragraph(strings.goal_question, c.look.quiet),
            WritingLine(WRITING_ROOM, LINE, strings.my_goal),
        ]
    return Frame(
        Stack(tuple(words)), (pad, pad, pad, pad), fill=TINT, edge=5.0, edge_colour=c.look.accent, role="Sect"
    )


def _message(c: Composer, words: OwnWords) -> Block:
    """Return what the therapist says, with who says it."""
    who = Span(f"{c.strings.note_from}: ", bold=True)
    pad = c.look.gap * 0.4
    return Frame(
        c.paragraph([who, *c.therapists(words)]),
        (pad, 0.0, pad, c.look.gap * 1.6),
        edge=5.0,
        edge_colour=c.look.accent,
    )


def _contents(c: Composer, contents: Sequence[_Line], form: _CoverForm) -> Block:
    if c.layout.screen:
        rows = (screen_parts.row(c, line.title, line.link, str(line.page)) for line in _all(c, contents))
        return c.stack(Paragraph(c.text(c.strings.contents, c.look.h3), "H2"), screen_parts.Rows(tuple(rows)))
    part = -(-len(contents) // form.columns)
    lists = [_Contents(c, tuple(lines)) for lines in rows_of(contents, part)]
    widths, gap = ((1.0,) * len(lists), 2.5) if form.short else (HALVES[: len(lists)], 4.0)
    return c.stack(
        Paragraph(c.text(c.strings.contents, c.look.h3), "H2"),
        c.space(0.5),
        c.columns(*lists, widths=widths, gap=c.look.gap * gap),
        role="Sect",
    )


def _all(c: Composer, contents: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines of a screen: what pain asks for has a page of its own there, behind the signs."""
    for line in contents:
        yield line
        if line.link == "#safety":
            yield _Line(c.plan.safety.light_title, line.page + 1, f"#{screen_parts.PAIN_LIMITS}")


class _Line(NamedTuple):
    """A line of the contents; `link` goes to the page."""

    title: str
    page: int
    link: str


class _Contents(NamedTuple):
    """Titles with their page numbers at the end of the column."""

    composer: Composer
    entries: tuple[_Line, ...]

    def _text(self, entry: _Line) -> Text:
        spans = [Span(f"{entry.title}{NO_BREAK}", link=entry.link)]
        return self.composer.text(spans, self.composer.look.cell)

    @property
    def _room(self) -> float:
        """Width of the column of the numbers."""
        return self.composer.look.cell.size * _NUMBER_ROOM

    def height(self, width: float) -> float:
        return sum(self._text(entry).height(width - self._room) + 2 for entry in self.entries)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        c = self.composer
        node = canvas.node("L", parent, numbering="None")
        for entry in self.entries:
            body = canvas.node("LBody", canvas.node("LI", node))
            title = self._text(entry)
            title.place(canvas, x, y, width - self._room, body)
            number = c.text([Span(str(entry.page), link=entry.link)], c.look.cell_bold)
            number.place(canvas, x + width - number.natural_width, y, number.natural_width + 1, body)
            y += title.height(width - self._room) + 2
