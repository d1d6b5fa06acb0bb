"""A finished drawing as SVG, for the screen: the operators of its form, which are few, become paths.

What is read is what `finished_drawings` writes for shipped drawings: paths, greys and colours, lines.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.content.pictures.drawing import Drawing

_WORD = re.compile(rb"\[[^\]]*\]|[^\s\[\]]+")
_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
_SHAPES = {b"m": "M", b"l": "L", b"c": "C"}
_PAINTED = {
    b"f": (True, False, False), b"f*": (True, False, True), b"S": (False, True, False),
    b"B": (True, True, False), b"B*": (True, True, True), b"s": (False, True, False),
    b"n": (False, False, False),
}  # fmt: skip
"""Of a painting operator whether it fills, strokes, and fills by the even-odd rule."""


class _Pen(NamedTuple):
    fill: str = "#000"
    stroke: str = "#000"
    width: str = "1"
    cap: str = "butt"
    join: str = "miter"


def svg_of(drawing: Drawing) -> str:
    """Return a drawing as an SVG file, in millimetres.

    Raises:
        ValueError: its form has an operator that shipped drawings do not have.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:g} {drawing.height:g}">'
        f"{''.join(_paths(zlib.decompress(drawing.form)))}</svg>"
    )


def _paths(form: bytes) -> Iterator[str]:
    pen = _Pen()
    path: list[str] = []
    operands: list[bytes] = []
    for word in _WORD.findall(form):
        if word[:1] in b"[+-.0123456789":
            operands.append(word)
            continue
        if word in _SHAPES:
            path.append(_SHAPES[word] + b" ".join(operands).decode("ascii"))
        elif word == b"h":
            path.append("Z")
        elif word in _PAINTED:
            yield _painted("".join(path), pen, *_PAINTED[word])
            path = []
        else:
            pen = _changed(pen, word, operands)
        operands = []


def _changed(pen: _Pen, word: bytes, operands: Sequence[bytes]) -> _Pen:
    if word in (b"g", b"rg"):
        return pen._replace(fill=_colour(operands))
    if word in (b"G", b"RG"):
        return pen._replace(stroke=_colour(operands))
    if word == b"w":
        return pen._replace(width=f"{float(operands[0]):g}")
    if word == b"J":
        return pen._replace(cap=_CAPS[int(operands[0])])
    if word == b"j":
        return pen._replace(join=_JOINS[int(operands[0])])
    if word in (b"M", b"d"):
        return pen
    raise ValueError(f"the operator {word!r} is not known in drawings")


def _colour(operands: Sequence[bytes]) -> str:
    parts = [round(float(one) * 255) for one in operands]
    red, green, blue = parts * 3 if len(parts) == 1 else parts
    return f"#{red:02x}{green:02x}{blue:02x}"


def _painted(path: str, pen: _Pen, fills: bool, strokes: bool, even_odd: bool) -> str:
    if not path or not (fills or strokes):
        return ""
    rule = ' fill-rule="evenodd"' if even_odd else ""
    lines = (
        f' stroke="{pen.stroke}" stroke-width="{pen.width}" stroke-linecap="{pen.cap}" '
        f'stroke-linejoin="{pen.join}"'
        if strokes
        else ""
    )
    return f'<path fill="{pen.fill if fills else "none"}"{rule}{lines} d="{path}"/>'
