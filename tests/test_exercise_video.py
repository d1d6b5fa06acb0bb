"""The video of an exercise: its code is read back from the printed page, and says what the address says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import verapdf
import zxingcpp
from PIL import Image
from programs import EXAMPLES, Made, words_of

from pdfgen.content.rules.addresses import MOST_CHARACTERS
from pdfgen.pdf.codes import address_code
from pdfgen.production.job import Job
from pdfgen.typesetting.document import Code, LinkArea, Node
from pdfgen.typesetting.look import MM

ADDRESSES = {
    "knee-rolls": "https://x.example/",
    "cat-cow": "https://molenbeek.example/v/hol-bol?t=5&taal=nl",
    "bridge": ("https://www.fysio-de-molenbeek.example/oefeningen/" + "film" * 20)[:MOST_CHARACTERS],
}
WITHOUT = "plank"

#: Millimetres.
LEAST_SIZE = 18
DOTS = 200


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "mine.yaml"
    lines = [f"  {name}: {{video: '{address}'}}" for name, address in ADDRESSES.items()]
    path.write_text("\n".join(("exercises:", *lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["patient", "patient-en"])
def made(request: pytest.FixtureRequest, library: Path) -> Made:
    return Made.of(Job(EXAMPLES / f"{request.param}.yaml", libraries=(library,)))


@pytest.fixture(scope="module")
def pages(made: Made) -> dict[int, Image.Image]:
    """The pages with codes as a printer with 200 dots an inch sees them."""
    pdf = pypdfium2.PdfDocument(made.pdf())
    numbers = sorted({number for number, _ in items(made, Code)})
    try:
        return {number: pdf[number].render(scale=DOTS / 72).to_pil().convert("L") for number in numbers}
    finally:
        pdf.close()


def printed(made: Made) -> list[str]:
    """Addresses of the videos of this program, in the order of its exercises."""
    return [exercise.video for exercise in made.plan().exercises if exercise.video]


def items(made: Made, kind: type[Any]) -> list[tuple[int, Any]]:
    return [
        (number, item)
        for number, page in enumerate(made.document().pages)
        for item in page.items
        if isinstance(item, kind)
    ]


def video_links(made: Made) -> list[tuple[int, LinkArea]]:
    return [(number, link) for number, link in items(made, LinkArea) if link.target in ADDRESSES.values()]


def decoded(image: Image.Image) -> list[str]:
    """Texts of the QR codes in a picture, those of tracker sheets left out."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found if "://" in code.text]


def black_and_white(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 if value > 127 else 0)


def askew(image: Image.Image) -> Image.Image:
    return image.rotate(3, resample=Image.Resampling.BILINEAR, fillcolor=255)


@pytest.mark.parametrize(
    "spoil",
    [lambda image: image, black_and_white, askew, lambda image: black_and_white(askew(image))],
    ids=["as-printed", "photocopied", "askew", "photocopied-askew"],
)
def test_phones_read_the_codes(made: Made, pages: dict[int, Image.Image], spoil: Any) -> None:
    found = [text for page in pages.values() for text in decoded(spoil(page))]
    assert sorted(found) == sorted(printed(made))
    assert len(found) >= 3


def test_the_address_beside_it_is_that_of_the_code(made: Made) -> None:
    codes, links = items(made, Code), video_links(made)
    assert [code.text for _, code in codes] == printed(made)
    nodes = made.document().nodes
    for page, code in codes:
        own = [link for number, link in links if number == page and link.target == code.text]
        assert own
        # At the right of the code, behind its four white modules.
        module = code.size / address_code(code.text).modules
        assert all(link.x >= code.x + code.size + 3 * module for link in own)
        assert all(code.y < link.y < code.y + code.size for link in own)
        word = made.language.strings.video
        shown = code.text.removeprefix("https://")
        assert {link.description for link in own} == {f"{word}: {shown}"}
        assert {link.node for link in own} == {own[0].node}
        text = "".join(
            glyph.text
            for item in made.document().pages[page].items
            if getattr(item, "glyphs", None) and item.node == own[0].node
            for glyph in item.glyphs
        )
        assert words_of([text]) == f"{word}: {shown}"
        assert nodes[own[0].node].role == "Link"


def test_codes_are_large_and_stand_in_white(made: Made, pages: dict[int, Image.Image]) -> None:
    for page, code in items(made, Code):
        modules = address_code(code.text).modules
        assert code.size >= LEAST_SIZE * MM
        assert code.size / modules >= 0.4 * MM
        white = 4 * code.size / modules
        scale = DOTS / 72
        # A dot of tolerance for the rim of the first and the last module.
        outer = [
            (code.x - white) * scale + 1,
            (code.y - white) * scale + 1,
            (code.x + code.size + white) * scale - 1,
            (code.y + code.size + white) * scale - 1,
        ]
        image = pages[page].crop(tuple(map(round, outer)))
        rim = round(white * scale) - 3
        image.paste(255, (rim, rim, image.width - rim, image.height - rim))
        assert image.getextrema() == (255, 255), f"page {page + 1}: something stands in the quiet zone"


def test_the_code_stands_on_the_page_of_its_exercise(made: Made) -> None:
    document = made.document()
    names = {exercise.video: exercise.name for exercise in made.plan().exercises if exercise.video}
    for page, code in items(made, Code):
        marks = [mark for mark in document.bookmarks if mark.page <= page]
        assert names[code.text] in marks[-1].title


def test_a_screen_reader_hears_what_the_code_is(made: Made) -> None:
    nodes = made.document().nodes
    for _, code in items(made, Code):
        figure: Node = nodes[code.node]
        assert figure.role == "Figure"
        assert code.text.removeprefix("https://") in figure.alt
        assert figure.alt == made.language.fill(
            made.language.strings.video_code, {"address": code.text.removeprefix("https://")}
        )


def test_without_a_video_there_is_no_code(made: Made) -> None:
    other = next(exercise for exercise in made.plan().exercises if exercise.id == WITHOUT)
    assert not other.video
    assert len(items(made, Code)) == len(made.plan().exercises) - 1


def test_the_file_conforms_and_says_where_links_lead(library: Path, tmp_path: Path) -> None:
    made = Made.of(Job(EXAMPLES / "patient.yaml", libraries=(library,)))
    path = tmp_path / "video.pdf"
    path.write_bytes(made.pdf())
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        links = [
            (str(note.A.URI), str(note.Contents))
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note and str(note.A.URI) in ADDRESSES.values()
        ]
    assert {uri for uri, _ in links} == set(printed(made))
    assert all(uri.removeprefix("https://") in contents for uri, contents in links)
    verapdf.require()
    for verdict in verapdf.validate([path]):
        assert verdict.passed, str(verdict)


def test_modules_are_those_of_level_m() -> None:
    """Format information of the first row: level M is 00, of five bits masked with 10101 (ISO/IEC 18004)."""
    for address in ADDRESSES.values():
        pattern = address_code(address)
        row = pattern.rows[8 * -(-pattern.modules // 8) :]
        level = [row[0] >> 7 & 1, row[0] >> 6 & 1]
        assert [dark ^ mask for dark, mask in zip(level, (1, 0), strict=True)] == [0, 0]


def test_the_example_of_the_documentation_is_valid(tmp_path: Path) -> None:
    documentation = (EXAMPLES.parent / "docs" / "library.md").read_text(encoding="utf-8")
    snippet = documentation.split("## Videos")[1].split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "mine.yaml"
    path.write_text(snippet, encoding="utf-8")
    made = Made.of(Job(EXAMPLES / "patient.yaml", libraries=(path,)))
    assert printed(made) == ["https://clinic.example/bridge"]
