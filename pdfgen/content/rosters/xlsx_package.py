"""XLSX: the parts of a workbook. Dangerous files are refused before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from pdfgen.errors import InputError, Problem

#: A workbook with 100,000 rows of twenty columns unpacks to about 80 MB.
MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000

#: Sheets unpack to ten to forty times their size; a large part that grows more than this is made to do so.
MAX_GROWTH = 100
_LARGE_PART = 10_000_000

#: What to do with a file that only Excel opens.
SAVE_AS = "open it in Excel and choose Save As > Excel Workbook (*.xlsx)"
NO_XLSX = f"is not an XLSX workbook, or is damaged; {SAVE_AS}"

#: Begins old Excel files, and workbooks with a password.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
#: In a compound file, the part that holds a workbook with a password (MS-OFFCRYPTO 2.3.4).
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
#: Characters that XML cannot hold stand as their code (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_FAILS = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error)


class Sheet(NamedTuple):
    """A sheet of cells: its name, the name of its part, and whether a person who opens the file sees it."""

    name: str
    part: str
    is_visible: bool


class Package:
    """The parts of a workbook that hold cells and say how they look.

    Args:
        data: the file.
        file: its name for problems.

    Raises:
        InputError: it is no workbook, or one that is too large when unpacked.
    """

    def __init__(self, data: bytes, file: str) -> None:
        if data.startswith(_COMPOUND_FILE):
            raise InputError(Problem(_compound(data), file=file))
        self.notes: list[Problem] = []
        self._file = file
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                self._parts = self._read(parts)
        except _FAILS:
            raise InputError(Problem(NO_XLSX, file=file)) from None
        try:
            self._read_book()
        except (ElementTree.ParseError, KeyError, ValueError):
            raise InputError(Problem(NO_XLSX, file=file)) from None

    def _read(self, parts: zipfile.ZipFile) -> dict[str, bytes]:
        infos = parts.infolist()
        grown = any(info.file_size > max(_LARGE_PART, MAX_GROWTH * info.compress_size) for info in infos)
        if grown or len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            size = f"{MAX_UNPACKED // 1_000_000} MB"
            raise InputError(
                Problem(f"is too large when unpacked; at most {size} in {MAX_PARTS} parts", file=self._file)
            )
        names = {_plain_name(info.filename): info for info in infos}
        if message := _other_kind(names, parts):
            raise InputError(Problem(message, file=self._file))
        found: dict[str, bytes] = {}
        for name, info in names.items():
            if name.endswith((".xml", ".rels")):
                found[name] = content = parts.read(info)
                if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _DECLARATIONS.search(content):
                    message = "holds declarations that no spreadsheet writes; save it anew"
                    raise InputError(Problem(message, file=self._file))
        if any(name.endswith("vbaproject.bin") for name in names):
            self.notes.append(Problem("holds macros; they are not run", file=self._file))
        if any("externallinks/" in name for name in names):
            message = "holds links to other files; they are not followed"
            self.notes.append(Problem(message, file=self._file))
        return found

    def _read_book(self) -> None:
        book = next(iter(self.related("", "/officeDocument")), "xl/workbook.xml")
        root = ElementTree.fromstring(self._parts[book])
        parts = dict(self._relations(book))
        self.sheets: list[Sheet] = []
        self.active: Sheet | None = None
        self.counts_from_1904 = False
        active = 0
        listed = []
        for element in root.iter():
            kind = local(element.tag)
            if kind == "workbookPr":
                self.counts_from_1904 = element.get("date1904") in {"1", "true", "on"}
            elif kind == "workbookView":
                active = int(element.get("activeTab", "0"))
            elif kind == "sheet":
                listed.append(element)
        for number, element in enumerate(listed):
            part, is_cells = parts.get(_relation_id(element), ("", False))
            if is_cells and part in self._parts:
                sheet = Sheet(element.get("name", ""), part, element.get("state", "visible") == "visible")
                if number == active:
                    self.active = sheet
                self.sheets.append(sheet)
        self.book = book

    def content(self, sheet: Sheet) -> bytes:
        """Return the XML of a sheet."""
        return self._parts[sheet.part]

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that a part refers to as this kind; the package itself is ``."""
        return [
            name for name, relation in self._targets(part) if relation.endswith(kind) and name in self._parts
        ]

    def root(self, part: str) -> ElementTree.Element:
        """Return the XML of a part."""
        return ElementTree.fromstring(self._parts[part])

    def _relations(self, part: str) -> Iterator[tuple[str, tuple[str, bool]]]:
        for element in self._relation_elements(part):
            is_cells = element.get("Type", "").endswith("/worksheet")
            yield element.get("Id", ""), (_target(part, element.get("Target", "")), is_cells)

    def _targets(self, part: str) -> Iterator[tuple[str, str]]:
        for element in self._relation_elements(part):
            yield _target(part, element.get("Target", "")), element.get("Type", "")

    def _relation_elements(self, part: str) -> Iterator[ElementTree.Element]:
        folder, name = posixpath.split(part)
        content = self._parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        if content:
            yield from (one for one in ElementTree.fromstring(content) if local(one.tag) == "Relationship")

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells share."""
        found = self.related(self.book, "/sharedStrings")
        if not found:
            return []
        return [text_of(item) for item in self.root(found[0]) if local(item.tag) == "si"]

    @cached_property
    def formats(self) -> list[str]:
        """The format code of each style of a cell; General for what cannot be read."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        codes: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        try:
            root = self.root(self.related(self.book, "/styles")[0])
        except (IndexError, ElementTree.ParseError):
            return []
        for element in root.iter():
            if local(element.tag) == "numFmt":
                codes[element.get("numFmtId", "")] = element.get("formatCode", "General")
        return [
            codes.get(style.get("numFmtId", "0"), "General")
            for styles in root
            if local(styles.tag) == "cellXfs"
            for style in styles
        ]


