"""Places of personal words: what is the same of a line whoever the patient is.

A word or a name that stands in one of them moves nothing else, so that it can be set without composing.
"""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.typesetting.document import GlyphRun


class WordPlace(NamedTuple):
    """A slot for a word: an id or a digest, and what stands behind it.

    Attributes:
        field: the name of the value.
        tail: what stands behind it, without a space.
        first: the word of the first patient, in one face as every other patient's.
        x, width: where the line begins, and its length, in points.
        share: part of what is free on the line that stands before the word.
    """

    field: str
    tail: str
    first: GlyphRun
    x: float
    width: float
    share: float


class TextPlace(NamedTuple):
    """A slot for one or more words in one look: a name, a date.

    Attributes:
        words: them, with names of fields: `{label}`.
        first, x, width, share: as of `WordPlace`.
    """

    words: str
    first: GlyphRun
    x: float
    width: float
    share: float
