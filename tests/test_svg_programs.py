"""SVG as drawing programs write it, seen on the page; and what of it must stay refused or quick."""

from __future__ import annotations

import contextlib
import time
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import verapdf
from click.testing import CliRunner
from PIL import Image
from test_pdf import Tree, document

from pdfgen.cli.app import program
from pdfgen.content.pictures.drawing import Drawing
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.errors import InputError
from pdfgen.pdf.finished_drawings import finished
from pdfgen.pdf.shared_file import write
from pdfgen.typesetting.document import Placed
from pdfgen.typesetting.paper import grey_drawing

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
Colour = tuple[int, int, int]


def svg(inside: str, view: str = 'viewBox="0 0 100 50"', before: str = "") -> bytes:
    return f"{before}<svg {NAMES} {view}>{inside}</svg>".encode()


def pdf_of(drawing: Drawing) -> bytes:
    tree = Tree()
    node = tree.add(0, "Figure", alt="a drawing")
    return write(document(tree.nodes, (Placed(drawing, 20, 20, 200, 100, node),)))


@cache
def shown(data: bytes, *, grey: bool = False) -> Image.Image:
    """The drawing as pdfium shows it, one pixel a unit."""
    drawing = finished(read_svg(data, "logo.svg"))
    pdf = pypdfium2.PdfDocument(pdf_of(grey_drawing(drawing) if grey else drawing))
    page = pdf[0].render(scale=2).to_pil().convert("RGB").crop((40, 40, 440, 240))
    return page.resize((100, 50), Image.Resampling.BOX)


def at(data: bytes, x: int, y: int) -> Colour:
    return shown(data).getpixel((x, y))  # type: ignore[return-value]


def sees(inside: str, *places: tuple[int, int, Colour], before: str = "") -> None:
    data = svg(inside, before=before)
    for x, y, colour in places:
        assert at(data, x, y) == pytest.approx(colour, abs=6), (x, y)


def message(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_svg(data, "logo.svg")
    return caught.value.problems[0].message


BOX = '<rect width="50" height="50"{}/>'
RED_BOX = BOX.format(' fill="red"')

# currentColor


@pytest.mark.parametrize(
    "inside",
    [
        '<g style="color:red"><rect width="50" height="50" fill="currentColor"/></g>',
        '<g fill="currentColor"><rect width="50" height="50" color="red"/></g>',
        '<g fill="currentColor" color="blue"><g color="red"><rect width="50" height="50"/></g></g>',
        '<style>svg{color:red} .a{fill:currentcolor}</style><rect class="a" width="50" height="50"/>',
        '<g color="red"><use href="#a" fill="currentColor"/></g>'
        '<defs><rect id="a" width="50" height="50"/></defs>',
        '<g color="red"><path d="M0 25H50" stroke="CurrentColor" stroke-width="50"/></g>',
        '<g color="red"><linearGradient id="g"><stop stop-color="currentColor"/></linearGradient>'
        '<rect width="50" height="50" fill="url(#g)"/></g>',
        '<g color="red"><rect width="50" height="50" fill="url(#none) currentColor"/></g>',
        '<g color="red" fill="currentColor"><rect width="50" height="50" color="currentColor"/></g>',
    ],
)  # fmt: skip
def test_the_colour_in_effect_is_that_where_a_shape_stands(inside: str) -> None:
    if "linearGradient" in inside:
        inside = inside.replace("<stop", '<stop color="red"')
    sees(inside, (25, 25, RED), (75, 25, WHITE))


def test_without_a_colour_it_is_black() -> None:
    sees(BOX.format(' fill="currentColor"'), (25, 25, BLACK))


# Style sheets


@pytest.mark.parametrize(
    "rules",
    [
        ".a{fill:red}",
        "rect{fill:red}",
        "#i{fill:red}",
        "*{fill:red}",
        ".b, .a , g{fill:red}",
        "rect.a{fill:red}",
        ".a.c{fill:red}",
        "g .a{fill:red}",
        "svg > g > rect{fill:red}",
        ".a{fill:blue} .a{fill:red}",
        "#i{fill:red} .a{fill:blue} rect{fill:green}",
        "rect{fill:red!important} #i{fill:blue}",
        "/* .a{fill:blue} */ .a{fill:red;;}",
        ".a{fill:red} .a:hover{fill:blue}",
        "@media (prefers-color-scheme: dark){.a{fill:white}} .a{fill:red}",
        "@font-face{font-family:x;src:url(data:font/woff;base64,AA)} .a{fill:red}",
        "<![CDATA[.a{fill:red}]]>",
        ".a{fill:#F00;font-family:'A;B{}'}",
    ],
)
def test_rules_of_style_are_followed(rules: str) -> None:
    rectangle = '<g><rect id="i" class="a c" width="50" height="50" fill="green"/></g>'
    for inside in (f"<style>{rules}</style>{rectangle}", f"{rectangle}<defs><style>{rules}</style></defs>"):
        sees(inside, (25, 25, RED))


def test_a_style_of_its_own_is_stronger_than_rules_and_these_than_attributes() -> None:
    sees(
        '<style>.a{fill:blue}</style><rect class="a" style="fill:red" width="50" height="50"/>', (25, 25, RED)
    )
    sees('<style>.a{fill:red}</style><rect class="a" fill="blue" width="50" height="50"/>', (25, 25, RED))
    sees(
        '<style>.a{fill:red!important}</style><rect class="a" style="fill:blue" width="50" height="50"/>',
        (25, 25, RED),
    )


def test_illustrators_names_for_addresses_are_taken() -> None:
    before = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" ['
        '<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">]>'
    )
    inside = (
        '<switch><foreignObject requiredExtensions="&ns_extend;" width="1"><x:y xmlns:x="&ns_extend;"/>'
        '</foreignObject><g><rect width="50" height="50" fill="red"/></g></switch>'
    )
    sees(inside, (25, 25, RED), before=before)


