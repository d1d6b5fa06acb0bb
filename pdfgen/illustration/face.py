"""Face, ears and strands of hair: lines on the head at rest, shown where the head is seen from their side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pdfgen.illustration.camera import Camera
from pdfgen.illustration.clothing import Outfit
from pdfgen.illustration.curves import smooth
from pdfgen.illustration.figure import LEFT_EYE, SKIN
from pdfgen.illustration.geometry import Floats, Ints, unit
from pdfgen.illustration.pixel_map import PixelMap
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.raster import fragments
from pdfgen.illustration.tones import Material

_STEPS = np.linspace(-1, 1, 15)

#: Pixels a metre of the map of depths that the lines of the face are laid on.
_FINE = 1000.0
_WIDTH = 200

#: Corners of the ear: up and forwards of its middle, in metres of the neutral head.
_EAR = np.array([
    (0.012, 0.016), (0.030, 0.012), (0.037, -0.004), (0.028, -0.020), (0.008, -0.022),
    (-0.012, -0.014), (-0.030, -0.004), (-0.034, 0.006), (-0.022, 0.012),
])  # fmt: skip

#: Strands: degrees aside from the parting, and from where to where over the skull.
_STRANDS = ((24, 52, 150), (-24, 52, 150), (52, 60, 140), (-52, 60, 140), (0, 100, 160))

#: Metres that the surface may be in front of a line that is still seen.
_COVER = {"strand": 0.03}
_COVER_ELSE = 0.013


@dataclass(frozen=True, eq=False)
class Feature:
    """A line on the head at rest: its kind, points (n, 3) and which way the skin looks there (n, 3)."""

    kind: str
    points: Floats
    normals: Floats


class Face:
    """The lines of one figure's head."""

    def __init__(self, outfit: Outfit) -> None:
        self._outfit = outfit
        figure = outfit.figure
        self._head = figure.vertices[figure.groups["head"]]
        self._low = float(self._head[:, 1].min()) - 0.01
        of_head = np.zeros(len(figure.vertices), bool)
        of_head[figure.groups["head"]] = True
        skin = figure.triangles[figure.parts == SKIN]
        self._depths = self._depth_map(figure.vertices, skin[of_head[skin].all(1)])
        eye = figure.vertices[np.unique(figure.triangles[figure.parts == LEFT_EYE])].mean(0)
        self._eye = eye

    def _depth_map(self, vertices: Floats, triangles: Ints) -> Floats:
        height = int((float(self._head[:, 1].max()) - self._low + 0.01) * _FINE)
        places = np.stack(
            [(vertices[:, 0] + 0.1) * _FINE, (vertices[:, 1] - self._low) * _FINE, vertices[:, 2]], 1
        )
        found = fragments(places[triangles], _WIDTH, height)
        depths = np.full(_WIDTH * height, -9.0)
        np.maximum.at(depths, found.pixels, found.near)
        return depths.reshape(height, _WIDTH)

    def _front(self, x: Floats, y: Floats) -> Floats:
        rows = np.clip(((y - self._low) * _FINE).astype(int), 0, len(self._depths) - 1)
        columns = np.clip(((x + 0.1) * _FINE).astype(int), 0, _WIDTH - 1)
        result: Floats = self._depths[rows, columns]
        return result

    def _on_front(
        self, kind: str, x: Floats, y: Floats, normal: Floats | None, out: float = 0.001
    ) -> Feature:
        points = np.stack([x, y, self._front(x, y) + out], 1)
        if normal is None:
            near = 0.006
            across = (self._front(x + near, y) - self._front(x - near, y)) / (2 * near)
            upward = (self._front(x, y + near) - self._front(x, y - near)) / (2 * near)
            normals = np.stack([-across, -upward, np.ones_like(across)], 1)
            normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        else:
            normals = np.tile(unit(normal), (len(x), 1))
        return Feature(kind, points, normals)

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """Return all lines."""
        found = [
            feature for sign in (1.0, -1.0) for feature in (*self._eye_lines(sign), *self._ear_lines(sign))
        ]
        return (*found, *self._strands(), *self._mouth_and_nose())

    def _eye_lines(self, sign: float) -> list[Feature]:
        size, t = self._outfit.head_size, _STEPS
        x, y, z = self._eye
        aside = np.array([sign * 0.45, 0, 0.9])
        lid = sign * (x + 0.0150 * size * t), y + 0.0085 * size * (1 - t * t) - 0.0010 * size
        arch = 0.0225 + 0.0060 * (1 - t * t) - 0.002 * t
        brow = sign * (x + 0.002 * size + 0.019 * size * t), y + arch * size
        turn = np.linspace(0, 2 * np.pi, 15)
        pupil = np.stack([
            sign * (x - 0.001) + 0.0050 * size * np.cos(turn), y + 0.0008 + 0.0062 * size * np.sin(turn),
            np.full(15, z + 0.0155 * size),
        ], 1)  # fmt: skip
        return [
            self._on_front("lid", *lid, aside, 0.002),
            self._on_front("brow", *brow, aside, 0.002),
            Feature("pupil", pupil, np.tile(unit(aside), (15, 1))),
        ]

    def _ear_lines(self, sign: float) -> list[Feature]:
        size = self._outfit.head_size
        corners = _EAR * size
        steps = np.linspace(0, len(corners) - 1, 33)
        curve = np.stack([np.interp(steps, range(len(corners)), corners[:, k]) for k in (0, 1)], 1)
        curve = smooth(curve, 2.2, closed=False)
        side = self._head[self._head[:, 0] > 0.075 * size]
        up, back = float(side[:, 1].mean()), float(side[:, 2].mean()) - 0.001
        lines = []
        for kind, part, dy, dz in (
            ("ear", curve, -0.003, 0.0),
            ("inner-ear", curve[8:22] * 0.55, -0.001, 0.002),
        ):
            x = np.full(len(part), sign * 0.081 * size)
            points = np.stack([x, up + part[:, 0] + dy, back + part[:, 1] + dz], 1)
            lines.append(Feature(kind, points, np.tile([sign, 0.0, 0.0], (len(part), 1))))
        return lines

    def _strands(self) -> list[Feature]:
        outfit, size = self._outfit, self._outfit.head_size
        middle = np.array([0, outfit.top - 0.105 * size, outfit.head_joint[2] - 0.002])
        ways = self._head - middle
        radius = np.linalg.norm(ways, axis=1)
        directions = ways / radius[:, None]
        lines = []
        for aside, start, end in _STRANDS:
            over, lean = np.radians(np.linspace(start, end, 25)), np.radians(aside)
            ray = np.stack([np.sin(lean) * np.sin(over) ** 0.6, np.sin(over) * np.cos(lean), np.cos(over)], 1)
            ray /= np.linalg.norm(ray, axis=1, keepdims=True)
            weights = np.exp((np.einsum("ik,jk->ij", ray, directions) - 1) * 600)
            far = (weights * radius).sum(1) / weights.sum(1) + 0.020 * size
            lines.append(Feature("strand", middle + ray * far[:, None], ray))
        return lines

    def _mouth_and_nose(self) -> list[Feature]:
        size, t, eye = self._outfit.head_size, _STEPS, float(self._eye[1])
        middle = self._head[np.abs(self._head[:, 0]) < 0.004]
        band = middle[(middle[:, 1] < eye - 0.015 * size) & (middle[:, 1] > eye - 0.06 * size)]
        tip = float(band[band[:, 2].argmax(), 1])
        mouth = tip - 0.030 * size
        below = np.array([0, -0.25, 0.97])
        return [
            self._on_front("mouth", 0.025 * size * t, mouth + 0.0068 * size * t * t - 0.002 * size, None),
            self._on_front("nose", 0.011 * size * t, tip - 0.0135 * size + 0.004 * size * t * t, below),
        ]

    def seen(self, placement: Placement, camera: Camera, pixels: PixelMap) -> list[tuple[str, Floats]]:
        """Return kind and points (mm) of the stretches that are to be seen."""
        joint = self._outfit.head_joint
        turn, start = placement.rotation_of("head"), placement.start_of("head")
        found = []
        for feature in self.features:
            points = (feature.points - joint) @ turn.T + start
            facing = (feature.normals @ turn.T) @ camera.axes[2]
            visible = self._visible(feature.kind, camera.project(points), facing, pixels)
            paper = camera.on_paper(points, pixels.grid.scale)
            found += [(feature.kind, part) for part in _stretches(paper, visible)]
        return found

    def _visible(self, kind: str, places: Floats, facing: Floats, pixels: PixelMap) -> list[bool]:
        seen = pixels.grid.to_pixels(places)
        height, width = pixels.near.shape
        columns = np.clip(seen[:, 0].astype(int), 0, width - 1)
        rows = np.clip(seen[:, 1].astype(int), 0, height - 1)
        uncovered = seen[:, 2] > pixels.near[rows, columns] - _COVER.get(kind, _COVER_ELSE)
        material = Material.HAIR if kind == "strand" else Material.SKIN
        shown = uncovered & (pixels.materials[rows, columns] == material)
        return [bool(one) for one in shown & (facing > (0.3 if kind == "ear" else 0.12))]


def _stretches(points: Floats, visible: list[bool]) -> list[Floats]:
    """Return the parts of a line that are seen; what is left of a line mostly hidden is left out."""
    least = max(3, 0.3 * len(points))
    parts = []
    start = None
    for index, shown in enumerate([*visible, False]):
        if shown and start is None:
            start = index
        elif not shown and start is not None:
            if index - start >= least:
                parts.append(points[start:index])
            start = None
    return parts
