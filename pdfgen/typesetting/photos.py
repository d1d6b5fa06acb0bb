"""Photos on finished pages, each stored once, as fine as the largest of its places asks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pdfgen.content.pictures.drawing import Photo, Raster
from pdfgen.typesetting.document import Field, Item, Page, Picture, PrintedPhoto

#: Dots to the inch that are stored at most: paper shows no more of a photo.
MOST_DOTS = 300


def with_stored_photos(
    pages: Sequence[Page], *, grey: bool
) -> tuple[tuple[Page, ...], tuple[PrintedPhoto, ...]]:
    """Return pages with their photos as they are written, and how fine each is printed.

    Args:
        pages: composed, with panels that may be a `Photo`.
        grey: whether the pages are printed in greys.
    """
    photos, widths = _placed(pages)
    if not photos:
        return tuple(pages), ()
    # It brings Pillow, which a program without a photo does not need.
    from pdfgen.content.pictures.photo import stored

    rasters = {
        name: stored(photo, math.ceil(widths[name] / 72 * MOST_DOTS), grey=grey)
        for name, photo in photos.items()
    }
    printed = tuple(
        PrintedPhoto(name, photo.columns / (widths[name] / 72), widths[name])
        for name, photo in photos.items()
    )
    return tuple(replace(page, contents=_stored(page.contents, rasters)) for page in pages), printed


def _placed(pages: Sequence[Page]) -> tuple[dict[str, Photo], dict[str, float]]:
    """Return the photos on pages by name, and the width in points of each where it is largest."""
    photos: dict[str, Photo] = {}
    widths: dict[str, float] = {}
    for page in pages:
        for item in page.contents:
            if isinstance(item, Picture) and isinstance(item.raster, Photo):
                name = item.raster.name
                photos[name] = item.raster
                widths[name] = max(widths.get(name, 0.0), item.width)
    return photos, widths


def _stored(contents: tuple[Item | Field, ...], rasters: Mapping[str, Raster]) -> tuple[Item | Field, ...]:
    return tuple(
        item._replace(raster=rasters[item.raster.name])
        if isinstance(item, Picture) and isinstance(item.raster, Photo)
        else item
        for item in contents
    )
