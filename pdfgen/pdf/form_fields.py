"""Boxes that can be filled in in the file: check boxes and lists of a form (ISO 32000-1, 12.7.4).

The outline of a box is painted on its page; a field over it shows nothing, or a cross. So a viewer that knows
no forms shows an empty box, and paper looks as it does without fields. No script and no action belongs to a
field (ISO 19005-2, 6.4.1), and both its appearances are in the file, so that no viewer makes its own (6.3.3).
"""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFObjectReference
from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf.fonts import Fonts
from pdfgen.pdf.objects import Body, stream, text_string
from pdfgen.pdf.structure import Structure, TaggingError
from pdfgen.typesetting.document import TickBox

#: The cross ends so far from the edges of its box, and is so thick, in parts of the side of the box.
_INSET, _PEN = 0.18, 0.11
#: Type of what is chosen, in parts of the side of the box; the flag of a list that opens at a tap.
_TYPE, _COMBO = 0.5, 1 << 17


class FormFields:
    """The fields of a file.

    Args:
        canvas: of ReportLab, with the page that is open.
        structure: notes which field belongs to which node.
        fonts: of the file.
    """

    def __init__(self, canvas: Canvas, structure: Structure, fonts: Fonts) -> None:
        self._canvas = canvas
        self._structure = structure
        self._fonts = fonts
        self._has_choices = False
        self._names: set[str] = set()
        self._references: list[bytes] = []
        self._appearances: dict[float, tuple[bytes, bytes]] = {}

    def add(self, box: TickBox, page: int, height: float) -> None:
        """Add the field of a box on the open page, which is `height` points high.

        Raises:
            TaggingError: another box has the same name.
        """
        if box.id in self._names:
            raise TaggingError(f"page {page + 1}: two boxes have the name {box.id}")
        self._names.add(box.id)
        annotation, name = Body(), f"field {box.id}"
        self._canvas._addAnnotation(annotation, name)
        document = self._canvas._doc
        reference = document.refAnnotation(name).format(document)
        key = self._structure.annotate(box.node, page, reference)
        low = height - box.y - box.size
        # F 4: shown in print. A full stop would part the name of a field (12.7.3.2).
        annotation.body = b"<</Type/Annot/Subtype/Widget%s/T%s/TU%s/F 4/StructParent %d%s>>" % (
            self._choice(box) if box.choices else self._tick(box),
            text_string(box.id.replace(".", "-")),
            text_string(self._structure.text(box.node)),
            key,
            b"/Rect[%.2f %.2f %.2f %.2f]/MK<<>>" % (box.x, low, box.x + box.size, low + box.size),
        )
        self._references.append(reference)

    def _tick(self, box: TickBox) -> bytes:
        """Return what makes a field a check box that is not ticked."""
        empty, ticked = self._shown(box.size)
        return b"/FT/Btn/V/Off/AS/Off/AP<</N<</Off %s/Yes %s>>>>" % (empty, ticked)

    def _choice(self, box: TickBox) -> bytes:
        """Return what makes a field a list to choose from in which nothing is chosen (12.7.4.4).

        A viewer shows what is chosen in the main face, whose codes are those of ASCII.
        """
        self._has_choices = True
        options = b"".join(text_string(choice) for choice in box.choices)
        size = box.size * _TYPE
        return b"/FT/Ch/Ff %d/Opt[%s]/DA(/%s %.1f Tf 0 g)/Q 1/AP<</N %s>>" % (
            *(_COMBO, options, self._fonts.of_fields.encode("ascii"), size),
            self._shown(box.size)[0],
        )

    def _shown(self, size: float) -> tuple[bytes, bytes]:
        """Return references to what boxes of a size show: nothing, and a cross."""
        if size not in self._appearances:
            near, far = size * _INSET, size * (1 - _INSET)
            cross = b"%.2f w 1 J 0 G %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S" % (
                *(size * _PEN, near, near, far, far),
                *(near, far, far, near),
            )
            entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>" % (size, size)
            document = self._canvas._doc
            self._appearances[size] = tuple(
                document.Reference(Body(stream(entries, content))).format(document)
                for content in (b"", cross)
            )
        return self._appearances[size]

    def form(self) -> Body | None:
        """Return the form that all fields belong to; None where there are none."""
        if not self._references:
            return None
        fonts = b""
        if self._has_choices:
            document = self._canvas._doc
            fonts = b"/DR<</Font %s>>" % PDFObjectReference("BasicFonts").format(document)
        return Body(b"<</Fields[%s]%s>>" % (b" ".join(self._references), fonts))
