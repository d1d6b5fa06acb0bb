"""Vector pictures as finished drawings: content streams of form XObjects, in colour and in greys."""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Iterable
from dataclasses import replace

from pdfgen.content.pictures.drawing import (
    RGB,
    Drawing,
    DrawnShape,
    Gradient,
    VectorPicture,
    colours_of,
    grey,
)
from pdfgen.pdf.graphics import colour, numbers, paint_operator, path

#: Steps in the longer side of a drawing: one is 0.02 mm on a drawing of 80 mm, less than a printer's dot.
_STEPS = 4000

#: SVG's limit for pointed joins.
_MITER = 4.0

#: Paint darker than this is of the figure or an arrow; a mat may be covered by a letter.
_DARK = 0.4


def finished(picture: VectorPicture) -> Drawing:
    """Return a vector picture ready to be placed."""
    resources = _Resources(picture.shapes)
    form, grey_form = (_content(one, resources) for one in (picture, _in_greys(picture)))
    return Drawing(
        name=picture.name,
        width=picture.width,
        height=picture.height,
        form=zlib.compress(form),
        grey_form=None if grey_form == form else zlib.compress(grey_form),
        corners=(_free_corner(picture, mirrored=False), _free_corner(picture, mirrored=True)),
        resources=resources.entries(),
    )


class _Resources:
    """Gradients and opacities of a drawing, each written once."""

    def __init__(self, shapes: Iterable[DrawnShape]) -> None:
        self._gradients: dict[Gradient, str] = {}
        self._opacities: dict[tuple[float, float], str] = {}
        self._is_plain = all(min(shape.fill_alpha, shape.stroke_alpha) >= 1.0 for shape in shapes)

    def paint(self, paint: RGB | Gradient, space: str, grey_operator: str, operator: str) -> str:
        """Return the operators that set a colour or a gradient, with a space at the end."""
        if not isinstance(paint, Gradient):
            return colour(paint, grey_operator, operator)
        name = self._gradients.setdefault(paint, f"P{len(self._gradients)}")
        return f"/Pattern {space} /{name} {'SCN' if operator == 'RG' else 'scn'} "

    def opacity(self, shape: DrawnShape) -> str:
        """Return the operator that sets the opacity of a shape, and a space; nothing where all are opaque."""
        if self._is_plain:
            return ""
        key = shape.fill_alpha, shape.stroke_alpha
        return f"/{self._opacities.setdefault(key, f'G{len(self._opacities)}')} gs "

    def entries(self) -> bytes:
        """Return the content of a dictionary of resources."""
        patterns = "".join(f"/{name}{_pattern(one)}" for one, name in self._gradients.items())
        states = "".join(
            f"/{name}<</ca {fill:.4f}/CA {stroke:.4f}>>" for (fill, stroke), name in self._opacities.items()
        )
        parts = (f"/Pattern<<{patterns}>>" if patterns else "", f"/ExtGState<<{states}>>" if states else "")
        return "".join(parts).encode("ascii")


def _pattern(gradient: Gradient) -> str:
    """Return a gradient as a shading pattern (ISO 32000-1, 8.7.4), in the units of its drawing."""
    kind = 2 if len(gradient.coords) == 4 else 3
    is_grey = all(red == green == blue for _, (red, green, blue) in gradient.stops)
    shading = (
        f"/ShadingType {kind}/ColorSpace/Device{'Gray' if is_grey else 'RGB'}"
        f"/Coords[{_plain(gradient.coords)}]/Extend[true true]/Function{_function(gradient, is_grey=is_grey)}"
    )
    return f"<</PatternType 2/Matrix[{_plain(gradient.matrix)}]/Shading<<{shading}>>>>"


def _function(gradient: Gradient, *, is_grey: bool) -> str:
    """Return the function that gives the colour at each place from 0 to 1 (ISO 32000-1, 7.10)."""
    stops = list(gradient.stops)
    # It goes from 0 to 1, whatever the first and last offset are.
    stops = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    pieces = [(one, other) for one, other in itertools.pairwise(stops) if other[0] > one[0]]
    count = 1 if is_grey else 3
    functions = [
        f"<</FunctionType 2/Domain[0 1]/N 1/C0[{numbers(one[1][:count])}]/C1[{numbers(other[1][:count])}]>>"
        for one, other in pieces
    ]
    if len(functions) == 1:
        return functions[0]
    bounds = _plain([other[0] for _, other in pieces[:-1]])
    encode = "0 1 " * len(pieces)
    joined = "".join(functions)
    return f"<</FunctionType 3/Domain[0 1]/Functions[{joined}]/Bounds[{bounds}]/Encode[{encode}]>>"


def _plain(values: Iterable[float]) -> str:
    """Return numbers with six decimals: matrices may make very small units large."""
    return " ".join(f"{value:.6f}" for value in values)


def _content(picture: VectorPicture, resources: _Resources) -> bytes:
    decimals = max(0, math.ceil(math.log10(_STEPS / max(picture.width, picture.height))))
    parts = [f"{_MITER:g} M"]
    for shape in picture.shapes:
        paint = paint_operator(shape.fill, shape.stroke, even_odd=shape.even_odd)
        if not paint:
            continue
        before = resources.opacity(shape)
        before += "" if shape.fill is None else resources.paint(shape.fill, "cs", "g", "rg")
        if shape.stroke is not None:
            before += resources.paint(shape.stroke, "CS", "G", "RG")
            before += "" if shape.miter == _MITER else f"{shape.miter:g} M "
            before += f"{shape.width:.3f} w {shape.cap} J {shape.join} j [{numbers(shape.dash)}] 0 d "
        after = "" if shape.stroke is None or shape.miter == _MITER else f" {_MITER:g} M"
        drawn = f"{before}{path(shape.segments, decimals)}{paint}{after}"
        if shape.clips:
            clips = "".join(
                f"{path(clip.segments, decimals)}W{'*' if clip.even_odd else ''} n " for clip in shape.clips
            )
            drawn = f"q {clips}{drawn} Q"
        parts.append(drawn)
    return "\n".join(parts).encode("ascii")


def _in_greys(picture: VectorPicture) -> VectorPicture:
    return replace(picture, shapes=tuple(map(_grey_shape, picture.shapes)))


def _grey_shape(shape: DrawnShape) -> DrawnShape:
    return replace(shape, fill=_grey_or_none(shape.fill), stroke=_grey_or_none(shape.stroke))


def _grey_or_none(paint: RGB | Gradient | None) -> RGB | Gradient | None:
    if isinstance(paint, Gradient):
        return replace(paint, stops=tuple((offset, grey(stop)) for offset, stop in paint.stops))
    return None if paint is None else grey(paint)


def _free_corner(picture: VectorPicture, *, mirrored: bool) -> float:
    """Return the side of the largest square in the top left corner that holds no point of figure or arrow."""
    nearest = min(picture.width, picture.height)
    for shape in picture.shapes:
        colours = (*colours_of(shape.fill), *colours_of(shape.stroke))
        if min(map(min, colours)) > _DARK:
            continue
        for segment in shape.segments:
            if len(segment) > 1:
                x, y = float(segment[-2]), float(segment[-1])
                nearest = min(nearest, max(picture.width - x if mirrored else x, y))
    return nearest
