"""What can be filled in in the file: check boxes, lists and lines of text of a form (ISO 32000-1, 12.7.4).

The outline of a box, or the line, is painted on its page; a field over it shows nothing, or a cross. So a
viewer that knows no forms shows an empty box, and paper looks as it does without fields. No script and no
action belongs to a field (ISO 19005-2, 6.4.1), and all its appearances are in the file, so that no viewer
makes its own (6.3.3).
"""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFObjectReference
from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf.fonts import Fonts
from pdfgen.pdf.objects import Body, stream, text_string
from pdfgen.pdf.structure import Structure, TaggingError
from pdfgen.typesetting.document import TextField, TickBox

#: The cross ends so far from the edges of its box, and is so thick, in parts of the side of the box.
_INSET, _PEN = 0.18, 0.11
#: Type of what is chosen, in parts of the side of the box; the flag of a list that opens at a tap.
_TYPE, _COMBO = 0.5, 1 << 17
#: Type of what is typed on a line, in points, and at most in parts of the height of its field.
_TYPED, _MOST_TYPED = 12.0, 0.6


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
        self._has_text = False
        self._names: set[str] = set()
        self._references: list[bytes] = []
        self._appearances: dict[float, tuple[bytes, bytes]] = {}

    def add(self, field: TickBox | TextField, page: int, height: float) -> None:
        """Add a field on the open page, which is `height` points high.

        Raises:
            TaggingError: another one has the same name.
        """
        if field.id in self._names:
            raise TaggingError(f"page {page + 1}: two fields have the name {field.id}")
        self._names.add(field.id)
        annotation, name = Body(), f"field {field.id}"
        self._canvas._addAnnotation(annotation, name)
        document = self._canvas._doc
        reference = document.refAnnotation(name).format(document)
        key = self._structure.annotate(field.node, page, reference)
        wide, high = (field.size,) * 2 if isinstance(field, TickBox) else (field.width, field.height)
        low = height - field.y - high
        # F 4: shown in print. A full stop would part the name of a field (12.7.3.2).
        annotation.body = b"<</Type/Annot/Subtype/Widget%s/T%s/TU%s/F 4/StructParent %d%s>>" % (
            self._kind(field),
            text_string(field.id.replace(".", "-")),
            text_string(self._structure.text(field.node)),
            key,
            b"/Rect[%.2f %.2f %.2f %.2f]/MK<<>>" % (field.x, low, field.x + wide, low + high),
        )
        self._references.append(reference)

    def _kind(self, field: TickBox | TextField) -> bytes:
        if isinstance(field, TextField):
            return self._line(field)
        return self._choice(field) if field.choices else self._tick(field)

    def _tick(self, box: TickBox) -> bytes:
        """Return what makes a field a check box that is not ticked."""
        empty, ticked = self._shown(box.size)
        return b"/FT/Btn/V/Off/AS/Off/AP<</N<</Off %s/Yes %s>>>>" % (empty, ticked)

    def _choice(self, box: TickBox) -> bytes:
        """Return what makes a field a list to choose from in which nothing is chosen (12.7.4.4).

        A viewer shows what is chosen in the main face, whose codes are those of ASCII.
        """
        options = b"".join(text_string(choice) for choice in box.choices)
        return b"/FT/Ch/Ff %d/Opt[%s]%s/Q 1/AP<</N %s>>" % (
            *(_COMBO, options, self._typed(box.size * _TYPE)),
            self._shown(box.size)[0],
        )

    def _line(self, line: TextField) -> bytes:
        """Return what makes a field a line of text that is empty (12.7.4.3); see `_choice` for its face."""
        typed = self._typed(min(_TYPED, line.height * _MOST_TYPED))
        return b"/FT/Tx%s/AP<</N %s>>" % (typed, self._appearance(line.width, line.height, b""))

    def _typed(self, size: float) -> bytes:
        """Return the face and the size of what a viewer shows in a field."""
        self._has_text = True
        return b"/DA(/%s %.1f Tf 0 g)" % (self._fonts.of_fields.encode("ascii"), size)

    def _shown(self, size: float) -> tuple[bytes, bytes]:
        """Return references to what boxes of a size show: nothing, and a cross."""
        if size not in self._appearances:
            near, far = size * _INSET, size * (1 - _INSET)
            cross = b"%.2f w 1 J 0 G %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S" % (
                *(size * _PEN, near, near, far, far),
                *(near, far, far, near),
            )
            empty, ticked = (self._appearance(size, size, content) for content in (b"", cross))
            self._appearances[size] = empty, ticked
        return self._appearances[size]

    def _appearance(self, width: float, height: float, content: bytes) -> bytes:
        """Return a reference to what a field shows that is so large."""
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>" % (width, height)
        document = self._canvas._doc
        return bytes(document.Reference(Body(stream(entries, content))).format(document))

    def form(self) -> Body | None:
        """Return the form that all fields belong to; None where there are none."""
        if not self._references:
            return None
        fonts = b""
        if self._has_text:
            document = self._canvas._doc
            fonts = b"/DR<</Font %s>>" % PDFObjectReference("BasicFonts").format(document)
        return Body(b"<</Fields[%s]%s>>" % (b" ".join(self._references), fonts))
