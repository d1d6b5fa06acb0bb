"""How SVG shapes are painted: presentation properties, their cascade and inheritance, lengths.

The module follows SVG 1.1, chapter 11, as far as a PDF page can show it without masks. It reports what would
be lost, and drops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeVar

from pdfgen.content.pictures.drawing import BLACK, RGB
from pdfgen.content.pictures.svg_colour import NOTHING, Paint, parse_colour, parse_paint
from pdfgen.content.pictures.svg_element import SvgElement
from pdfgen.content.pictures.svg_shapes import parse_number
from pdfgen.content.pictures.svg_sheet import Sheet

#: User units for each unit of length (CSS 2.1, 4.3.2: 96 to the inch).
_UNITS: Final = {
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96.0 / 2.54, "mm": 96.0 / 25.4, "pt": 96.0 / 72.0, "pc": 16.0,
}  # fmt: skip

_OUTLINE = "convert it to plain filled paths"

#: Properties that would change the picture, with the values that do not, and what to do about the others.
_LOST: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "filter": (frozenset({"none"}), "filter effects cannot be printed; remove the effect"),
    "mask": (frozenset({"none"}), "masks cannot be printed; cut the shapes themselves (“flatten”)"),
    "mix-blend-mode": (frozenset({"normal"}), "blending cannot be printed; use plain colours"),
    "vector-effect": (frozenset({"none"}), f"vector effects are not supported; {_OUTLINE}"),
    "paint-order": (frozenset({"normal"}), f"a paint order is not supported; {_OUTLINE}"),
    "transform-origin": (
        frozenset({"0", "0 0", "0px 0px"}),
        "a transform origin is not supported; set it to 0 0",
    ),
    **dict.fromkeys(
        ("marker", "marker-start", "marker-mid", "marker-end"),
        (frozenset({"none"}), f"markers are not supported; {_OUTLINE}"),
    ),
}

BLACK_PAINT: Final = Paint(BLACK)

#: A comment that is not closed reaches to the end.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)

_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_RULES: Final = {"nonzero": False, "evenodd": True}
_VISIBLE: Final = {"visible": True, "hidden": False, "collapse": False}


@dataclass(frozen=True, slots=True)
class Style:
    """What a shape takes over from its group; widths in user units, caps and joins numbered as in PDF."""

    fill: Paint = BLACK_PAINT
    stroke: Paint = NOTHING
    colour: RGB = BLACK
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    width: float = 1.0
    even_odd: bool = False
    clip_even_odd: bool = False
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dash: tuple[float, ...] = ()
    visible: bool = True


def properties(element: SvgElement, sheet: Sheet) -> dict[str, str]:
    """Return what an element says: its attributes, rules of style over them, and `style="…"` over these."""
    found = {name: value.strip() for name, value in element.attributes.items()}
    plain, important = sheet.declarations(element)
    own: dict[str, str] = {}
    last: dict[str, str] = {}
    for declaration in _COMMENT.sub("", found.pop("style", "")).split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            is_last = "!important" in value
            (last if is_last else own)[name.strip().lower()] = value.replace("!important", "").strip()
    return found | plain | own | important | last


def inherited(parent: Style, given: Mapping[str, str], report: Callable[[str], None]) -> Style:
    """Return the style of an element inside `parent`; what cannot be printed goes to `report`."""
    _report_lost(given, report)
    changes: dict[str, Any] = {}
    for name in sorted(given.keys() & _READERS.keys()):
        value, (attribute, read) = given[name], _READERS[name]
        if value in ("inherit", "") or (name == "color" and value.lower() == "currentcolor"):
            continue
        if "var(" in value:
            report(f"{name}: variables of style are not supported; write the value itself")
            continue
        try:
            changes[attribute] = read(value)
        except ValueError as error:
            report(f"{name}: {error}")
    style = replace(parent, **changes) if changes else parent
    if style.dash and style.stroke != NOTHING and given.get("stroke-dashoffset", "0") not in ("0", "0px"):
        report("stroke-dashoffset: dashes that start in the middle are not supported; set the offset to 0")
    return style


def is_displayed(given: Mapping[str, str]) -> bool:
    """Whether an element is drawn at all, with what is inside it."""
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


def opacity(given: Mapping[str, str], name: str = "opacity") -> float:
    """Return an opacity from 0 to 1; 1 where none is given. Raises ValueError."""
    value = given.get(name, "")
    return 1.0 if value in ("", "inherit") else min(1.0, max(0.0, parse_length(value, 1.0)))


def _report_lost(given: Mapping[str, str], report: Callable[[str], None]) -> None:
    for name in sorted(given.keys() & _LOST.keys()):
        harmless, message = _LOST[name]
        if given[name] not in (harmless | {"", "inherit"}):
            report(message)


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


def _miter(value: str) -> float:
    return max(1.0, parse_number(value))


def _share(value: str) -> float:
    return min(1.0, max(0.0, parse_length(value, 1.0)))


def _colour(value: str) -> RGB:
    red, green, blue, _ = parse_colour(value)
    return red, green, blue


_READERS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "fill": ("fill", parse_paint),
    "stroke": ("stroke", parse_paint),
    "fill-opacity": ("fill_opacity", _share),
    "stroke-opacity": ("stroke_opacity", _share),
    "color": ("colour", _colour),
    "stroke-miterlimit": ("miter", _miter),
    "clip-rule": ("clip_even_odd", partial(_keyword, _RULES)),
    "stroke-width": ("width", _width),
    "stroke-linecap": ("cap", partial(_keyword, _CAPS)),
    "stroke-linejoin": ("join", partial(_keyword, _JOINS)),
    "stroke-dasharray": ("dash", _dash),
    "fill-rule": ("even_odd", partial(_keyword, _RULES)),
    "visibility": ("visible", partial(_keyword, _VISIBLE)),
}
