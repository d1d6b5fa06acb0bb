"""An element of an SVG file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class SvgElement:
    """An element of the SVG namespace. `href` among the attributes stands for `xlink:href` too."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    column: int
    parent: SvgElement | None = None
    children: list[SvgElement] = field(default_factory=list)
