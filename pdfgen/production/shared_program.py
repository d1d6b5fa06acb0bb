"""The file of a program as patients with the same plan share it, and the words of each put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING

from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.shared_file import About, PdfFile, SharedFile
from pdfgen.typesetting.sheet_payload import DocumentCode
from pdfgen.typesetting.text import field_runs, names_of

if TYPE_CHECKING:
    from pdfgen.typesetting.document import Document

#: Fields that are kept as they were written; dates and therapists come again.
_MOST_FIELDS = 4_096


class SharedProgram:
    """A composed program without the words that differ between patients.

    Args:
        document: of the first patient.

    Attributes:
        pages: how many pages each file has.
        photos: how fine each photo is on its page.
        sheets_say_all: whether the sheets of weeks say all cautions and notes.
        serves_others: whether files of other patients can be made from it: it holds nothing of the first one.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """

    def __init__(self, document: Document) -> None:
        self._file = SharedFile(document)
        self._title = document.title
        self._wanted = [itemgetter(*names_of(text)) for text in self._file.fields]
        self._codes = [DocumentCode.of(code) for code in self._file.codes]
        self._written: dict[tuple[int, str | tuple[str, ...]], bytes | None] = {}
        self.pages = self._file.pages
        self.photos = document.photos
        self.sheets_say_all = document.sheets_say_all
        self.serves_others = self._file.serves_others

    def file(self, values: Mapping[str, str], created: dt.datetime) -> PdfFile | None:
        """Return the file of a patient; None where the words take other lines, or need other characters.

        Args:
            values: the words, by the names that fields have for them; always `document_id`.
            created: date of the file.

        Raises:
            FitError: no font has a character.
        """
        fields = []
        for key in enumerate([wanted(values) for wanted in self._wanted]):
            if key not in self._written:
                self._keep(key, self._write(key[0], values))
            field = self._written[key]
            if field is None:
                return None
            fields.append(field)
        ident = values["document_id"]
        codes = [code.with_id(ident) for code in self._codes]
        return self._file.file(About(self._title, ident, created), fields, codes)

    def _keep(self, key: tuple[int, str | tuple[str, ...]], written: bytes | None) -> None:
        if len(self._written) >= _MOST_FIELDS:
            self._written.clear()
        self._written[key] = written

    def _write(self, number: int, values: Mapping[str, str]) -> bytes | None:
        runs = field_runs(self._file.fields[number], values)
        if runs is None:
            return None
        try:
            return self._file.field(number, runs)
        except NoCodeError:
            return None
