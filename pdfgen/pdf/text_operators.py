"""Operators that show text: parts of text arrays, joined where they are in one subset of a font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.pdf.structure import TaggingError
from pdfgen.typesetting.fonts import Glyph

Segment = tuple[int, str]
"""Operators that show text in one subset, by its number."""


def _array(parts: str) -> str:
    """Return parts of a text array as one, without empty strings, before which pdfium forgets a move."""
    return f"[<{parts}>]".replace("<>", " ")


def joined(parts: Sequence[Segment]) -> list[Segment]:
    """Return parts of text arrays as operators, one for each stretch in the same subset."""
    found: list[Segment] = []
    current, texts = -1, ""
    for subset, part in parts:
        if subset != current and texts:
            found.append((current, f"{_array(texts)} TJ"))
            texts = ""
        current = subset
        texts += part
    if texts:
        found.append((current, f"{_array(texts)} TJ"))
    return found


def clusters(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Group glyphs by the text that they show together: each group starts at a glyph with a text.

    Raises:
        TaggingError: the first glyph stands for no text.
    """
    cluster: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text and cluster:
            yield cluster
            cluster = []
        elif not glyph.text and not cluster:
            raise TaggingError(f"glyph {glyph.gid} at the start of a run stands for no text")
        cluster.append(glyph)
    if cluster:
        yield cluster


def rounded(value: float) -> str:
    """Return a number with at most three decimals, and no more digits than it needs."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
