"""What stands round the boxes of a week sheet: title and goal at its head, stop rule and numbers at its foot.

Words keep clear of the places of the codes, whether a sheet has codes or not, so that both look alike.
Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pdfgen.content.models.layout import SHEET_PAPERS
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Space, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.document import DECORATION, Placed
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_ahead import Ahead, Spread, is_facing, told_ahead
from pdfgen.typesetting.sections.tracker_facts import facts, facts_width, milestone
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.tracker_geometry import Across, across, code_edges
from pdfgen.typesetting.twins import widest

#: Height at which the title of a whole page starts: beside the code, clear of the first mark.
_TITLE = 12.5
#: White below the head, above the foot, and between it and the lines at the foot of the page.
_BELOW_HEAD, _ABOVE_FOOT, _OVER_FOOTER = 1.5, 2.0, 1.5
#: In large print, that of so many points: its letters, and the rules between rows, take more white.
_LARGE, _ABOVE_LARGE, _OVER_LARGE = 16.0, 3.0, 2.5
#: What is read ends so far from the lower edge of the paper.
_LEAST_MARGIN = 18.0
#: White inside the foot in points, and its thick edge.
_PADDING, _EDGE = 5.0, 5.0
#: Side of the stop sign where no code stands, and in a foot that has the whole width.
_SIGN, _SMALL_SIGN = 19.0, 9.0
#: Height of a line to write on in the head, in lines of type.
_WRITING = 1.3
#: White between the title and the dates at its right.
_FACTS_APART = 4.0
#: What of a letter's size is below the line.
_DESCENT = 0.25
#: Length of the line for the number of a spare week.
_NUMBER_LINE = 22.0


Foot = Literal["full", "short", "none"]
"""What stands at the foot of a side: stop rule and numbers, their first words for a side with exercises whose
leaf has all on its other side, or nothing."""


class SheetFrame(NamedTuple):
    """The room on the sides of a leaf.

    Attributes:
        has_codes: whether places are kept for codes.
        edges: of words and boxes.
        title: where the head starts; `head_right`: the right edge of its words.
        below_code: where rows may begin at the earliest.
        foot_left, foot_bottom: of the box with the stop rule.
        above_code: where rows end at the latest.
    """

    has_codes: bool
    edges: Across
    title: float
    head_right: float
    below_code: float
    foot_left: float
    foot_bottom: float
    above_code: float

    def bottom(self, c: Composer, foot: Foot) -> float:
        """Return where the parts of a side end at the latest with that foot."""
        if foot == "none":
            return self.above_code - _above_foot(c)
        width = (self.edges.right - self.foot_left) * MM
        high = widest(c, lambda copy: _foot(copy, self, foot).height(width)) / MM
        return min(self.above_code, self.foot_bottom - high) - _above_foot(c)

    def top(self, c: Composer, week: Week, side: int, *, goal: bool, spread: Spread) -> float:
        """Return where the parts of a side, from 0, begin, below the head of both copies."""
        width = (self.head_right - self.edges.left) * MM

        def high(copy: Composer) -> float:
            ahead = told_ahead(copy, spread, side)
            return _head_of(copy, week, side, width, goal=goal, ahead=ahead).height(width) / MM

        return up(max(self.title + widest(c, high), self.below_code) + _BELOW_HEAD)


def _above_foot(c: Composer) -> float:
    return _ABOVE_LARGE if c.look.body.size >= _LARGE else _ABOVE_FOOT


def sheet_frame(c: Composer, paper: str) -> SheetFrame:
    """Return the frame of the sheets of a layout on a paper."""
    look = c.look
    own_line = look.furniture.leading if c.plan.clinic.footer else 0.0
    over = _OVER_LARGE if look.body.size >= _LARGE else _OVER_FOOTER
    foot_bottom = min((look.footer_top - own_line) / MM - over, look.page_height / MM - _LEAST_MARGIN)
    if c.layout.imposition is None and paper in SHEET_PAPERS:
        right, below, left, above = code_edges(paper)
        return SheetFrame(True, across(paper), _TITLE, right, below, left, foot_bottom, above)
    edges = Across(look.left / MM, look.right / MM)
    bottom = min(foot_bottom, look.bottom / MM)
    return SheetFrame(False, edges, look.top / MM, edges.right, 0.0, edges.left, bottom, bottom)


def week_title(c: Composer, week: Week) -> str:
    """Return the title of a week's sheet."""
    return f"{c.strings.tracker_title} {week.number}" if week.number else c.strings.spare_week


