"""Where lines run: between which pixels there is an edge, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import ndimage

from pdfgen.illustration.clothing import HANDS, LIMBS, REST
from pdfgen.illustration.geometry import Bools, Floats, Ints
from pdfgen.illustration.pixel_map import PixelMap
from pdfgen.illustration.tones import FIRST_PROP, HARD, LineKind

#: Metres: steps in depth that make an overlap, and a fold of one surface.
_OVERLAP_STEP, _FOLD_STEP, _LIMB_STEP = 0.008, 0.022, 0.0015

#: Metres: places this far apart on the body at rest that meet on paper are always an overlap.
_FAR_APART = 0.12

#: mm: folds and overlaps nearer to the outline would double it.
_FOLD_INSIDE, _OVERLAP_INSIDE = 0.7, 0.12

#: Added to the kind of a line that belongs to a far limb, to a prop, or to a prop with straight edges.
FAR_OWNER, PROP_OWNER, HARD_OWNER = 10, 20, 30


@dataclass(frozen=True, eq=False)
class Cracks:
    """Kinds of lines between pixels, 0 for none: below row r-1 (h + 1, w), right of column c-1 (h, w + 1).

    `inside` is how far each pixel is from the outline in mm (h, w).
    """

    across: Ints
    down: Ints
    inside: Floats


@dataclass(frozen=True, eq=False)
class _Fields:
    """What the kind of a crack depends on, by pixel."""

    codes: Ints
    near: Floats
    rest: Floats
    limb: Ints
    owner: Ints
    inside: Floats
    closed: Bools
    hand: Bools


def find_cracks(seen: PixelMap) -> Cracks:
    """Return all cracks of a map."""
    inside = ndimage.distance_transform_edt(seen.shown) / seen.grid.fine
    shares = seen.values[:, :, LIMBS]
    prop = np.where(np.isin(seen.materials, [*HARD]), HARD_OWNER, PROP_OWNER)
    fields = _Fields(
        codes=seen.codes,
        near=seen.near,
        rest=seen.values[:, :, REST],
        limb=np.where(shares.max(2) > 0.6, shares.argmax(2), -1),
        owner=np.where(seen.materials >= FIRST_PROP, prop, np.where(seen.far, FAR_OWNER, 0)),
        inside=inside,
        closed=seen.closed,
        hand=seen.values[:, :, HANDS] > 0.5,
    )
    height, width = seen.materials.shape
    across, down = np.zeros((height + 1, width), np.int64), np.zeros((height, width + 1), np.int64)
    across[1:height] = _kinds(fields, 0)
    down[:, 1:width] = _kinds(fields, 1)
    if seen.hidden is not None:
        across[1:height][seen.hidden[:-1] | seen.hidden[1:]] = 0
        down[:, 1:width][seen.hidden[:, :-1] | seen.hidden[:, 1:]] = 0
    return Cracks(across, down, inside)


def _kinds(fields: _Fields, axis: int) -> Ints:
    """Return the kinds between neighbours along an axis."""
    first = np.s_[:-1] if axis == 0 else np.s_[:, :-1]
    second = np.s_[1:] if axis == 0 else np.s_[:, 1:]
    a, b = fields.codes[first], fields.codes[second]
    # Only where something is on either side can there be a line.
    places = np.nonzero((a > 0) | (b > 0))
    result = np.zeros(a.shape, np.int64)
    slope = _slope(fields.near, axis)[places]

    def pair(values: Any) -> tuple[Any, Any]:
        return values[first][places], values[second][places]

    result[places] = _classified(
        codes=pair(fields.codes), near=pair(fields.near), rest=pair(fields.rest), limb=pair(fields.limb),
        owner=pair(fields.owner), inside=pair(fields.inside), closed=pair(fields.closed),
        hand=pair(fields.hand), slope=slope,
    )  # fmt: skip
    return result


def _slope(near: Floats, axis: int) -> Floats:
    """Return how steep the surface is beside each crack: the smaller step of the two neighbours."""
    step = np.abs(np.diff(near, axis=axis))
    edge = np.full_like(np.take(step, [0], axis=axis), 9.0)
    inner = np.delete(step, -1, axis=axis), np.delete(step, 0, axis=axis)
    before = np.concatenate([edge, inner[0]], axis=axis)
    after = np.concatenate([inner[1], edge], axis=axis)
    slope = np.minimum(before, after)
    result: Floats = np.where(slope > 5, 0, slope)
    return result


def _classified(
    *,
    codes: tuple[Ints, Ints],
    near: tuple[Floats, Floats],
    rest: tuple[Floats, Floats],
    limb: tuple[Ints, Ints],
    owner: tuple[Ints, Ints],
    inside: tuple[Floats, Floats],
    closed: tuple[Bools, Bools],
    hand: tuple[Bools, Bools],
    slope: Floats,
) -> Ints:
    (a, b), (near_a, near_b) = codes, near
    shown_a, shown_b = a > 0, b > 0
    both = shown_a & shown_b
    step = np.abs(near_a - near_b)
    apart = np.linalg.norm(rest[0] - rest[1], axis=-1)
    depth = np.minimum(*inside)
    kind = np.zeros(a.shape, np.int64)
    kind[both & (a != b)] = LineKind.TONE
    fold = (step > _FOLD_STEP) & (step > 4 * slope + 0.002) & (depth > _FOLD_INSIDE)
    kind[both & fold] = LineKind.FOLD
    kind[both & (closed[0] | closed[1]) & (apart > 0.011)] = LineKind.FOLD
    stepped = (step > _OVERLAP_STEP) & (apart > 2.5 * step + 0.02) & (step > 1.5 * slope)
    limbs = (limb[0] >= 0) & (limb[1] >= 0) & (limb[0] != limb[1]) & (step > _LIMB_STEP)
    kind[both & (stepped | (apart > _FAR_APART) | limbs) & (depth > _OVERLAP_INSIDE)] = LineKind.OVERLAP
    kind[shown_a != shown_b] = LineKind.OUTLINE
    kind[(shown_a & ~shown_b & hand[0]) | (shown_b & ~shown_a & hand[1])] = LineKind.HAND_OUTLINE
    # A hand that lies on a table is drawn as a hand, whichever of the two is nearer by a hair.
    is_prop = owner[0] >= PROP_OWNER, owner[1] >= PROP_OWNER
    lead = _OVERLAP_STEP * (is_prop[1].astype(float) - is_prop[0])
    first = shown_a & (~shown_b | (near_a + lead >= near_b))
    owned = np.where(first, owner[0], owner[1])
    kind[both & (is_prop[0] != is_prop[1])] = LineKind.OVERLAP
    return np.where(kind > 0, kind + owned, 0)