# Clipping


@pytest.mark.parametrize(
    "clip",
    [
        '<clipPath id="c"><rect width="50" height="50"/></clipPath>',
        '<clipPath id="c"><rect width="25" height="25" transform="scale(2)"/></clipPath>',
        '<clipPath id="c" transform="translate(-10)"><rect x="10" width="50" height="50"/></clipPath>',
        '<clipPath id="c"><path d="M0 0H50V50H0Z"/></clipPath>',
        '<clipPath id="c"><path clip-rule="evenodd" d="M0 0H50V50H0ZM60 0H90V50H60ZM60 0H90V50H60Z"/>'
        "</clipPath>",
        '<clipPath id="c"><rect width="25" height="50"/><path d="M25 0V50H50V0Z"/></clipPath>',
        '<clipPath id="c" clip-path="url(#d)"><rect width="50" height="50"/></clipPath>'
        '<clipPath id="d"><rect width="100" height="50"/></clipPath>',
        '<clipPath id="c"><use href="#r"/></clipPath><defs><rect id="r" width="50" height="50"/></defs>',
        '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/></clipPath>',
        '<style>.k{clip-path:url(#c)}</style><clipPath id="c"><rect width="50" height="50"/></clipPath>',
    ],
)  # fmt: skip
def test_what_lies_outside_of_a_clipping_path_is_not_seen(clip: str) -> None:
    whole = '<rect width="100" height="50" fill="red"/>'
    for clipped in (
        f'<g class="k" clip-path="url(#c)">{whole}</g>',
        whole.replace("<rect", '<rect clip-path="url(#c)"'),
    ):
        sees(clip + clipped, (25, 25, RED), (75, 25, WHITE))
        sees(clipped + clip, (25, 25, RED), (75, 25, WHITE))


