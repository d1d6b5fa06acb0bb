"""The elements of an SVG file as a small tree, read without trusting the file.

Entities, which can grow without end or fetch other files, are refused, and size and depth are bounded.
Elements of other namespaces (editors keep their notes in them) and descriptions are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from pdfgen.errors import InputError, Problem

#: An SVG file may not be larger, in bytes.
MAX_SVG_SIZE = 2_000_000
_MAX_DEPTH = 64

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"

_DRAWN: Final = frozenset(
    {"svg", "g", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
)
_PASSED_OVER: Final = frozenset({"title", "desc", "metadata"})
_ANIMATION = "animation cannot be printed; save a still drawing"

#: Elements that only do something when a shape refers to them, which the reader of the shape reports.
_REFERRED: Final = frozenset(
    {"linearGradient", "radialGradient", "pattern", "clipPath", "mask", "filter", "marker", "color-profile"}
)

_REFUSED: Final[Mapping[str, str]] = {
    "text": "text needs fonts that a printer may not have; convert text to outlines (paths)",
    "image": "embedded or linked images are not supported; give the logo as PNG or JPEG, or trace the image",
    "style": "style sheets are not supported; save with “presentation attributes” or inline styles",
    "script": "scripts are not allowed; save as plain SVG",
    "foreignObject": "foreign objects are not supported; save as plain SVG",
    "switch": "switches are not supported; save as plain SVG",
    "symbol": "symbols are not supported; break the links to symbols (“expand”, “unlink clone”)",
    "svg": "drawings inside the drawing are not supported; ungroup them",
    "a": "links are not supported; remove them",
    "animate": _ANIMATION, "animateTransform": _ANIMATION, "animateMotion": _ANIMATION, "set": _ANIMATION,
}  # fmt: skip


@dataclass(slots=True, eq=False)
class SvgElement:
    """An element of the SVG namespace. `href` among the attributes stands for `xlink:href` too."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    column: int
    children: list[SvgElement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SvgDocument:
    """The tree, the elements with an id, and a problem for each thing that cannot be printed."""

    root: SvgElement
    by_id: Mapping[str, SvgElement]
    problems: tuple[Problem, ...]


def parse_svg(data: bytes, name: str) -> SvgDocument:
    """Return the elements of an SVG file.

    Raises:
        InputError: the file is not XML or not SVG, is too large or too deep, or declares entities.
    """
    if len(data) > MAX_SVG_SIZE:
        raise InputError(Problem("is larger than 2 MB; simplify the drawing or give it as PNG", file=name))
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"is not well-formed XML ({expat.ErrorString(error.code)}); save it again as plain SVG"
        problem = Problem(message, file=name, line=error.lineno, column=error.offset + 1)
        raise InputError(problem) from error
    except (LookupError, ValueError) as error:
        # An encoding that Python does not know, or that expat cannot take.
        raise InputError(Problem("has an unknown encoding; save it as UTF-8", file=name)) from error
    if reader.root is None:
        raise InputError(Problem("is not an SVG drawing; give an SVG, PNG or JPEG file", file=name))
    return SvgDocument(reader.root, reader.by_id, tuple(reader.problems))


class _Reader:
    """Handles one run of expat. Outer elements wait on `_open`, where None stands for an element left out."""

    def __init__(self, name: str) -> None:
        self.root: SvgElement | None = None
        self.by_id: dict[str, SvgElement] = {}
        self.problems: list[Problem] = []
        self._name = name
        self._open: list[SvgElement | None] = []
        self._said: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _problem(self, message: str, tag: str = "") -> Problem:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Problem(message, field=tag, file=self._name, line=line, column=column)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        # Naming the SVG DTD is harmless, because it is never fetched.
        if has_subset:
            self._entity()

    def _entity(self, *_: object) -> None:
        raise InputError(self._problem("declares entities, which are not allowed; save it as plain SVG"))

    def _start(self, qualified: str, given: dict[str, str]) -> None:
        namespace, _, tag = qualified.rpartition(" ")
        if len(self._open) >= _MAX_DEPTH:
            raise InputError(self._problem("groups are nested too deeply; ungroup and save again"))
        if not self._open and (tag != "svg" or namespace not in (_SVG, "")):
            raise InputError(self._problem("is not an SVG drawing; give an SVG, PNG or JPEG file"))
        parent = self._open[-1] if self._open else None
        left_out = namespace not in (_SVG, "") or tag in _PASSED_OVER
        if left_out or (self._open and parent is None and tag not in ("style", "script")):
            self._open.append(None)
            return
        attributes = {key.removeprefix(f"{_XLINK} "): value for key, value in given.items()}
        self._check(tag, attributes)
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        element = SvgElement(tag, attributes, line, column)
        if parent is None:
            self.root = self.root or element
        elif tag in _DRAWN:
            parent.children.append(element)
        if "id" in attributes:
            self.by_id.setdefault(attributes["id"], element)
        self._open.append(element)

    def _end(self, _qualified: str) -> None:
        self._open.pop()

    def _check(self, tag: str, attributes: Mapping[str, str]) -> None:
        message = _REFUSED.get(tag, "") if self._open else ""
        if not message and any(key.startswith("on") for key in attributes):
            message = _REFUSED["script"]
        if not message and tag not in _DRAWN | _REFERRED | {"defs"} and self._inside_drawn():
            message = "is not supported; save the drawing as plain SVG with shapes and paths only"
        if message and message not in self._said:
            self._said.add(message)
            self.problems.append(self._problem(message, tag))

    def _inside_drawn(self) -> bool:
        return all(element and element.tag in _DRAWN for element in self._open)
