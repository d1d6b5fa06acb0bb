"""How dark each point of a flat picture is against the paper round it: 0 is paper, 1 is black.

Blue, black, pencil and red pens count alike, brown stains little: the red channel sees all pens but red ones,
which are told by how much darker they are in green.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pdfgen.scanning.morphology import Array, Floats, closed, mean

RESOLUTION = 8
"""Pixels a millimetre of flat pictures."""

#: Quarter of a block of one square millimetre that is lightest: the level of the paper there.
_LIGHT = RESOLUTION * RESOLUTION * 3 // 4
#: Window in blocks over which the level is smoothed.
_SMOOTHED = 5
#: Redness that counts as ink of a red pen.
_REDNESS = 1.1
#: Where the channels differ by no more, the picture is grey.
_COLOURLESS = 6
#: Darker paper than this is no paper.
_BLACK = 12


class Ink(NamedTuple):
    """A flat picture in which the paper is 0.

    Attributes:
        darkness: of each pixel.
        colours: the same of red, green and blue, for telling stains; None in grey pictures.
        burnt: the part of the paper that is as light as can be, where nothing pale would show.
    """

    darkness: Floats
    colours: tuple[Floats, Floats, Floats] | None
    burnt: float


def ink_of(flat: Array, widest: float) -> Ink:
    """Return how dark the points of a flat picture are, grey or in colours.

    Args:
        flat: the picture.
        widest: millimetres of the largest thing that may be filled with ink.
    """
    window = int(widest / 2) * 2 + 3
    burnt = float((flat[::3, ::3] >= 255).mean())
    if flat.ndim == 3 and int(np.ptp(flat[::7, ::7].astype(np.int16), axis=2).max()) < _COLOURLESS:
        flat = np.ascontiguousarray(flat[..., 1])
    if flat.ndim == 2:
        return Ink(np.clip(_against_paper(flat, window), -0.3, 1), None, burnt)
    channels = (np.ascontiguousarray(flat[..., place]) for place in range(3))
    red, green, blue = (_against_paper(channel, window) for channel in channels)
    darkness = np.maximum(red, np.float32(_REDNESS) * (green - red))
    return Ink(np.clip(darkness, -0.3, 1), (red, green, blue), burnt)


def _against_paper(channel: Array, window: int) -> Floats:
    """Return 1 less the brightness as a part of that of the paper there."""
    height, width = channel.shape
    step = RESOLUTION
    blocks = channel[: height // step * step, : width // step * step]
    blocks = blocks.reshape(height // step, step, width // step, step).transpose(0, 2, 1, 3)
    blocks = blocks.reshape(height // step, width // step, step * step)
    level = np.partition(blocks, _LIGHT, axis=2)[..., _LIGHT].astype(np.float32)
    level = mean(closed(level, window, window), _SMOOTHED)
    paper = np.maximum(_between(level, height, width), np.float32(_BLACK))
    return np.subtract(1, channel / paper, dtype=np.float32)


def _between(level: Floats, height: int, width: int) -> Floats:
    """Return the level of each pixel, straight from block to block."""
    rows = np.clip((np.arange(height) + 0.5) / RESOLUTION - 0.5, 0, level.shape[0] - 1.001)
    columns = np.clip((np.arange(width) + 0.5) / RESOLUTION - 0.5, 0, level.shape[1] - 1.001)
    row, column = rows.astype(int), columns.astype(int)
    low = (rows - row)[:, None].astype(np.float32)
    right = (columns - column)[None].astype(np.float32)
    down = level[row] * (1 - low) + level[row + 1] * low
    result: Floats = down[:, column] * (1 - right)
    result += down[:, column + 1] * right
    return result
