"""The text of a document in reading order: what is expected, and how a file differs from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pdfgen.typesetting.document import Document, GlyphRun, Item, LinkArea, Shape, TextField

# How many spaces part two words is not part of the text, nor whether a line may end there: ReportLab writes a
# no-break space as a space.
_WHITE_SPACE = re.compile("[ \t\r\n\u00a0]+")


@dataclass(frozen=True, slots=True)
class Element:
    """One structure element as a reader meets it.

    Attributes:
        depth: 0 for the root.
        text: what is read, that of inline children included, with single spaces; empty for an element that
            only groups others.
        alt, actual, lang, scope: as in `document.Node`.
    """

    depth: int
    role: str
    text: str
    alt: str = ""
    actual: str = ""
    lang: str = ""
    scope: str = ""

    def __str__(self) -> str:
        notes = [f"{name}={value!r}" for name in ("alt", "lang", "scope") if (value := getattr(self, name))]
        return " ".join((self.role, repr(self.text), *notes))


def single_spaced(text: str) -> str:
    """Return the text without white space around it and with single spaces within."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")


def expected_text(document: Document) -> tuple[Element, ...]:
    """Return the elements that a file of `document` has to give back, in the order of the nodes.

    Their texts come from the glyphs alone and not from anything that the writer does, so that comparing them
    with `reader.read` tells whether the file says what the document says.
    """
    nodes = document.nodes
    texts: list[list[str]] = [[] for _ in nodes]
    holds_content = [False] * len(nodes)
    replaced: set[int] = set()
    for item in (item for page in document.pages for item in page.items):
        if item.node < 0 or not _is_painted(item):
            continue
        holds_content[item.node] = True
        piece = "".join([glyph.text for glyph in item.glyphs]) if isinstance(item, GlyphRun) else ""
        number = item.node
        while number >= 0:
            actual = nodes[number].actual
            if actual:
                if number in replaced:
                    break
                replaced.add(number)
                piece = actual
            texts[number].append(piece)
            number = nodes[number].parent
    depths = [0] * len(nodes)
    elements = []
    for node in nodes:
        depths[node.id] = depths[node.parent] + 1 if node.id else 0
        text = "".join(texts[node.id]) if holds_content[node.id] else ""
        said = single_spaced(node.actual or text)
        elements.append(
            Element(depths[node.id], node.role, said, node.alt, node.actual, node.lang, node.scope)
        )
    return tuple(elements)


def _is_painted(item: Item) -> bool:
    match item:
        case GlyphRun():
            return bool(item.glyphs)
        case Shape():
            return item.fill is not None or item.stroke is not None
        case _:
            return not isinstance(item, LinkArea | TextField)


def differences(expected: Sequence[Element], found: Sequence[Element]) -> tuple[str, ...]:
    """Return a line for each element that is missing, different or not expected in a file."""
    if list(expected) == list(found):
        return ()
    lines = []
    for kind, first, last, start, end in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(last - first, end - start)
        for wanted, got in zip(expected[first:last], found[start:end], strict=False):
            lines.append(f"expected {wanted}, found {got}")
        lines += [f"missing {element}" for element in expected[first + pairs : last]]
        lines += [f"not expected: {element}" for element in found[start + pairs : end]]
    return tuple(lines)
