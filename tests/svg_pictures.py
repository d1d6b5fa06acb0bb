"""Drawings from a few words of SVG, and the points of what they draw."""

from __future__ import annotations

import pytest

from pdfgen.content.pictures.drawing import DrawnShape, VectorPicture
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.errors import InputError

Point = tuple[float, float]


def svg(inside: str, attributes: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def read(inside: str, attributes: str = 'viewBox="0 0 100 50"') -> VectorPicture:
    return read_svg(svg(inside, attributes), "logo.svg")


def only(inside: str) -> DrawnShape:
    (shape,) = read(inside).shapes
    return shape


def messages(data: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_svg(data, "logo.svg")
    assert all(problem.file == "logo.svg" for problem in caught.value.problems)
    return [problem.message for problem in caught.value.problems]


def refusal(inside: str) -> str:
    (message,) = messages(svg(inside))
    return message


def ends(shape: DrawnShape) -> list[Point]:
    return [(float(segment[-2]), float(segment[-1])) for segment in shape.segments if len(segment) > 1]


def sampled(segments: tuple[tuple[str | float, ...], ...], steps: int = 16) -> list[Point]:
    """Points along a path, curves cut into `steps`."""
    points: list[Point] = []
    for command, *numbers in segments:
        values = [float(number) for number in numbers]
        if command in ("M", "L"):
            points.append((values[0], values[1]))
        elif command == "C":
            corners = [points[-1], *zip(values[::2], values[1::2], strict=True)]
            for step in range(1, steps + 1):
                t = step / steps
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                points.append(
                    tuple(sum(w * p[axis] for w, p in zip(weights, corners, strict=True)) for axis in (0, 1))
                )
    return points
