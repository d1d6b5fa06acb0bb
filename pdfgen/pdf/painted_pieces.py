"""Pieces painted and tagged once, for all documents that have them.

What differs between documents are numbers only: those of marked sequences on the page, and those of objects.
A painted piece has gaps for them. Making it takes
about as long as painting it; filling in takes hardly any time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.marked_content import Sequences
from pdfgen.pdf.serialiser import Objects
from pdfgen.pdf.structure import ElementsOfPiece, Structure
from pdfgen.typesetting.document import Document, Item, Node, Page, Picture, Placed
from pdfgen.typesetting.fonts import Face
from pdfgen.typesetting.pieces import BOUNDARY, Part, Piece

#: Pieces that are kept: those of a few hundred programs.
_KEPT = 2_000

#: Stand for references to elements and to the page, and for numbers of marked sequences, until gaps are made
#: of them.
_ELEMENT, _PAGE, _SEQUENCE = b"\x01E%d\x01 0 R", b"\x01P0\x01 0 R", b"\x01S%d\x01"
_MARK = re.compile(rb"\x01([EPS])(\d+)\x01")
_BOUNDARY = Part(BOUNDARY, 0, 0)
_NUMBER_OF_SEQUENCE = re.compile(r"(?<=/MCID )\d+(?=>> BDC)")


class PaintedPiece(NamedTuple):
    """A piece as operators and elements.

    Attributes:
        operators: to be filled in (`%`) with the numbers of its marked sequences.
        elements: its elements.
        faces: all faces that it needs; they are whole.
        pictures: all drawings and rasters that it shows.
    """

    operators: str
    elements: ElementsOfPiece
    faces: tuple[Face, ...]
    pictures: tuple[Placed | Picture, ...]


def painted(piece: Piece, height: float) -> PaintedPiece:
    """Return a piece painted on a page `height` points high.

    Raises:
        ValueError: it needs characters that have no codes of their own in every file.
    """
    found = _painted(piece, height)
    if found is None:
        raise ValueError("a piece needs characters of this file alone")
    return found


@lru_cache(maxsize=_KEPT)
def _painted(piece: Piece, height: float) -> PaintedPiece | None:
    nodes = (Node(0, -1, "Document"), *piece.nodes)
    structure = Structure(nodes, [_PAGE], sequence=_SEQUENCE)
    sequences = Sequences(Objects(), structure)
    operators = "\n".join(
        [one for some in piece.stretches for one in sequences.operators(some, 0, height, Ink.unknown())]
    )
    if sequences.fonts.further:
        return None
    # Decoration alone has no elements.
    bodies = structure.bodies([_ELEMENT % node.id for node in nodes], b"") if piece.nodes else {}
    return PaintedPiece(
        _NUMBER_OF_SEQUENCE.sub("%d", operators.replace("%", "%%")),
        _elements([bodies[node.id] for node in piece.nodes], tuple(structure.marked(0))),
        sequences.fonts.faces,
        tuple(item for some in piece.stretches for item in some if isinstance(item, Placed | Picture)),
    )


def _elements(bodies: list[bytes], marked: tuple[int, ...]) -> ElementsOfPiece:
    joined = b"\n".join(bodies).replace(b"%", b"%%")
    first_of = {b"E": 1, b"P": 1, b"S": 2 + len(bodies)}
    places = [
        # The element around the piece is element 0; it stands first, and the page between it and the others.
        first_of[kind] + int(number) if kind != b"E" or number != b"0" else 0
        for kind, number in _MARK.findall(joined)
    ]
    return ElementsOfPiece(marked, _MARK.sub(b"%d", joined), itemgetter(*places) if places else tuple)


def settled(document: Document) -> tuple[tuple[Page, ...], tuple[Node, ...], tuple[Part, ...]]:
    """Return pages, nodes and parts of a document in which every piece that is left can be painted by itself.

    Others, with characters that have a code in this file alone, are taken apart.
    """
    nodes = list(document.loose_nodes)
    kept: list[Part] = []
    pages = []
    for page in document.pages:
        parts: list[Item | Part] = []
        for part in page.parts:
            if not isinstance(part, Part) or part.piece is BOUNDARY:
                parts.append(part)
            elif _painted(part.piece, page.height):
                parts.append(part)
                kept.append(part)
            else:
                for stretch in part.stretches:
                    parts += (_BOUNDARY, *stretch)
                parts.append(_BOUNDARY)
                nodes += part.nodes
        pages.append(replace(page, parts=tuple(parts)))
    if len(nodes) > len(document.loose_nodes):
        nodes.sort()
    return tuple(pages), tuple(nodes), tuple(kept)
