"""Operations on pictures as arrays: running means, smallest and largest values, parts that hang together."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Mask: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float32]


def _running(values: Array, size: int, operation: np.ufunc, axis: int) -> Array:
    """Return the smallest or largest of `size` (odd) neighbours along an axis, in few steps."""
    values = np.moveaxis(values, axis, 0)
    reach = size // 2
    padded = np.concatenate([np.repeat(values[:1], reach, 0), values, np.repeat(values[-1:], reach, 0)], 0)
    width = 1
    while width * 2 <= size:
        padded = operation(padded[:-width], padded[width:])
        width *= 2
    if width < size:
        rest = size - width
        padded = operation(padded[:-rest], padded[rest:])
    return np.moveaxis(padded, 0, axis)


def dilated(values: Array, height: int, width: int) -> Array:
    """Return the largest value of each window; sizes are odd."""
    return _running(_running(values, height, np.maximum, 0), width, np.maximum, 1)


def eroded(values: Array, height: int, width: int) -> Array:
    """Return the smallest value of each window."""
    return _running(_running(values, height, np.minimum, 0), width, np.minimum, 1)


def opened(values: Array, height: int, width: int) -> Array:
    """Return the values without what is smaller than the window and higher than round it."""
    return dilated(eroded(values, height, width), height, width)


def closed(values: Array, height: int, width: int) -> Array:
    """Return the values with what is smaller than the window and lower than round it filled up."""
    return eroded(dilated(values, height, width), height, width)


def mean(values: Array, size: int) -> Floats:
    """Return the mean of each window of `size` (odd) by `size`."""
    result: Array = values.astype(np.float32)
    for axis in (0, 1):
        along = np.moveaxis(result, axis, 0)
        reach, count = size // 2, len(along)
        padded = np.concatenate([np.repeat(along[:1], reach, 0), along, np.repeat(along[-1:], reach, 0)], 0)
        if size <= 5:
            total = padded[:count].copy()
            for step in range(1, size):
                total += padded[step : step + count]
        else:
            sums = np.cumsum(padded, 0, dtype=np.float64)
            sums = np.concatenate([np.zeros_like(sums[:1]), sums], 0)
            total = (sums[size:] - sums[:-size])[:count].astype(np.float32)
        result = np.moveaxis(total / np.float32(size), 0, axis)
    return result


class Components(NamedTuple):
    """The parts of a mask that hang together, corners included, as runs along rows.

    Attributes:
        total: how many parts; they are numbered from 1.
        row, start, end: of each run; the end is behind its last pixel.
        part: the number of the part that each run belongs to.
        shape: of the mask.
    """

    total: int
    row: Array
    start: Array
    end: Array
    part: Array
    shape: tuple[int, int]

    def painted(self) -> NDArray[np.int32]:
        """Return the number of the part of each pixel, 0 for none."""
        result = np.zeros(self.shape, np.int32)
        length = self.end - self.start
        first = np.cumsum(length) - length
        place = np.repeat(self.row * self.shape[1] + self.start - first, length) + np.arange(length.sum())
        result.ravel()[place] = np.repeat(self.part, length)
        return result

    def extents(self) -> tuple[Array, Array, Array, Array]:
        """Return left, top, right and bottom (inclusive) of each part, by its number; 0 is none."""
        size = self.total + 1
        left, top = np.full(size, 10**9), np.full(size, 10**9)
        right, bottom = np.full(size, -1), np.full(size, -1)
        np.minimum.at(left, self.part, self.start)
        np.maximum.at(right, self.part, self.end - 1)
        np.minimum.at(top, self.part, self.row)
        np.maximum.at(bottom, self.part, self.row)
        return left, top, right, bottom

    def areas(self) -> Array:
        """Return the number of pixels of each part, by its number."""
        return np.bincount(self.part, weights=self.end - self.start, minlength=self.total + 1)


def components(mask: Mask) -> Components:
    """Return the parts of a mask."""
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    row, start = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    upper, lower = _touching(row, start, end, width + 3)
    parent = _joined(len(start), upper, lower)
    names, part = np.unique(parent, return_inverse=True)
    return Components(len(names), row, start, end, part + 1, (height, width))


def _touching(row: Array, start: Array, end: Array, wide: int) -> tuple[Array, Array]:
    """Return the pairs of runs that touch a run of the row above, corners included."""
    starts, ends = row * wide + start, row * wide + end
    above = (row - 1) * wide
    first = np.searchsorted(ends, above + start, side="left")
    last = np.searchsorted(starts, above + end, side="right")
    count = np.maximum(last - first, 0)
    lower = np.repeat(np.arange(len(row)), count)
    upper = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    return upper, lower


def _joined(count: int, one: Array, other: Array) -> Array:
    """Return the first member of the set of each of `count` things, of which pairs belong together."""
    parent = np.arange(count)
    while True:
        least = np.minimum(parent[one], parent[other])
        most = np.maximum(parent[one], parent[other])
        apart = least != most
        if not apart.any():
            return parent
        np.minimum.at(parent, most[apart], least[apart])
        while True:
            further = parent[parent]
            if np.array_equal(further, parent):
                break
            parent = further
