"""The short way to set the words of a patient gives the bytes of the long one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_compiled import LAYOUTS, order

from pdfgen.content.loading import load_language
from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.shared_part import About
from pdfgen.planning.dates import DateWords
from pdfgen.production.compiled import Compiled, make
from pdfgen.production.inputs import Stock
from pdfgen.typesetting.slots import filled

CREATED = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@cache
def compiled(layout: str) -> Compiled:
    """What the files of a plan share; made once, from a patient who is in no test."""
    stock = Stock()
    press = order("Eerste", stock, layout=layout, start="2026-03-02", therapist="Eerste Therapeut")
    make(press, stock)
    (found,) = stock.recent(("compiled", press.plan_key))
    assert isinstance(found, Compiled)
    return found


@settings(deadline=None, max_examples=60)
@given(
    layout=st.sampled_from(LAYOUTS),
    label=st.text(st.characters(max_codepoint=0x24F, exclude_categories=("C", "Z")), min_size=1, max_size=30),
    ident=st.from_regex("[0-9A-HJKMNP-TV-Z]{8}", fullmatch=True),
    digest=st.from_regex("[0-9a-f]{16}", fullmatch=True),
    start=st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)),
    therapist=st.text(st.characters(max_codepoint=0x24F, exclude_categories=("C", "Z")), min_size=1),
)
@example("standard", "Mw. A. van der Ploeg-de Wit", "11111111", "1" * 16, dt.date(2026, 9, 28), "K. Beek")
@example("large-print", "100% { } \\ ( )", "W7V7A7Y7", "f7" * 8, dt.date(2026, 3, 2), "100% %s { } \\")
def test_short_and_long(
    layout: str, label: str, ident: str, digest: str, start: dt.date, therapist: str
) -> None:
    files = compiled(layout)
    values = values_of(label, ident, digest, start, therapist)
    personal = filled(files.form, values, CREATED)
    short = in_short(files, values)
    if personal is None:
        assert short is None
    elif short:
        long = files.skeleton.finished(personal)
        assert files.skeleton.with_contents(About(files.form.title, ident, CREATED), short) == long


def in_short(files: Compiled, values: Mapping[str, str]) -> list[bytes] | None:
    assert files.filling
    try:
        return files.filling.contents(values)
    except NoCodeError:
        return None


def values_of(label: str, ident: str, digest: str, start: dt.date, therapist: str) -> Mapping[str, str]:
    """What is personal in a program of four weeks."""
    own = {"label": label, "document_id": ident, "input_hash": digest, "therapist": therapist}
    return {**DateWords(start, 4, load_language("nl").value), **own}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_short_way_serves(layout: str) -> None:
    """In every layout, so that the bytes above are those of two ways."""
    values = values_of("Mw. J. de Wit", "7K2M9QXA", "0123456789abcdef", dt.date(2026, 5, 4), "K. Beek")
    assert in_short(compiled(layout), values)


def test_a_word_that_is_wider_than_its_line() -> None:
    files = compiled("standard")
    values = values_of("Jan", "7K2M9QXA", "0" * 100, dt.date(2026, 5, 4), "K. Beek")
    assert in_short(files, values) is None
    assert filled(files.form, values, CREATED) is None
