"""What stands round the boxes of a week sheet: title and goal at its head, stop rule and numbers at its foot.

Words keep clear of the places of the codes, whether a sheet has codes or not, so that both look alike.
Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pdfgen.content.models.layout import SHEET_PAPERS
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.document import DECORATION, Placed
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.sections.safety_strip import number_lines, short_rule, whole_rule
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_ahead import Spread
from pdfgen.typesetting.sections.tracker_head import (
    SideHead,
    head_of,
    place_end,
    place_entries,
    side_head,
)
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.tracker_geometry import Across, across, code_edges
from pdfgen.typesetting.twins import widest

#: Height at which the title of a whole page starts: beside the code, clear of the first mark.
_TITLE = 12.5
#: White below the head, above the foot, and between it and the lines at the foot of the page.
_BELOW_HEAD, _ABOVE_FOOT, _OVER_FOOTER = 1.5, 2.0, 1.5
#: In large print, whose letters, and the rules between rows, take more white.
_ABOVE_LARGE, _OVER_LARGE = 3.0, 2.5
#: What is read ends so far from the lower edge of the paper.
_LEAST_MARGIN = 18.0
#: White under the words of a foot without a frame, in points.
_UNDER_LETTERS = 1.0
#: White inside the foot in points, and its thick edge.
_PADDING, _EDGE = 5.0, 5.0
#: The third page of a week in a booklet has the questions about it.
_END_SIDE = 2
#: Side of the stop sign at most, where no code stands; at least, and in a foot that has the whole width, in
#: lines of type.
_SIGN, _LEAST_SIGN = 19.0, 2


Foot = Literal["full", "plain", "short", "none"]
"""What stands at the foot of a side: stop rule and numbers in a frame, or in as few lines as can be; their
first words, where the leaf has all on another side; or nothing, beside a page that has it."""


class SheetFrame(NamedTuple):
    """The room on the sides of a leaf.

    Attributes:
        has_codes: whether places are kept for codes.
        edges: of words and boxes.
        title: where the head starts; `head_right`: the right edge of its words.
        below_code: where rows may begin at the earliest.
        foot_left, foot_bottom: of the box with the stop rule.
        above_code: where rows end at the latest.
        words_first: whether fronts of weeks with such words say that these go before pictures.
    """

    has_codes: bool
    edges: Across
    title: float
    head_right: float
    below_code: float
    foot_left: float
    foot_bottom: float
    above_code: float
    words_first: bool = False

    def bottom(self, c: Composer, foot: Foot) -> float:
        """Return where the parts of a side end at the latest with that foot."""
        if foot == "none":
            return self.above_code
        high = widest(c, lambda copy: _foot_height(copy, self, foot)) / MM
        return min(self.above_code, self.foot_bottom - high) - _above_foot(c)

    def top(self, c: Composer, week: Week, side: int, *, feet: Sequence[Foot], spread: Spread) -> float:
        """Return where the parts of a side, from 0, begin, below the head of both copies."""
        width = (self.head_right - self.edges.left) * MM

        def high(copy: Composer) -> float:
            # Whether later sides have exercises in this week is not known yet.
            heads = (
                side_head(
                    copy,
                    week,
                    spread,
                    side,
                    whole=feet[side] == "full",
                    again="full" in feet[:side],
                    more=more,
                    words_first=self.words_first,
                )
                for more in (2, 1, 0)
            )
            return max(head_of(copy, head, width).height(width) for head in heads) / MM

        return up(max(self.title + widest(c, high) + _BELOW_HEAD, self.below_code))


def _above_foot(c: Composer) -> float:
    return _ABOVE_LARGE if c.look.is_large else _ABOVE_FOOT


def sheet_frame(c: Composer, paper: str) -> SheetFrame:
    """Return the frame of the sheets of a layout on a paper."""
    look = c.look
    own_line = look.furniture.leading if c.plan.clinic.footer else 0.0
    over = _OVER_LARGE if look.is_large else _OVER_FOOTER
    foot_bottom = min((look.footer_top - own_line) / MM - over, look.page_height / MM - _LEAST_MARGIN)
    if c.layout.imposition is None and paper in SHEET_PAPERS:
        right, below, left, above = code_edges(paper)
        return SheetFrame(True, across(paper), _TITLE, right, below, left, foot_bottom, above)
    edges = Across(look.left / MM, look.right / MM)
    bottom = min(foot_bottom, look.bottom / MM)
    return SheetFrame(False, edges, look.top / MM, edges.right, 0.0, edges.left, bottom, bottom)


def place_head(pen: SheetPen, frame: SheetFrame, head: SideHead, parent: int) -> None:
    """Set the head of a side; that of a front has its entry in the outline."""
    y, width = frame.title * MM, (frame.head_right - frame.edges.left) * MM
    if head.side == 0:
        place_entries(pen, head.week, y)
    if head.side == _END_SIDE:
        place_end(pen, head.week, y)
    head_of(pen.composer, head, width).place(pen.canvas, pen.left, y, width, parent)


def place_foot(pen: SheetPen, frame: SheetFrame, foot: Foot, parent: int) -> None:
    """Set stop rule and numbers; where a place for a code is empty, a stop sign stands there."""
    c = pen.composer
    block, height = _foot(c, frame, foot), _foot_height(c, frame, foot)
    width = (frame.edges.right - frame.foot_left) * MM
    top = frame.foot_bottom * MM - height
    y = top + (height - block.height(width)) / 2
    block.place(pen.canvas, frame.foot_left * MM, y, width, parent)
    if frame.has_codes and not c.plan.read_back:
        size = min(widest(c, lambda copy: _foot_height(copy, frame, foot)), _SIGN * MM)
        x = (frame.edges.left + frame.foot_left - 2) / 2 * MM - size / 2
        y = frame.foot_bottom * MM - size
        pen.canvas.add(Placed(c.icons["stop"], x, y, size, size, DECORATION))


def _foot_height(c: Composer, frame: SheetFrame, foot: Foot) -> float:
    """Return the height in points of a foot, with room for the sign at its left."""
    words = _foot(c, frame, foot).height((frame.edges.right - frame.foot_left) * MM)
    # Letters may reach a little below their lines; a frame has white for that.
    words += 2 * _UNDER_LETTERS if foot in ("plain", "short") else 0.0
    return max(words, c.look.cell.leading * _LEAST_SIGN) if frame.has_codes else words


def _foot(c: Composer, frame: SheetFrame, foot: Foot) -> Block:
    look = c.look
    if foot == "short":
        has_line = frame.has_codes and not c.plan.clinic.phone
        said: Block = short_rule(c, has_line=has_line)
        if has_line:
            said = Stack((said, _asked(c)))
        return said if frame.has_codes else beside_sign(c, said)
    if foot == "plain":
        width = (frame.edges.right - frame.foot_left) * MM - look.cell.leading * _LEAST_SIGN - look.gap
        return beside_sign(c, whole_rule(c, width))
    lines: list[Block] = [Paragraph(c.text(c.plan.safety.stop_rule, look.cell_bold))]
    if not c.plan.clinic.phone:
        lines.append(_asked(c))
    width = (frame.edges.right - frame.foot_left) * MM - 2 * _PADDING - _EDGE
    lines += [Paragraph(text) for text in number_lines(c, width)]
    phone = c.plan.safety.boxes[0].phones[0]
    if not phone.number:
        lines.append(WritingLine(WRITING_ROOM * 0.8, INK, phone.label))
    words: Block = Stack(tuple(lines))
    if not frame.has_codes:
        words = beside_sign(c, words)
    return Frame(words, (_PADDING,) * 4, stroke=INK, edge=_EDGE, role="Sect")


def _asked(c: Composer) -> Block:
    """Return a line for the number to call with a question."""
    asked = c.text(f"{c.strings.questions_call}{NO_BREAK}", c.look.cell)
    return c.labelled_line(asked, c.strings.questions_call, WRITING_ROOM * 0.8, INK, 2.0)


def beside_sign(c: Composer, words: Block) -> Block:
    """Return words with the stop sign, which stands in the place of a code where sheets have one."""
    return c.beside_icon("stop", c.look.cell.leading * _LEAST_SIGN, words, gap=c.look.gap)
