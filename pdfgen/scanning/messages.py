"""Why a page is not read, and what to do, in words."""

from __future__ import annotations

from pdfgen.scanning.reading import Refusal

NOT_READ = {
    Refusal.FOREIGN: (
        "no week sheet that can be read by machine; take the page out, or photograph it whole, from above"
    ),
    Refusal.TWO_COLOURS: (
        "is scanned in black and white alone, so pencil may be lost; scan in grey or in colour"
    ),
    Refusal.NO_CODE: (
        "neither of its codes can be read; scan at 200 dpi, or photograph it closer and in more light"
    ),
    Refusal.NO_MARKS: (
        "fewer than two of its marks agree; scan or photograph the whole sheet, one sheet a picture"
    ),
    Refusal.COARSE: "has too few pixels; scan at 200 dpi, or photograph it so that it fills the picture",
    Refusal.OUTLINES: (
        "its boxes are not where its code says; lay the paper flat, and scan or photograph it again"
    ),
    Refusal.NOISY: (
        "is too dark or too grainy for pencil to be seen; photograph it in more light, or scan it"
    ),
    Refusal.BURNT: (
        "its paper is burnt to white, so pencil may be lost; scan darker, without whitening the background"
    ),
}
"""A sentence for each reason; a blank page needs none."""
