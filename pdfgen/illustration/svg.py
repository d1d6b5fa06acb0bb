"""Shapes on paper as values, and the writer that makes an SVG of them: mm, two decimals, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pdfgen.illustration.geometry import Floats


def number(value: float) -> str:
    """Return a number with at most two decimals, without needless zeros: `.5`, `-3`, `12.25`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def pairs(points: Iterable[Sequence[float] | Floats]) -> str:
    """Return points as `x y x y …`."""
    return " ".join(f"{number(float(x))} {number(float(y))}" for x, y in points)


@dataclass(frozen=True)
class Path:
    """A path in mm: its commands (absolute M, L, C, Z), fill and stroke (None for none), and its line."""

    commands: tuple[tuple[str, tuple[float, ...]], ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()

    def points(self) -> Floats:
        """Return all points that the path runs through, (n, 2)."""
        return np.array([numbers[-2:] for letter, numbers in self.commands if letter != "Z"])

    def moved(self, x: float, y: float) -> Path:
        """Return it somewhere else."""
        shift = (x, y)
        commands = tuple(
            (letter, tuple(value + shift[k % 2] for k, value in enumerate(numbers)))
            for letter, numbers in self.commands
        )
        return replace(self, commands=commands)

    def mirrored(self, width: float) -> Path:
        """Return it with left and right exchanged in a frame of `width` mm."""
        commands = tuple(
            (letter, tuple(value if k % 2 else width - value for k, value in enumerate(numbers)))
            for letter, numbers in self.commands
        )
        return replace(self, commands=commands)

    def data(self) -> str:
        """Return the attribute `d`."""
        parts = []
        for letter, numbers in self.commands:
            parts.append(letter + pairs(zip(numbers[::2], numbers[1::2], strict=True)))
        return "".join(parts)

    def element(self) -> str:
        """Return the element `<path …/>`."""
        style = f'fill="{self.fill or "none"}"'
        if self.fill:
            style += ' fill-rule="evenodd"'
        if self.stroke:
            style += f' stroke="{self.stroke}" stroke-width="{number(self.width)}"'
            style += ' stroke-linejoin="round"'
            if self.commands[-1][0] != "Z":
                style += ' stroke-linecap="round"'
        if self.dash:
            style += f' stroke-dasharray="{" ".join(map(number, self.dash))}"'
        return f'<path d="{self.data()}" {style}/>'


Commands = tuple[tuple[str, tuple[float, ...]], ...]


def curve_commands(curves: Sequence[Floats], *, closed: bool = False) -> Commands:
    """Return the commands for Bézier curves (4, 2) that join."""
    commands: list[tuple[str, tuple[float, ...]]] = [("M", _flat(curves[0][:1]))]
    commands += [("C", _flat(curve[1:])) for curve in curves]
    return (*commands, ("Z", ())) if closed else tuple(commands)


def polygon_commands(points: Iterable[Sequence[float] | Floats], *, closed: bool = True) -> Commands:
    """Return the commands for straight lines through points."""
    first, *rest = (_flat(np.asarray([point])) for point in points)
    commands = (("M", first), *(("L", point) for point in rest))
    return (*commands, ("Z", ())) if closed else commands


def _flat(points: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 3) for value in np.asarray(points).ravel())


def extent(paths: Iterable[Path]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all points that paths run through."""
    points = np.concatenate([path.points() for path in paths])
    left, top = points.min(0)
    right, bottom = points.max(0)
    return float(left), float(top), float(right), float(bottom)


def document(paths: Iterable[Path], width: float, height: float) -> str:
    """Return the SVG file of paths in a frame of `width` and `height` mm."""
    wide, high = number(width), number(height)
    size = f'width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([head, *(path.element() for path in paths), "</svg>\n"])
