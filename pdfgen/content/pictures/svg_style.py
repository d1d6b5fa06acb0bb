"""How SVG shapes are painted: presentation properties, their inheritance, colours and lengths.

Follows SVG 1.1, chapter 11, as far as a PDF page can show it without transparency. What would be lost is
reported, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final, TypeVar

from pdfgen.content.pictures.drawing import RGB
from pdfgen.content.pictures.svg_shapes import parse_number

_BLACK: Final[RGB] = (0.0, 0.0, 0.0)

#: User units for each unit of length (CSS 2.1, 4.3.2: 96 to the inch).
_UNITS: Final = {
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96.0 / 2.54, "mm": 96.0 / 25.4, "pt": 96.0 / 72.0, "pc": 16.0,
}  # fmt: skip

_OUTLINE = "convert it to plain filled paths"

#: Properties that would change the picture, with the values that do not, and what to do about the others.
_LOST: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "filter": (frozenset({"none"}), "filter effects cannot be printed; remove the effect"),
    "mask": (frozenset({"none"}), "masks cannot be printed; cut the shapes themselves"),
    "clip-path": (frozenset({"none"}), "clipping cannot be printed; cut the shapes themselves (“flatten”)"),
    "mix-blend-mode": (frozenset({"normal"}), "blending cannot be printed; use plain colours"),
    "vector-effect": (frozenset({"none"}), f"vector effects are not supported; {_OUTLINE}"),
    "paint-order": (frozenset({"normal"}), f"a paint order is not supported; {_OUTLINE}"),
    "transform-origin": (
        frozenset({"0", "0 0", "0px 0px"}),
        "a transform origin is not supported; set it to 0 0",
    ),
    "marker": (frozenset({"none"}), f"markers are not supported; {_OUTLINE}"),
    "marker-start": (frozenset({"none"}), f"markers are not supported; {_OUTLINE}"),
    "marker-mid": (frozenset({"none"}), f"markers are not supported; {_OUTLINE}"),
    "marker-end": (frozenset({"none"}), f"markers are not supported; {_OUTLINE}"),
}

_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_RULES: Final = {"nonzero": False, "evenodd": True}
_VISIBLE: Final = {"visible": True, "hidden": False, "collapse": False}


@dataclass(frozen=True, slots=True)
class Style:
    """What a shape takes over from its group; widths in user units, caps and joins numbered as in PDF."""

    fill: RGB | None = _BLACK
    stroke: RGB | None = None
    width: float = 1.0
    even_odd: bool = False
    cap: int = 0
    join: int = 0
    dash: tuple[float, ...] = ()
    visible: bool = True


def properties(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return presentation attributes overlaid by the declarations of `style="…"`, names in lower case."""
    found = {name: value.strip() for name, value in attributes.items()}
    for declaration in found.pop("style", "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    return found


def inherited(parent: Style, given: Mapping[str, str], report: Callable[[str], None]) -> Style:
    """Return the style of an element inside `parent`; what cannot be printed goes to `report`."""
    _report_lost(given, report)
    changes: dict[str, Any] = {}
    for name in sorted(given.keys() & _READERS.keys()):
        value, (attribute, read) = given[name], _READERS[name]
        if value in ("inherit", ""):
            continue
        try:
            changes[attribute] = read(value)
        except ValueError as error:
            report(f"{name}: {error}")
    style = replace(parent, **changes) if changes else parent
    if style.dash and style.stroke and given.get("stroke-dashoffset", "0") not in ("0", "0px"):
        report("stroke-dashoffset: dashes that start in the middle are not supported; set the offset to 0")
    return style


def is_displayed(given: Mapping[str, str]) -> bool:
    """Tell whether an element and all inside it is drawn at all."""
    return given.get("display", "inline") != "none"


def parse_length(text: str, whole: float) -> float:
    """Return a length in user units; percentages are of `whole`. Raises ValueError."""
    match = re.fullmatch(r"\s*([0-9.eE+-]*[0-9.])\s*([a-zA-Z]*|%)\s*", text)
    unit = match.group(2).lower() if match else "?"
    if match and unit == "%":
        return parse_number(match.group(1)) / 100.0 * whole
    if not match or unit not in _UNITS:
        raise ValueError(f"the length “{text[:30]}” is not understood; use plain numbers, mm or px")
    return parse_number(match.group(1)) * _UNITS[unit]


@lru_cache(maxsize=256)
def parse_colour(text: str) -> RGB | None:
    """Return a colour, or None for `none` and `transparent`; `currentColor` is black. Raises ValueError."""
    value = text[:80].strip().lower()
    if value in ("none", "transparent"):
        return None
    if value == "currentcolor":
        return _BLACK
    if value.startswith("url("):
        raise ValueError("gradients and patterns cannot be printed; use plain colours")
    digits = _NAMES.get(value, value)
    if re.fullmatch(r"#[0-9a-f]{3}", digits):
        digits = "#" + "".join(2 * digit for digit in digits[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", digits):
        red, green, blue = (int(digits[place : place + 2], 16) / 255.0 for place in (1, 3, 5))
        return (red, green, blue)
    match = re.fullmatch(r"rgb\(\s*([^(),\s]+)\s*[,\s]\s*([^(),\s]+)\s*[,\s]\s*([^(),\s]+)\s*\)", value)
    if match:
        red, green, blue = map(_channel, match.groups())
        return (red, green, blue)
    raise ValueError(f"the colour “{text[:40]}” is not understood; write it as #rrggbb")


def _channel(text: str) -> float:
    share = parse_number(text[:-1]) / 100.0 if text.endswith("%") else parse_number(text) / 255.0
    return min(1.0, max(0.0, share))


def _report_lost(given: Mapping[str, str], report: Callable[[str], None]) -> None:
    for name in sorted(given.keys() & _LOST.keys()):
        harmless, message = _LOST[name]
        if given[name] not in (harmless | {"", "inherit"}):
            report(message)
    for name in sorted(given.keys() & {"opacity", "fill-opacity", "stroke-opacity"}):
        if given[name] not in ("inherit", "") and not _is_opaque(given[name]):
            report("transparent parts cannot be printed; use plain colours with full opacity")


def _is_opaque(value: str) -> bool:
    try:
        return parse_length(value, 1.0) >= 1.0
    except ValueError:
        return False


_Value = TypeVar("_Value")


def _keyword(known: Mapping[str, _Value], value: str) -> _Value:
    if value not in known:
        raise ValueError(f"“{value[:30]}” is not one of {', '.join(known)}")
    return known[value]


def _width(value: str) -> float:
    width = parse_length(value, 0.0)
    if width < 0.0 or "%" in value:
        raise ValueError(f"“{value[:30]}” is not a width; use a plain number")
    return width


def _dash(value: str) -> tuple[float, ...]:
    if value == "none":
        return ()
    lengths = tuple(map(_width, re.split(r"[\s,]+", value)))
    if not any(lengths):
        return ()
    return lengths * 2 if len(lengths) % 2 else lengths


_READERS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "fill": ("fill", parse_colour),
    "stroke": ("stroke", parse_colour),
    "stroke-width": ("width", _width),
    "stroke-linecap": ("cap", partial(_keyword, _CAPS)),
    "stroke-linejoin": ("join", partial(_keyword, _JOINS)),
    "stroke-dasharray": ("dash", _dash),
    "fill-rule": ("even_odd", partial(_keyword, _RULES)),
    "visibility": ("visible", partial(_keyword, _VISIBLE)),
}

#: The colour keywords of SVG 1.1, 4.4, with their sRGB digits.
_KEYWORDS = """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4
black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue
5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson
dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400
darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid
9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f
darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray
696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia
ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000
greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0
khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90
lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa
lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen
32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid
ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a
mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1
moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500
orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred
db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple
800080 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460
seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray
708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle
d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow
ffff00 yellowgreen 9acd32
"""
_WORDS = _KEYWORDS.split()
_NAMES: Final = {name: f"#{digits}" for name, digits in zip(_WORDS[::2], _WORDS[1::2], strict=True)}
