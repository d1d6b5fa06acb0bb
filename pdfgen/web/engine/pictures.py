"""Drawings for the screen."""

from __future__ import annotations

from pdfgen.content.pictures.drawing_file import FIGURES, shipped_drawings
from pdfgen.pdf.drawing_svg import svg_of
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.own_exercises import is_here
from pdfgen.web.engine.requests import Request
from pdfgen.web.engine.workplace import Workplace

_MOST = 100


def pictures(workplace: Workplace, request: Request) -> Frame:
    """Return drawings by their names as SVG, with the figure asked for if there is one; and photos."""
    figure = request.text("figure", "woman")
    shipped = shipped_drawings()
    files: list[NamedFile] = []
    missing: list[str] = []
    for name in dict.fromkeys(request.texts("names", _MOST)):
        drawing = shipped.get(f"{FIGURES}{name}--{figure}") or shipped.get(FIGURES + name)
        if is_here(workplace, name):
            files.append(NamedFile(name, (workplace.folder / name).read_bytes()))
        elif drawing is None:
            missing.append(name)
        else:
            files.append(NamedFile(f"{name}.svg", svg_of(drawing).encode()))
    return Frame({"missing": missing}, tuple(files))
