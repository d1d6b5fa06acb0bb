"""From surfaces to a map of pixels: what each shows, how near it is, and where on the body it was at rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from pdfgen.illustration.camera import Camera
from pdfgen.illustration.clothing import COLUMNS, HANDS, LIMB_ORDER, LIMBS
from pdfgen.illustration.geometry import Bools, Floats, Ints
from pdfgen.illustration.raster import Fragments, barycentric, fragments, nearest
from pdfgen.illustration.tones import FIRST_PROP

#: Pixels around the figure.
_MARGIN = 12

#: Nearness of the background, in metres.
BACKGROUND = -9.0

#: Gaps between fingers narrower than this (mm) would print as black blobs: they are closed.
_FINGER_GAP = 0.4

#: Patches smaller than this (mm²) take the colour around them.
_CRUMB = 0.6


@dataclass(frozen=True)
class Grid:
    """Pixels over the picture plane: `scale` mm a metre, `fine` pixels a mm; left and top in metres."""

    scale: float
    fine: int
    left: float
    top: float
    width: int
    height: int

    @property
    def per_metre(self) -> float:
        """Pixels a metre."""
        return self.scale * self.fine

    @staticmethod
    def around(points: Floats, scale: float, fine: int) -> Grid:
        """Return the grid that holds projected points (n, 2 or more)."""
        low, high = points[:, :2].min(0), points[:, :2].max(0)
        size = np.ceil((high - low) * scale * fine).astype(int) + 2 * _MARGIN
        pad = _MARGIN / (scale * fine)
        return Grid(scale, fine, float(low[0]) - pad, float(high[1]) + pad, int(size[0]), int(size[1]))

    def to_pixels(self, seen: Floats) -> Floats:
        """Return projected places (…, 3) as column, row and nearness."""
        column = (seen[..., 0] - self.left) * self.per_metre
        return np.stack([column, (self.top - seen[..., 1]) * self.per_metre, seen[..., 2]], axis=-1)

    def to_paper(self, places: Floats) -> Floats:
        """Return columns and rows (n, 2) as mm, the origin of space at (0, 0)."""
        x = places[:, 0] / self.fine + self.left * self.scale
        return np.stack([x, places[:, 1] / self.fine - self.top * self.scale], axis=1)


@dataclass(frozen=True, eq=False)
class Surface:
    """Triangles to be seen: places (v, 3), triangles (m, 3), values (v, COLUMNS), a material each (m,).

    Where `keep` is given it decides by the values at a pixel, except in triangles that are `sure`.
    """

    points: Floats
    triangles: Ints
    values: Floats
    materials: Ints
    keep: Callable[[Floats], Bools] | None = None
    sure: Bools | None = None
    one_sided: bool = False


@dataclass(frozen=True, eq=False)
class PixelMap:
    """What is seen in each pixel.

    Attributes:
        materials: (h, w), 0 where there is nothing.
        near: (h, w) metres towards the eye.
        values: (h, w, COLUMNS).
        far: (h, w), whether it belongs to a limb of the far side.
        closed: (h, w), gaps between fingers that were closed.
        hidden: (h, w), outside a window, where nothing is shown and no line ends; None without a window.
    """

    grid: Grid
    materials: Ints
    near: Floats
    values: Floats
    far: Bools
    closed: Bools
    hidden: Bools | None = None

    @property
    def shown(self) -> Bools:
        """Where there is anything, (h, w)."""
        return self.materials > 0

    @property
    def codes(self) -> Ints:
        """A number for each colour, (h, w): twice the material, one more on the far side; 0 for nothing."""
        return np.where(self.shown, 2 * self.materials + self.far, 0)


def render(surfaces: Sequence[Surface], camera: Camera, grid: Grid) -> PixelMap:
    """Return what a camera sees of surfaces."""
    found: list[Fragments] = []
    corner_sets: list[Floats] = []
    offset = 0
    for surface in surfaces:
        # Rounded, so that the last bit of a processor's arithmetic does not decide about a pixel.
        seen = np.round(grid.to_pixels(camera.project(surface.points)), 5)
        corners = seen[surface.triangles]
        pieces = _kept(surface, corners, _visible(surface, corners, grid), grid)
        found.append(replace(pieces, triangles=pieces.triangles + offset))
        corner_sets.append(corners)
        offset += len(corners)
    every = Fragments(
        np.concatenate([one.pixels for one in found]),
        np.concatenate([one.triangles for one in found]),
        np.concatenate([one.near for one in found]),
    )
    return _assembled(surfaces, np.concatenate(corner_sets), every, grid)


def _visible(surface: Surface, corners: Floats, grid: Grid) -> Fragments:
    """Return the fragments of a surface; without the back of one that is closed."""
    chosen = np.arange(len(corners))
    if surface.one_sided:
        u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        chosen = np.nonzero(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0] < 0)[0]
    pieces = fragments(corners[chosen], grid.width, grid.height)
    return replace(pieces, triangles=chosen[pieces.triangles])


def _kept(surface: Surface, corners: Floats, pieces: Fragments, grid: Grid) -> Fragments:
    if surface.keep is None or surface.sure is None:
        return pieces
    kept = surface.sure[pieces.triangles]
    unsure = np.nonzero(~kept)[0]
    owners = pieces.triangles[unsure]
    shares = barycentric(corners, owners, pieces.pixels[unsure], grid.width)
    values = np.einsum("nk,nkj->nj", shares, surface.values[surface.triangles[owners]])
    kept[unsure] = surface.keep(values)
    return Fragments(pieces.pixels[kept], pieces.triangles[kept], pieces.near[kept])


def _assembled(surfaces: Sequence[Surface], corners: Floats, every: Fragments, grid: Grid) -> PixelMap:
    size = grid.width * grid.height
    winner, depth = nearest(every, size)
    pixels = np.nonzero(winner >= 0)[0]
    triangles = every.triangles[winner[pixels]]
    shares = barycentric(corners, triangles, pixels, grid.width)
    table = np.concatenate([surface.values[surface.triangles] for surface in surfaces])
    values = np.zeros((size, COLUMNS))
    values[pixels] = np.einsum("nk,nkj->nj", shares, table[triangles])
    materials = np.zeros(size, np.int64)
    materials[pixels] = np.concatenate([surface.materials for surface in surfaces])[triangles]
    shape = (grid.height, grid.width)
    return PixelMap(
        grid=grid,
        materials=materials.reshape(shape),
        near=np.where(winner >= 0, depth, BACKGROUND).reshape(shape),
        values=values.reshape(*shape, COLUMNS),
        far=np.zeros(shape, bool),
        closed=np.zeros(shape, bool),
    )


def tidied(seen: PixelMap, pale_side: str) -> PixelMap:
    """Return a map with smooth borders, without crumbs and narrow gaps, and with the far limbs marked."""
    seen = replace(seen, materials=majority(seen.materials, 2))
    seen = _taking(seen, seen.shown & (seen.near <= BACKGROUND))
    seen = _fingers_closed(seen)
    if pale_side:
        columns = [k for k, limb in enumerate(LIMB_ORDER) if limb.startswith(pale_side)]
        far = (seen.values[:, :, LIMBS][:, :, columns] > 0.5).any(2) & seen.shown
        far &= seen.materials < FIRST_PROP
        seen = replace(seen, far=(majority(far.astype(np.int64), 2) == 1) & seen.shown)
    return _taking(seen, _crumbs(seen), also_materials=True)


def windowed(seen: PixelMap, middle: Floats, radius: float) -> PixelMap:
    """Return a map that shows only what is within `radius` mm of a place on paper (x, y)."""
    grid = seen.grid
    rows, columns = np.mgrid[0 : grid.height, 0 : grid.width]
    column = (middle[0] - grid.left * grid.scale) * grid.fine
    row = (middle[1] + grid.top * grid.scale) * grid.fine
    hidden = np.hypot(columns + 0.5 - column, rows + 0.5 - row) > radius * grid.fine
    return replace(seen, materials=np.where(hidden, 0, seen.materials), far=seen.far & ~hidden, hidden=hidden)


def _fingers_closed(seen: PixelMap) -> PixelMap:
    hands = (seen.values[:, :, HANDS] > 0.5) & seen.shown
    if not hands.any():
        return seen
    radius = round(_FINGER_GAP / 2 * seen.grid.fine)
    rows, columns = np.nonzero(hands)
    pad = 3 * radius
    box = np.s_[
        max(0, rows.min() - pad) : rows.max() + pad + 1, max(0, columns.min() - pad) : columns.max() + pad + 1
    ]
    shown = seen.shown[box]
    close = ndimage.distance_transform_edt(~hands[box]) <= radius
    grown = ndimage.distance_transform_edt(~shown) <= radius
    filled = ndimage.distance_transform_edt(np.pad(grown, 1, constant_values=False))[1:-1, 1:-1] > radius
    added = np.zeros(seen.shown.shape, bool)
    added[box] = filled & close & ~shown
    closed = ndimage.binary_dilation(added, iterations=2)
    return replace(_taking(seen, added, also_materials=True), closed=closed)


def _crumbs(seen: PixelMap) -> Bools:
    codes = seen.codes
    result = np.zeros(codes.shape, bool)
    least = _CRUMB * seen.grid.fine**2
    for code in np.unique(codes[codes > 0]):
        labels, _ = ndimage.label(codes == code)
        small = np.bincount(labels.ravel()) < least
        small[0] = False
        result |= small[labels]
    return result


def _taking(seen: PixelMap, holes: Bools, *, also_materials: bool = False) -> PixelMap:
    """Return a map where the pixels of `holes` show what the nearest others show."""
    if not holes.any():
        return seen
    good = seen.shown & ~holes & (seen.near > BACKGROUND)
    rows, columns = np.nonzero(holes)
    index = ndimage.distance_transform_edt(~good, return_distances=False, return_indices=True)
    source = (index[0][rows, columns], index[1][rows, columns])
    near, values = seen.near.copy(), seen.values.copy()
    materials, far = seen.materials.copy(), seen.far.copy()
    near[rows, columns], values[rows, columns] = near[source], values[source]
    if also_materials:
        materials[rows, columns], far[rows, columns] = materials[source], far[source]
    return replace(seen, near=near, values=values, materials=materials, far=far)


def majority(labels: Ints, radius: int) -> Ints:
    """Return for each pixel the commonest label of the square around it; the smaller label wins a tie."""
    best = np.full(labels.shape, -1)
    result = labels.copy()
    side = 2 * radius + 1
    for label in np.unique(labels):
        sums = np.pad(
            np.pad((labels == label).astype(np.int32), radius).cumsum(0).cumsum(1), ((1, 0), (1, 0))
        )
        count = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
        more = count > best
        result[more], best[more] = label, count[more]
    return result
