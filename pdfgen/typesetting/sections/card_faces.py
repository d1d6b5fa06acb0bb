"""The title card of a set: patient, clinic and contents, and the safety rules on its back."""

from __future__ import annotations

from pdfgen.planning.dates import START
from pdfgen.typesetting.blocks import Frame, Paragraph, Rule
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, LINE, TINT
from pdfgen.typesetting.sections.safety_strip import call_below, limits_of_pain
from pdfgen.typesetting.text_style import Span

_EDGE = 4.0
#: The stop hand, in sizes of running text.
_STOP_ICON = 2.4
#: Pictograms with their white, and the height in which a number is written, in sizes of running text.
_ICON, _WRITING = 1.25, 1.6


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
    return blocks


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
    room = c.look.width - c.look.body.size * _ICON - gap
    calls = [call_below(c, box, _WRITING, room) for box in rules.boxes]
    return [
        Flowed(Paragraph(c.text(rules.title, c.look.h3._replace(colour=INK)), "H2", bookmark=1), keep=True),
        Flowed(Frame(stop, (down, gap, down, gap), fill=TINT, edge=_EDGE), before=gap * 0.5),
        Flowed(limits_of_pain(c, gap * 0.25), before=gap * 0.8, stretch=gap * 2),
        *(Flowed(call, before=gap * 0.5, stretch=gap * 2) for call in calls),
        Flowed(Paragraph(c.text(c.strings.signs_reference, c.look.cell)), before=gap * 0.5, stretch=gap * 2),
    ]
