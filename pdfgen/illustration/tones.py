"""Materials, their greys, and the widths of lines. No information is carried by a tone alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

INK = "#1a1a1a"
FAR_INK = "#606060"
GHOST = "#707070"
EDGE = "#787878"
WHITE = "#ffffff"


class Material(IntEnum):
    """What a pixel shows. Sides of props come in three tones by how they face the light."""

    NOTHING = 0
    SKIN = 1
    HAIR = 2
    SHIRT = 3
    TROUSERS = 4
    SHOE = 5
    SOLE = 6
    PROP_TOP = 7
    PROP_FRONT = 8
    PROP_SIDE = 9
    SOFT = 10
    BAND = 11
    WALL = 12


TONES: Mapping[Material, str] = MappingProxyType(
    {
        Material.SKIN: WHITE, Material.HAIR: "#5f5f5f", Material.SHIRT: "#e2e2e2",
        Material.TROUSERS: "#a6a6a6",
        Material.SHOE: WHITE, Material.SOLE: "#5f5f5f", Material.PROP_TOP: "#f0f0f0",
        Material.PROP_FRONT: "#d6d6d6", Material.PROP_SIDE: "#c2c2c2", Material.SOFT: "#d4d4d4",
        Material.BAND: "#3c3c3c", Material.WALL: "#ececec",
    }
)  # fmt: skip
"""Fill of each material."""

#: Share of the way to white that tones of the far side are paler, and the palest that they get.
_PALER, _PALEST = 0.46, 0xF4

#: Materials that people wear or are made of: only these are paler on the far side.
_OF_PEOPLE = (Material.SKIN, Material.HAIR, Material.SHIRT, Material.TROUSERS, Material.SHOE, Material.SOLE)


def paler(material: Material, tone: str) -> str:
    """Return the fill of a material on the far side of the figure, for its fill on the near side."""
    if material not in _OF_PEOPLE:
        return tone
    grey = int(tone[1:3], 16)
    far = min(_PALEST, round(grey + _PALER * (255 - grey)))
    return f"#{far:02x}{far:02x}{far:02x}"


FIRST_PROP = Material.PROP_TOP
"""Materials from here on are props."""

HARD = frozenset({Material.PROP_TOP, Material.PROP_FRONT, Material.PROP_SIDE, Material.WALL})
"""Materials with straight edges."""


class LineKind(IntEnum):
    """Why there is a line; the higher kinds are drawn later."""

    NONE = 0
    TONE = 1
    FOLD = 2
    OVERLAP = 3
    HAND_OUTLINE = 4
    OUTLINE = 5


WIDTHS: Mapping[LineKind, float] = MappingProxyType(
    {
        LineKind.OUTLINE: 0.36, LineKind.HAND_OUTLINE: 0.27, LineKind.OVERLAP: 0.30,
        LineKind.FOLD: 0.22, LineKind.TONE: 0.22,
    }
)  # fmt: skip
"""Line widths in mm on paper; a hand is small, so that a thick line would make its fingers a mitten."""

HAND_WIDTH = 0.18
PROP_WIDTH = 0.26
FAR_SHARE = 0.8

FACE_WIDTHS: Mapping[str, float] = MappingProxyType(
    {"lid": 0.26, "brow": 0.24, "mouth": 0.22, "nose": 0.16, "ear": 0.24, "inner-ear": 0.16}
)
