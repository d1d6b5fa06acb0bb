"""Slots: the few places of a program that differ between patients with the same plan.

A document knows where its personal texts stand. As long as each of them is one line in the main face, another
patient's texts go in the same places and nothing else moves; so they alone are set anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Document, GlyphRun, Personal, Slot
from pdfgen.typesetting.finishing import grey_run
from pdfgen.typesetting.sheet import with_document_id
from pdfgen.typesetting.text import Text

Codes = tuple[tuple[tuple[str, float, float, float], ...], ...]


class Form(NamedTuple):
    """A document without its pages: what another patient's texts are set by.

    Attributes:
        slots: of each page, in the order in which they are drawn; one for all that have equal texts at equal
            places, whatever page it names, and one tuple for all pages that have the same.
        codes: the sheet codes of each page, with the first patient's document id.
    """

    slots: tuple[tuple[Slot, ...], ...]
    codes: Codes
    title: str
    is_grey: bool


def form_of(document: Document) -> Form | None:
    """Return the form of a document; None where a personal text takes more than one line."""
    if not all(_is_line(slot.text, slot) for slot in document.slots):
        return None
    slots: list[list[Slot]] = [[] for _ in document.pages]
    same: dict[tuple[object, ...], Slot] = {}
    for slot in document.slots:
        place = (id(slot.text), slot.x, slot.y, slot.width, slot.node)
        slots[slot.page].append(same.setdefault(place, slot))
    personal = document.personal
    pages: dict[tuple[int, ...], tuple[Slot, ...]] = {}
    of_pages = [pages.setdefault(tuple(map(id, of_page)), tuple(of_page)) for of_page in slots]
    return Form(tuple(of_pages), personal.codes, document.title, document.is_grey)


def filled(form: Form, values: Mapping[str, str]) -> Personal | None:
    """Return what is another patient's; None where a text does not fit its place in one line.

    Args:
        form: of a document of the same plan.
        values: by name: label, document_id, input_hash.

    Raises:
        FitError: no font has a character.
    """
    lines: dict[int, tuple[GlyphRun, ...]] = {}
    pages: dict[int, tuple[GlyphRun, ...]] = {}
    runs = []
    for slots in form.slots:
        if id(slots) not in pages:
            for slot in slots:
                if id(slot) not in lines:
                    line = _line(slot, values, is_grey=form.is_grey)
                    if line is None:
                        return None
                    lines[id(slot)] = line
            pages[id(slots)] = tuple([run for slot in slots for run in lines[id(slot)]])
        runs.append(pages[id(slots)])
    ident = values["document_id"]
    codes = tuple(
        [
            tuple([(with_document_id(code, ident), *place) for code, *place in of_page])
            for of_page in form.codes
        ]
    )
    return Personal(tuple(runs), cast(Codes, codes), form.title, ident)


def _line(slot: Slot, values: Mapping[str, str], *, is_grey: bool) -> tuple[GlyphRun, ...] | None:
    """Return the runs of a slot; None where it would take several lines."""
    pattern = slot.text.spans[0].slot
    run = None
    if "{label}" not in pattern and not slot.text.spans[1:]:
        run = slot.text.word_run(pattern.format_map(values), slot.x, slot.y, slot.width, slot.node)
    runs = (run,) if run else _composed(slot, values)
    return tuple(map(grey_run, runs)) if is_grey and runs else runs


def _composed(slot: Slot, values: Mapping[str, str]) -> tuple[GlyphRun, ...] | None:
    text = slot.text.filled(values)
    if not _is_line(text, slot):
        return None
    scratch = Canvas(0.0, 0.0)
    scratch.new_page()
    text.place(scratch, slot.x, slot.y, slot.width, slot.node)
    return tuple(item for item in scratch.pages()[0].items if isinstance(item, GlyphRun))


def _is_line(text: Text, slot: Slot) -> bool:
    return len(text.lines(slot.width)) == 1
