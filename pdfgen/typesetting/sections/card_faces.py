"""The title card of a set: patient, clinic and contents, and the safety rules on its back."""

from __future__ import annotations

from pdfgen.content.pictures.drawing import BLACK
from pdfgen.planning.dates import START
from pdfgen.planning.plan import Phone, WarningBox
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Rule, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.sections.safety_strip import light_line, numbers_once, phone_words
from pdfgen.typesetting.text_style import Span

_EDGE = 4.0
#: The stop hand, in sizes of running text.
_STOP_ICON = 2.4
#: Pictograms, and the room in which a number is written, in sizes of running text.
_ICON, _WRITING = 1.25, 1.6
#: Ten digits by hand, of 4 mm each.
_NUMBER_WIDTH = 40 * MM


def title(c: Composer) -> list[Flowed]:
    """Return program, patient, weeks and start, and the clinic with its own lines."""
    gap, plan = c.look.gap, c.plan
    weeks = [[Span(c.language.count("week", len(plan.weeks)))]]
    if plan.start:
        weeks.append([Span(f"{c.strings.start_date} "), c.dated(START)])
    blocks = [
        Flowed(Paragraph(c.text(plan.title, c.look.title), "H1", bookmark=0)),
        Flowed(Paragraph(c.text(c.strings.cards_title, c.look.bold)), before=gap * 0.4),
        Flowed(Rule(c.look.accent, 1.2), before=gap * 0.8),
        *(
            Flowed(Paragraph(c.text(words)), before=gap * 0.8 if not i else 0.0)
            for i, words in enumerate(weeks)
        ),
        _name(c),
    ]
    clinic = [
        words
        for words in (plan.clinic.name, plan.clinic.phone, plan.clinic.header, plan.clinic.footer)
        if words
    ]
    if clinic:
        lines = c.stack(*(Paragraph(c.text(words, c.look.quiet)) for words in clinic))
        blocks.append(Flowed(lines, before=gap * 1.2))
    review = Paragraph(c.text(plan.passport.review_line, c.look.quiet))
    return [*blocks, Flowed(review, before=gap * 1.2)]


def _name(c: Composer) -> Flowed:
    """The name of the patient, or a line to write it on."""
    if c.plan.label:
        words = [Span(f"{c.strings.for_patient}: ", bold=False), Span(c.plan.label, slot="{label}")]
        return Flowed(Paragraph(c.text(words, c.look.bold)), before=c.look.gap)
    label = c.text(f"{c.strings.for_patient}:\u00a0")
    row = c.labelled_line(label, c.strings.for_patient, WRITING_ROOM, LINE, 2.0)
    return Flowed(row, before=c.look.gap * 0.5)


def contents(c: Composer) -> list[Flowed]:
    """Return the exercises by number, then the warm-up that comes before them."""
    warm_up = c.plan.preparation.warm_up
    names = [Paragraph(c.text(exercise.name)) for exercise in c.plan.exercises]
    heading = Paragraph(c.text(c.strings.exercises_title, c.look.h3), "H2")
    words = [Span(f"{warm_up.title}. ", bold=True, colour=c.look.accent), Span(warm_up.intro)]
    return [
        Flowed(heading, before=c.look.gap * 1.5, keep=True),
        Flowed(Paragraph(c.text(words)), before=c.look.gap * 0.5, keep=True),
        Flowed(c.numbered(names, gap=0.0), before=c.look.gap * 0.8),
    ]


def safety(c: Composer) -> list[Flowed]:
    """Return the stop rule, the limits of pain, whom to call, and to read the full program first."""
    gap, rules = c.look.gap, c.plan.safety
    icon = c.look.body.size * _STOP_ICON
    words = Paragraph(c.text(rules.stop_rule, c.look.cell_bold))
    stop = c.beside_icon("stop", icon, words)
    down = gap * 0.7
    lights = [light_line(c, *light) for light in zip(RANGE_ICONS, rules.lights, strict=True)]
    return [
        Flowed(Paragraph(c.text(rules.title, c.look.h3._replace(colour=INK)), "H2", bookmark=1), keep=True),
        Flowed(
            Frame(stop, (down, gap, down, gap), fill=TINT, edge=_EDGE, edge_colour=BLACK), before=gap * 0.5
        ),
        Flowed(
            c.stack(Paragraph(c.text(rules.light_title, c.look.cell_bold), "H3"), *lights, gap=gap * 0.25),
            before=gap * 0.8,
            stretch=gap * 2,
        ),
        *(Flowed(_call(c, box), before=gap * 0.5, stretch=gap * 2) for box in numbers_once(rules.boxes)),
        Flowed(Paragraph(c.text(c.strings.signs_reference, c.look.cell)), before=gap * 0.5, stretch=gap * 2),
    ]


def _call(c: Composer, box: WarningBox) -> Block:
    """Return what to do and whom to call."""
    icon = c.look.body.size * _ICON
    room = c.look.width - icon - c.look.gap
    heading = Paragraph(c.text(box.title, c.look.cell_bold), "H3")
    lines = c.stack(heading, *(_phone(c, phone, room) for phone in box.phones))
    return c.beside_icon(box.icon, icon, lines, align="top")


def _phone(c: Composer, phone: Phone, room: float) -> Block:
    """Return a number, or a line for it: under its words where beside them a number has no room."""
    words = phone_words(c, phone)
    if phone.number:
        return Paragraph(words)
    high = c.look.body.size * _WRITING
    if words.natural_width + c.look.gap + _NUMBER_WIDTH > room:
        return c.stack(Paragraph(words), WritingLine(high, INK, phone.label))
    return c.labelled_line(words, phone.label, high, INK, c.look.gap)
