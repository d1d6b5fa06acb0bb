"""On pages a zero has no stroke, in words that patients share and in their own; in codes it has one."""

from __future__ import annotations

import pytest
from programs import Made, make_program

from pdfgen.content.loading import list_layouts
from pdfgen.typesetting.document import GlyphRun


def zeros(made: Made) -> dict[str, set[bool]]:
    """Whether zeros are plain, by the words that they stand in: `code` for the document's own, or `text`."""
    found: dict[str, set[bool]] = {"text": set(), "code": set()}
    for page in made.document().pages:
        for run in page.items:
            if isinstance(run, GlyphRun) and any(glyph.text == "0" for glyph in run.glyphs):
                words = "".join(glyph.text for glyph in run.glyphs)
                kind = "code" if made.ident in words or made.plan().passport.input_hash in words else "text"
                found[kind].add("NotoSansZero" in run.face.name)
    return found


@pytest.mark.parametrize("layout", list_layouts())
def test_every_zero_of_a_page_is_plain_but_for_codes(layout: str) -> None:
    made = make_program({"id": "A0B0C0D0", "layout": layout, "patient": {"label": "Kamer 100"}})
    found = zeros(made)
    assert found["text"] == {True}
    assert found["code"] == {False}
