"""Pages as content streams in which every operator belongs to a node or is declared decoration.

What is personal stands in a stream of its own behind that of the page, so that the rest is the same for all
patients with the same plan. Pieces that stand in many documents are painted once (`painted_pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote

from pdfgen.pdf import marks
from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.marked_content import ARTIFACTS, Fonts, Sequences, box_of, marked
from pdfgen.pdf.painted_pieces import painted
from pdfgen.pdf.serialiser import Objects, RawObject, stream, text_string
from pdfgen.pdf.sheet_codes import code_operators
from pdfgen.pdf.structure import Structure, TaggingError
from pdfgen.typesetting.document import DECORATION, GlyphRun, Item, LinkArea, Page
from pdfgen.typesetting.pieces import BOUNDARY, Part

#: Characters of an address that are not letters or digits and stay as they are (RFC 3986); others are quoted,
#: because an address in a PDF is ASCII.
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"

_NODE = attrgetter("node")


class PaintedPage(NamedTuple):
    """A page but for what is personal.

    Attributes:
        content: the stream.
        entries: of the page's dictionary: size and links.
        xobjects: the entry of its resources for drawings and rasters.
    """

    content: RawObject
    entries: bytes
    xobjects: bytes


class Painter:
    """Paints pages, on which nothing can be painted untagged.

    Args:
        objects: of the file; drawings, links and contents are added to them.
        structure: is told which content belongs to which node.

    Attributes:
        fonts: of the file.
    """

    def __init__(self, objects: Objects, structure: Structure) -> None:
        self._objects = objects
        self._structure = structure
        self._sequences = Sequences(objects, structure)
        self.fonts = self._sequences.fonts

    def paint(self, number: int, page: Page) -> PaintedPage:
        """Paint page `number` (from 0), but for what is personal.

        Raises:
            TaggingError: an item names no node that can hold it.
        """
        links: list[LinkArea] = []
        # What follows in the personal stream begins with black and no font.
        operators = ["q"]
        ink = Ink()
        for stretch in _stretches(page.parts):
            if isinstance(stretch, Part):
                operators += self._piece(stretch, number, page.height)
                ink = Ink.unknown()
                continue
            links += [item for item in stretch if isinstance(item, LinkArea)]
            loose = [item for item in stretch if not (isinstance(item, LinkArea) or _is_personal(item))]
            operators += self._sequences.operators(loose, number, page.height, ink)
        if page.sheet is not None:
            operators.append(ARTIFACTS[DECORATION])
            operators += [marks.marker_operators(*mark, page.height) for mark in page.sheet.marks]
            operators.append("EMC")
        operators.append("Q")
        content = RawObject(_content("\n".join(operators).encode("ascii")))
        entries = b"/MediaBox[0 0 %.2f %.2f]" % (page.width, page.height)
        if annotations := b" ".join([self._link(link, number, page.height) for link in links]):
            entries += b"/Annots[%s]" % annotations
        return PaintedPage(content, entries, self._sequences.xobjects.end_page())

    def _piece(self, part: Part, number: int, height: float) -> list[str]:
        """Return the operators of a piece on page `number`."""
        if part.piece is BOUNDARY:
            return []
        piece = painted(part.piece, height)
        for face in piece.faces:
            self.fonts.use(face)
        for item in piece.pictures:
            self._sequences.xobjects.use(item)
        first = self._structure.mark_piece(part, piece.elements, number)
        return [piece.operators % tuple(range(first, first + len(piece.elements.marked)))]

    def _link(self, link: LinkArea, page: int, height: float) -> bytes:
        """Add the annotation of a link and return the reference to it."""
        box = box_of(link.x, link.y, link.width, link.height, height)
        annotation = RawObject()
        reference = self._objects.add(annotation)
        key = self._structure.annotate(link.node, page, reference)
        # F 4: shown in print, which PDF/A asks of every annotation (ISO 19005-2, 6.3.2).
        annotation.body = (
            b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d"
            b"/Contents%s/A<</Type/Action/S/URI/URI%s>>>>"
            % (*box, key, text_string(link.description), text_string(quote(link.target, safe=_URI_MARKS)))
        )
        return reference


def _stretches(parts: Iterable[Item | Part]) -> Iterator[Part | list[Item]]:
    """Yield pieces one by one, and items between them together."""
    loose: list[Item] = []
    for part in parts:
        if isinstance(part, Part):
            if loose:
                yield loose
                loose = []
            yield part
        else:
            loose.append(part)
    if loose:
        yield loose


def _is_personal(item: Item) -> bool:
    return isinstance(item, GlyphRun) and item.personal


class PersonalLayer:
    """Where the personal content of a page is drawn: the operators that begin each of its marked sequences.

    Args:
        structure: is told of the sequences of `runs`, those of the patient that the file is first made for.
        page: number of the page, from 0.

    Attributes:
        marks: the nodes, with the operators that begin their sequences.
    """

    def __init__(self, structure: Structure, page: int, runs: Sequence[GlyphRun]) -> None:
        nodes = [node for node, _ in groupby(runs, key=_NODE)]
        self.marks = tuple((node, ARTIFACTS.get(node) or marked(structure, node, page)) for node in nodes)

    def content(
        self,
        runs: Sequence[GlyphRun],
        codes: Sequence[tuple[str, float, float, float]],
        height: float,
        fonts: Fonts,
    ) -> bytes:
        """The content of a page `height` points high.

        Raises:
            NoCodeError: the fonts have no code for a glyph.
            TaggingError: the runs are not those of the places that are marked.
        """
        shown = [fonts.shown(run, height) for run in runs if run.glyphs]
        texts = self.frame(runs, fonts) % tuple(shown)
        return with_codes(texts, [code_operators(*code, height) for code in codes]).encode("ascii")

    def frame(self, runs: Sequence[GlyphRun], fonts: Fonts) -> str:
        """The operators around personal texts, with `%s` for `Fonts.shown` of each run that has glyphs.

        It is the same for all texts whose runs have the same nodes, faces, sizes and colours.

        Raises:
            NoCodeError: the fonts lack a face.
            TaggingError: the runs are not those of the places that are marked.
        """
        ink = Ink()
        operators = []
        groups = [(node, list(items)) for node, items in groupby(runs, key=_NODE)]
        if [node for node, _ in groups] != [node for node, _ in self.marks]:
            raise TaggingError("personal texts are not in the places that were marked for them")
        for (_, mark), (_, items) in zip(self.marks, groups, strict=True):
            shown = [f"BT {fonts.setting(run, ink)}%s ET" if run.glyphs else "" for run in items]
            operators += [mark.replace("%", "%%"), *shown, "EMC"]
        return "\n".join(operators)


def with_codes(texts: str, codes: Sequence[str]) -> str:
    """The personal content of a page: operators of texts, which may be none, and those of its sheet codes."""
    parts = [texts] if texts else []
    return "\n".join([*parts, ARTIFACTS[DECORATION], *codes, "EMC"] if codes else parts)


@lru_cache(maxsize=256)
def _content(operators: bytes) -> bytes:
    """The body of a content stream; pages that patients share are compressed once."""
    return stream(b"", operators, quick=True).body
