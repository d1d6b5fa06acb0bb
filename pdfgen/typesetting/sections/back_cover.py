"""The back cover of a booklet: the stop rule, whom to call, and where all signs stand."""

from __future__ import annotations

from functools import partial

from pdfgen.planning.plan import WarningBox
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.safety import EDGE, EDGES, box_head
from pdfgen.typesetting.sections.stop_box import stop_rule
from pdfgen.typesetting.text_style import Span

#: White in a box, in basic distances.
_PADDING = 1.0


def compose(c: Composer) -> list[Flowed]:
    """Return the stop rule, what to do with whom to call, and where to read when."""
    gap, safety = c.look.gap, c.plan.safety
    blocks = [
        Flowed(c.heading(c.strings.back_title, 1, bookmark=0)),
        Flowed(stop_rule(c), before=gap * 2),
    ]
    for number, box in enumerate(safety.boxes):
        blocks.append(Flowed(_call(c, box, min(number, len(EDGES) - 1)), before=gap, stretch=gap * 3))
    if "safety" in c.layout.kinds:
        blocks.append(Flowed(PageNaming(partial(_where, c)), before=gap, stretch=gap * 3))
    if c.plan.clinic.phone:
        call = [Span(f"{c.strings.questions_call} "), c.phone(c.plan.clinic.phone, bold=True)]
        asked = c.paragraph(call)
        blocks.append(Flowed(asked, before=gap, stretch=gap * 2))
    return blocks


def _where(c: Composer, page_of: PageOf) -> Block:
    """Return on which page all signs stand."""
    page = c.fill(c.strings.on_page, page=page_of("safety")).replace(" ", NO_BREAK)
    return c.paragraph(c.fill(c.strings.signs_in_front, title=c.plan.safety.title, page=page))


def _call(c: Composer, box: WarningBox, number: int) -> Block:
    """Return what to do and whom to call, without the signs."""
    pad = c.look.gap * _PADDING
    head = box_head(c, box, EDGES[number])
    return Frame(head, (pad, pad, pad, pad), stroke=LINE, edge=EDGE, edge_colour=EDGES[number], role="Sect")
