"""What the cover says of clinic, patient and therapist, and when the program is done."""

from __future__ import annotations

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.dates import END, START
from pdfgen.planning.schedule import days_of
from pdfgen.planning.wording import NO_BREAK, list_words
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Space, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.text_style import Span

_LOGO_WIDTH, _LOGO_HEIGHT = 62 * MM, 24 * MM
#: Where the clinic takes little room.
_SMALL_LOGO = 30 * MM, 18 * MM

#: White between lines on a screen, so that a finger finds the link on each, in points.
_LINES_OF_SCREEN = 2.2 * MM

#: Shares of the two columns that everything on the cover keeps to.
HALVES = (0.54, 0.46)


def clinic(c: Composer) -> Block:
    """Return logo, name and contact of the clinic; a line to write on where it is unknown."""
    address = [[Span(line)] for line in c.plan.clinic.address]
    lines = [Paragraph(c.text(words, c.look.label)) for words in (*address, *_contact(c))]
    if c.plan.clinic.name:
        lines.insert(0, Paragraph(c.text(c.plan.clinic.name, c.look.bold)))
    if not lines:
        return _stamp(c)
    contact = Stack(tuple(lines), _LINES_OF_SCREEN if c.layout.screen else 1.5)
    if c.logo is None:
        return contact
    logo = _logo(c, _LOGO_WIDTH, _LOGO_HEIGHT)
    if c.layout.screen:
        return c.stack(logo, contact, gap=c.look.gap)
    return Columns((logo, contact), HALVES, c.look.gap * 4, align="middle")


def clinic_in_short(c: Composer) -> Block:
    """Return the same in as few lines as it can take, beside a small logo.

    The number is left to the line of the cover that says when to call it.
    """
    address = [Span(", ".join(line.replace(" ", NO_BREAK) for line in c.plan.clinic.address))]
    known = _contact(c)[1 if c.plan.clinic.phone else 0 :]
    said = [words for words in (address, *known) if words[0].text]
    contact = [span for words in said for span in (*words, Span(", "))][:-1]
    name = [Paragraph(c.text(c.plan.clinic.name, c.look.label_bold))] if c.plan.clinic.name else []
    lines = [*name, *([Paragraph(c.text(contact, c.look.cell))] if contact else [])]
    if not lines:
        return _stamp(c)
    if c.logo is None:
        return Stack(tuple(lines))
    logo = _logo(c, *_SMALL_LOGO)
    return Columns((logo, Stack(tuple(lines))), (logo.wide, 1.0), c.look.gap * 2, align="middle")


def _logo(c: Composer, wide: float, high: float) -> Figure:
    assert c.logo is not None
    size = fitted(c.logo.width, c.logo.height, wide, high)
    return Figure(c.logo, *size, c.logo_alt or c.plan.clinic.name)


def _stamp(c: Composer) -> Block:
    label = c.text(f"{c.strings.clinic_stamp}:", c.look.label)
    return c.labelled_line(label, c.strings.clinic_stamp, WRITING_ROOM, LINE, c.look.gap)


def _contact(c: Composer) -> list[list[Span]]:
    """Return the numbers and addresses of the clinic that are known, each a link."""
    clinic = c.plan.clinic
    known = (
        (clinic.phone.replace(" ", NO_BREAK), c.phone(clinic.phone).link),
        (clinic.email, "mailto:" + clinic.email),
        (clinic.website, _address(clinic.website)),
    )
    return [[Span(words, link=target)] for words, target in known if words]


def _address(website: str) -> str:
    return website if "://" in website else f"https://{website}"


def facts(c: Composer, white: float) -> Block:
    """Return for whom and from whom the program is, its first and last day, and the days of each week.

    Args:
        white: the part of the usual white that is kept.
    """
    plan, strings = c.plan, c.strings
    patient = _fact(c, strings.for_patient, plan.label, "label")
    therapist = _fact(c, strings.from_therapist, plan.therapist, "therapist")
    start = _fact(c, strings.start_date, c.dates.get(START, ""), START)
    end = _fact(c, strings.end_date, c.dates.get(END, ""), END)
    gap = c.look.gap * 1.4 * white
    columns = (c.stack(*pair, gap=gap) for pair in ((patient, therapist), (start, end)))
    return c.stack(c.columns(*columns, widths=HALVES, gap=c.look.gap * 4), Space(gap), day_lines(c))


def day_lines(c: Composer) -> Block:
    """Return the days on which there is something to do, a line a kind of exercise where they differ."""
    return Stack(tuple(Paragraph(c.text(words, c.look.bold)) for words in _days(c)))


def _days(c: Composer) -> list[str]:
    """Return the days on which there is something to do; those of each kind of exercise where they differ."""
    by_kind = [(kind.name, days) for kind in c.plan.kinds if (days := days_of(c.plan, kind))]
    if len({days for _, days in by_kind}) == 1:
        words = day_words(c, by_kind[0][1])
        return [f"{words[:1].upper()}{words[1:]}"]
    return [f"{name}: {day_words(c, days)}" for name, days in by_kind]


def day_words(c: Composer, days: frozenset[Weekday]) -> str:
    """Return days of the week in words, as they go on in a sentence, in the order of the program's weeks."""
    if len(days) == len(WEEKDAYS):
        return c.strings.every_day
    names = [c.language.day_names[day] for day in c.plan.weeks[0].days if day in days]
    words = c.fill(c.strings.on_days, days=list_words(names, c.language))
    return f"{words[:1].lower()}{words[1:]}"


def _fact(c: Composer, name: str, words: str, slot: str) -> Block:
    label = Paragraph(c.text(name, c.look.quiet))
    value: Block = (
        Paragraph(c.text([Span(words, slot=f"{{{slot}}}")], c.look.bold))
        if words
        else WritingLine(WRITING_ROOM if c.layout.screen else c.look.bold.leading, LINE, name)
    )
    return Stack((label, value))
