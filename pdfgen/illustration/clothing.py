"""Clothes and hair: functions of the body at rest, so that hems are smooth whatever the mesh is.

Clothes are the smooth suit of the mesh, a few millimetres out. What the body has under them is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
import scipy.sparse as sp

from pdfgen.illustration.figure import LEFT_EYE, RIGHT_EYE, SKIN, SUIT, Figure, bone
from pdfgen.illustration.geometry import SIDES, Bools, Floats, Ints, unit
from pdfgen.illustration.looks import Look
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.subdivision import RefinedMesh, vertex_normals
from pdfgen.illustration.tones import Material

Feet: TypeAlias = Literal["sock", "shoe"]
#: Columns of the values that travel with each vertex: place at rest, way along the arm (1 is the elbow),
#: share of the arms, of each limb, and of the hands.
REST = slice(0, 3)
ALONG_ARM, ARMS = 3, 4
LIMBS = slice(5, 9)
LIMB_ORDER = ("left_arm", "right_arm", "left_leg", "right_leg")
HANDS = 9
COLUMNS = 10

#: Metres: socks end above the ankle, and clothes lie this far out.
_SOCK = 0.088
_SHIRT_OUT, _TROUSERS_OUT = 0.009, 0.003
_FEET_OUT = {"sock": 0.001, "shoe": 0.004}
_SOLE = 0.016

_ARM_BONES = ("upperarm", "lowerarm", "wrist", "finger")
_LEG_BONES = ("upperleg", "lowerleg", "foot", "toe")
_HAND_BONES = ("wrist", "finger")


@dataclass(frozen=True, eq=False)
class Layer:
    """A part of the surface: its mesh, how far out it lies, its material, and where it is seen.

    `keep` tells for values (k, COLUMNS) which places belong to it; triangles with `sure` do so wholly.
    """

    mesh: RefinedMesh
    values: Floats
    out: Floats
    material: Material
    keep: Callable[[Floats], Bools]
    sure: Bools
    smooth: bool


class Outfit:
    """A dressed figure."""

    def __init__(self, figure: Figure, feet: Feet, look: Look) -> None:
        self.figure = figure
        self.feet = feet
        self.look = look
        self.hip = float(figure.head_of("upperleg01.L")[1])
        self.neck = figure.head_of("neck01")
        self.head_joint = figure.head_of("head")
        head = figure.vertices[figure.groups["head"]]
        self.top = float(head[:, 1].max())
        #: Size of the head against that of the neutral figure.
        self.head_size = (self.top - float(head[:, 1].min())) / 0.2276

    @cached_property
    def values(self) -> Floats:
        """Return the values that travel with each vertex of the figure, (n, COLUMNS)."""
        figure = self.figure
        ends = {"left": ".L", "right": ".R"}
        limbs = [
            figure.share(lambda name, s=starts, e=ends[side]: name.startswith(s) and name.endswith(e))  # type: ignore[misc]
            for starts in (_ARM_BONES, _LEG_BONES)
            for side in SIDES
        ]
        hands = figure.share(lambda name: name.startswith(_HAND_BONES))
        rest = figure.vertices
        columns = [*rest.T, self._along_arm(), limbs[0] + limbs[1], *limbs, hands]
        return np.stack(columns, axis=1)

    def _along_arm(self) -> Floats:
        rest = self.figure.vertices
        result = np.zeros(len(rest))
        for side, sign in SIDES.items():
            shoulder, elbow, wrist = (
                self.figure.head_of(bone(name, side)) for name in ("upperarm01", "lowerarm01", "wrist")
            )
            upper = (rest - shoulder) @ unit(elbow - shoulder) / np.linalg.norm(elbow - shoulder)
            lower = 1 + (rest - elbow) @ unit(wrist - elbow) / np.linalg.norm(wrist - elbow)
            mine = rest[:, 0] * sign > 0
            result[mine] = np.where(upper < 1, upper, np.maximum(1, lower))[mine]
        return result

    def in_shirt(self, values: Floats, inset: float = 0.0) -> Bools:
        """Tell which places the shirt covers; `inset` shrinks it (m)."""
        x, y, z, along, arms = values.T[:5]
        collar = self.neck[1] + 0.018 - 0.50 * (z - self.neck[2]) - inset - 0.22 * np.abs(x)
        # Above the shoulders the collar opens upwards: a thick neck has no corners in its collar.
        collar = collar + 1.2 * np.maximum(0, np.abs(x) - 0.062)
        body = (y > self.hip - 0.015 + inset) & (y < collar)
        result: Bools = body & ~((arms > 0.5) & (along > self.look.sleeve - inset))
        return result

    def _in_trousers(self, values: Floats) -> Bools:
        y = values[:, 1]
        result: Bools = (y < self.hip + 0.13) & (y > self.look.hem) & (values[:, ARMS] < 0.5)
        return result

    def _on_foot(self, values: Floats) -> Bools:
        result: Bools = (values[:, 1] <= _SOCK) & (values[:, ARMS] < 0.5)
        return result

    def _bare(self, values: Floats) -> Bools:
        y = values[:, 1]
        shin = (y > _SOCK) & (y < self.look.hem + 0.02) & (self.look.hem > _SOCK)
        below = (y < self.hip + 0.10) & (values[:, ARMS] < 0.5) & ~shin
        return ~(below | self.in_shirt(values, 0.02))

    def hair_depth(self, values: Floats) -> Floats:
        """Return how far inside the hairline places are (m); negative is outside."""
        size = self.head_size
        x, y, z = values.T[:3]
        down, back, aside = (self.top - y) / size, (z - self.head_joint[2]) / size, np.abs(x) / size
        line = np.interp(
            down,
            [0, 0.030, 0.045, 0.070, 0.095, 0.112, 0.125, 0.150, 0.190],
            [0.13, 0.090, 0.070, 0.030, 0.012, 0.006, -0.028, -0.034, -0.040],
        )
        depth = np.minimum(line - back, 0.178 - down + 0.25 * (-0.06 - back))
        if self.look.hair == "thin":
            # Bald on top: hair is left around the sides and the back.
            depth = np.minimum(depth, down - 0.052 + 0.10 * np.minimum(back, 0.03))
        ear = np.maximum(
            np.maximum(np.abs(back + 0.008) - 0.026, np.abs(down - 0.112) - 0.036), 0.066 - aside
        )
        result: Floats = np.minimum(depth, np.where(ear < 0, -0.01, 1)) * size
        return result

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """Return all surfaces of the dressed figure."""
        figure = self.figure
        count = len(figure.vertices)
        suit = RefinedMesh(figure.triangles[figure.parts == SUIT], count, 2)
        body = figure.triangles[figure.parts == SKIN]
        skin = RefinedMesh(body[self._bare(self.values)[body].any(1)], count, 1)
        eyes = RefinedMesh(figure.triangles[np.isin(figure.parts, (LEFT_EYE, RIGHT_EYE))], count, 0)
        of_head = figure.share(lambda name: name == "head") > 0.5
        head = RefinedMesh(body[of_head[body].all(1)], count, 1)
        out = _FEET_OUT[self.feet]
        shoe = self.feet == "shoe"
        layers = [
            self._layer(skin, 0.0, Material.SKIN, self._bare),
            self._layer(eyes, 0.0, Material.SKIN, lambda values: np.ones(len(values), bool)),
            self._layer(suit, _SHIRT_OUT, Material.SHIRT, self.in_shirt, smooth=True),
            self._layer(suit, _TROUSERS_OUT, Material.TROUSERS, self._in_trousers, smooth=True),
            self._layer(head, 0.0, Material.HAIR, lambda values: self.hair_depth(values) > 0),
            self._layer(
                suit, out, Material.SHOE, lambda v: self._on_foot(v) & ((v[:, 1] >= _SOLE) | (not shoe))
            ),
        ]
        if shoe:
            layers.append(
                self._layer(suit, out, Material.SOLE, lambda v: self._on_foot(v) & (v[:, 1] < _SOLE))
            )
        return tuple(layers)

    def _layer(
        self,
        mesh: RefinedMesh,
        out: float,
        material: Material,
        keep: Callable[[Floats], Bools],
        *,
        smooth: bool = False,
    ) -> Layer:
        """Return a layer with only the triangles that it can show."""
        values = mesh.refine(self.values)
        inside = keep(values)
        near = _ring(mesh.triangles, inside)
        part = mesh.restricted(near)
        values = part.refine(self.values)
        sure: Bools = np.logical_not(_ring(part.triangles, ~keep(values)))
        offsets = np.full(len(values), out)
        if material == Material.HAIR:
            offsets = self._hair_thickness(values)
        return Layer(part, values, offsets, material, keep, sure, smooth)

    def _hair_thickness(self, values: Floats) -> Floats:
        """Return how far hair stands out (m): little at the hairline, most inside."""
        within = np.clip(self.hair_depth(values) / 0.04, 0, 1) ** 0.7
        if self.look.hair == "thin":
            return np.asarray(0.002 + 0.007 * within)
        if self.look.hair == "curls":
            x, y, z = (values[:, :3] * 2 * np.pi / 0.034).T
            return np.asarray(
                0.006 + (0.021 + 0.006 * np.sin(x) * np.sin(y + 1) + 0.006 * np.sin(z)) * within
            )
        return np.asarray(0.003 + 0.016 * within)

    @cached_property
    def _softening(self) -> sp.csr_matrix:
        """Return the matrix (n, n) that evens out the suit where a thigh meets the pelvis."""
        figure = self.figure
        triangles = figure.triangles[figure.parts == SUIT]
        count = len(figure.vertices)
        start = np.concatenate([triangles[:, k] for k in (0, 1, 2, 1, 2, 0)])
        end = np.concatenate([triangles[:, k] for k in (1, 2, 0, 0, 1, 2)])
        links = sp.csr_matrix((np.ones(len(start)), (start, end)), shape=(count, count))
        links.data[:] = 1
        linked = np.asarray(links.sum(1)).ravel()
        degree = np.maximum(linked, 1)
        thigh = figure.share(lambda name: name.startswith("upperleg"))
        trunk = figure.share(lambda name: name.startswith(("root", "pelvis", "spine")))
        mixed = np.where(linked > 0, np.clip(4 * thigh * trunk, 0, 1), 0)
        for _ in range(2):
            mixed = np.maximum(mixed, 0.7 * (links @ mixed) / degree)
        mean = sp.diags(1 / degree) @ links
        step = sp.identity(count) + sp.diags(0.6 * np.clip(mixed, 0, 1)) @ (mean - sp.identity(count))
        return (step @ step @ step @ step).tocsr()

    @cached_property
    def _softening_at_rest(self) -> Floats:
        rest = self.figure.vertices
        result: Floats = self._softening @ rest - rest
        return result

    def softened(self, placement: Placement) -> Floats:
        """Return the posed vertices (n, 3) with the creases of the hips evened out.

        What the same would change on the body at rest is taken back: a hip that is not bent stays as it is.
        """
        vertices = placement.skin()
        kept = placement.turned(self._softening_at_rest)
        result: Floats = self._softening @ vertices - kept
        return result


def _ring(triangles: Ints, chosen: Bools) -> Bools:
    """Return which triangles touch a triangle that has any chosen vertex."""
    touched = np.zeros(len(chosen), bool)
    touched[triangles[chosen[triangles].any(1)].ravel()] = True
    return np.asarray(touched[triangles].any(axis=1), bool)


def posed_layer(layer: Layer, vertices: Floats) -> Floats:
    """Return the places (v, 3) of a layer's vertices for posed vertices of the figure."""
    points = layer.mesh.refine(vertices)
    if layer.out.any():
        points = points + vertex_normals(points, layer.mesh.triangles) * layer.out[:, None]
    return points
