"""The safety strip: the stop rule, whom to call, and where all signs stand; for the page with the exercises.

It is a pointer: the signs, the limits of pain and who must ask first stand in the safety section, of the same
document or of the complete program beside it.
"""

from __future__ import annotations

from functools import partial

from pdfgen.planning.plan import Phone
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.safety import EDGE
from pdfgen.typesetting.sections.signs_place import place_of_signs
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle

#: In sizes of running text: the stop hand, and the room in which a number is written by hand.
_ICON, _WRITING = 2.4, 1.8
#: Ten digits by hand, of 4 mm each.
_NUMBER_WIDTH = 40 * MM
#: Characters of a line that is still read well (WCAG 2.2, 1.4.8), counted: bold ones are wider than most.
_LONGEST_LINE = 80
#: Shares of the number for help at once and of the one for questions.
_SHARES = (0.4, 0.6)


def compose(c: Composer) -> list[Flowed]:
    """Return the strip: the stop rule, two numbers beside each other, where to read all."""
    gap = c.look.gap
    rule = Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold), measure=c.long_measure)
    stop = c.beside_icon("stop", c.look.body.size * _ICON, rule)
    numbers = tuple(_calls(c))
    calls = Stack(numbers) if c.is_narrow else Columns(numbers, _SHARES, gap * 3, align="bottom")
    read = PageNaming(partial(_where, c))
    pad = gap * 0.7
    strip = Frame(
        c.stack(stop, calls, read, gap=gap * 0.4), (pad, gap, pad, gap), fill=TINT, edge=EDGE, role="Sect"
    )
    return [Flowed(strip, before=gap)]


def _where(c: Composer, page_of: PageOf) -> Block:
    """Return on which page all signs stand; in a supplement without them, that the program has them."""
    if not (place := place_of_signs(c)):
        return Paragraph(c.text(c.strings.signs_reference, c.look.cell), measure=c.long_measure)
    title = c.plan.safety.title
    before, _, behind = c.fill(c.strings.signs_on_page, title=title, page="{page}").partition("{page}")
    page = c.fill(c.strings.on_page, page=page_of(place)).replace(" ", NO_BREAK)
    words = [Span(before), Span(page, link=f"#{place}"), Span(behind)]
    return Paragraph(c.text(words, c.look.cell), measure=c.long_measure)


def _calls(c: Composer) -> list[Block]:
    """Return the emergency number with what it is for, and whom to ask; a line where no number is known."""
    first = c.plan.safety.boxes[0].phones[0]
    urgent, usual = c.look.h3._replace(colour=INK), c.look.cell
    return [
        _call(c, f"{emergency(first)}:", first.number, first.label, urgent),
        _call(
            c, c.strings.questions_call, c.plan.clinic.phone, c.plan.clinic.name or c.strings.my_clinic, usual
        ),
    ]


def emergency(phone: Phone) -> str:
    """Return what the first number is for, in a word: not all that asks to stop is an emergency."""
    word = phone.label.partition(",")[0]
    return f"{word[:1].upper()}{word[1:]}"


def _call(c: Composer, words: str, number: str, label: str, style: TextStyle) -> Block:
    if number:
        said = [Span(f"{words} "), c.phone(number, bold=True)]
        return Paragraph(c.text(said, style))
    room = c.look.body.size * _WRITING
    text = c.text(words, style)
    return c.labelled_line(text, label, room, INK, c.look.gap)


def short_rule(c: Composer, *, has_line: bool = False) -> Paragraph:
    """Return the first words of the stop rule with whom to call, for the foot of a page.

    Where no number of the clinic is known they say whom to ask: sharp pain alone is no emergency.

    Args:
        has_line: whether a line to write that number on stands below.
    """
    first, end, _ = c.plan.safety.stop_rule.partition(". ")
    words = [Span(f"{first}{end}", bold=True), *numbers(c, short=True)]
    if not c.plan.clinic.phone and not has_line:
        words.insert(1, Span(f"{c.strings.questions_call} {inside(c.strings.my_clinic)}. "))
    return Paragraph(c.text(words, c.look.cell), measure=c.long_measure)


def whole_rule(c: Composer, width: float) -> Paragraph:
    """Return the stop rule in as few lines as can be: the clinic's number is where it says whom to call.

    The number for an emergency is behind it where that takes no line more.
    """
    before, who, after = c.plan.safety.stop_rule.partition(inside(c.strings.my_clinic))
    if not (who and c.plan.clinic.phone):
        said = [Span(f"{c.plan.safety.stop_rule} ", bold=True), *numbers(c, short=True)]
        return Paragraph(c.text(said, c.look.cell))
    call = Span(f"{before.rstrip()}{NO_BREAK}", bold=True), c.phone(c.plan.clinic.phone, bold=True)
    rule, help_now = (*call, Span(after, bold=True)), numbers(c, short=True)[-3:]
    texts = [c.text(words, c.look.cell) for words in ([*rule, Span(" "), *help_now], rule)]
    return Paragraph(min(texts, key=lambda text: text.height(width)))


def inside(name: str) -> str:
    """Return words that begin a sentence as they stand inside one."""
    return name[:1].lower() + name[1:]


def stop_line(c: Composer) -> Block:
    """Return the same words beside the stop sign, as high as a line, and on one line where that has room."""
    words = short_rule(c)
    if sum(len(span.text) for span in words.text.spans) <= _LONGEST_LINE:
        words = words._replace(measure=c.look.width)
    return c.beside_icon("stop", c.look.cell.leading, words, gap=c.look.gap)


def number_lines(c: Composer, width: float) -> list[Text]:
    """Return those numbers, that for an emergency on a line of its own where that takes no line more."""
    whole = c.text(numbers(c), c.look.cell)
    if not c.plan.clinic.phone:
        return [whole]
    call, phone, _, *others = numbers(c)
    apart = [c.text([call, phone, Span(".")], c.look.cell), c.text(others, c.look.cell)]
    return apart if sum(text.height(width) for text in apart) <= whole.height(width) else [whole]


def numbers(c: Composer, *, short: bool = False) -> list[Span]:
    """Return whom to call with a question, and in an emergency: the first box of the safety section.

    Args:
        short: the numbers with as few words as can be.
    """
    box = c.plan.safety.boxes[0]
    phone, clinic = box.phones[0], c.plan.clinic.phone
    # Without what the number is for, all that asks to stop would seem to ask for it.
    title = emergency(phone) if short and phone.number else box.title
    spans = [Span(f"{title}: ".replace(" ", NO_BREAK), bold=True)]
    if clinic:
        questions = Span(f"{c.strings.questions_call}{NO_BREAK}")
        spans = [questions, c.phone(clinic, bold=True), Span(". "), *spans]
    if not phone.number:
        return [*spans, Span(phone.label)]
    number = c.phone(phone.number, bold=True)
    return [*spans, number, Span("." if short else f" ({phone.label})")]