def _goal(c: Composer, words: OwnWords) -> Block:
    return Paragraph(c.text([Span(f"{c.strings.my_goal}: "), *c.therapists(words, bold=True)], c.look.cell))


def _back_head(c: Composer, week: Week, side: int, *, goal: bool, ahead: Ahead) -> Stack:
    """Return the title of a back with the patient's fixed moment, beside the place of the code.

    Where a front has none of them, also the goal and a word half way and at the end.
    """
    word = milestone(c, week) if (side == 1 if is_facing(c) else goal) else ""
    said = [Span(words, bold=words != ahead.pain) for words in (*ahead, word) if words]
    spaced = [Span(f"{span.text} ", bold=span.bold) for span in said[:-1]] + said[-1:]
    words = [
        *([_goal(c, c.plan.goal)] if goal and c.plan.goal else []),
        _moment(c),
        *([Paragraph(c.text(spaced, c.look.cell))] if said else []),
    ]
    return Stack((Paragraph(c.text(_back_title(c, week, side), c.look.h1), "H1"), *words))


def _back_title(c: Composer, week: Week, side: int) -> str:
    """Return the title of a side behind the front."""
    title = week_title(c, week)
    if is_facing(c):
        return c.fill(c.strings.continued, title=title)
    sheet = [c.strings.second_sheet] if side > 1 else []
    back = [c.strings.week_back] if side % 2 else []
    return f"{title} · {', '.join((*sheet, *back))}"


def _moment(c: Composer) -> Block:
    """Return the patient's fixed moment: in words, or a line to write it on."""
    name = Span(f"{c.strings.fixed_moment}:{NO_BREAK}", bold=True)
    if c.plan.if_then:
        return Paragraph(c.text([name, *c.therapists(c.plan.if_then)], c.look.cell))
    room = c.look.cell.leading * _WRITING
    return c.labelled_line(c.text([name], c.look.cell), c.strings.fixed_moment, room, INK, 2.0)


def _head(c: Composer, week: Week, width: float, *, goal: bool, ahead: Ahead) -> Stack:
    """Return title, dates and the one rule of crossing; also the goal, and a word half way and at the end.

    Args:
        ahead: what of a day is on the next sides.
        width: in points; dates stand beside the title where it leaves them room in every week.
    """
    look, strings = c.look, c.strings
    title, said_of = c.text(week_title(c, week), look.h1), facts(c, week)
    blocks: list[Block] = [Paragraph(title, "H1")]
    if said_of and title.natural_width + _FACTS_APART * MM + widest(c, facts_width) <= width:
        widths = (title.natural_width + 1, 1.0)
        # On the line on which the title stands.
        words = Stack(
            (Paragraph(c.text(said_of, look.cell)), Space((look.h1.size - look.cell.size) * _DESCENT))
        )
        blocks = [Columns((blocks[0], words), widths, _FACTS_APART * MM, align="bottom")]
    elif said_of:
        blocks.append(Paragraph(c.text(said_of, look.cell)))
    if goal and c.plan.goal:
        blocks.append(_goal(c, c.plan.goal))
    word = milestone(c, week) if goal and not is_facing(c) else ""
    said = " ".join(filter(None, (strings.week_rule, ahead.pain)))
    loud = filter(None, (ahead.more, word))
    rule = [Span(said), *(Span(f" {words}", bold=True) for words in loud)]
    if not week.number:
        rule = [Span(f"{strings.spare_note} "), *rule]
    blocks.append(Paragraph(c.text(rule, look.cell)))
    return Stack(tuple(blocks))


def _head_of(c: Composer, week: Week, side: int, width: float, *, goal: bool, ahead: Ahead) -> Stack:
    """Return the head of a side, from 0."""
    if side:
        return _back_head(c, week, side, goal=goal, ahead=ahead)
    return _head(c, week, width, goal=goal, ahead=ahead)


