# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools>=4.50"]
# ///
"""Make the faces with nothing but a plain zero and a space: `NotoSansZero-Regular.ttf` and `-Bold`.

The main face has a zero with a stroke, which patients read as a figure that is crossed out. The other zero is
that of Noto Sans, as high as the main face's and with the white of its neighbours; the space is as wide as
the main face's. Run it after either face has been replaced: `uv run tools/plain_zero.py`.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "assets" / "fonts"
ZERO, SPACE = ord("0"), ord(" ")

#: By weight: how much wider than in Noto Sans, and the white at each side in units of the main face, which is
#: that of its 6 and 9.
SHAPES = {"Regular": (1.04, 58), "Bold": (1.0, 46)}


def main() -> None:
    """Write both faces."""
    for weight, (widening, white) in SHAPES.items():
        font, glyph = _only_zero(weight)
        model = TTFont(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf")
        old, wanted = font["glyf"][glyph], model["glyf"][model.getBestCmap()[ZERO]]
        up = (wanted.yMax - wanted.yMin) / (old.yMax - old.yMin)
        across = up * widening
        pen = TTGlyphPen(None)
        moves = (across, 0, 0, up, white - old.xMin * across, wanted.yMin - old.yMin * up)
        old.draw(TransformPen(pen, moves), font["glyf"])
        new = pen.glyph()
        new.recalcBounds(font["glyf"])
        font["glyf"][glyph] = new
        font["hmtx"][glyph] = (new.xMax + white, new.xMin)
        space, model_space = font.getBestCmap()[SPACE], model.getBestCmap()[SPACE]
        font["hmtx"][space] = model["hmtx"][model_space]
        font.save(FONTS / f"NotoSansZero-{weight}.ttf")


def _only_zero(weight: str) -> tuple[TTFont, str]:
    """Return Noto Sans with its zero and space alone, under a name of its own, and the zero's glyph."""
    font = TTFont(FONTS / f"NotoSans-{weight}.ttf", recalcTimestamp=False)
    options = subset.Options(name_IDs=["*"], layout_features=[], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="0 ")
    subsetter.subset(font)
    names = {1: "Noto Sans Zero", 4: f"Noto Sans Zero {weight}", 6: f"NotoSansZero-{weight}"}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    return font, font.getBestCmap()[ZERO]


if __name__ == "__main__":
    main()
