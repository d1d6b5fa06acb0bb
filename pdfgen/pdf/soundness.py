"""Whether what a finished file holds can be unpacked whole.

Viewers, and the libraries that read files, show what they can of a stream that is damaged and say nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Name, Object, Pdf, Stream

from pdfgen.pdf.finished import opened, reading

#: Filters that need no knowledge of pictures (ISO 32000-1, 7.4).
_GENERAL = frozenset(("/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"))

#: Bytes that are unpacked at a time; they are not kept.
_PIECE = 1 << 20


def damaged_parts(data: bytes) -> tuple[str, ...]:
    """Return the parts of a file that are damaged: `page 2`, or `object 15` where it belongs to no one page.

    Raises:
        UnreadableFileError: the file as a whole is damaged, or is not a PDF.
        EncryptedFileError: it is encrypted.
    """
    pdf = opened(data)
    with reading():
        pages = _content_by_page(pdf)
        return tuple(dict.fromkeys(_damaged(pdf, pages)))


def _damaged(pdf: Pdf, pages: Mapping[tuple[int, int], str]) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, Stream) and not _is_sound(item):
            yield pages.get(item.objgen, f"object {item.objgen[0]}")


def _content_by_page(pdf: Pdf) -> Mapping[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages, 1):
        contents = page.obj.get("/Contents")
        streams = contents if isinstance(contents, Array) else () if contents is None else (contents,)
        for stream in streams:
            found.setdefault(stream.objgen, f"page {number}")
    return found


def _is_sound(stream: Stream) -> bool:
    filters = _filters(stream.get("/Filter"))
    if filters == ("/FlateDecode",):
        return _unpacks(stream.read_raw_bytes())
    if not _GENERAL.issuperset(filters):
        return True
    try:
        stream.read_bytes()
    except pikepdf.PdfError:
        return False
    return True


def _filters(value: Object | None) -> tuple[str, ...]:
    names = value if isinstance(value, Array) else (value,)
    return tuple(str(name) for name in names if isinstance(name, Name))


def _unpacks(packed: bytes) -> bool:
    """Whether a stream goes on to its end, and the sum of its bytes (RFC 1950) is what it should be."""
    unpacking = zlib.decompressobj()
    try:
        while packed and not unpacking.eof:
            unpacking.decompress(packed, _PIECE)
            packed = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return unpacking.eof
