"""The shipped drawings, made beforehand: `assets/drawings.bin`, which `make figures` writes.

The file begins with a line of JSON that lists the drawings: name, width, height, two corners, length of the
form and of the grey form (0 without one). These forms follow in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pdfgen.content.files.resources import assets_folder
from pdfgen.content.pictures.drawing import Drawing

FIGURES, ICONS = "figures/", "icons/"
"""How the names of drawings begin, by the folder of their SVG file."""

FILE_NAME = "drawings.bin"


def packed(drawings: Iterable[Drawing]) -> bytes:
    """Return the content of a file with these drawings."""
    rows, forms = [], []
    for one in drawings:
        grey_form = one.grey_form or b""
        rows.append((one.name, one.width, one.height, *one.corners, len(one.form), len(grey_form)))
        forms += [one.form, grey_form]
    return b"".join([json.dumps(rows, separators=(",", ":")).encode(), b"\n", *forms])


def unpacked(data: bytes) -> dict[str, Drawing]:
    """Return the drawings in the content of a file, by name."""
    place = data.index(b"\n") + 1
    drawings = {}
    for name, width, height, left, right, length, grey_length in json.loads(data[:place]):
        between, end = place + length, place + length + grey_length
        drawings[name] = Drawing(
            name, width, height, data[place:between], data[between:end] or None, (left, right)
        )
        place = end
    return drawings


@lru_cache(maxsize=1)
def shipped_drawings() -> Mapping[str, Drawing]:
    """Return the shipped drawings by name: `figures/bridge-a`, `icons/tick`. They are read once a process."""
    return MappingProxyType(unpacked((assets_folder() / FILE_NAME).read_bytes()))


def shipped_names(folder: str) -> tuple[str, ...]:
    """Return the names of the shipped figures or icons without the folder: `bridge-a`, `tick`."""
    return tuple(name.removeprefix(folder) for name in shipped_drawings() if name.startswith(folder))
