"""What stands above and below a form with its weeks: words for one patient, mistakes, care, the next form."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.exercise_places import goes_on
from pdfgen.typesetting.sections.exercise_words import personal_frame, personal_lines, run_in
from pdfgen.typesetting.sections.signs_place import sending
from pdfgen.typesetting.text_style import Span

#: Before the number of an exercise, the name of what often goes wrong in it.
_MISTAKES = "mistakes of"
#: Part of the longest line for short sentences, whose letters are narrower than most.
_NARROW_LETTERS = 0.97


def own_words(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return what is meant for this patient, which goes before drawings and steps.

    Forms may stand on different pages, and one on more: each page has the words that go before it.
    """
    gap = c.look.gap
    if not (own := personal_lines(c, form, c.look.cell)):
        return []
    words = personal_frame(c, Stack(tuple(_long(c, line) for line in own), gap * 0.3), gap)
    notes = " ".join(note.words.text for note in form.notes)
    once = f"before {destination_of(form)}: {notes}"
    return [Flowed(words, before=gap * 0.3, keep=True, stretch=gap * 0.4, once=once)]


def mistakes_and_care(c: Composer, form: PlannedExercise) -> list[Flowed]:
    """Return what often goes wrong, and what to take care of."""
    said = ((c.strings.mistakes, form.mistakes), (c.strings.care, form.care))
    blocks = [Flowed(_said(c, name, " ".join(words))) for name, words in said if words]
    if form.mistakes:
        blocks[0] = blocks[0]._replace(once=f"{_MISTAKES} {form.number}")
    return kept_together(c, blocks)


def where_next(c: Composer, week: int, place: str) -> list[Flowed]:
    """Return on which page a week is that is on another one."""
    return kept_together(c, [Flowed(goes_on(c, week, place), leads_to=place)])


def kept_together(c: Composer, below: Sequence[Flowed]) -> list[Flowed]:
    """Return what stands below a form with its white, together on one page."""
    gap, last = c.look.gap, len(below) - 1
    return [
        block._replace(before=gap * 0.3, stretch=gap * 0.4, keep=number < last)
        for number, block in enumerate(below)
    ]


def is_mistakes(block: Flowed) -> bool:
    """Whether a block says what often goes wrong, which a page may say once for all forms of an exercise."""
    return block.once.startswith(_MISTAKES)


def _long(c: Composer, line: Block) -> Block:
    """Return a line of what is meant for this patient only, as long as it may be."""
    return line._replace(measure=c.long_measure) if isinstance(line, Paragraph) else line


def _said(c: Composer, name: str, words: str) -> Block:
    """Return a paragraph behind its name."""

    def block(said: Sequence[Span]) -> Block:
        text = c.text(run_in(name, *said), c.look.cell)
        return Paragraph(text, measure=c.long_measure * _NARROW_LETTERS)

    return sending(c, words, block)
