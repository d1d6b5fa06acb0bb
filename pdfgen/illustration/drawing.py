"""The public functions of this package: from a pose file to finished SVG files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from PIL import Image, ImageDraw, ImageFont

from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.illustration.figure import FigureName, load_figure
from pdfgen.illustration.geometry import Floats
from pdfgen.illustration.pose import Joint
from pdfgen.illustration.pose_file import PoseFile, load_pose_file
from pdfgen.illustration.preview import preview
from pdfgen.illustration.reach import solve
from pdfgen.illustration.studio import draw

_GAP = 40

#: Room for a letter above a picture, in inches.
_LETTER = 0.2


def draw_file(path: Path, figure: FigureName = "woman", *, mirrored: bool = False) -> Mapping[str, str]:
    """Return the SVG file of each panel of a pose file, by its letter.

    Raises:
        InputError: the file is wrong, or asks for something that the body cannot do.
    """
    return draw(load_pose_file(path), figure, mirrored=mirrored)


def joint_places(
    file: PoseFile, figure: FigureName = "woman"
) -> Mapping[str, Mapping[str, tuple[float, float, float]]]:
    """Return where each joint is in each panel: metres to the left, up and forwards.

    What a pose cannot reach is left where it comes to lie: the places help to mend it.
    """
    body = load_figure(figure)
    placed = {letter: solve(body, panel.pose).placement for letter, panel in file.scene.panels.items()}
    return {
        letter: {name: _rounded(placement.joint(name)) for name in get_args(Joint)}
        for letter, placement in placed.items()
    }


def _rounded(place: Floats) -> tuple[float, float, float]:
    x, y, z = (round(float(number), 2) + 0.0 for number in place)
    return x, y, z


def side_by_side(files: Sequence[str], dots_an_inch: int = 300, letters: Sequence[str] = ()) -> bytes:
    """Return SVG files as one PNG picture, beside each other, each under its letter if there are any."""
    pictures = [preview(read_svg(text.encode(), "drawing"), dots_an_inch) for text in files]
    size = round(_LETTER * dots_an_inch) if letters else 0
    width = sum(picture.width for picture in pictures) + _GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures) + size), "white")
    left = 0
    for number, picture in enumerate(pictures):
        if letters:
            font = ImageFont.load_default(size * 3 // 4)
            ImageDraw.Draw(sheet).text((left + size // 6, 0), letters[number].upper(), "black", font)
        sheet.paste(picture, (left, size))
        left += picture.width + _GAP
    stream = io.BytesIO()
    sheet.save(stream, "PNG", dpi=(dots_an_inch, dots_an_inch))
    return stream.getvalue()
