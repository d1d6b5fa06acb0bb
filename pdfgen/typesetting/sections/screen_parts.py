"""What pages on a screen have besides: numbers to call, rows that lead elsewhere, the way back to today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.content.models.contact import dialled
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import DECORATION, LinkArea, Shape
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

#: As high as a finger: 44 CSS pixels of a phone on which 105 mm are 360.
_FINGER = 12.8 * MM
_LINE = 1.2
#: Least height of a row of a list, its white above and below, its arrow and the room for that, in points.
_ROW, _ROW_AIR, _ARROW, _ARROW_ROOM = 9.4 * MM, 6.0, 3.5, 14.0
_STOP_ICON = 1.8
#: Width of the number of a row, in sizes of type.
_INDENT = 1.5
#: The names of the places with what is done in each week, and how to warm up.
LIST = "weeks"
#: The section in which pain is noted; how the names of the places of its weeks begin.
PAIN, PAIN_WEEK = "week-questions", "pain-week-"
#: The names of the places with what pain asks for, and with who must ask a doctor first.
PAIN_LIMITS, ASK_FIRST = "pain-limits", "ask-first"


class Button(NamedTuple):
    """A link in an outline all of which can be tapped: lines below each other, and what they are in words."""

    lines: tuple[Text, ...]
    said: str
    target: str
    pad: float

    @property
    def natural_width(self) -> float:
        """The width in points in which no line is broken."""
        return max(line.natural_width for line in self.lines) + 2 * self.pad + 1

    def _words_height(self, width: float) -> float:
        return sum(line.height(width - 2 * self.pad) for line in self.lines)

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(_FINGER, self._words_height(width) + self.pad)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set outline, link and words."""
        high, room = self.height(width), width - 2 * self.pad
        canvas.add(rectangle(x, y, width, high, stroke=INK, line=_LINE))
        node = canvas.node("Link", canvas.node("P", parent))
        canvas.add(LinkArea(x, y, width, high, self.target, self.said, node))
        top = y + (high - self._words_height(width)) / 2
        for line in self.lines:
            line.place(canvas, x + self.pad, top, room, node)
            top += line.height(room)


class Row(NamedTuple):
    """A link as wide as its column, over a line and with an arrow at its right; all of it can be tapped.

    What it is called is its first text; others stand below it.

    Attributes:
        number: before the first text; the others begin where that does.
    """

    lines: tuple[Text, ...]
    target: str
    least: float = _ROW
    number: Text | None = None

    @property
    def _indent(self) -> float:
        return self.number.style.size * _INDENT if self.number else 0.0

    def _words_height(self, width: float) -> float:
        return sum(line.height(width - _ARROW_ROOM - self._indent) for line in self.lines)

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(self.least, self._words_height(width) + _ROW_AIR)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set line, arrow, link and words."""
        high, room = self.height(width), width - _ARROW_ROOM - self._indent
        low, right, middle = y + high, x + width - _LINE, y + high / 2
        canvas.add(Shape((("M", x, low), ("L", x + width, low)), DECORATION, stroke=INK, width=0.5))
        arrow = (
            ("M", right - _ARROW, middle - _ARROW),
            ("L", right, middle),
            ("L", right - _ARROW, middle + _ARROW),
        )
        canvas.add(Shape(arrow, DECORATION, stroke=INK, width=_LINE))
        node = canvas.node("Link", canvas.node("P", parent))
        canvas.add(LinkArea(x, y, width, high, self.target, _said(self.lines[0].spans), node))
        top = middle - self._words_height(width) / 2
        if self.number:
            self.number.place(canvas, x, top, self._indent, node)
        for line in self.lines:
            line.place(canvas, x + self._indent, top, room, node)
            top += line.height(room)


class Rows(NamedTuple):
    """A list of rows."""

    rows: tuple[Row, ...]

    def height(self, width: float) -> float:
        """Return the height in points."""
        return sum(row.height(width) for row in self.rows)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the rows below each other."""
        node = canvas.node("L", parent, numbering="None")
        for row in self.rows:
            row.place(canvas, x, y, width, canvas.node("LBody", canvas.node("LI", node)))
            y += row.height(width)


