"""The short way to set the words of a patient gives the bytes of the long one."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_compiled import LAYOUTS, order

from pdfgen.compiled import Compiled, make
from pdfgen.inputs import Stock
from pdfgen.typesetting.slots import filled


@cache
def compiled(layout: str) -> Compiled:
    """What the files of a plan share; made once, from a patient who is in no test."""
    stock = Stock()
    press = order("Eerste", stock, layout=layout)
    make(press, stock)
    found = stock.recent(("compiled", press.plan_key))
    assert isinstance(found, Compiled)
    return found


@settings(deadline=None, max_examples=60)
@given(
    layout=st.sampled_from(LAYOUTS),
    label=st.text(st.characters(max_codepoint=0x24F, exclude_categories=("C", "Z")), min_size=1, max_size=30),
    ident=st.from_regex("[0-9A-HJKMNP-TV-Z]{8}", fullmatch=True),
    digest=st.from_regex("[0-9a-f]{16}", fullmatch=True),
)
@example(layout="standard", label="Mw. A. van der Ploeg-de Wit", ident="11111111", digest="1" * 16)
@example(layout="large-print", label="100% { } \\ ( )", ident="W7V7A7Y7", digest="f7" * 8)
def test_short_and_long(layout: str, label: str, ident: str, digest: str) -> None:
    files = compiled(layout)
    values = {"label": label, "document_id": ident, "input_hash": digest}
    personal = filled(files.form, values)
    if personal is None:
        assert files.in_short(values) is None
    elif short := files.in_short(values):
        long = files.skeleton.finished(personal)
        assert files.skeleton.with_contents(files.form.title, ident, short) == long


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_short_way_serves(layout: str) -> None:
    """In every layout, so that the bytes above are those of two ways."""
    values = {"label": "Mw. J. de Wit", "document_id": "7K2M9QXA", "input_hash": "0123456789abcdef"}
    assert compiled(layout).in_short(values)


def test_a_word_that_is_wider_than_its_line() -> None:
    files = compiled("standard")
    values = {"label": "Jan", "document_id": "7K2M9QXA", "input_hash": "0" * 100}
    assert files.in_short(values) is None
    assert filled(files.form, values) is None
