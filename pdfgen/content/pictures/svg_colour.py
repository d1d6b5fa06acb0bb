"""Colours of SVG as CSS writes them (CSS Color 4, by tinycss2), and paints that are not a colour yet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pdfgen.content.pictures.drawing import BLACK, RGB


class Paint(NamedTuple):
    """What `fill` or `stroke` says; `currentColor` and references are looked up where a shape is drawn.

    Attributes:
        colour: what is painted, or stands in where `server` is not there; None for nothing.
        alpha: opacity of the colour.
        is_current: whether the colour is that of the property `color`.
        server: id of a gradient; empty for a plain colour.
    """

    colour: RGB | None
    alpha: float = 1.0
    is_current: bool = False
    server: str = ""


NOTHING: Final = Paint(None)
CURRENT: Final = Paint(BLACK, is_current=True)

_SERVER = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)\s*(.*)", re.DOTALL)

#: No colour is written longer; what follows is not read.
_LONGEST = 120


@lru_cache(maxsize=256)
def parse_paint(text: str) -> Paint:
    """Return the paint that a property says. Raises ValueError."""
    value = text[:_LONGEST].strip()
    if value.lower() in ("none", "transparent"):
        return NOTHING
    if value.lower() == "currentcolor":
        return CURRENT
    if match := _SERVER.fullmatch(value):
        instead = parse_paint(match[2]) if match[2] else NOTHING
        return instead._replace(server=match[1])
    if value.lower().startswith("url("):
        raise ValueError("a paint in another file cannot be used; use plain colours")
    red, green, blue, alpha = parse_colour(value)
    return Paint((red, green, blue), alpha)


@lru_cache(maxsize=256)
def parse_colour(text: str) -> tuple[float, float, float, float]:
    """Return red, green, blue and opacity from 0 to 1, sRGB. Raises ValueError."""
    value = text[:_LONGEST].strip()
    if match := re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", value):
        red, green, blue = (int(digits, 16) / 255 for digits in match.groups())
        return red, green, blue, 1.0
    # It takes a while to load, and most drawings write their colours as above.
    from tinycss2.color4 import parse_color

    found = parse_color(value)
    if found is None or isinstance(found, str):
        raise ValueError(f"the colour “{text[:40]}” is not understood; write it as #rrggbb")
    try:
        converted = found.to("srgb")
    except NotImplementedError:
        raise ValueError(f"the colour “{text[:40]}” is not one of sRGB; write it as #rrggbb") from None
    red, green, blue = (min(1.0, max(0.0, float(part or 0.0))) for part in converted.coordinates)
    return red, green, blue, min(1.0, max(0.0, float(converted.alpha)))
