"""The steps of an exercise, and the code of its video."""

from __future__ import annotations

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, Columns, Drawn, Paragraph, Space, Stack
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Code
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.text_style import Span

#: An address of 80 characters takes 37 modules, which are then half a millimetre; phones read 0.4 at arm's
#: length.
_SIZE = 19 * MM
#: Four modules of the coarsest code, which has 21 (ISO/IEC 18004). Beside it there is the page's margin.
_QUIET = 4 / 21 * _SIZE

_SCHEME = "https://"


def steps(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the steps of a form, numbered as its drawings are; then how to breathe, if no step says it."""
    numbered = c.numbered([Paragraph(c.text(text), measure=c.measure) for _, text in exercise.main.steps])
    if any(kind == "breathe" for kind, _ in exercise.main.steps):
        return numbered
    breathing = [Span(f"{c.strings.breathe}: ", bold=True), Span(exercise.breathing)]
    return Stack((numbered, c.paragraph(breathing)), c.look.gap * 0.5)


def video_row(c: Composer, address: str) -> Block:
    """Return the code of a video's address at the left, with the address at its right."""
    shown = address.removeprefix(_SCHEME)

    def draw(canvas: Canvas, x: float, y: float, width: float, node: int) -> None:
        canvas.add(Code(address, x, y, _SIZE, node))

    words = Paragraph(c.text([Span(f"{c.strings.video}: {shown}", link=address)], c.look.quiet))
    code = Drawn(_SIZE, draw, c.fill(c.strings.video_code, address=shown))
    quiet = Stack((Space(_QUIET), code, Space(_QUIET)))
    return Columns((quiet, words), (_SIZE + _QUIET, 1.0), c.look.gap, align="middle")
