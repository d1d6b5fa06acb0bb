"""One file with the pages of many, for the printer: programs one after the other, each with a bookmark.

It has no logical tree and no links: it is for paper, and the accessible files are those of the patients.
So it is PDF/A-2b where they are PDF/A-2a.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, Stream, String

from pdfgen.pdf.finished import opened, reading, save
from pdfgen.pdf.metadata import PRODUCER, print_packet
from pdfgen.pdf.shared_objects import SharedObjects, SourceCopier

#: What makes the sheet of paper, and what is printed on it. Links and the like are for screens.
_PAPER = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit")
_PRINTED = ("/Resources", "/Contents", "/Group")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page that may be added, once.

    Attributes:
        paper: entries of the page that say how large it is.
        printed: all others.
    """

    paper: dict[str, Object]
    printed: dict[str, Object]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        left, bottom, right, top = map(float, self.paper.get("/CropBox", self.paper["/MediaBox"]))
        size = abs(right - left), abs(top - bottom)
        return size[::-1] if int(self.paper.get("/Rotate", 0)) % 180 else size

    def blank(self) -> PrintedPage:
        """Return an empty page of the same paper."""
        return PrintedPage(self.paper, {"/Resources": Dictionary()})


class PrintFile:
    """A file that grows by programs until it is saved.

    Attributes:
        pages: how many were added.
    """

    def __init__(self) -> None:
        self.pages = 0
        self._pdf = Pdf.new()
        self._shared = SharedObjects(self._pdf)
        self._programs: list[Object] = []
        self._bookmarks: list[OutlineItem] = []

    def take(self, data: bytes) -> list[PrintedPage]:
        """Copy what the pages of a finished file need, and return them.

        Raises:
            UnreadableFileError: the file is damaged, encrypted or not a PDF.
        """
        with reading(), opened(data) as source:
            copier = SourceCopier(self._shared)
            if "/OutputIntents" in source.Root and "/OutputIntents" not in self._pdf.Root:
                self._pdf.Root.OutputIntents = copier.copy(source.Root.OutputIntents)
            return [_copied(page.obj, copier) for page in source.pages]

    def add(self, title: str, pages: Sequence[PrintedPage]) -> None:
        """Add the pages of one program, with a bookmark at the first of them."""
        node = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=self._pdf.Root.Pages))
        head = {"/Type": self._shared.direct(b"/Page"), "/Parent": node}
        shared = self._pdf.make_indirect(Dictionary())
        resources = _Resources(shared)
        kids = [
            self._pdf.make_indirect(Dictionary({**head, **page.paper, **resources.shared_by(page.printed)}))
            for page in pages
        ]
        resources.complete()
        node.Kids, node.Count = Array(kids), len(kids)
        self._programs.append(node)
        self._bookmarks.append(OutlineItem(title, Array([kids[0], Name.Fit])))
        self.pages += len(kids)

    def save(self, file: BinaryIO, title: str, *, language: str, duplex: bool) -> None:
        """Write the file. At least one program was added.

        Args:
            file: is written to, from its first byte to its last.
            title: of the file.
            language: of all programs; empty where they have several.
            duplex: whether it is to be printed on both sides.
        """
        pdf, root = self._pdf, self._pdf.Root
        root.Pages.Kids, root.Pages.Count = Array(self._programs), self.pages
        with pdf.open_outline() as outline:
            outline.root.extend(self._bookmarks)
        root.PageMode = Name.UseOutlines
        root.Metadata = Stream(pdf, print_packet(title), Type=Name.Metadata, Subtype=Name.XML)
        # The printer's dialogue starts with what the file was made for: both sides or one, true size.
        root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name.DuplexFlipLongEdge if duplex else Name.Simplex,
        )
        if language:
            root.Lang = String(language)
        pdf.docinfo = pdf.make_indirect(Dictionary(Title=title, Creator=PRODUCER, Producer=PRODUCER))
        save(pdf, file)


class _Resources:
    """Resources of the pages of a program, in one dictionary; one each would take twice the memory.

    Pages name it and do not inherit it, as PDF/A wants it (ISO 19005-2, 6.2.2).

    Args:
        shared: the dictionary, empty yet.
    """

    def __init__(self, shared: Object) -> None:
        self._shared = shared
        self._names: dict[str, dict[str, Object]] = {}
        self._whole: dict[str, Object] = {}

    def shared_by(self, printed: Mapping[str, Object]) -> Mapping[str, Object]:
        """Return the entries of a page with these resources; with its own if a name means something else."""
        found: dict[str, Object] = printed.get("/Resources", Dictionary())  # type: ignore[assignment]
        kinds = {kind: names for kind, names in found.items() if kind != "/ProcSet"}
        whole = {kind: names for kind, names in kinds.items() if names.is_indirect}
        named = {kind: dict(names.items()) for kind, names in kinds.items() if kind not in whole}
        if not (
            _agree(self._whole, whole)
            and self._whole.keys().isdisjoint(named)
            and self._names.keys().isdisjoint(whole)
            and all(_agree(self._names.get(kind, {}), names) for kind, names in named.items())
        ):
            return printed
        self._whole |= whole
        for kind, names in named.items():
            self._names.setdefault(kind, {}).update(names)
        return {**printed, "/Resources": self._shared}

    def complete(self) -> None:
        """Fill the dictionary, after the last page."""
        for kind, whole in self._whole.items():
            self._shared[kind] = whole
        for kind, names in self._names.items():
            self._shared[kind] = Dictionary(names)


def _agree(known: Mapping[str, Object], names: Mapping[str, Object]) -> bool:
    """Whether what two dictionaries both name is the same object of the file."""
    return all(known[name].objgen == names[name].objgen != (0, 0) for name in known.keys() & names.keys())


def _copied(page: Object, copier: SourceCopier) -> PrintedPage:
    """Return a page with all that it names."""
    paper = {key: copier.copy(page[key]) for key in _PAPER if page.get(key)}
    printed = {key: copier.copy(page[key]) for key in _PRINTED if key in page}
    copied = PrintedPage(paper, printed)
    copied.size  # noqa: B018 - a page that does not say how large it is, is damaged
    return copied