def test_circles_clip_and_clips_cut_each_other() -> None:
    sees(
        '<clipPath id="c"><circle cx="50" cy="25" r="20"/></clipPath>'
        '<clipPath id="d"><rect width="50" height="50"/></clipPath>'
        '<g clip-path="url(#d)"><rect clip-path="url(#c)" width="100" height="50" fill="red"/></g>'
        '<rect x="90" width="10" height="50" fill="blue"/>',
        (40, 25, RED), (60, 25, WHITE), (10, 5, WHITE), (95, 25, BLUE),
    )  # fmt: skip


def test_a_clip_of_the_whole_picture_as_figma_writes_it_changes_nothing() -> None:
    clip = '<defs><clipPath id="clip0_1_2"><rect width="100" height="50" fill="white"/></clipPath></defs>'
    sees(
        f'<g clip-path="url(#clip0_1_2)">{RED_BOX}</g>{clip}',
        (25, 25, RED),
    )


def test_an_empty_clip_hides_and_one_that_is_not_there_does_not() -> None:
    sees(
        f'<clipPath id="c"/><g clip-path="url(#c)">{BOX.format("")}</g><path d="M60 0H90V50H60Z"/>',
        (25, 25, WHITE),
        (75, 25, BLACK),
    )
    sees(f'<g clip-path="url(#c)">{BOX.format("")}</g>', (25, 25, BLACK))


# Gradients, opacity, lines

STOPS = '<stop stop-color="red"/><stop offset="100%" style="stop-color:blue"/>'


@pytest.mark.parametrize(
    "server",
    [
        f'<linearGradient id="g">{STOPS}</linearGradient>',
        f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="100">{STOPS}</linearGradient>',
        f'<linearGradient id="s">{STOPS}</linearGradient><linearGradient id="g" xlink:href="#s"/>',
        f'<linearGradient id="g" x2="50%" gradientTransform="scale(2 1)">{STOPS}</linearGradient>',
    ],
)
def test_gradients_are_painted(server: str) -> None:
    data = svg(f'{server}<rect width="100" height="50" fill="url(#g)"/>')
    left, middle, right = (at(data, x, 25) for x in (2, 50, 97))
    assert left == pytest.approx(RED, abs=12)
    assert right == pytest.approx(BLUE, abs=12)
    assert middle == pytest.approx((127, 0, 127), abs=12)
    assert len({*shown(data, grey=True).convert("RGB").getpixel((50, 25))}) == 1  # type: ignore[misc]


def test_a_radial_gradient_goes_outwards() -> None:
    data = svg(
        f'<radialGradient id="g">{STOPS}</radialGradient><rect width="100" height="50" fill="url(#g)"/>'
    )
    assert at(data, 50, 25) == pytest.approx(RED, abs=12)
    assert at(data, 1, 1) == pytest.approx(BLUE, abs=12)


def test_one_colour_is_no_gradient_and_none_is_nothing() -> None:
    sees(
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient>' + BOX.format(' fill="url(#g)"'),
        (25, 25, RED),
    )
    sees(
        '<linearGradient id="g"/>' + BOX.format(' fill="url(#g)"') + '<path d="M60 0H90V50H60Z"/>',
        (25, 25, WHITE),
    )


@pytest.mark.parametrize(
    "how", ['opacity=".5"', 'fill-opacity="50%"', 'style="fill:#ff000080"', 'fill="rgb(255 0 0 / 50%)"']
)
def test_opacity_lets_the_paper_through(how: str) -> None:
    fill = "" if "fill:" in how or "fill=" in how else ' fill="red"'
    sees(BOX.format(f"{fill} {how}"), (25, 25, (255, 127, 127)))
    sees(
        f'<rect width="100" height="50" fill="blue"/>{BOX.format(f"{fill} {how}")}',
        (25, 25, (127, 0, 127)),
        (75, 25, BLUE),
    )


def test_shapes_apart_fade_as_a_group() -> None:
    sees(
        '<g opacity=".5"><rect width="40" height="50"/><rect x="60" width="40" height="50"/></g>',
        (20, 25, (127, 127, 127)),
    )


