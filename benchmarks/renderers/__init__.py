"""The same content set by other engines, each in the way its own documentation shows.

A module has a function `render`, content in and a PDF out. Fonts and type are the same in all.
"""

from __future__ import annotations

from benchmarks.measure import ROOT

_FONTS = ROOT / "assets" / "fonts"

REGULAR = _FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = _FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"
