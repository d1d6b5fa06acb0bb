"""Lines for questions of the patient: where a page, or the foot of one, would be white."""

from __future__ import annotations

from pdfgen.typesetting.blocks import Stack, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.twins import matched

#: From one line to the next.
_LINE = 12 * MM


def page(c: Composer, *, in_outline: bool = False) -> list[Flowed]:
    """Return a page of lines under a heading, which may be in the outline."""
    label = c.strings.own_questions
    lines = int((c.look.height - c.look.h1.leading) // _LINE) - 1
    return [
        Flowed(c.heading(label, 1, bookmark=0 if in_outline else None)),
        *[Flowed(WritingLine(_LINE, INK, label))] * lines,
    ]


def foot(c: Composer, room: float) -> Stack:
    """Return as many lines under their name as `room` points hold."""
    label = c.strings.own_questions
    name = matched(c, lambda copy: copy.paragraph(copy.strings.own_questions, copy.look.bold))
    lines = int((room - name.height(c.look.width)) // _LINE)
    return Stack((name, *[WritingLine(_LINE, INK, label)] * lines))