def place_head(
    pen: SheetPen, frame: SheetFrame, week: Week, side: int, parent: int, *, goal: bool, ahead: Ahead
) -> None:
    """Set the head of a side, from 0,; that of a front has its entry in the outline."""
    y, width = frame.title * MM, (frame.head_right - frame.edges.left) * MM
    if side == 0:
        _place_entries(pen, week, y, parent)
    _head_of(pen.composer, week, side, width, goal=goal, ahead=ahead).place(
        pen.canvas, pen.left, y, width, parent
    )


def _place_entries(pen: SheetPen, week: Week, y: float, parent: int) -> None:
    """Set the entries of the outline; of a spare week also the line for its number.

    In a complete program the section begins with its rules.
    """
    c, canvas = pen.composer, pen.canvas
    if c.layout.supplement and week.number == c.plan.sheet_weeks[0]:
        canvas.bookmark(0, c.strings.tracker_section, y)
    canvas.bookmark(1, week_title(c, week), y)
    if not week.number:
        title = c.text(week_title(c, week) + NO_BREAK, c.look.h1)
        line = y + c.look.h1.leading - 4
        node = canvas.node("P", parent)
        pen.blank(pen.left + title.natural_width, line, _NUMBER_LINE * MM, node, c.strings.tracker_title)


def place_foot(pen: SheetPen, frame: SheetFrame, foot: Foot, parent: int) -> None:
    """Set stop rule and numbers; where a place for a code is empty, a stop sign stands there."""
    c = pen.composer
    block = _foot(c, frame, foot)
    width = (frame.edges.right - frame.foot_left) * MM
    height = block.height(width)
    block.place(pen.canvas, frame.foot_left * MM, frame.foot_bottom * MM - height, width, parent)
    if frame.has_codes and not c.plan.read_back:
        # Rows may end right above the words, which may be a line.
        size = c.look.cell.leading if foot == "short" else _SIGN * MM
        x = (frame.edges.left + frame.foot_left - 2) / 2 * MM - size / 2
        pen.canvas.add(Placed(c.icons["stop"], x, frame.foot_bottom * MM - size, size, size, DECORATION))


def _foot(c: Composer, frame: SheetFrame, foot: Foot) -> Block:
    look = c.look
    if foot == "short":
        first, end, _ = c.plan.safety.stop_rule.partition(". ")
        return Paragraph(c.text([Span(f"{first}{end}", bold=True), *_numbers(c, short=True)], look.cell))
    lines: list[Block] = [Paragraph(c.text(c.plan.safety.stop_rule, look.cell_bold))]
    if not c.plan.clinic.phone:
        asked = c.text(f"{c.strings.questions_call}{NO_BREAK}", look.cell)
        lines.append(c.labelled_line(asked, c.strings.questions_call, WRITING_ROOM * 0.8, INK, 2.0))
    lines.append(Paragraph(c.text(_numbers(c), look.cell)))
    phone = c.plan.safety.boxes[0].phones[0]
    if not phone.number:
        lines.append(WritingLine(WRITING_ROOM * 0.8, INK, phone.label))
    words: Block = Stack(tuple(lines))
    if not frame.has_codes:
        words = c.beside_icon("stop", _SMALL_SIGN * MM, words, gap=look.gap)
    return Frame(words, (_PADDING,) * 4, stroke=INK, edge=_EDGE, role="Sect")


def _numbers(c: Composer, *, short: bool = False) -> list[Span]:
    """Return whom to call with a question, and in an emergency: the first box of the safety section.

    Args:
        short: the numbers with as few words as can be.
    """
    box = c.plan.safety.boxes[0]
    phone, clinic = box.phones[0], c.plan.clinic.phone
    spans = [Span(f"{box.title}: ".replace(" ", NO_BREAK), bold=True)]
    if clinic:
        questions = Span(f"{c.strings.questions_call}{NO_BREAK}")
        spans = [questions, c.phone(clinic, bold=True), Span(". "), *spans]
    if not phone.number:
        return [*spans, Span(phone.label)]
    number = c.phone(phone.number, bold=True)
    return [*spans, number, Span("." if short else f" ({phone.label})")]
