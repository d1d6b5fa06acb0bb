"""Dense setting, for an edition of one sheet: sentences at single line spacing, in their full size."""

from __future__ import annotations

from dataclasses import replace

from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.text_style import TextStyle

#: Baseline to baseline in sizes of type: what word processors call single spacing.
_SINGLE = 1.17


def dense(c: Composer, air: float = 1.0) -> Composer:
    """Return a composer whose table cells and sentences of that style stand at single line spacing.

    Args:
        air: the basic distance in parts of the usual one.
    """
    look = c.look
    cell, bold = _single(look.cell), _single(look.cell_bold)
    return replace(c, look=look._replace(cell=cell, cell_bold=bold, gap=look.gap * air))


def _single(style: TextStyle) -> TextStyle:
    return style._replace(leading=style.size * _SINGLE)
