"""Fields: the words of a document that differ between patients with the same plan, set for any of them.

A field keeps as many lines free as it took when the document was composed. Words that take as many change
nothing else on the page; with others the document has to be composed anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pdfgen.typesetting.document import FieldText, GlyphRun
from pdfgen.typesetting.text import Text

_NAME = re.compile(r"\{(\w+)\}")


def names_of(text: FieldText) -> tuple[str, ...]:
    """Return the names of the values that a field shows, each once."""
    return tuple(dict.fromkeys(name for span in text.spans for name in _NAME.findall(span.slot)))


def field_runs(text: FieldText, values: Mapping[str, str]) -> tuple[GlyphRun, ...] | None:
    """Return the words of a field, with its top left corner as origin; None where they take other lines.

    Args:
        text: what the field shows.
        values: by the names in its slots.

    Raises:
        FitError: no font has a character.
    """
    spans = [span._replace(text=span.slot.format_map(values)) if span.slot else span for span in text.spans]
    words = Text(spans, text.style, text.family)
    if len(words.lines(text.width)) != text.lines:
        return None
    return tuple(words.runs(0.0, 0.0, text.width, 0))
