"""What a finished file says: the logical tree with its text, pages, fonts and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from pikepdf import Array, Dictionary, Object, OutlineItem, Page, Pdf

from pdfgen.errors import VerificationError
from pdfgen.pdf.finished import EncryptedFileError, UnreadableFileError, opened, reading
from pdfgen.pdf.interpreter import Interpreter, PageContent
from pdfgen.pdf.logical_text import Element, single_spaced
from pdfgen.pdf.shown_font import Font

_Number: TypeAlias = tuple[int, int]

#: Deeper trees are damaged: ours have about ten levels.
_MAX_DEPTH = 100
_ENCRYPTED = "the file is encrypted; check the copy that is not"
_PDFA = re.compile(rb"pdfaid:(part|conformance)(?:>|=[\"'])\s*(\w+)")
_PDFUA = re.compile(rb"pdfuaid:part(?:>|=[\"'])\s*(\d+)")


class FontFacts(NamedTuple):
    """One font of a file: its name, whether it is embedded and whether its codes are mapped to text."""

    name: str
    embedded: bool
    mapped: bool


class PageFacts(NamedTuple):
    """One page of a file, in points.

    Attributes:
        extent: left, top, right, bottom of all that is painted, from the top left corner; None when empty.
            Text counts with its baseline.
        untagged: text, or painting operators, that lie outside all marked content.
    """

    width: float
    height: float
    extent: tuple[float, float, float, float] | None
    untagged: tuple[str, ...]


class ReadBack(NamedTuple):
    """A file as read.

    Attributes:
        pdfa: level of PDF/A that the file claims, as "2A"; empty when none.
        pdfua: part of PDF/UA that it claims, as "1"; empty when none.
        marked: whether the file says that it is tagged.
        shows_title: whether viewers show the title instead of the file's name.
        elements: the logical tree in reading order, to compare with `logical_text.expected_text`.
    """

    title: str
    language: str
    author: str
    subject: str
    producer: str
    pdfa: str
    pdfua: str
    marked: bool
    shows_title: bool
    bookmarks: tuple[tuple[int, str], ...]
    pages: tuple[PageFacts, ...]
    fonts: tuple[FontFacts, ...]
    elements: tuple[Element, ...]


def read(data: bytes) -> ReadBack:
    """Read a PDF file.

    Raises:
        VerificationError: the file is not a PDF, is damaged, is encrypted, or has no logical tree.
    """
    try:
        with reading(), opened(data) as pdf:
            return _read(pdf)
    except EncryptedFileError as error:
        raise VerificationError(_ENCRYPTED) from error
    except UnreadableFileError as error:
        raise VerificationError(f"the file cannot be read as a PDF: {error.__cause__}") from error


def painted_extents(pdf: Pdf) -> tuple[tuple[float, float, float, float] | None, ...]:
    """Return how far the pages of a PDF, tagged or not, are painted: left, bottom, right, top; None: empty.

    Raises:
        pikepdf.PdfError: it is damaged, as what else `finished.reading` takes for damage.
    """
    fonts = _Fonts()
    return tuple(Interpreter(page, fonts.of).content.extent for page in pdf.pages)


def _read(pdf: Pdf) -> ReadBack:
    root, information = pdf.Root, pdf.docinfo
    fonts = _Fonts()
    contents = [Interpreter(page, fonts.of).content for page in pdf.pages]
    packet = root.Metadata.read_bytes() if "/Metadata" in root else b""
    claims = dict(_PDFA.findall(packet))
    ua = _PDFUA.search(packet)
    with pdf.open_outline() as outline:
        bookmarks = tuple(_bookmarks(outline.root, 0))
    return ReadBack(
        title=str(information.get("/Title", "")),
        language=str(root.get("/Lang", "")),
        author=str(information.get("/Author", "")),
        subject=str(information.get("/Subject", "")),
        producer=str(information.get("/Producer", "")),
        pdfa=(claims.get(b"part", b"") + claims.get(b"conformance", b"")).decode("ascii"),
        pdfua=ua[1].decode("ascii") if ua else "",
        marked=bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)),
        shows_title=bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)),
        bookmarks=bookmarks,
        pages=tuple(_facts(page, content) for page, content in zip(pdf.pages, contents, strict=True)),
        fonts=tuple(FontFacts(font.name, font.embedded, font.mapped) for font in fonts.all()),
        elements=_Tree({p.obj.objgen: c for p, c in zip(pdf.pages, contents, strict=True)}).read(root),
    )


class _Fonts:
    """The fonts of one file, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Font] = {}

    def of(self, dictionary: Object) -> Font:
        """Return the font that a resource names."""
        key = dictionary.objgen
        if key not in self._known or not dictionary.is_indirect:
            self._known[key] = Font(dictionary)
        return self._known[key]

    def all(self) -> list[Font]:
        """Return all fonts that text is shown with."""
        return list(self._known.values())


