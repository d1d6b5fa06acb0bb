"""What a finished file says: the logical tree with its text, pages, fonts and metadata."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from pdfgen.errors import CostlyFileError, VerificationError
from pdfgen.pdf.finished import EncryptedFileError, UnreadableFileError
from pdfgen.pdf.interpreter import Interpreter, PageContent, text_of
from pdfgen.pdf.logical_text import Element, single_spaced
from pdfgen.pdf.shown_font import Font, stream_data
from pdfgen.pdf.soundness import damaged_parts

#: Deeper trees are damaged: ours have about ten levels.
_MAX_DEPTH = 100
_ENCRYPTED = "the file is encrypted; check the copy that is not"
_UNREADABLE = "the file cannot be read as a PDF"
_MISTYPED = "a part of it is missing or is not what it should be"
_COSTLY = (
    "a part of the file unpacks to more than any file that pdfgen makes; it is damaged or was made to do harm"
)
_PDFA = re.compile(rb"pdfaid:(part|conformance)(?:>|=[\"'])\s*(\w+)")
_PDFUA = re.compile(rb"pdfuaid:part(?:>|=[\"'])\s*(\d+)")


@dataclass(frozen=True, slots=True)
class FontFacts:
    """One font of a file: its name, whether it is embedded and whether its codes are mapped to text."""

    name: str
    embedded: bool
    mapped: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page of a file, in points.

    Attributes:
        extent: left, top, right, bottom of all that is painted, from the top left corner; None when empty.
            Text counts with its baseline.
        untagged: text, or painting operators, that lie outside all marked content.
        faults: see `interpreter.PageContent`.
    """

    width: float
    height: float
    extent: tuple[float, float, float, float] | None
    untagged: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A file as read.

    Attributes:
        pdfa: level of PDF/A that the file claims, as "2A"; empty when none.
        pdfua: part of PDF/UA that it claims, as "1"; empty when none.
        marked: whether the file says that it is tagged.
        shows_title: whether viewers show the title instead of the file's name.
        elements: the logical tree in reading order, to compare with `logical_text.expected_text`.
        damaged: parts that cannot be unpacked whole, see `soundness.damaged_parts`.
    """

    title: str
    language: str
    pdfa: str
    pdfua: str
    marked: bool
    shows_title: bool
    pages: tuple[PageFacts, ...]
    fonts: tuple[FontFacts, ...]
    elements: tuple[Element, ...]
    damaged: tuple[str, ...] = ()


def read(data: bytes) -> ReadBack:
    """Read a PDF file.

    Raises:
        VerificationError: the file is not a PDF, is damaged, is encrypted, or has no logical tree.
        CostlyFileError: a part of it unpacks to more than is read.
        MemoryError: there is not enough memory.
    """
    with _reading():
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise VerificationError(_ENCRYPTED)
        return replace(_read(reader), damaged=damaged_parts(data))


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Raise what pypdf and pikepdf find wrong with a file as one kind of error."""
    try:
        yield
    except (VerificationError, MemoryError):
        raise
    except LimitReachedError as error:
        raise CostlyFileError(_COSTLY) from error
    except (DependencyError, EncryptedFileError) as error:
        # pypdf deciphers with another package, which is not needed here.
        raise VerificationError(_ENCRYPTED) from error
    except UnreadableFileError as error:
        raise VerificationError(f"{_UNREADABLE}: its table of objects is damaged") from error
    except PyPdfError as error:
        raise VerificationError(f"{_UNREADABLE}: {str(error) or _MISTYPED}") from error
    except Exception as error:  # pypdf raises nearly anything when a file is damaged
        raise VerificationError(f"{_UNREADABLE}: {_MISTYPED}") from error


def painted_extents(data: bytes) -> tuple[tuple[float, float, float, float] | None, ...]:
    """Return how far the pages of a PDF, tagged or not, are painted: left, bottom, right, top; None: empty.

    Raises:
        VerificationError: it cannot be read.
        CostlyFileError, MemoryError: as `read`.
    """
    fonts = _Fonts()
    with _reading():
        contents = [Interpreter(page, fonts.of).content for page in PdfReader(io.BytesIO(data)).pages]
    if any(content.faults for content in contents):
        raise VerificationError(f"{_UNREADABLE}: {_MISTYPED}")
    return tuple(content.extent for content in contents)


