"""The public functions of this package: from a pose file to finished SVG files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from pdfgen.content.drawings import read_svg
from pdfgen.illustration.figure import FigureName
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.illustration.preview import preview
from pdfgen.illustration.studio import draw

_GAP = 40


def draw_file(path: Path, figure: FigureName = "woman", *, mirrored: bool = False) -> Mapping[str, str]:
    """Return the SVG file of each panel of a pose file, by its letter.

    Raises:
        InputError: the file is wrong, or asks for something that the body cannot do.
    """
    return draw(load_pose_file(path), figure, mirrored=mirrored)


def side_by_side(files: Sequence[str], dots_an_inch: int = 300) -> bytes:
    """Return SVG files as one PNG picture, beside each other."""
    pictures = [preview(read_svg(text.encode(), "drawing"), dots_an_inch) for text in files]
    width = sum(picture.width for picture in pictures) + _GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + _GAP
    stream = io.BytesIO()
    sheet.save(stream, "PNG", dpi=(dots_an_inch, dots_an_inch))
    return stream.getvalue()
