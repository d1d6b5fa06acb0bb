"""Words as sections give them: stretches of text, and how they look."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pdfgen.content.pictures.drawing import BLACK, RGB

Align = Literal["left", "right", "centre"]


class TextStyle(NamedTuple):
    """How text looks. `size` and `leading` are in points."""

    size: float
    leading: float
    bold: bool = False
    colour: RGB = BLACK
    align: Align = "left"


class Span(NamedTuple):
    """A stretch of text that differs from its paragraph in weight, colour or language, or is a link.

    `slot` is the text with the names of values that differ between patients (`{label}`, `{document_id}-01`),
    if it has any. A `code` is not read as words but compared or typed: its zeros have a stroke. `lang` is the
    code of its language where that is not the document's. A link is `underlined` where it is tapped.
    `scale` is its size, at most that of its paragraph, in sizes of that.
    """

    text: str
    bold: bool | None = None
    colour: RGB | None = None
    link: str = ""
    slot: str = ""
    code: bool = False
    lang: str = ""
    underlined: bool = False
    scale: float = 1.0
