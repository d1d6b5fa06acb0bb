"""The files of one program: the patient's copy, the copy in a second language, the sheets for the printer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pdfgen.delivery.manifest import COPY, PROGRAM, SHEETS
from pdfgen.pdf.shared_part import Finished
from pdfgen.production.compiled import make
from pdfgen.production.program import Press, Stock

if TYPE_CHECKING:
    from pdfgen.delivery.imposition import Imposed


class ProgramFile(NamedTuple):
    """One of the files of a program.

    Attributes:
        kind: which one: one of `manifest.KINDS`.
        file: its bytes.
        pages: how many.
    """

    kind: str
    file: Finished
    pages: int


def suffixes(press: Press) -> Mapping[str, str]:
    """Return what stands behind the stem of the name of each file, by its kind."""
    found = {PROGRAM: ""}
    if twin := press.twin():
        found[COPY] = f"-{twin.language.id}"
    if press.layout.imposition is not None:
        found[SHEETS] = "-print"
    return found


def make_files(press: Press, stock: Stock) -> Iterator[ProgramFile]:
    """Yield the files of a program, in the order of `suffixes`.

    Raises:
        FitError: something does not fit on its page, or the pages do not fit on the paper.
    """
    program, pages = make(press, stock)
    yield ProgramFile(PROGRAM, program, pages)
    if twin := press.twin():
        yield ProgramFile(COPY, *make(twin, stock))
    if press.layout.imposition is not None:
        imposed = on_sheets(press, program.shared + program.own)
        digest = hashlib.sha256(imposed.data).hexdigest()
        yield ProgramFile(SHEETS, Finished(imposed.data, b"", digest), imposed.sides)


def on_sheets(press: Press, data: bytes) -> Imposed:
    """Place the pages of a layout that is folded or cut on the paper that they are parts of.

    Raises:
        FitError: they do not fit there.
    """
    from pdfgen.content.models.layout import CardSheets
    from pdfgen.delivery.imposition import Booklet, Cards, impose

    asked = press.layout.imposition
    assert asked is not None
    if isinstance(asked, CardSheets):
        return impose(data, Cards(asked.up, press.paper))
    return impose(data, Booklet(asked.creep, press.paper, asked.stitch_marks))