def local(tag: object) -> str:
    """Return the name of an element without its namespace: the strict form of the format has others."""
    return str(tag).rpartition("}")[2]


def text_of(item: ElementTree.Element) -> str:
    """Return the text of an element in runs, without how it is pronounced, with escaped characters."""
    texts = [item.text or ""] if local(item.tag) == "t" else []
    for child in item:
        if local(child.tag) == "t":
            texts.append(child.text or "")
        elif local(child.tag) == "r":
            texts.append(text_of(child))
    return unescaped("".join(texts)) if local(item.tag) != "r" else "".join(texts)


def unescaped(text: str) -> str:
    """Return a text with its escaped characters as they are; a carriage return is a line break."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _relation_id(element: ElementTree.Element) -> str:
    return next((value for name, value in element.attrib.items() if local(name) == "id" and "}" in name), "")


def _plain_name(name: str) -> str:
    # Some programs write Windows' slashes, and capitals do not matter (ECMA-376 part 2, 6.2.2.3).
    return name.replace("\\", "/").lstrip("/").lower()


def _target(part: str, target: str) -> str:
    target = target.replace("\\", "/")
    whole = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return _plain_name(posixpath.normpath(whole))


def _compound(data: bytes) -> str:
    if _ENCRYPTED in data:
        return (
            "has a password; take it off in Excel (File > Info > Protect Workbook > Encrypt with Password) "
            "and save it"
        )
    return f"is an old Excel file (.xls) or has a password; {SAVE_AS}"


def _other_kind(names: Mapping[str, zipfile.ZipInfo], parts: zipfile.ZipFile) -> str:
    """Return what a package is that is no XLSX workbook; empty for one."""
    if "xl/workbook.bin" in names:
        return f"is a binary workbook (.xlsb); {SAVE_AS}"
    if "mimetype" in names and b"opendocument" in parts.read(names["mimetype"])[:100]:
        return "is an OpenDocument sheet (.ods); open it and choose Save As > Excel Workbook (*.xlsx)"
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return "is a Numbers document; in Numbers choose File > Export To > Excel"
    return "" if "[content_types].xml" in names else NO_XLSX
