"""The elements of an SVG file as a small tree, read without trusting the file.

Entities that can grow without end or fetch other files are refused, and size and depth are bounded.
Elements of other namespaces (editors keep their notes in them) and descriptions are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from pdfgen.content.pictures.svg_element import SvgElement
from pdfgen.content.pictures.svg_sheet import Rule, Sheet, rules_of
from pdfgen.errors import InputError, Problem

#: An SVG file may not be larger, in bytes.
MAX_SVG_SIZE = 2_000_000
_MAX_DEPTH = 64

#: Entities that stand for an address, of so many characters, and references in a file that declares any: what
#: they grow to stays small.
_MOST_ENTITIES, _LONGEST_ENTITY, _MOST_REFERENCES = 30, 60, 2_000

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"

_DRAWN: Final = frozenset(
    {"svg", "g", "a", "switch", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
)
_PASSED_OVER: Final = frozenset({"title", "desc", "metadata"})
_ANIMATION = "animation cannot be printed; save a still drawing"

#: Elements that only do something when a shape refers to them, which the reader of the shape reports.
_REFERRED: Final = frozenset(
    {
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "filter",
        "marker",
        "symbol",
        "color-profile",
    }
)

_REFUSED: Final[Mapping[str, str]] = {
    "text": "text needs fonts that a printer may not have; convert text to outlines (paths)",
    "image": "embedded or linked images are not supported; give the logo as PNG or JPEG, or trace the image",
    "script": "scripts are not allowed; save as plain SVG",
    "foreignObject": "foreign objects are not supported; save as plain SVG",
    "animate": _ANIMATION, "animateTransform": _ANIMATION, "animateMotion": _ANIMATION, "set": _ANIMATION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SvgDocument:
    """The tree, the elements by id, the rules of style, a problem for each thing that cannot be printed."""

    root: SvgElement
    by_id: Mapping[str, SvgElement]
    sheet: Sheet
    problems: tuple[Problem, ...]


def parse_svg(data: bytes, name: str) -> SvgDocument:
    """Return the elements of an SVG file.

    Raises:
        InputError: the file is not XML or not SVG, is too large or too deep, or declares entities.
    """
    if len(data) > MAX_SVG_SIZE:
        raise InputError(Problem("is larger than 2 MB; simplify the drawing or give it as PNG", file=name))
    reader = _Reader(name, data.count(b"&"))
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
    return SvgDocument(reader.root, reader.by_id, Sheet(reader.rules), tuple(reader.problems))


class _Reader:
    """Handles one run of expat. Outer elements wait on `_open`, where None stands for an element left out."""

    def __init__(self, name: str, references: int) -> None:
        self.root: SvgElement | None = None
        self.by_id: dict[str, SvgElement] = {}
        self.problems: list[Problem] = []
        self.rules: list[Rule] = []
        self._style: list[str] | None = None
        self._entities = 0
        self._references = references
        self._name = name
        self._open: list[SvgElement | None] = []
        self._said: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _problem(self, message: str, tag: str = "") -> Problem:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Problem(message, field=tag, file=self._name, line=line, column=column)

    def _entity(self, _name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        """Take a short name for an address, as Illustrator writes them; refuse all other entities.

        Naming the SVG DTD is harmless, because it is never fetched.
        """
        self._entities += 1
        is_short = value is not None and len(value) <= _LONGEST_ENTITY and not set(value) & set("&%<")
        if (
            is_parameter
            or not is_short
            or self._entities > _MOST_ENTITIES
            or self._references > _MOST_REFERENCES
        ):
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
        element = SvgElement(tag, attributes, line, column, parent)
        if tag == "style":
            self._style = []
        if parent is None:
            self.root = self.root or element
        elif tag in _DRAWN or tag == "stop":
            parent.children.append(element)
        if "id" in attributes:
            self.by_id.setdefault(attributes["id"], element)
        self._open.append(element)

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, _qualified: str) -> None:
        self._open.pop()
        if self._style is not None:
            text, self._style = "".join(self._style), None
            try:
                rules, messages = rules_of(text, len(self.rules))
            except ValueError as error:
                raise InputError(self._problem(str(error), "style")) from None
            self.rules += rules
            self.problems += [self._problem(message, "style") for message in dict.fromkeys(messages)]

    def _check(self, tag: str, attributes: Mapping[str, str]) -> None:
        message = _REFUSED.get(tag, "") if self._open else ""
        around = self._open[-1] if self._open else None
        if tag == "foreignObject" and around is not None and around.tag == "switch":
            # A program's own notes, beside the drawing for everybody else.
            return
        if not message and any(key.startswith("on") for key in attributes):
            message = _REFUSED["script"]
        if not message and tag not in _DRAWN | _REFERRED | {"defs", "style"} and self._inside_drawn():
            message = "is not supported; save the drawing as plain SVG with shapes and paths only"
        if message and message not in self._said:
            self._said.add(message)
            self.problems.append(self._problem(message, tag))

    def _inside_drawn(self) -> bool:
        return all(element and element.tag in _DRAWN for element in self._open)
