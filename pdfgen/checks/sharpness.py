"""Photos that are too coarse for their size on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdfgen.content.loading import Loaded
from pdfgen.content.models.library import Library
from pdfgen.content.pictures.figure_files import panel_place
from pdfgen.errors import Problem
from pdfgen.typesetting.document import PrintedPhoto

#: Dots to the inch. Printers ask for 300 and take 150 at reading distance; at 90 a dot is 0.28 mm and stands
#: out as a square.
SHARP, LEAST = 150, 90

_MM = 72 / 25.4


def coarse_photos(
    photos: Iterable[PrintedPhoto], library: Loaded[Library]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return errors for photos that cannot be printed, and warnings for those that are not sharp."""
    found = [photo for photo in photos if photo.dots < SHARP]
    return (
        tuple(_problems([photo for photo in found if photo.dots < LEAST], library, LEAST)),
        tuple(_problems([photo for photo in found if photo.dots >= LEAST], library, SHARP)),
    )


def _problems(photos: Iterable[PrintedPhoto], library: Loaded[Library], wanted: int) -> Iterator[Problem]:
    for photo in photos:
        columns = -(-wanted * photo.width // 72)
        message = (
            f"the photo has {photo.dots:.0f} dots to the inch at {photo.width / _MM:.0f} mm wide, "
            f"fewer than {wanted}; give one of at least {columns:.0f} pixels across, or crop less"
        )
        yield library.problem((*panel_place(library.value, photo.name), "photo"), message)
