"""What a file says about itself: XMP, information dictionary, colour profile and the catalog's entries."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFString,
)

from pdfgen.pdf.objects import Body, deflated, text_string
from pdfgen.typesetting.document import Document
from pdfgen.version import __version__

PRODUCER = f"pdfgen {__version__}"
#: Dates that are kept as they are written: those of a year.
_KEPT_DATES = 366
#: Characters that XML 1.0 cannot hold; compiled when it is needed, which takes some milliseconds.
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

#: What a packet claims about PDF/A's level, and all that it claims about PDF/UA, as element or attribute.
_LEVEL = re.compile(rb"(pdfaid:conformance\s*(?:>|=\s*[\"'])\s*)[AU]\b")
_ACCESSIBLE = re.compile(rb"<pdfuaid:(\w+)>[^<]*</pdfuaid:\1>\s*|\spdfuaid:\w+\s*=\s*(?:\"[^\"]*\"|'[^']*')")

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"{namespace}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{properties}<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>{level}</pdfaid:conformance>
</rdf:Description>
{schemas}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
#: What a file of a patient says besides: author, subject, language, id and dates, and the claim to PDF/UA.
_OF_PATIENT = """<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:identifier>{ident}</dc:identifier>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>
"""
_UA_NAMESPACE = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
# The schema of the PDF/UA identifier has to be described: PDF/A does not know it (ISO 19005-2, 6.6.2.3).
_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def complete_catalogue(shared: PDFDocument, document: Document, structure: PDFObjectReference) -> None:
    """Give the catalog the entries that make the file tagged, archival and titled.

    Args:
        shared: ReportLab's document, which has the catalog. An object that is named "metadata" comes later.
        document: what it holds.
        structure: reference to the root of the logical tree.
    """
    catalogue = shared.Catalog
    profile = shared.Reference(Body(deflated(b"/N 3", srgb_profile())))
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.OutputIntents = PDFArray([PDFDictionary(intent)])
    catalogue.StructTreeRoot = structure
    catalogue.MarkInfo = shared.Reference(PDFDictionary({"Marked": "true"}))
    catalogue.ViewerPreferences = shared.Reference(PDFDictionary({"DisplayDocTitle": "true"}))
    catalogue.Metadata = PDFObjectReference("metadata")
    if document.fits_width:
        top = round(document.pages[0].height, 2)
        first_page = PDFArray([PDFObjectReference("Page1"), PDFName("FitH"), top])
        catalogue.OpenAction = shared.Reference(first_page)


class Description:
    """What the file of a document says about itself; title, id and date come from each patient.

    Args:
        document: what the file holds.
    """

    def __init__(self, document: Document) -> None:
        texts = ((b"Author", document.author), (b"Subject", document.subject), (b"Producer", PRODUCER))
        entries = b"".join(b"/%s%s" % (key, text_string(text)) for key, text in texts if text)
        self._entries = entries
        words = {key: xml_text(getattr(document, key)) for key in ("author", "subject", "language")}
        # XML holds none of these three characters.
        own = _OF_PATIENT.format(**words, ident="\1", created="\2")
        self._packet = _packet("\0", "A", _UA_NAMESPACE, own, _UA_SCHEMA)

    def information(self, title: str, created: dt.datetime) -> bytes:
        """Return the information dictionary."""
        start = b"<</Title%s" % text_string(title) if title else b"<<"
        date = _pdf_date(created)
        return b"%s%s/CreationDate%s/ModDate%s>>" % (start, self._entries, date, date)

    def packet(self, title: str, ident: str, created: dt.datetime) -> bytes:
        """Return the XMP packet, with the claims to PDF/A-2a and PDF/UA-1."""
        packet = self._packet.replace("\0", xml_text(title)).replace("\1", xml_text(ident))
        return packet.replace("\2", _whole_seconds(created).isoformat()).encode()


def _packet(title: str, level: str, namespace: str = "", properties: str = "", schemas: str = "") -> str:
    return _XMP.format(
        title=title,
        producer=xml_text(PRODUCER),
        level=level,
        namespace=namespace,
        properties=properties,
        schemas=schemas,
    )


def print_packet(title: str) -> bytes:
    """Return the XMP packet of a print file, which claims PDF/A-2b.

    The packet has no dates: the same programs give the same bytes.
    """
    return _packet(xml_text(title), "B").encode()


def untagged_xmp(packet: bytes) -> bytes:
    """Return an XMP packet (UTF-8) for a copy without logical tree: PDF/A level B, no PDF/UA."""
    return _ACCESSIBLE.sub(b"", _LEVEL.sub(rb"\1B", packet))


def xml_text(text: str) -> str:
    """Return a text as content of an XML element; U+FFFD in place of what XML cannot hold."""
    # XML can hold every printable character.
    held = text if text.isprintable() else re.sub(_NOT_XML, "\ufffd", text)
    return held.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _whole_seconds(moment: dt.datetime) -> dt.datetime:
    """Return the moment without fractions. A moment without a time zone counts as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return moment.replace(microsecond=0)


@lru_cache(maxsize=_KEPT_DATES)
def _pdf_date(moment: dt.datetime) -> bytes:
    moment = _whole_seconds(moment)
    offset = moment.strftime("%z")
    return text_string(f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'")


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB (IEC 61966-2-1, version 2, display): the output intent of every file."""
    return Path(__file__).with_name("srgb.icc").read_bytes()
