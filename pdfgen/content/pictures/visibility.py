"""How well a picture is seen on white paper."""

from __future__ import annotations

from pdfgen.content.pictures.drawing import RGB, Raster, VectorPicture, colours_of, contrast_ratio
from pdfgen.content.pictures.svg_geometry import extent, overlap

_WHITE: RGB = (1.0, 1.0, 1.0)

#: The faintest grey that an office printer puts on paper, about 10 % of black, has this contrast with white.
FAINTEST = 1.25


def contrast_on_white(picture: VectorPicture | Raster) -> float:
    """Return the contrast of a picture's strongest colour with white, 1 (nothing is seen) to 21."""
    if isinstance(picture, Raster):
        return _of_pixels(picture)
    edges = (0.0, 0.0, picture.width, picture.height)
    strongest = 1.0
    for shape in picture.shapes:
        margin = shape.width / 2
        box = extent([shape.segments])
        if box is None or not overlap(
            edges, (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
        ):
            continue
        paints = ((shape.fill, shape.fill_alpha), (shape.stroke, shape.stroke_alpha))
        for colour, alpha in ((colour, alpha) for paint, alpha in paints for colour in colours_of(paint)):
            red, green, blue = (1 - alpha * (1 - part) for part in colour)
            strongest = max(strongest, contrast_ratio((red, green, blue), _WHITE))
    return strongest


def _of_pixels(raster: Raster) -> float:
    from PIL import Image

    image = Image.frombytes(raster.mode, (raster.width, raster.height), raster.pixels).convert("RGB")
    if raster.alpha is not None:
        white = Image.new("RGB", image.size, "white")
        alpha = Image.frombytes("L", image.size, raster.alpha)
        image = Image.composite(image, white, alpha)
    # A few hundred colours stand for all of them.
    parts = image.quantize(64).getpalette("RGB") or []
    colours = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return max(contrast_ratio((red / 255, green / 255, blue / 255), _WHITE) for red, green, blue in colours)
