"""The path from a pose file to drawings: solve, look, draw, and put all panels into one frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from pdfgen.errors import InputError, Problem
from pdfgen.illustration import marks
from pdfgen.illustration.clothing import LIMB_ORDER, Feet, Outfit, posed_layer
from pdfgen.illustration.curves import resampled, through
from pdfgen.illustration.evidence import Evidence, with_beginning
from pdfgen.illustration.face import Face
from pdfgen.illustration.figure import Figure, FigureName, load_figure
from pdfgen.illustration.figure_paths import figure_paths
from pdfgen.illustration.geometry import Floats
from pdfgen.illustration.long_hair import LONG_HAIR, long_hair
from pdfgen.illustration.looks import LOOKS
from pdfgen.illustration.pixel_map import Grid, PixelMap, Surface, render, tidied, windowed
from pdfgen.illustration.placement import JOINT_BONES, Placement
from pdfgen.illustration.pose_file import PoseFile
from pdfgen.illustration.props import pieces_of, surfaces_of
from pdfgen.illustration.reach import solve
from pdfgen.illustration.scene_model import Anchor, Arrow, Panel, Point, Scene, Zoom
from pdfgen.illustration.show_checks import missing
from pdfgen.illustration.svg import Path, document, extent
from pdfgen.illustration.tones import Material

#: mm of white around a drawing.
MARGIN = 1.0

#: Pixels a mm on paper: lines are found this exactly.
FINE = 24

_TALLEST_SHADOW = 0.05


@cache
def _dressed(name: FigureName, feet: Feet) -> tuple[Outfit, Face]:
    outfit = Outfit(load_figure(name), feet, LOOKS[name])
    return outfit, Face(outfit)


@dataclass(frozen=True, eq=False)
class _Posed:
    """The figure in the posture of a panel: bones, and the vertices of the mesh."""

    placement: Placement
    vertices: Floats


def draw(file: PoseFile, name: FigureName = "woman", *, mirrored: bool = False) -> dict[str, str]:
    """Return the SVG file of each panel by its letter; `mirrored` exchanges left and right in the picture.

    Raises:
        InputError: a posture asks for something that the body cannot do, with file and line.
    """
    studio = _Studio(file, name)
    if problems := studio.problems():
        raise InputError(problems)
    return studio.drawn(mirrored=mirrored)


def pixels(file: PoseFile, name: FigureName, letter: str) -> tuple[PixelMap, list[Floats]]:
    """Return what is seen in each pixel of a panel, and the corners of its mat as columns and rows.

    Raises:
        InputError: a posture asks for something that the body cannot do, with file and line.
    """
    studio = _Studio(file, name)
    grid = studio._grid(studio.scene.panels[letter], letter)
    mats = []
    if (mat := studio.scene.mat) is not None:
        (x0, x1), (z0, z1) = mat.across, mat.along
        corners = np.array([(x0, 0, z0), (x1, 0, z0), (x1, 0, z1), (x0, 0, z1)], float)
        mats.append(grid.to_pixels(studio.camera.project(corners))[:, :2])
    return studio._look(letter, grid), mats


def not_shown(file: PoseFile, name: FigureName) -> list[Problem]:
    """Return what the panels of a pose file say that they show and do not, with one figure.

    Raises:
        InputError: a posture asks for something that the body cannot do, with file and line.
    """
    return _Studio(file, name).problems()


class _Studio:
    """One pose file with one figure."""

    def __init__(self, file: PoseFile, name: FigureName) -> None:
        self.file = file
        self.scene: Scene = file.scene
        self.camera = file.scene.camera
        self.outfit, self.face = _dressed(name, file.scene.feet)
        self.figure: Figure = self.outfit.figure
        self.posed = self._posed(file)
        self.scale = self.scene.scale or self._fitting_scale()

    def _posed(self, file: PoseFile) -> dict[str, _Posed]:
        problems: list[Problem] = []
        posed = {}
        for letter, panel in self.scene.panels.items():
            solved = solve(self.figure, panel.pose)
            for failure in solved.failures:
                path = ("panels", letter, "pose", *failure.path)
                problems += [file.problem(path, failure.message)]
            vertices = self.outfit.softened(solved.placement)
            # Rounded, so that the last bit of a processor's arithmetic does not decide about a pixel.
            posed[letter] = _Posed(solved.placement, np.round(vertices, 6))
        if problems:
            raise InputError(problems)
        return posed

    def problems(self) -> list[Problem]:
        """Return what panels do not show although they say so, each at its line."""
        panels = with_beginning(
            {letter: self._evidence(letter) for letter in self.scene.panels},
            lambda letter: self.scene.panels[letter].ghost,
        )
        return [
            self.file.problem(("panels", letter, "shows", *failure.path), failure.message)
            for letter, found in panels.items()
            for failure in missing(self.scene.panels[letter].shows, found)
        ]

    def _evidence(self, letter: str) -> Evidence:
        panel, posed = self.scene.panels[letter], self.posed[letter]
        scale = panel.zoom.scale if panel.zoom else self.scale
        things = [
            (prop.kind, piece)
            for prop in (*self.scene.props, *panel.props)
            for piece in pieces_of(prop, lambda point: self.place(point, letter))
        ]
        arrows = [
            resampled(through(self.camera.on_paper(self._arrow(arrow, letter), scale)), 0.3)
            for arrow in panel.arrows
        ]
        return Evidence(
            self.figure, posed.placement, posed.vertices, None, things, arrows, self.camera, scale
        )

    def place(self, point: Point, letter: str) -> Floats:
        """Return a point of the pose file in space, (3,)."""
        if not isinstance(point, Anchor):
            return np.asarray(point, float)
        posed = self.posed[point.panel or letter]
        if point.near in JOINT_BONES:
            start = posed.placement.joint(point.near)
        else:
            start = posed.vertices[self.figure.groups[point.near]].mean(0)
        result: Floats = start + np.asarray(point.by, float)
        return result

    def _arrow(self, arrow: Arrow, letter: str) -> Floats:
        if arrow.through is not None:
            return np.stack([self.place(point, letter) for point in arrow.through])
        assert arrow.start is not None
        assert arrow.move is not None
        start = self.place(arrow.start, letter)
        return np.stack([start, start + np.asarray(arrow.move, float)])

    def _fitting_scale(self) -> float:
        """Return the mm a metre at which all panels fill the frame."""
        points = [posed.vertices for posed in self.posed.values()]
        for letter, panel in self.scene.panels.items():
            points += [self._arrow(arrow, letter) for arrow in panel.arrows]
            points += [surface.points for surface in self._props(letter)]
        if self.scene.mat is not None:
            (x0, x1), (z0, z1) = self.scene.mat.across, self.scene.mat.along
            points.append(np.array([(x, y, z) for x in (x0, x1) for y in (-0.018, 0) for z in (z0, z1)]))
        seen = np.concatenate([self.camera.project(group)[:, :2] for group in points])
        wide, high = (seen.max(0) - seen.min(0)).tolist()
        # Clothes and hair lie a little outside the skin.
        room = 2 * MARGIN + 0.8
        return float(round(min((self.scene.width - room) / wide, (self.scene.height - room) / high, 42.0), 2))

    def _props(self, letter: str) -> list[Surface]:
        props = (*self.scene.props, *self.scene.panels[letter].props)
        return surfaces_of(props, lambda point: self.place(point, letter))

    def drawn(self, *, mirrored: bool) -> dict[str, str]:
        """Return the SVG files of the panels, all in one frame."""
        paths = {letter: self._panel(letter, panel) for letter, panel in self.scene.panels.items()}
        left, top, right, bottom = self._frame(paths)
        shift = (MARGIN - left, MARGIN - top)
        wide, high = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
        files = {}
        for letter, panel in paths.items():
            own = shift
            if self.scene.panels[letter].zoom is not None:
                x0, y0, x1, y1 = extent(panel)
                own = ((wide - x0 - x1) / 2, (high - y0 - y1) / 2)
            placed = [path.moved(*own) for path in panel]
            files[letter] = document(
                [path.mirrored(wide) for path in placed] if mirrored else placed, wide, high
            )
        return files

    def _frame(self, paths: dict[str, list[Path]]) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all panels; a window moves to the middle of their frame."""
        whole = [panel for letter, panel in paths.items() if self.scene.panels[letter].zoom is None]
        return extent(path for panel in whole or paths.values() for path in panel)

    def _surfaces(self, letter: str) -> list[Surface]:
        posed = self.posed[letter]
        surfaces = [
            Surface(
                points=posed_layer(layer, posed.vertices),
                triangles=layer.mesh.triangles,
                values=layer.values,
                materials=np.full(len(layer.mesh.triangles), int(layer.material)),
                keep=layer.keep,
                sure=layer.sure,
                one_sided=layer.material != Material.SHIRT,
            )
            for layer in self.outfit.layers
        ]
        if self.outfit.look.hair in LONG_HAIR:
            surfaces.append(long_hair(self.outfit, posed.placement))
        return surfaces

    def _look(self, letter: str, grid: Grid, *, props: bool = True) -> PixelMap:
        surfaces = self._surfaces(letter) + (self._props(letter) if props else [])
        return tidied(render(surfaces, self.camera, grid), self.scene.pale_side(self.scene.panels[letter]))

    def _grid(self, panel: Panel, letter: str) -> Grid:
        shown = [letter] + ([panel.ghost] if panel.ghost else [])
        points = [surface.points for one in shown for surface in self._surfaces(one)]
        points += [surface.points for surface in self._props(letter)]
        return Grid.around(self.camera.project(np.concatenate(points)), self.scale, FINE)

    def _zoomed(self, letter: str, panel: Panel, zoom: Zoom) -> list[Path]:
        """Return the paths of a panel that shows a part of the body larger."""
        around = self.place(zoom.around, letter)
        middle, radius = self.camera.on_paper(around, zoom.scale), zoom.diameter / 2
        centre = self.camera.project(around)[:2]
        corners = np.stack([centre - zoom.radius, centre + zoom.radius])
        grid = Grid.around(corners, zoom.scale, FINE)
        seen = windowed(self._look(letter, grid), middle, radius)
        ground, edge = marks.window_paths(middle, radius)
        return [
            ground,
            *figure_paths(seen, [], self.outfit.look),
            *self._helps(letter, panel, zoom.scale),
            edge,
        ]

    def _helps(self, letter: str, panel: Panel, scale: float) -> list[Path]:
        """Return the helping lines and arrows of a panel."""
        paths = []
        for line in panel.lines:
            points = np.stack([self.place(point, letter) for point in line.through])
            paths.append(marks.help_line(self.camera.on_paper(points, scale)))
        for arrow in panel.arrows:
            points = self.camera.on_paper(self._arrow(arrow, letter), scale)
            paths += marks.arrow_paths(points, both_ways=arrow.both_ways)
        return paths

    def _panel(self, letter: str, panel: Panel) -> list[Path]:
        if panel.zoom is not None:
            return self._zoomed(letter, panel, panel.zoom)
        grid = self._grid(panel, letter)
        seen = self._look(letter, grid)
        paths = self._floor(letter)
        if panel.ghost is not None:
            ghost = self._look(panel.ghost, grid, props=False)
            limbs = [LIMB_ORDER.index(limb) for limb in panel.ghost_of]
            paths += marks.ghost_paths(ghost, seen, panel.ghost_from, panel.ghost_length, limbs)
        face = self.face.seen(self.posed[letter].placement, self.camera, seen)
        paths += figure_paths(seen, face, self.outfit.look)
        return paths + self._helps(letter, panel, self.scale)

    def _floor(self, letter: str) -> list[Path]:
        paths = []
        if self.scene.mat is not None:
            paths += marks.mat_paths(self.scene.mat, self.camera, self.scale)
        if self.scene.shadow:
            groups = [
                self.posed[letter].vertices[self.figure.groups[f"{side}-foot"]] for side in ("left", "right")
            ]
            for points in groups:
                low = points[points[:, 1] < _TALLEST_SHADOW]
                if len(low):
                    paths.append(marks.shadow_path(low, self.camera, self.scale))
        return paths
