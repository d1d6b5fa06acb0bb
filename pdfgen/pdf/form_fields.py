"""Boxes that can be ticked in the file: check boxes of a form (ISO 32000-1, 12.7.4.2.3).

The outline of a box is painted on its page; a field over it shows nothing, or a cross. So a viewer that knows
no forms shows an empty box, and paper looks as it does without fields. No script and no action belongs to a
field (ISO 19005-2, 6.4.1), and both its appearances are in the file, so that no viewer makes its own (6.3.3).
"""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf.objects import Body, stream, text_string
from pdfgen.pdf.structure import Structure, TaggingError
from pdfgen.typesetting.document import TickBox

#: The cross ends so far from the edges of its box, and is so thick, in parts of the side of the box.
_INSET, _PEN = 0.18, 0.11


class FormFields:
    """The fields of a file.

    Args:
        canvas: of ReportLab, with the page that is open.
        structure: notes which field belongs to which node.
    """

    def __init__(self, canvas: Canvas, structure: Structure) -> None:
        self._canvas = canvas
        self._structure = structure
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
        empty, ticked = self._shown(box.size)
        low = height - box.y - box.size
        # F 4: shown in print. A full stop would part the name of a field (12.7.3.2).
        annotation.body = (
            b"<</Type/Annot/Subtype/Widget/FT/Btn/T%s/TU%s/V/Off/AS/Off/F 4/StructParent %d"
            b"/Rect[%.2f %.2f %.2f %.2f]/MK<<>>/AP<</N<</Off %s/Yes %s>>>>>>"
            % (
                text_string(box.id.replace(".", "-")),
                text_string(self._structure.text(box.node)),
                key,
                *(box.x, low, box.x + box.size, low + box.size),
                *(empty, ticked),
            )
        )
        self._references.append(reference)

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
        return Body(b"<</Fields[%s]>>" % b" ".join(self._references)) if self._references else None
