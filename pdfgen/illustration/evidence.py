"""What can be measured on a posed panel: places on the body and on paper, and what hides what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pdfgen.illustration.camera import Camera
from pdfgen.illustration.figure import SKIN, Figure
from pdfgen.illustration.geometry import Bools, Floats
from pdfgen.illustration.pixel_map import BACKGROUND, Grid
from pdfgen.illustration.placement import JOINT_BONES, Placement
from pdfgen.illustration.props import Piece
from pdfgen.illustration.raster import fragments

#: Pixels a mm for looking at what hides what, and metres that count as the same depth.
_COARSE, _SAME_DEPTH = 5, 0.012


@dataclass(frozen=True, eq=False)
class Evidence:
    """A posed panel: its body, where the body began, the things around by kind, and arrows in mm on paper."""

    figure: Figure
    placement: Placement
    vertices: Floats
    before: Evidence | None
    things: Sequence[tuple[str, Piece]]
    arrows: Sequence[Floats]
    camera: Camera
    scale: float

    def part(self, name: str) -> Floats:
        """Return the vertices of a part of the body (n, 3)."""
        result: Floats = self.vertices[self.figure.groups[name]]
        return result

    def place(self, name: str) -> Floats:
        """Return the place of a joint, or the middle of a part (3,)."""
        return self.placement.joint(name) if name in JOINT_BONES else self.part(name).mean(0)

    def on_paper(self, points: Floats) -> Floats:
        """Return places as mm on paper."""
        return self.camera.on_paper(points, self.scale)

    @cached_property
    def grid(self) -> Grid:
        """Return coarse pixels over everything."""
        points = [self.vertices, *(piece.points for _, piece in self.things)]
        return Grid.around(self.camera.project(np.concatenate(points)), self.scale, _COARSE)

    def depth(self, surfaces: Iterable[tuple[Floats, np.ndarray]]) -> Floats:
        """Return how near surfaces of places and triangles are in each pixel (h, w), in metres."""
        grid = self.grid
        depth = np.full(grid.width * grid.height, BACKGROUND)
        for points, triangles in surfaces:
            corners = grid.to_pixels(self.camera.project(points))[triangles]
            found = fragments(corners, grid.width, grid.height)
            np.maximum.at(depth, found.pixels, found.near)
        return depth.reshape(grid.height, grid.width)

    @cached_property
    def depth_of_all(self) -> Floats:
        """Return how near the nearest of everything is."""
        body = self.figure.triangles[self.figure.parts == SKIN]
        return self.depth([
            (self.vertices, body), *((piece.points, piece.triangles) for _, piece in self.things)
        ])  # fmt: skip

    def shown(self, places: Floats, depth: Floats) -> Bools:
        """Tell which places (n, 3) are as near as `depth` in their pixel."""
        seen = self.grid.to_pixels(self.camera.project(places))
        columns, rows = seen[:, 0].astype(int), seen[:, 1].astype(int)
        result: Bools = seen[:, 2] > depth[rows, columns] - _SAME_DEPTH
        return result


def with_beginning(
    panels: Mapping[str, Evidence], ghost_of: Callable[[str], str | None]
) -> dict[str, Evidence]:
    """Return the panels, each with the one where its movement began: the dashed one, or else the first."""
    first = next(iter(panels))
    result = {}
    for letter, panel in panels.items():
        start = ghost_of(letter) or first
        result[letter] = replace(panel, before=panels[start] if start != letter else None)
    return result