def _read(reader: PdfReader) -> ReadBack:
    root = reader.root_object
    fonts = _Fonts()
    contents = [Interpreter(page, fonts.of).content for page in reader.pages]
    by_page = {
        page.indirect_reference.idnum: content
        for page, content in zip(reader.pages, contents, strict=True)
        if page.indirect_reference is not None
    }
    packet = stream_data(_present(root, "/Metadata"))
    claims = dict(_PDFA.findall(packet))
    ua = _PDFUA.search(packet)
    information: Any = reader.metadata or {}
    preferences = _present(root, "/ViewerPreferences")
    return ReadBack(
        title=text_of(information.get("/Title", "")),
        language=text_of(root.get("/Lang", "")),
        pdfa=(claims.get(b"part", b"") + claims.get(b"conformance", b"")).decode("ascii"),
        pdfua=ua[1].decode("ascii") if ua else "",
        marked=bool(_present(root, "/MarkInfo").get("/Marked", False)),
        shows_title=bool(preferences.get("/DisplayDocTitle", False)),
        pages=tuple(_facts(page, content) for page, content in zip(reader.pages, contents, strict=True)),
        fonts=tuple(FontFacts(font.name, font.embedded, font.mapped) for font in fonts.all()),
        elements=_Tree(by_page).read(root),
    )


class _Fonts:
    """The fonts of one file, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, reference: Any) -> Font:
        """Return the font that a resource names."""
        key = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
        if key not in self._known:
            self._known[key] = Font(reference.get_object())
        return self._known[key]

    def all(self) -> list[Font]:
        """Return all fonts that text is shown with."""
        return list(self._known.values())


def _facts(page: Any, content: PageContent) -> PageFacts:
    left, bottom, right, top = map(float, page.mediabox)
    extent = content.extent
    if extent is not None:
        extent = (extent[0] - left, top - extent[3], extent[2] - left, top - extent[1])
    return PageFacts(right - left, top - bottom, extent, tuple(content.untagged), tuple(content.faults))


def _present(dictionary: DictionaryObject, key: str) -> DictionaryObject:
    """Return a dictionary, or a stream, under a key; a reference to nothing is as good as none."""
    found = dictionary.get(key)
    value = found and found.get_object()
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


class _Tree:
    """Walks the structure tree of one file."""

    def __init__(self, contents: dict[int, PageContent]) -> None:
        self._contents = contents
        self._elements: list[Element] = []
        self._seen: set[int] = set()

    def read(self, root: DictionaryObject) -> tuple[Element, ...]:
        """Return all elements in reading order.

        Raises:
            VerificationError: the tree is missing, or an element lies within itself.
        """
        if "/StructTreeRoot" not in root:
            raise VerificationError("the file is not tagged; a screen reader cannot tell what it holds")
        tree: Any = root["/StructTreeRoot"]
        for kid in _listed(tree.get("/K")):
            self._visit(kid, None, 0)
        return tuple(self._elements)

    def _visit(self, reference: Any, page: int | None, depth: int) -> str:
        """Note an element and those in it; return its text with theirs."""
        number = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
        if number in self._seen or depth > _MAX_DEPTH:
            raise VerificationError(
                "the logical tree is damaged: an element lies within itself or in two places"
            )
        self._seen.add(number)
        element = reference.get_object()
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        place = len(self._elements)
        found = _element(element, depth)
        self._elements.append(found)
        parts, holds_content = [], False
        for kid in _listed(element.get("/K")):
            if _is_element(kid):
                parts.append(self._visit(kid, page, depth + 1))
            else:
                text = self._content(kid, page)
                holds_content |= text is not None
                parts.append(text or "")
        text = found.actual or "".join(parts)
        shown = single_spaced(text) if holds_content or found.actual else ""
        self._elements[place] = replace(found, text=shown)
        return text

    def _content(self, kid: Any, page: int | None) -> str | None:
        """Return the text of a marked sequence, or None for an annotation."""
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject):
            if kid.get("/Type") == "/OBJR":
                return None
            page = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
            kid = kid["/MCID"]
        texts = self._contents[page].texts if page in self._contents else {}
        if int(kid) not in texts:
            raise VerificationError(f"the logical tree names marked content {int(kid)}, which its page lacks")
        return texts[int(kid)]


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    resolved = kids.get_object()
    return list(resolved) if isinstance(resolved, ArrayObject) else [kids]


def _is_element(kid: Any) -> bool:
    resolved = kid.get_object()
    return isinstance(resolved, DictionaryObject) and resolved.get("/Type") not in ("/MCR", "/OBJR")


def _element(element: DictionaryObject, depth: int) -> Element:
    scope = ""
    for attributes in _listed(element.get("/A")):
        scope = str(attributes.get_object().get("/Scope", scope)).lstrip("/")
    return Element(
        depth,
        str(element["/S"]).lstrip("/"),
        "",
        alt=text_of(element.get("/Alt", "")),
        actual=text_of(element.get("/ActualText", "")),
        lang=text_of(element.get("/Lang", "")),
        scope=scope,
    )
