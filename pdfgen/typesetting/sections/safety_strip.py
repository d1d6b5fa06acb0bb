"""The safety strip: the stop rule, the limits of pain, whom to call. For editions of one page only.

The signs themselves and who must ask first stand in the safety section of the full program, to which the
strip refers; an edition of more pages has that section itself.
"""

from __future__ import annotations

from pdfgen.planning.plan import Light, Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import BLACK
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.style import INK, TINT
from pdfgen.typesetting.text import Span

_EDGE = 5.0
#: In sizes of running text: pictograms, and the room in which a number is written by hand.
_ICON = 1.25
_STOP_ICON = 2.6
_WRITING = 1.9
#: Shares of what to do about pain, of the box of the doctor and of the other boxes, which are shorter.
_SHARES = (0.34, 0.29, 0.37)
#: The box with most numbers has a column of its own.
_LONG_BOX = 2


def compose(c: Composer) -> list[Flowed]:
    """Return the strip: the stop rule over its whole width, below it limits of pain and whom to call."""
    gap = c.look.gap
    safety = c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    stop = Columns(
        (c.icon("stop", icon), Paragraph(c.text(safety.stop_rule, c.look.bold))),
        (icon, 1.0),
        gap * 1.5,
        align="middle",
    )
    pain = c.stack(
        Paragraph(c.text(safety.light_title, c.look.cell_bold), "H3"),
        *(light_line(c, icon, light) for icon, light in zip(RANGE_ICONS, safety.lights, strict=True)),
        gap=gap * 0.3,
    )
    short = [call_lines(c, box) for box in safety.boxes if len(box.phones) < _LONG_BOX]
    long = [call_lines(c, box) for box in safety.boxes if len(box.phones) >= _LONG_BOX]
    calls = [Stack(tuple(column), gap * 0.4) for column in (short, long) if column]
    shares = _SHARES if len(calls) > 1 else _SHARES[:2]
    blocks = (
        Paragraph(c.text(safety.title, c.look.h2._replace(colour=INK)), "H2", bookmark=1),
        c.space(0.2),
        stop,
        c.space(0.7),
        Columns((pain, *calls), shares, gap * 2),
        c.space(0.6),
        Paragraph(c.text(c.strings.signs_reference, c.look.cell)),
    )
    pad = gap * 1.2
    strip = Frame(Stack(blocks), (gap, pad, gap, pad), fill=TINT, edge=_EDGE, edge_colour=BLACK, role="Sect")
    return [Flowed(strip, before=gap * 1.5, stretch=gap * 2)]


def light_line(c: Composer, icon: str, light: Light) -> Block:
    """Return what to do in one range of pain, with its pictogram."""
    size = c.look.body.size * _ICON
    words = Paragraph(c.text(light.title, c.look.cell))
    return Columns((c.icon(icon, size), words), (size, 1.0), c.look.gap, align="middle")


def call_lines(c: Composer, box: WarningBox) -> Block:
    """What to do, then each number with whose it is."""
    size = c.look.body.size * _ICON
    lines = (
        Paragraph(c.text(box.title, c.look.cell_bold), "H3"),
        *(_phone(c, phone) for phone in box.phones),
    )
    return Columns((c.icon(box.icon, size), Stack(lines)), (size, 1.0), c.look.gap)


def _phone(c: Composer, phone: Phone) -> Block:
    if phone.number:
        number = Span(phone.number.replace(" ", "\u00a0"), bold=True)
        return Paragraph(c.text([number, Span(f" {phone.label}")], c.look.cell))
    size = c.look.body.size
    label = Paragraph(c.text(f"{phone.label}:", c.look.cell))
    return c.stack(label, WritingLine(size * _WRITING, INK, phone.label))