def test_the_limit_of_mitres_is_kept() -> None:
    line = '<path d="M40 45L50 25L60 45" fill="none" stroke="red" stroke-width="8" stroke-miterlimit="{}"/>'
    assert at(svg(line.format(10)), 50, 19) == pytest.approx(RED, abs=90)
    assert at(svg(line.format(1)), 50, 19) == WHITE


def test_symbols_and_inner_drawings_have_their_own_view() -> None:
    symbol = '<symbol id="s" viewBox="0 0 10 10"><rect width="20" height="10" fill="red"/></symbol>'
    sees(f'{symbol}<use xlink:href="#s" width="50" height="50"/>', (25, 25, RED), (75, 25, WHITE))
    sees(
        '<svg x="50" width="50" height="50" viewBox="0 0 1 1">'
        '<rect x="-1" width="3" height="1" fill="red"/></svg>',
        (75, 25, RED),
        (25, 25, WHITE),
    )


def test_the_pages_conform(tmp_path: Path) -> None:
    inside = (
        f'<linearGradient id="g">{STOPS}</linearGradient><radialGradient id="h" href="#g"/>'
        '<clipPath id="c"><circle cx="50" cy="25" r="25"/></clipPath>'
        '<g clip-path="url(#c)"><rect width="100" height="50" fill="url(#g)" opacity=".6"/></g>'
        '<path d="M0 0L90 40" stroke="url(#h)" stroke-opacity=".5" stroke-miterlimit="2"/>'
    )
    drawing = finished(read_svg(svg(inside), "logo.svg"))
    paths = [tmp_path / "colour.pdf", tmp_path / "grey.pdf"]
    for path, one in zip(paths, (drawing, grey_drawing(drawing)), strict=True):
        path.write_bytes(pdf_of(one))
    verapdf.require()
    assert [one for one in verapdf.validate(paths) if not one.passed] == []


# Hostile


def many(text: str, count: int) -> str:
    return "".join(text.format(n=number) for number in range(count))


def styled(rules: str, inside: str = BOX.format("")) -> str:
    return f"<style>{rules}</style>{inside}"


def nested(start: str, depth: int, inside: str) -> str:
    return start * depth + inside + "</g>" * depth


