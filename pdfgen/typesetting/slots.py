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
        slots: of each page, in the order in which they are drawn.
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
    for slot in document.slots:
        slots[slot.page].append(slot)
    personal = document.personal
    return Form(tuple(map(tuple, slots)), personal.codes, document.title, document.is_grey)


def filled(form: Form, values: Mapping[str, str]) -> Personal | None:
    """Return what is another patient's; None where a text does not fit its place in one line.

    Args:
        form: of a document of the same plan.
        values: by name: label, document_id, input_hash.

    Raises:
        FitError: no font has a character.
    """
    texts: dict[int, Text] = {}
    set_already: dict[tuple[int, float, float, float, int], tuple[GlyphRun, ...]] = {}
    runs = []
    for slots in form.slots:
        of_page: list[GlyphRun] = []
        for slot in slots:
            text = texts.get(id(slot.text))
            if text is None:
                text = texts[id(slot.text)] = slot.text.filled(values)
            key = (id(text), slot.x, slot.y, slot.width, slot.node)
            if key not in set_already:
                if not _is_line(text, slot):
                    return None
                set_already[key] = _runs(text, slot, is_grey=form.is_grey)
            of_page += set_already[key]
        runs.append(tuple(of_page))
    ident = values["document_id"]
    codes = tuple(tuple((with_document_id(code, ident), *place) for code, *place in of) for of in form.codes)
    return Personal(tuple(runs), cast(Codes, codes), form.title, ident)


def _is_line(text: Text, slot: Slot) -> bool:
    return len(text.lines(slot.width)) == 1


def _runs(text: Text, slot: Slot, *, is_grey: bool) -> tuple[GlyphRun, ...]:
    scratch = Canvas(0.0, 0.0)
    scratch.new_page()
    text.place(scratch, slot.x, slot.y, slot.width, slot.node)
    items = (item for item in scratch.pages()[0].items if isinstance(item, GlyphRun))
    return tuple(grey_run(run) if is_grey else run for run in items)
