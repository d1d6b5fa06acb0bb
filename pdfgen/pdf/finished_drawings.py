"""Vector pictures as finished drawings: content streams of form XObjects, in colour and in greys."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace

from pdfgen.content.pictures.drawing import RGB, Drawing, DrawnShape, VectorPicture, grey
from pdfgen.pdf.graphics import colour, numbers, paint_operator, path

#: Steps in the longer side of a drawing: one is 0.02 mm on a drawing of 80 mm, less than a printer's dot.
_STEPS = 4000

#: Paint darker than this is of the figure or an arrow; a mat may be covered by a letter.
_DARK = 0.4


def finished(picture: VectorPicture) -> Drawing:
    """Return a vector picture ready to be placed."""
    form, grey_form = _content(picture), _content(_in_greys(picture))
    return Drawing(
        name=picture.name,
        width=picture.width,
        height=picture.height,
        form=zlib.compress(form),
        grey_form=None if grey_form == form else zlib.compress(grey_form),
        corners=(_free_corner(picture, mirrored=False), _free_corner(picture, mirrored=True)),
    )


def _content(picture: VectorPicture) -> bytes:
    decimals = max(0, math.ceil(math.log10(_STEPS / max(picture.width, picture.height))))
    parts = ["4 M"]  # SVG's limit for pointed joins
    for shape in picture.shapes:
        paint = paint_operator(shape.fill, shape.stroke, even_odd=shape.even_odd)
        if not paint:
            continue
        before = "" if shape.fill is None else colour(shape.fill, "g", "rg")
        if shape.stroke is not None:
            before += colour(shape.stroke, "G", "RG")
            before += f"{shape.width:.3f} w {shape.cap} J {shape.join} j [{numbers(shape.dash)}] 0 d "
        parts.append(f"{before}{path(shape.segments, decimals)}{paint}")
    return "\n".join(parts).encode("ascii")


def _in_greys(picture: VectorPicture) -> VectorPicture:
    return replace(picture, shapes=tuple(map(_grey_shape, picture.shapes)))


def _grey_shape(shape: DrawnShape) -> DrawnShape:
    return replace(shape, fill=_grey_or_none(shape.fill), stroke=_grey_or_none(shape.stroke))


def _grey_or_none(paint: RGB | None) -> RGB | None:
    return None if paint is None else grey(paint)


def _free_corner(picture: VectorPicture, *, mirrored: bool) -> float:
    """Return the side of the largest square in the top left corner that holds no point of figure or arrow."""
    nearest = min(picture.width, picture.height)
    for shape in picture.shapes:
        if min(min(paint) for paint in (shape.fill, shape.stroke) if paint is not None) > _DARK:
            continue
        for segment in shape.segments:
            if len(segment) > 1:
                x, y = float(segment[-2]), float(segment[-1])
                nearest = min(nearest, max(picture.width - x if mirrored else x, y))
    return nearest
