"""Dense setting, for an edition of one sheet: sentences at single line spacing, in their full size."""

from __future__ import annotations

from dataclasses import replace

from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.text import TextStyle

#: Baseline to baseline in sizes of type: what word processors call single spacing.
_SINGLE = 1.17


def dense(c: Composer) -> Composer:
    """Return a composer whose table cells and sentences of that style stand at single line spacing."""
    look = c.look
    return replace(c, look=look._replace(cell=_single(look.cell), cell_bold=_single(look.cell_bold)))


def _single(style: TextStyle) -> TextStyle:
    return style._replace(leading=style.size * _SINGLE)
