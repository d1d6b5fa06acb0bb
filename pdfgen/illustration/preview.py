"""A picture of a drawing in pixels, to look at: the same shapes, drawn large and made smaller."""

from __future__ import annotations

import itertools

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from pdfgen.content.pictures.drawing import RGB, DrawnShape, VectorPicture, colours_of
from pdfgen.illustration.geometry import Floats

#: Drawn this much larger, then made smaller.
_FINER = 4

#: Straight pieces that a curve is drawn with.
_PIECES = 14

_INCH = 25.4


def preview(drawing: VectorPicture, dots_an_inch: int = 300) -> Image.Image:
    """Return a drawing in mm as a picture on white; ours have plain colours."""
    factor = _FINER * dots_an_inch / _INCH
    size = (max(1, round(drawing.width * factor)), max(1, round(drawing.height * factor)))
    picture = Image.new("RGB", size, "white")
    for shape in drawing.shapes:
        loops = [loop * factor for loop in _loops(shape)]
        if shape.fill is not None:
            _fill(picture, loops, colours_of(shape.fill)[0])
        if shape.stroke is not None:
            _stroke(picture, loops, shape, factor)
    return picture.resize((max(1, size[0] // _FINER), max(1, size[1] // _FINER)), Image.Resampling.BOX)


def _loops(shape: DrawnShape) -> list[Floats]:
    """Return the lines of a shape as points (n, 2); a closed one ends where it starts."""
    loops: list[list[tuple[float, float]]] = []
    for letter, *given in shape.segments:
        numbers = [float(value) for value in given]
        if letter == "M":
            loops.append([(numbers[0], numbers[1])])
        elif letter == "Z":
            loops[-1].append(loops[-1][0])
        elif letter == "L":
            loops[-1].append((numbers[0], numbers[1]))
        else:
            curve = np.array([loops[-1][-1], *zip(numbers[::2], numbers[1::2], strict=True)])
            t = np.linspace(0, 1, _PIECES + 1)[1:, None]
            s = 1 - t
            along = curve[0] * s**3 + 3 * curve[1] * t * s**2 + 3 * curve[2] * t**2 * s + curve[3] * t**3
            loops[-1].extend((float(x), float(y)) for x, y in along)
    return [np.array(loop) for loop in loops if len(loop) > 1]


def _colour(rgb: RGB) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in rgb)
    return red, green, blue


def _fill(picture: Image.Image, loops: list[Floats], colour: RGB) -> None:
    points = np.concatenate(loops)
    left, top = np.floor(points.min(0)).astype(int) - 1
    right, bottom = np.ceil(points.max(0)).astype(int) + 2
    mask = Image.new("1", (int(right - left), int(bottom - top)))
    for loop in loops:
        one = Image.new("1", mask.size)
        ImageDraw.Draw(one).polygon([tuple(point) for point in (loop - [left, top]).tolist()], fill=1)
        mask = ImageChops.logical_xor(mask, one)
    picture.paste(_colour(colour), (int(left), int(top)), mask)


def _stroke(picture: Image.Image, loops: list[Floats], shape: DrawnShape, factor: float) -> None:
    pen = ImageDraw.Draw(picture)
    width = max(1.0, shape.width * factor)
    colour = _colour(colours_of(shape.stroke)[0])
    for loop in loops:
        for part in _dashed(loop, [length * factor for length in shape.dash]):
            _pulled(pen, part, width / 2, colour)


def _pulled(pen: ImageDraw.ImageDraw, points: Floats, reach: float, colour: tuple[int, int, int]) -> None:
    """Draw what a round pen leaves that is pulled along points."""
    for (x, y), (u, v) in itertools.pairwise(points):
        across = np.array([y - v, u - x])
        size = float(np.hypot(*across))
        if size > 0:
            across *= reach / size
            corners = np.array([(x, y), (u, v), (u, v), (x, y)]) + across * np.array([[1], [1], [-1], [-1]])
            pen.polygon([tuple(corner) for corner in corners.tolist()], fill=colour)
    for x, y in points.tolist():
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)


def _dashed(points: Floats, dash: list[float]) -> list[Floats]:
    """Return the dashes of a line; the line itself where there are none."""
    if not dash:
        return [points]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    parts, at, drawn, turn = [], 0.0, True, 0
    while at < along[-1]:
        end = min(at + dash[turn % len(dash)], float(along[-1]))
        if drawn:
            places = np.linspace(at, end, 8)
            parts.append(np.stack([np.interp(places, along, points[:, k]) for k in (0, 1)], 1))
        at, drawn, turn = end, not drawn, turn + 1
    return parts
