"""A file in two parts: what all patients with the same plan share, and what belongs to one of them.

The shared part is made once and is the larger one by far. The personal part follows it: information,
metadata, a small content stream for each page, and the cross-reference stream. A single program is a skeleton
that is used once, so that there is no difference to see between a single program and one of a batch.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from pdfgen.pdf.metadata import Description, catalogue
from pdfgen.pdf.outline import add_outline
from pdfgen.pdf.page_streams import PaintedPage, Painter, PersonalLayer
from pdfgen.pdf.painted_pieces import settled
from pdfgen.pdf.serialiser import (
    Objects,
    OpenRows,
    RawObject,
    numbered,
    placed_row,
    reference_stream,
    stream,
)
from pdfgen.pdf.structure import Structure
from pdfgen.typesetting.document import Document, Personal


class Finished(NamedTuple):
    """A file in its two parts; `digest` is the SHA-256 of both, in hex."""

    shared: bytes
    own: bytes
    digest: str


class About(NamedTuple):
    """What a file says of itself that is personal: its title, document id and date."""

    title: str
    ident: str
    created: dt.datetime


class Skeleton:
    """The shared part of the files of a plan.

    Args:
        document: of the first patient.

    Attributes:
        serves_others: whether it holds nothing of the first patient. It does when the patient's own words
            need characters that the fonts would not have otherwise.
        fonts: of the file; they take no further characters.
        layers, heights: of each page: where its personal content is drawn, and how high it is, in points.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """

    def __init__(self, document: Document) -> None:
        objects = Objects()
        pages = [RawObject() for _ in document.pages]
        references = [objects.add(page) for page in pages]
        settled_pages, nodes, parts = settled(document)
        structure = Structure(nodes, references, parts)
        painter = Painter(objects, structure)
        painted = [painter.paint(number, page) for number, page in enumerate(settled_pages)]
        personal = document.personal
        self.heights = [page.height for page in document.pages]
        self.layers = [PersonalLayer(structure, n, runs) for n, runs in enumerate(personal.runs)]
        kinds: dict[object, int] = {}
        self._kinds = [
            kinds.setdefault((layer.marks, height), len(kinds))
            for layer, height in zip(self.layers, self.heights, strict=True)
        ]
        self.fonts = painter.fonts
        self._description = Description(document)
        needed = self.fonts.further
        self._contents(personal)
        self.serves_others = needed == self.fonts.further
        self._write(document, objects, structure, pages, painted)

    def _write(
        self,
        document: Document,
        objects: Objects,
        structure: Structure,
        pages: list[RawObject],
        painted: list[PaintedPage],
    ) -> None:
        """Complete the shared objects and pack them."""
        fonts = objects.add(RawObject(self.fonts.write(objects)))
        contents = [objects.add(page.content) for page in painted]
        tree = RawObject()
        parent = objects.add(tree)
        references = [b"%d 0 R" % page.number for page in pages]
        tree.body = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(references))
        root = RawObject()
        self._trailer = b"/Root " + objects.add(root)
        outline = add_outline(objects, document.bookmarks, references, self.heights)
        entries = catalogue(objects, document, parent, structure.write(objects), outline)
        # Behind the shared objects come information, metadata and a content stream for each page.
        self._first = objects.packed_count + 1
        root.body = b"<<%s/Metadata %d 0 R>>" % (entries, self._first + 1)
        self._trailer += b"/Info %d 0 R" % self._first
        for number, (page, content) in enumerate(zip(pages, contents, strict=True)):
            page.body = b"<</Type/Page/Parent %s%s%s/Contents[%s %d 0 R]>>" % (
                parent,
                _resources(painted[number], fonts),
                b"/Tabs/S/StructParents %d" % number if structure.has_marks(number) else b"/Tabs/S",
                content,
                self._first + 2 + number,
            )
        packed = objects.packed()
        self.shared = packed.data
        self._rows = OpenRows(packed.rows)
        self._md5 = hashlib.md5(packed.data, usedforsecurity=False)
        self._sha256 = hashlib.sha256(packed.data)

    def _contents(self, personal: Personal) -> list[bytes]:
        contents: list[bytes] = []
        known: dict[tuple[int, int], bytes] = {}
        pages = zip(self._kinds, self.layers, personal.runs, personal.codes, self.heights, strict=True)
        for kind, layer, runs, codes, height in pages:
            # Pages with the same texts in the same places, most of them, have the same personal content.
            key = (kind, id(runs))
            content = None if codes else known.get(key)
            if content is None:
                content = known[key] = layer.content(runs, codes, height, self.fonts)
            contents.append(content)
        return contents

    def finished(self, personal: Personal) -> Finished:
        """Return the file of a patient.

        Raises:
            NoCodeError: the fonts of the skeleton lack a character.
            TaggingError: the personal texts do not stand where those of the first patient stand.
        """
        about = About(personal.title, personal.ident, personal.created)
        return self.with_contents(about, self._contents(personal))

    def with_contents(self, about: About, contents: Iterable[bytes]) -> Finished:
        """Return the file that says so of itself; `contents` are the personal ones of its pages."""
        first = self._first
        packet = self._description.packet(*about)
        # PDF/A wants the metadata readable without decoding (ISO 19005-2, 6.6.2.1).
        metadata = stream(b"/Type/Metadata/Subtype/XML", packet, compress=False).body
        parts = [
            numbered(first, self._description.information(about.title, about.created)),
            numbered(first + 1, metadata),
        ]
        parts += [
            b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (number, len(content), content)
            for number, content in enumerate(contents, first + 2)
        ]
        *places, place = accumulate(map(len, parts), initial=len(self.shared))
        own = b"".join(parts)
        digest = self._md5.copy()
        digest.update(own)
        rows = self._rows.closed([placed_row(offset) for offset in (*places, place)])
        own += reference_stream(first + len(parts), rows, self._trailer, digest.digest(), place)
        sha256 = self._sha256.copy()
        sha256.update(own)
        return Finished(self.shared, own, sha256.hexdigest())


def _resources(page: PaintedPage, fonts: bytes) -> bytes:
    return b"%s/Resources<</Font %s%s>>" % (page.entries, fonts, page.xobjects)