def _facts(page: Page, content: PageContent) -> PageFacts:
    left, bottom, right, top = map(float, page.mediabox)
    extent = content.extent
    if extent is not None:
        extent = (extent[0] - left, top - extent[3], extent[2] - left, top - extent[1])
    return PageFacts(right - left, top - bottom, extent, tuple(content.untagged))


def _bookmarks(items: Iterable[OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)


class _Tree:
    """Walks the structure tree of one file.

    Args:
        contents: of the pages, by the numbers of their objects.
    """

    def __init__(self, contents: Mapping[_Number, PageContent]) -> None:
        self._contents = contents
        self._elements: list[Element] = []
        self._seen: set[_Number] = set()

    def read(self, root: Object) -> tuple[Element, ...]:
        """Return all elements in reading order.

        Raises:
            VerificationError: the tree is missing, or an element lies within itself.
        """
        if "/StructTreeRoot" not in root:
            raise VerificationError("the file is not tagged; a screen reader cannot tell what it holds")
        for kid in _listed(root.StructTreeRoot, "/K"):
            self._visit(kid, None, 0)
        return tuple(self._elements)

    def _visit(self, element: Object, page: _Number | None, depth: int) -> str:
        """Note an element and those in it; return its text with theirs."""
        if element.objgen in self._seen or depth > _MAX_DEPTH:
            raise VerificationError(
                "the logical tree is damaged: an element lies within itself or in two places"
            )
        if element.is_indirect:
            self._seen.add(element.objgen)
        page = element.Pg.objgen if "/Pg" in element else page
        place = len(self._elements)
        found = _element(element, depth)
        self._elements.append(found)
        parts, holds_content = [], False
        for kid in _listed(element, "/K"):
            if isinstance(kid, Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR"):
                parts.append(self._visit(kid, page, depth + 1))
            else:
                text = self._content(kid, page)
                holds_content |= text is not None
                parts.append(text or "")
        text = found.actual or "".join(parts)
        shown = single_spaced(text) if holds_content or found.actual else ""
        self._elements[place] = found._replace(text=shown)
        return text

    def _content(self, kid: Any, page: _Number | None) -> str | None:
        """Return the text of a marked sequence, or None for an annotation."""
        if isinstance(kid, Dictionary):
            if kid.get("/Type") == "/OBJR":
                return None
            page = kid.Pg.objgen if "/Pg" in kid else page
            kid = kid.MCID
        texts = self._contents[page].texts if page and page in self._contents else {}
        if int(kid) not in texts:
            raise VerificationError(f"the logical tree names marked content {int(kid)}, which its page lacks")
        return texts[int(kid)]


def _listed(dictionary: Object, key: str) -> list[Any]:
    value = dictionary.get(key)
    return list(value) if isinstance(value, Array) else [] if value is None else [value]


def _element(element: Object, depth: int) -> Element:
    scope = ""
    for attributes in _listed(element, "/A"):
        scope = str(attributes.get("/Scope", scope)).lstrip("/")
    return Element(
        depth,
        str(element.S).lstrip("/"),
        "",
        alt=str(element.get("/Alt", "")),
        actual=str(element.get("/ActualText", "")),
        lang=str(element.get("/Lang", "")),
        scope=scope,
    )
