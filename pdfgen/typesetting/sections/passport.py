"""Sources and passport: where the content comes from, who reviewed it, what the document is."""

from __future__ import annotations

from pdfgen.typesetting.blocks import Block, Frame, Paragraph, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.flowed_tables import by_rows
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span

#: Sources that stay together on a page.
_SOURCES_A_PART = 2

#: Points: the least size of lines that are read (RNIB and UKAAF clear print).
_LEAST_RUNNING = 12.0


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the last pages."""
    passport = c.plan.passport
    gap = c.look.gap
    blocks = [
        Flowed(c.heading(c.strings.passport_title, 1, bookmark=0), keep=True),
        *([Flowed(_review(c), before=gap * 1.5, keep=True)] if passport.reviewed else []),
        Flowed(c.heading(c.strings.about_title, 2), before=gap * 2.5, keep=True, stretch=gap * 2),
        Flowed(c.paragraph(passport.intended_use), before=gap * 0.8),
        Flowed(c.bullets(passport.disclaimer, measure=c.long_measure), before=gap * 0.8),
        *([] if passport.reviewed else [Flowed(c.paragraph(passport.review), before=gap * 0.8)]),
    ]
    if passport.sources:
        heading = c.heading(c.strings.sources_title, 2)
        blocks.append(Flowed(heading, before=gap * 2.5, keep=True, stretch=gap * 2))
        blocks += _sources(c)
    blocks += [
        Flowed(c.heading(c.strings.document_title, 2), before=gap * 2.5, keep=True, stretch=gap * 2),
        by_rows(c, _identity(c), c.strings.document_title, gap * 0.8),
    ]
    return blocks


def _sources(c: Composer) -> list[Flowed]:
    """Return the list in parts that may stand on different pages."""
    entries = [[Span(title), Span(f". {origin}.")] for title, origin, _ in c.plan.passport.sources]
    gap, style = c.look.gap * 0.3, c.look.label if c.look.label.size >= _LEAST_RUNNING else c.look.cell
    return [
        Flowed(c.bullets(part, style, gap, measure=c.long_measure), before=gap if index else gap * 2.7)
        for index, part in enumerate(rows_of(entries, _SOURCES_A_PART))
    ]


def _review(c: Composer) -> Block:
    """Return who reviewed the texts, and when."""
    pad = c.look.gap * 1.6
    title = c.heading(c.strings.reviewed_by, 2)
    words = c.stack(title, c.space(0.5), c.paragraph(c.plan.passport.review), role="Sect")
    return Frame(words, (pad, pad, pad, pad), fill=TINT, edge=5.0)


def _identity(c: Composer) -> Table:
    passport, strings = c.plan.passport, c.strings
    facts = [
        (strings.program, Span(f"{passport.program}, {c.language.count('week', len(c.plan.weeks))}")),
        (strings.document_id, Span(passport.document_id, slot="{document_id}", code=True)),
        (strings.library_version, Span(passport.library_version)),
        (strings.edition, Span(c.language.of(c.layout.name))),
        (strings.input_hash, Span(passport.input_hash, slot="{input_hash}", code=True)),
    ]
    if c.twin is not None:
        facts.insert(-1, (strings.twin, Span(c.fill(strings.twin_note, language=c.twin.language.name))))
    if c.layout.screen:
        stacked = [
            c.stack(c.bare(name, c.look.label_bold), Paragraph(c.text([value], c.look.label)))
            for name, value in facts
        ]
        cells = tuple((Cell(block),) for block in stacked)
        return Table(cells, (1.0,), padding=(4.0, 2.0), rule=LINE, head=0)
    rows = [
        (Cell(c.bare(name, c.look.label_bold), "Row"), Cell(Paragraph(c.text([value], c.look.label))))
        for name, value in facts
    ]
    return Table(tuple(rows), (0.3, 0.7), padding=(4.0, 2.0), rule=LINE, head=0)
