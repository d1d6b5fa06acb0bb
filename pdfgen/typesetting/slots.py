"""Slots: the few places of a program that differ between patients with the same plan.

A document knows where its personal texts stand. As long as each of them has as many lines as that of the
first patient, in the main face, another patient's texts go in the same places and nothing else moves; so they
alone are set anew. Names and ids are each patient's; therapist and dates are those of many.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Document, GlyphRun, Personal, Slot
from pdfgen.typesetting.paper import grey_run
from pdfgen.typesetting.places import TextPlace, WordPlace
from pdfgen.typesetting.text import SHARES, Text
from pdfgen.typesetting.tracker_geometry import DocumentCode

_FIELD = re.compile(r"\{(\w+)\}([^{} ]*)")
_NAME = re.compile(r"\{(\w+)\}")

#: Fields of personal texts that differ between any two patients.
_IDS = frozenset({"document_id", "input_hash"})
_OF_EACH = _IDS | {"label"}

OpenCode = tuple[DocumentCode, float, float, float]
"""A sheet code for any document, with its place: x, y and size in points."""


class Form(NamedTuple):
    """A document without its pages: what another patient's texts are set by.

    Attributes:
        slots: those that have equal texts at equal places once, whatever page they name.
        fields: for each slot, what it shows.
        places: for each slot, where it is a word, or words in one look; None elsewhere.
        pages: which slots are on a page, in the order in which they are drawn; once for pages with the same.
        of_pages: which of `pages` holds for each page.
        codes: the sheet codes of each page.
    """

    slots: tuple[Slot, ...]
    fields: tuple[tuple[str, ...], ...]
    places: tuple[WordPlace | TextPlace | None, ...]
    pages: tuple[tuple[int, ...], ...]
    of_pages: tuple[int, ...]
    codes: tuple[tuple[OpenCode, ...], ...]
    title: str
    is_grey: bool


def form_of(document: Document) -> Form | None:
    """Return the form of a document; None where the name of its patient takes more than one line."""
    if any(
        not _OF_EACH.isdisjoint(_fields(slot)) and _line_count(slot.text, slot) > 1 for slot in document.slots
    ):
        return None
    slots: dict[tuple[object, ...], tuple[int, Slot]] = {}
    on_pages: list[list[int]] = [[] for _ in document.pages]
    for slot in document.slots:
        place = (id(slot.text), slot.x, slot.y, slot.width, slot.node)
        on_pages[slot.page].append(slots.setdefault(place, (len(slots), slot))[0])
    pages: dict[tuple[int, ...], int] = {}
    of_pages = tuple([pages.setdefault(tuple(on_page), len(pages)) for on_page in on_pages])
    codes = [
        tuple([(DocumentCode.of(code), x, y, size) for code, x, y, size in of_page])
        for of_page in document.personal.codes
    ]
    different = tuple([slot for _, slot in slots.values()])
    fields = tuple(map(_fields, different))
    places = tuple([_place(slot, is_grey=document.is_grey) for slot in different])
    form = (tuple(pages), of_pages, tuple(codes), document.title, document.is_grey)
    return Form(different, fields, places, *form)


def _fields(slot: Slot) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for span in slot.text.spans for name in _NAME.findall(span.slot)))


def are_shared(fields: Iterable[str]) -> bool:
    """Whether these are the same for many patients."""
    return _OF_EACH.isdisjoint(fields)


def _place(slot: Slot, *, is_grey: bool) -> WordPlace | TextPlace | None:
    text, span = slot.text, slot.text.spans[0]
    if text.spans[1:] or span.link:
        return None
    share = SHARES[text.style.align]
    pattern = _FIELD.fullmatch(span.slot)
    if pattern is None or pattern[1] not in _IDS:
        runs = first_runs(slot, is_grey=is_grey)
        return TextPlace(span.slot, runs[0], slot.x, slot.width, share) if len(runs) == 1 else None
    first = text.word_run(span.text, slot.x, slot.y, slot.width, slot.node)
    if first is None:
        return None
    first = grey_run(first) if is_grey else first
    return WordPlace(pattern[1], pattern[2], first, slot.x, slot.width, share)


def filled(form: Form, values: Mapping[str, str], created: dt.datetime) -> Personal | None:
    """Return what is another patient's; None where a text does not fit its place.

    Args:
        form: of a document of the same plan.
        values: by field.
        created: date of the file.

    Raises:
        FitError: no font has a character.
    """
    lines = []
    for slot in form.slots:
        runs = slot_runs(slot, values, is_grey=form.is_grey)
        if runs is None:
            return None
        lines.append(runs)
    pages = [tuple([run for line in on_page for run in lines[line]]) for on_page in form.pages]
    ident = values["document_id"]
    codes = [
        tuple([(code.with_id(ident), x, y, size) for code, x, y, size in of_page]) for of_page in form.codes
    ]
    return Personal(tuple([pages[page] for page in form.of_pages]), tuple(codes), form.title, ident, created)


def slot_runs(slot: Slot, values: Mapping[str, str], *, is_grey: bool) -> tuple[GlyphRun, ...] | None:
    """Return the text of a slot as it stands on the page; None where it would take more lines, or fewer.

    Raises:
        FitError: no font has a character.
    """
    text = slot.text.filled(values)
    same = _line_count(text, slot) == _line_count(slot.text, slot)
    return _runs(slot, text, is_grey=is_grey) if same else None


def first_runs(slot: Slot, *, is_grey: bool) -> tuple[GlyphRun, ...]:
    """Return the text of a slot as it stands on the page of the first patient."""
    return _runs(slot, slot.text, is_grey=is_grey)


def _runs(slot: Slot, text: Text, *, is_grey: bool) -> tuple[GlyphRun, ...]:
    scratch = Canvas(0.0, 0.0)
    scratch.new_page()
    text.place(scratch, slot.x, slot.y, slot.width, slot.node)
    runs = tuple([item for item in scratch.pages()[0].items if isinstance(item, GlyphRun)])
    return tuple(map(grey_run, runs)) if is_grey else runs


def _line_count(text: Text, slot: Slot) -> int:
    return len(text.lines(slot.width))