CLIPPED, FILLED = BOX.format(' clip-path="url(#c)"'), BOX.format(' fill="url(#g)"')
UNIT = '<clipPath id="c" clipPathUnits="objectBoundingBox"><path d="M0 0H1V1Z"/></clipPath>'
HOSTILE = {
    "rules": styled(many(".a{n}{{fill:red}}", 60_000)),
    "many rules": styled(many("a{n}{{}}", 20_000)),
    "chain": styled("g " * 90_000 + "{fill:red}", nested("<g>", 50, BOX.format(""))),
    "braces": styled("{" * 190_000),
    "brackets": styled("a(" * 90_000),
    "comment": styled("/*" + "*" * 1_500_000),
    "search": styled(
        ("g " * 14 + "rect,") * 3_000 + "rect{fill:red}", nested("<g>", 60, BOX.format("") * 200)
    ),
    "clip in itself": '<clipPath id="c" clip-path="url(#c)"><path d="M0 0H9V9Z"/></clipPath>' + CLIPPED,
    "clips": f'<clipPath id="c">{BOX.format("") * 9_000}</clipPath>' + CLIPPED * 900,
    "use in itself": '<clipPath id="c"><use id="u" href="#u"/></clipPath>' + CLIPPED,
    "gradients": '<linearGradient id="g" href="#h"/><linearGradient id="h" href="#g"/>' + FILLED,
    "stops": '<linearGradient id="g">' + '<stop stop-color="red"/>' * 60_000 + "</linearGradient>" + FILLED,
    "symbol in itself": '<symbol id="s" viewBox="0 0 1 1"><use href="#s"/></symbol><use href="#s"/>',
    "boxes": nested('<g clip-path="url(#c)">', 60, BOX.format("") * 4000) + UNIT,
    "opacities": nested('<g opacity=".99">', 60, BOX.format("") * 4000),
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_hostile_drawings_are_refused_or_read_soon(inside: str) -> None:
    started = time.process_time()
    with contextlib.suppress(InputError):
        finished(read_svg(svg(inside), "logo.svg"))
    assert time.process_time() - started < 3


def test_what_takes_too_long_to_measure_is_refused_and_not_clipped_away() -> None:
    """A box of a clipping path that is only found in part would cut off what it does not hold."""
    whole = '<clipPath id="c" clipPathUnits="objectBoundingBox"><path d="M0 0H1V1H0Z"/></clipPath>'
    for depth, count in ((5, 4000), (60, 900)):
        drawing = nested('<g clip-path="url(#c)">', depth, BOX.format("") * count)
        assert "is too complicated" in message(svg(drawing + whole))
    assert read_svg(svg(nested('<g clip-path="url(#c)">', 30, BOX.format("") * 10) + whole), "logo.svg")


@pytest.mark.parametrize(
    "inside",
    [
        "<style>@import url(http://example.org/a.css);</style>",
        "<style>.a{fill:url(http://example.org/a.svg#g)}</style><rect class='a' width='9' height='9'/>",
        "<rect clip-path='url(file:///etc/passwd#c)' width='9' height='9'/>",
        "<linearGradient id='g' href='file:///etc/passwd#g'/><rect fill='url(#g)' width='9' height='9'/>",
        "<switch><image href='file:///etc/passwd'/></switch>",
    ],
)
def test_nothing_outside_of_the_file_is_fetched(inside: str) -> None:
    assert message(svg(inside))


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "&#38;b;">', f'<!ENTITY a "{"x" * 100}">', '<!ENTITY a "<g/>">', '<!ENTITY % a "x">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">', many('<!ENTITY a{n} "x">', 40),
    ],
)  # fmt: skip
def test_entities_that_are_no_short_addresses_are_refused(declared: str) -> None:
    assert "entities" in message(svg(BOX.format(""), before=f"<!DOCTYPE svg [{declared}]>"))


# A logo that is not seen


def checked(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    clinic = folder / "clinic.yaml"
    clinic.write_text(f"name: Clinic\nlogo: {name}\n")
    result = CliRunner().invoke(program, ["check", str(clinic)])
    assert result.exit_code == 0, result.output
    return result.stderr


def png(folder: Path, image: Image.Image) -> bytes:
    image.save(folder / "x.png")
    return (folder / "x.png").read_bytes()


@pytest.mark.parametrize(
    ("inside", "is_seen"),
    [
        ('<path d="M0 0H9V9Z" fill="#fff"/>', False),
        ('<path d="M0 0H9V9Z" fill="#fafafa"/>', False),
        ('<path d="M0 0H9V9Z" fill="#000" fill-opacity=".03"/>', False),
        ('<path d="M200 0H209V9Z"/><path d="M0 0H9V9Z" fill="#fff"/>', False),
        ('<rect width="90" height="50" fill="#036"/><path d="M0 0H9V9Z" fill="#fff"/>', True),
        ('<path d="M0 0H9V9Z" fill="#fc0"/>', True),
        ('<path d="M0 0H9V9Z" fill="#fff" stroke="#000"/>', True),
    ],
)
def test_a_logo_as_white_as_the_paper_is_warned_about(tmp_path: Path, inside: str, is_seen: bool) -> None:
    assert ("clinic.yaml:2:7: logo: " in checked(tmp_path, "logo.svg", svg(inside))) != is_seen


def test_so_is_one_of_pixels(tmp_path: Path) -> None:
    for colour, is_seen in (
        ("white", False),
        ((255, 255, 255, 0), False),
        ((0, 0, 0, 0), False),
        ("teal", True),
    ):
        image = Image.new("RGBA", (60, 40), (255, 255, 255, 0))
        image.paste(Image.new("RGBA", (20, 20), colour), (10, 10))
        assert ("not seen" in checked(tmp_path, "logo.png", png(tmp_path, image))) != is_seen