class Anchor(NamedTuple):
    """A place that links go to, which takes no room."""

    name: str

    def height(self, width: float) -> float:
        """Return 0."""
        return 0.0

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the place."""
        canvas.destination(self.name, y)


def _said(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans).replace(NO_BREAK, " ")


def button(c: Composer, words: str, target: str, more: str = "") -> Button:
    """Return a button; its target is an address or `#` with the name of a place in the document.

    Args:
        words: in bold.
        more: what goes on behind them.
    """
    style = c.look.cell_bold._replace(align="centre")
    spans = [Span(words), *([Span(f" {more}", bold=False)] if more else [])]
    return Button((c.text(spans, style),), _said(spans), target, c.look.gap)


def row(c: Composer, words: str, target: str, more: str = "") -> Row:
    """Return a link as wide as its column.

    Args:
        more: in bold behind the words.
    """
    spans = [Span(words), *([Span(f" {more}", bold=True)] if more else [])]
    return Row((c.text(spans, c.look.cell),), target)


def tall_row(lines: Sequence[Text], target: str, number: Text | None = None) -> Row:
    """Return a link of several lines, at least as high as a finger."""
    return Row(tuple(lines), target, _FINGER, number)


def beside(c: Composer, buttons: Sequence[Button]) -> Block:
    """Return buttons beside each other, or below each other where a line of one would be broken."""
    gap = c.look.gap
    column = (c.look.width + gap) / len(buttons) - gap
    if max(one.natural_width for one in buttons) <= column:
        return Columns(tuple(buttons), (1.0,) * len(buttons), gap)
    return Stack(tuple(buttons), gap)


def call_button(c: Composer, number: str) -> Button:
    """Return a button that calls a number."""
    words = c.fill(c.strings.call_number, number=number).replace(" ", NO_BREAK)
    return button(c, words, "tel:" + dialled(number, c.plan.dialling_code))


def after_warm_up(c: Composer) -> Block:
    """Return a button to the first exercise; back to the weeks where it differs between days or weeks."""
    sessions = [session for week in c.plan.weeks for session in week.sessions]
    firsts = {min((item.number for item in session.items), default=0) for session in sessions}
    exercise = c.plan.exercises[0]
    is_one = firsts == {exercise.number} and len(exercise.shown_forms) == 1
    if not is_one or "exercise-weeks" not in c.layout.kinds:
        return button(c, c.strings.to_list, f"#{LIST}")
    named = c.fill(c.strings.next_exercise, exercise=f"{exercise.number} {exercise.name}")
    return button(c, named.replace(" ", NO_BREAK), f"#{destination_of(exercise)}")


def stop_strip(c: Composer) -> Block:
    """Return when to stop, with a button that calls the clinic, or one to where its number is written.

    The emergency number is none instead: a sharp twinge is no emergency.
    """
    rule = Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold))
    stop = c.beside_icon("stop", c.look.body.size * _STOP_ICON, rule, align="top")
    pad = c.look.gap * 0.8
    return Frame(
        Stack((stop, _whom(c)), c.look.gap * 0.8), (pad, pad, pad, pad), fill=TINT, edge=4.0, role="Div"
    )


def _whom(c: Composer) -> Block:
    """Return a button that calls the clinic, or where its number is not known, one to the line for it."""
    if c.plan.clinic.phone:
        return call_button(c, c.plan.clinic.phone)
    words = c.fill(c.strings.number_at, title=c.plan.safety.title).replace(" ", NO_BREAK)
    # Of the boxes the last one is the clinic's.
    return button(c, words, f"#{signs_of(len(c.plan.safety.boxes) - 1)}")


def calls(c: Composer) -> Iterator[Flowed]:
    """Yield a row to the signs of each box, beside a button that calls its first number, if known.

    The last row goes to who must ask first.
    """
    for index, box in enumerate(c.plan.safety.boxes):
        title = c.text(box.title, c.look.cell_bold)
        down = tall_row((title,), f"#{signs_of(index)}")
        block: Block = down
        if number := box.phones[0].number:
            call = call_button(c, number)
            room = c.look.width - c.look.gap - call.natural_width - _ARROW_ROOM
            beside = Columns((down, call), (1.0, call.natural_width), c.look.gap)
            is_narrow = title.is_word_parted(room) or len(title.lines(room)) > 2
            block = Stack((down, call), c.look.gap * 0.6) if is_narrow else beside
        yield Flowed(block, before=c.look.gap * 0.6)
    title = c.text(c.plan.safety.ask_first_title, c.look.cell_bold)
    yield Flowed(tall_row((title,), f"#{ASK_FIRST}"), before=c.look.gap * 0.6)


def signs_of(index: int) -> str:
    """Return the name of the place of a box of signs, from 0."""
    return f"signs-{index + 1}"


def at(name: str, flowed: Flowed) -> Flowed:
    """Return a block with the name of its place, which links go to."""
    return flowed._replace(block=Stack((Anchor(name), flowed.block)))


def back(c: Composer) -> Flowed:
    """Return the link to what is done today, for the foot of pages."""
    return Flowed(row(c, c.strings.to_list, f"#{LIST}"), before=c.look.gap * 2)
