"""How each figure looks: hair, skin, clothes. People who exercise are not all alike.

Tones are greys; each area has a line around it, so that nothing is lost when a copier makes them all white.
No tone is so dark that a copier makes it black, but for hair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from pdfgen.illustration.figure import FigureName
from pdfgen.illustration.tones import TONES, Material, paler

Hair: TypeAlias = Literal["short", "knot", "bob", "curls", "thin"]


@dataclass(frozen=True)
class Look:
    """Hair and the tones of hair, skin and clothes; how long sleeves and trousers are.

    Attributes:
        sleeve: where sleeves end on the way from the shoulder (0) to the elbow (1).
        hem: metres above the floor where trousers end.
    """

    hair: Hair = "short"
    hair_tone: str = TONES[Material.HAIR]
    skin: str = TONES[Material.SKIN]
    shirt: str = TONES[Material.SHIRT]
    trousers: str = TONES[Material.TROUSERS]
    sleeve: float = 0.55
    hem: float = 0.088

    def tone(self, material: Material, *, far: bool) -> str:
        """Return the fill of a material; limbs of the far side are paler."""
        own = {
            Material.HAIR: self.hair_tone, Material.SKIN: self.skin,
            Material.SHIRT: self.shirt, Material.TROUSERS: self.trousers,
        }  # fmt: skip
        near = own.get(material, TONES[material])
        return paler(material, near) if far else near


LOOKS: Mapping[FigureName, Look] = MappingProxyType(
    {
        "woman": Look(hair="knot"),
        "man": Look(hair_tone="#4a4a4a", skin="#c6c6c6", shirt="#f4f4f4", trousers="#9c9c9c"),
        "neutral": Look(),
        "older-woman": Look(
            hair="curls", hair_tone="#d4d4d4", shirt="#c8c8c8", trousers="#959595", sleeve=0.86
        ),
        "older-man": Look(
            hair="thin", hair_tone="#d4d4d4", skin="#f1f1f1", shirt="#d0d0d0", trousers="#a6a6a6"
        ),
        "heavier-woman": Look(
            hair="bob", hair_tone="#4a4a4a", skin="#d9d9d9", shirt="#f4f4f4", trousers="#a0a0a0", hem=0.22
        ),
        "heavier-man": Look(skin="#efefef", shirt="#bdbdbd", trousers="#989898"),
    }
)  # fmt: skip
"""The look of each figure."""
