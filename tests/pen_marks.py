"""What people do with a pen on a week sheet, drawn into a picture of it: crosses, fills, rings, numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from pdfgen.typesetting.tracker_geometry import SheetBox

Points: TypeAlias = NDArray[np.float64]
Picture: TypeAlias = NDArray[np.float32]

#: A stroke is drawn so much larger than the picture, and made smaller.
FINER = 3


class Pen(NamedTuple):
    """A pen: its colour on paper, width in millimetres, how it covers, how grainy it is, how it skips."""

    name: str
    colour: tuple[float, float, float]
    width: float
    cover: float
    grain: float
    skips: float


#: Ranges of red, green, blue, width and cover.
PENS = {
    "blue": ((50, 120), (55, 110), (130, 175), (0.28, 0.55), (0.75, 0.98)),
    "black": ((30, 85), (30, 85), (35, 90), (0.28, 0.6), (0.8, 1.0)),
    "felt": ((20, 60), (20, 60), (25, 70), (0.6, 1.1), (0.95, 1.0)),
    "red": ((170, 215), (40, 80), (50, 95), (0.3, 0.6), (0.8, 1.0)),
    "pencil": ((75, 120), (75, 120), (78, 125), (0.4, 0.8), (0.55, 0.85)),
    "light pencil": ((110, 150), (110, 150), (112, 152), (0.4, 0.75), (0.30, 0.52)),
}
USE = {"blue": 0.4, "black": 0.27, "felt": 0.06, "red": 0.03, "pencil": 0.18, "light pencil": 0.06}

#: Marks that mean done, and how often each is the favourite of a person.
DONE = {
    "cross": 0.42, "tick": 0.2, "slash": 0.05, "fill": 0.08, "scribble": 0.05, "dot": 0.04,
    "small tick": 0.05, "large tick": 0.06, "large cross": 0.03, "circle": 0.02,
}  # fmt: skip

_TICK = ((0.08, 0.52), (0.2, 0.66), (0.38, 0.9), (0.6, 0.45), (0.98, 0.02))
_DIGITS = {
    "0": ((0.5, 0), (0.1, 0.3), (0.15, 0.8), (0.5, 1), (0.9, 0.7), (0.85, 0.2), (0.5, 0)),
    "1": ((0.2, 0.3), (0.55, 0), (0.5, 1)),
    "2": ((0.1, 0.2), (0.5, 0), (0.9, 0.3), (0.1, 1), (0.95, 0.95)),
    "3": ((0.1, 0.1), (0.8, 0.1), (0.4, 0.45), (0.9, 0.7), (0.5, 1), (0.1, 0.9)),
    "5": ((0.9, 0), (0.2, 0), (0.15, 0.45), (0.8, 0.5), (0.8, 0.9), (0.1, 0.95)),
}


def pen(rng: np.random.Generator, name: str) -> Pen:
    """Return a pen of a kind."""
    *colour, width, cover = (float(rng.uniform(*one)) for one in PENS[name])
    grain = 0.35 if "pencil" in name else 0.08
    skips = 0.04 if name in ("blue", "black", "red") else 0.0
    return Pen(name, (colour[0], colour[1], colour[2]), width, cover, grain, skips)


def smooth(points: Sequence[Sequence[float]] | Points, steps: int = 14) -> Points:
    """Return a curve through points (Catmull-Rom)."""
    p = np.asarray(points, float)
    if len(p) < 3:
        t = np.linspace(0, 1, 20)[:, None]
        return p[0] * (1 - t) + p[-1] * t
    q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(q, q[1:], q[2:], q[3:], strict=False):
        square, cube = (2 * a - 5 * b + 4 * c - d) * t**2, (3 * b - a - 3 * c + d) * t**3
        parts.append(0.5 * (2 * b + (c - a) * t + square + cube))
    return np.vstack([*parts, p[-1:]])


def shaken(points: Points, rng: np.random.Generator, amount: float) -> Points:
    """Return a stroke of a hand with tremor; `amount` in millimetres."""
    t = np.arange(len(points))
    waves = [np.sin(t * rng.uniform(0.5, 1.1) + rng.uniform(0, 6)) for _ in range(2)]
    return points + amount * np.stack(waves, 1) * rng.uniform(0.5, 1)


class Hand(NamedTuple):
    """How a person draws: size of their marks in millimetres, and tremor."""

    rng: np.random.Generator
    size: float
    tremor: float

    def strokes(self, kind: str, box: SheetBox) -> list[Points]:
        """Return the strokes of a mark in a box, in millimetres on the paper."""
        rng, middle = self.rng, np.array([box.x + box.size / 2, box.y + box.size / 2])
        size = min(self.size, box.size)
        off = rng.normal(0, 0.07, 2)

        def place(points: Sequence[Sequence[float]], scale: float, shift: Points | None = None) -> Points:
            jittered = np.asarray(points) + rng.normal(0, 0.05, (len(points), 2))
            at = (jittered - 0.5) * size * scale + middle + (off if shift is None else shift) * size
            return shaken(smooth(at), rng, self.tremor)

        def cross(scale: float) -> list[Points]:
            down = place([(0.08, 0.1), (0.5, 0.52), (0.92, 0.9)], scale)
            return [down, place([(0.92, 0.08), (0.5, 0.5), (0.1, 0.93)], scale)]

        match kind:
            case "tick":
                return [place(_TICK, rng.uniform(0.75, 1.15))]
            case "large tick":
                return [place(_TICK, rng.uniform(1.3, 2.1), off + np.array([0.25, -0.25]))]
            case "small tick":
                return [place(_TICK, rng.uniform(0.38, 0.58), rng.uniform(-0.18, 0.18, 2))]
            case "cross":
                return cross(rng.uniform(0.6, 1.05))
            case "large cross":
                return cross(rng.uniform(1.15, 1.5))
            case "slash":
                return [place([(0.1, 0.95), (0.5, 0.5), (0.92, 0.05)], rng.uniform(0.7, 1.2))]
            case "dash":
                return [place([(0.15, 0.5), (0.5, 0.52), (0.85, 0.48)], rng.uniform(0.7, 1.1))]
            case "scribble" | "fill":
                return self._hatching(kind == "fill", place)
            case "number":
                return self._number(place)
        return self._round(kind, box, middle, size, off)

    def _hatching(self, full: bool, place) -> list[Points]:  # type: ignore[no-untyped-def]
        rng = self.rng
        count = int(rng.integers(9, 15) if full else rng.integers(4, 8))
        points = [(0.08 if i % 2 else 0.92, 0.08 + 0.84 * i / (count - 1)) for i in range(count)]
        strokes = [place(points, rng.uniform(0.75, 1.0))]
        if full:
            strokes.append(place([(y, x) for x, y in points], rng.uniform(0.75, 0.98)))
        return strokes

    def _number(self, place) -> list[Points]:  # type: ignore[no-untyped-def]
        digits = self.rng.choice(list(_DIGITS), size=int(self.rng.integers(1, 3)))
        return [
            place([(0.1 + 0.45 * index + 0.4 * x, 0.15 + 0.7 * y) for x, y in _DIGITS[digit]], 0.9)
            for index, digit in enumerate(digits)
        ]

    def _round(self, kind: str, box: SheetBox, middle: Points, size: float, off: Points) -> list[Points]:
        rng = self.rng
        if kind == "dot":
            t = np.linspace(0, 12 * np.pi, 70)
            radius = rng.uniform(0.9, 1.7) * np.linspace(0.1, 1, 70)
            return [
                middle + np.stack([np.cos(t) * radius, np.sin(t) * radius], 1) + rng.normal(0, 0.12, 2) * size
            ]
        if kind == "circle":
            t, radius = np.linspace(0, 2.1 * np.pi, 40), rng.uniform(0.25, 0.42) * size
            around = np.stack([np.cos(t) * radius, np.sin(t) * radius * 1.15], 1)
            return [shaken(middle + around + off * size, rng, self.tremor)]
        if kind == "speck":
            t, at = np.linspace(0, 2 * np.pi, 8), rng.uniform(0.1, 0.9, 2) * box.size
            return [
                np.array([box.x, box.y]) + at + np.stack([np.cos(t), np.sin(t)], 1) * rng.uniform(0.05, 0.14)
            ]
        assert kind == "ring", kind
        t = rng.uniform(0, 2 * np.pi) + np.linspace(0, 2 * np.pi * rng.uniform(0.97, 1.15), 90)
        # Round the corners or close to them, as the room between boxes asks.
        wide, high = box.size * rng.uniform(0.66, 0.8, 2)
        uneven = 1 + 0.04 * np.sin(2 * t + rng.uniform(0, 6))
        return [
            shaken(
                middle + np.stack([np.cos(t) * wide * uneven, np.sin(t) * high * uneven], 1), rng, self.tremor
            )
        ]


class Paper:
    """A picture of a page that is drawn on: `pixels` of red, green and blue, so many a millimetre."""

    def __init__(self, pixels: NDArray[np.uint8], resolution: float) -> None:
        self.pixels = pixels.copy()
        self.resolution = resolution

    def draw(
        self, strokes: Sequence[Points], with_pen: Pen, rng: np.random.Generator
    ) -> tuple[slice, slice, Picture]:
        """Draw strokes; return where they are and how much they cover."""
        points = np.vstack(strokes)
        low = np.maximum(np.floor((points.min(0) - 2) * self.resolution).astype(int), 0)
        high = np.ceil((points.max(0) + 2) * self.resolution).astype(int)
        high = np.minimum(high, [self.pixels.shape[1], self.pixels.shape[0]])
        size = np.maximum(high - low, 1)
        mask = Image.new("L", (int(size[0]) * FINER, int(size[1]) * FINER))
        drawing = ImageDraw.Draw(mask)
        for stroke in strokes:
            self._line(drawing, ((stroke * self.resolution) - low) * FINER, with_pen, rng)
        cover = np.asarray(mask.reduce(FINER)).astype(np.float32) / 255
        if with_pen.grain:
            noise = Image.fromarray(rng.integers(0, 256, cover.shape, dtype=np.uint8)).filter(
                ImageFilter.GaussianBlur(0.9)
            )
            grain = np.asarray(noise).astype(np.float32)
            grain = (grain - grain.mean()) / (grain.std() + 1e-6)
            cover = np.clip(cover * (1 + with_pen.grain * grain), 0, 1)
        rows, columns = slice(low[1], low[1] + cover.shape[0]), slice(low[0], low[0] + cover.shape[1])
        cover = cover * np.float32(with_pen.cover)
        under = self.pixels[rows, columns].astype(np.float32)
        inked = np.minimum(under, np.array(with_pen.colour, np.float32))
        self.pixels[rows, columns] = under * (1 - cover[..., None]) + inked * cover[..., None]
        return rows, columns, cover

    def _line(
        self, drawing: ImageDraw.ImageDraw, points: Points, with_pen: Pen, rng: np.random.Generator
    ) -> None:
        count = len(points)
        width = with_pen.width * (
            1 + 0.18 * np.sin(np.linspace(0, rng.uniform(2, 7), count) + rng.uniform(0, 6))
        )
        width[: max(1, count // 10)] *= 0.8
        width[-max(1, count // 8) :] *= 0.65
        for index in range(count - 1):
            if rng.random() < with_pen.skips:
                continue
            thick = max(1, round(float(width[index]) * self.resolution * FINER))
            start, end = points[index], points[index + 1]
            drawing.line([*start, *end], 255, thick)
            radius = (thick - 1) / 2
            if radius >= 1:
                drawing.ellipse([*(end - radius), *(end + radius)], 255)

    def rub_out(self, drawn: tuple[slice, slice, Picture], left: float) -> None:
        """Rub out what was drawn, but for a part of it and a smear."""
        rows, columns, cover = drawn
        part = self.pixels[rows, columns].astype(np.float32)
        paper = np.percentile(part.reshape(-1, 3), 92, axis=0).astype(np.float32)
        gone = ((1 - left) * np.clip(cover * 6, 0, 1))[..., None]
        part = part * (1 - gone) + paper * gone
        blurred = Image.fromarray((cover * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(8))
        smear = np.asarray(blurred).astype(np.float32)[..., None]
        part -= 60 * left * 0.25 * smear / (smear.max() + 1e-6)
        self.pixels[rows, columns] = np.clip(part, 0, 255)


def angle(degrees: float) -> tuple[float, float]:
    """Return cosine and sine."""
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
