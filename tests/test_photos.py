"""Photos in a clinic's own library: what is printed, how fine, what is left behind, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import verapdf
from click.testing import CliRunner, Result
from PIL import Image, ImageCms, ImageDraw, ImageOps
from programs import EXAMPLES
from test_raster import BLUE, GREEN, RED, SECRETS, WHITE, png_header, quarters, saved, with_secrets

from pdfgen.cli.app import program
from pdfgen.content.loading import list_layouts
from pdfgen.content.models.exercise import Crop
from pdfgen.content.pictures.drawing import Photo
from pdfgen.content.pictures.photo import clean_copy, read_photo, stored
from pdfgen.delivery.verification import expected_of, verify
from pdfgen.errors import FitError
from pdfgen.pdf.reader import read as read_back
from pdfgen.production.job import Job
from pdfgen.production.program import compose, read
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document, Picture

CLAM = """
exercises:
  bridge:
    variants:
      L2:
        panels:
{panels}
"""
PANEL = """\
          - photo: {name}
            alt: {{nl: Iemand ligt op de rug., en: A person lies on the back.}}
{more}"""


def scene(width: int, height: int) -> Image.Image:
    """A picture with areas, edges and noise, as photos have; its noise is coarse, which is made quickly."""
    grain = (width // 4 + 1, height // 4 + 1)
    noise = Image.merge("RGB", [Image.effect_noise(grain, 25) for _ in range(3)])
    image = noise.resize((width, height), Image.Resampling.NEAREST)
    ImageDraw.Draw(image).ellipse((width // 5, height // 5, width // 2, height * 4 // 5), fill=(190, 120, 90))
    return image


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Path]:
    """Write a library that shows the bridge with photos that lie beside it; a list of lines follows each."""

    def written(*names: str, more: str = "", **photos: bytes) -> Path:
        for name, data in photos.items():
            (tmp_path / name.replace("__", ".")).write_bytes(data)
        panels = "".join(PANEL.format(name=name, more=more) for name in names)
        path = tmp_path / "own.yaml"
        path.write_text(CLAM.format(panels=panels))
        return path

    return written


#: The exercise that has the photos, and no other: pages of others take time and tell nothing here.
BRIDGE = "program: short-four\nlanguage: nl\nexercises: [bridge]\nweeks: 4\nstart: 2026-03-02\n"


def patient_of(library: Path, more: str = "") -> Path:
    """Write the program beside a library."""
    path = library.parent / "p.yaml"
    path.write_text(BRIDGE + more)
    return path


def made(library: Path, more: str = "") -> Document:
    shared = Shared()
    return compose(read(Job(patient_of(library, more), libraries=(library,)), shared), shared)


def pictures(document: Document) -> Iterator[Picture]:
    return (item for page in document.pages for item in page.items if isinstance(item, Picture))


def generate(library: Path, *options: str, patient: Path | None = None) -> Result:
    out = library.parent / "out.pdf"
    arguments = ["generate", patient or patient_of(library), "--library", library, "-o", out, *options]
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def refusal(library: Path) -> str:
    result = generate(library)
    assert result.exit_code == 3, result.output
    assert not (library.parent / "out.pdf").exists()
    return result.stderr


# --- reading -----------------------------------------------------------------------------------------------


def colour_at(photo: Photo, x: float, y: float) -> tuple[int, ...]:
    kept = photo.raster
    place = 3 * (int(y * kept.height) * kept.width + int(x * kept.width))
    return tuple(kept.pixels[place : place + 3])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_as_it_was_seen(kind: str, orientation: int) -> None:
    seen = quarters(side=256)
    operation = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)  # fmt: skip
    held = seen if operation is None else seen.transpose(operation)
    photo = read_photo(with_secrets(held, kind, orientation), "a")
    assert (photo.width, photo.height) == pytest.approx((60, 30))
    assert photo.columns == 512
    for place, wanted in (((0.1, 0.1), RED), ((0.9, 0.1), GREEN), ((0.1, 0.9), BLUE), ((0.9, 0.9), WHITE)):
        assert colour_at(photo, *place) == pytest.approx(wanted, abs=12)


@pytest.mark.parametrize("orientation", [1, 6])
def test_crop_is_of_the_photo_as_it_is_seen(orientation: int) -> None:
    held = quarters(side=600)
    if orientation == 6:
        held = held.transpose(Image.Transpose.ROTATE_90)
    data = with_secrets(held, "JPEG", orientation)
    photo = read_photo(data, "a", Crop(left=50, bottom=50))
    assert photo.columns == pytest.approx(600, abs=2)
    assert (photo.width, photo.height) == pytest.approx((60, 30), rel=0.01)
    for x, y in ((0.05, 0.05), (0.95, 0.95)):
        assert colour_at(photo, x, y) == pytest.approx(GREEN, abs=12)


def test_a_tall_photo_is_as_high_as_the_highest_drawing() -> None:
    photo = read_photo(saved(scene(300, 400), "JPEG"), "a")
    assert (photo.width, photo.height) == pytest.approx((37.5, 50))


def test_a_colour_profile_is_converted() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert read_photo(saved(quarters(), "JPEG", icc_profile=swapped.tobytes()), "a").raster.mode == "RGB"
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    assert read_photo(saved(quarters(), "PNG", icc_profile=linear.tobytes()), "a").raster.mode == "RGB"


def test_clear_parts_of_a_photo_are_white() -> None:
    image = quarters("RGBA", side=64)
    image.putalpha(0)
    assert colour_at(read_photo(saved(image, "PNG"), "a"), 0.2, 0.2) == WHITE


def test_a_large_photo_is_decoded_only_as_fine_as_can_be_printed() -> None:
    photo = read_photo(saved(scene(4032, 3024), "JPEG"), "a")
    assert photo.columns == pytest.approx(4032, abs=4)
    assert 1000 <= photo.raster.width <= 2400
    small = read_photo(saved(scene(5000, 200), "PNG"), "a")
    assert small.raster.width == 2400
    assert small.columns == 5000


def test_in_grey_a_photo_uses_all_tones() -> None:
    faint = ImageOps.grayscale(scene(600, 450)).point(lambda value: 100 + value // 8).convert("RGB")
    photo = read_photo(saved(faint, "PNG"), "a")
    raster = stored(photo, 300, grey=True)
    assert raster.mode == "L"
    assert max(raster.pixels) - min(raster.pixels) > 230
    assert stored(photo, 300, grey=False).mode == "RGB"


def test_the_same_photo_is_stored_as_the_same_bytes() -> None:
    data = saved(scene(900, 600), "JPEG")
    first, second = (stored(read_photo(data, "a"), 500, grey=False) for _ in range(2))
    assert first == second
    assert first.width == 500
    assert (first.jpeg or b"").startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_clean_copy_has_pixels_only(kind: str) -> None:
    data = with_secrets(quarters(side=256), kind, 6)
    copy = clean_copy(data, "a")
    assert all(secret in data and secret not in copy for secret in SECRETS)
    image = Image.open(io.BytesIO(copy))
    assert (image.size, image.format, dict(image.getexif())) == ((256, 512), "JPEG", {})


# --- in a document -----------------------------------------------------------------------------------------


def test_a_photo_is_placed_where_a_drawing_would_be_with_its_text(library: Any) -> None:
    document = made(library("a.jpg", a__jpg=saved(scene(1600, 1200), "JPEG")))
    found = list(pictures(document))
    assert found
    assert {document.nodes[item.node].alt for item in found if item.node >= 0} == {"Iemand ligt op de rug."}
    for item in found:
        assert item.width / item.height == pytest.approx(4 / 3, rel=0.01)


def test_no_more_than_300_dots_to_the_inch_are_stored_once_each(library: Any) -> None:
    file = library(
        "a.jpg", "b.webp", a__jpg=saved(scene(4000, 3000), "JPEG"), b__webp=saved(scene(800, 900), "WEBP")
    )
    document = made(file)
    widest: dict[str, float] = {}
    for item in pictures(document):
        assert not isinstance(item.raster, Photo)
        widest[item.raster.name] = max(widest.get(item.raster.name, 0), item.width)
        assert item.raster.jpeg is not None
    assert len(widest) == 2
    for item in pictures(document):
        assert not isinstance(item.raster, Photo)
        assert item.raster.width <= 300 * widest[item.raster.name] / 72 + 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_time_and_camera_are_not_in_the_file(library: Any, kind: str) -> None:
    data = with_secrets(scene(800, 600), kind)
    file = library("a.img", a__img=data)
    assert generate(file).exit_code == 0
    pdf = (file.parent / "out.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        photos = [one.read_raw_bytes() for one in streams if one.get("/Filter") == "/DCTDecode"]
        plain = [one.read_bytes() for one in streams if one.get("/Filter") != "/DCTDecode"]
    assert photos
    for secret in (*SECRETS, b"Exif\0\0"):
        assert secret not in b"".join((pdf, *photos, *plain))
    for photo in photos:
        image = Image.open(io.BytesIO(photo))
        assert not image.getexif()
        # Only what every JPEG opens with: Exif, XMP and what cameras add stand in segments of other names.
        assert {name for name, _ in image.applist} <= {"APP0"}


def test_a_photo_is_mirrored_with_the_side(library: Any) -> None:
    file = library("a.png", more="            side: right\n", a__png=saved(quarters(side=600), "PNG"))
    for side, first in (("right", RED), ("left", GREEN)):
        patient = patient_of(file, f"side: {side}\n")
        assert generate(file, patient=patient).exit_code == 0
        document = made_of(patient, file)
        page, item = next(
            (n, i) for n, p in enumerate(document.pages) for i in p.items if isinstance(i, Picture)
        )
        assert item.mirrored == (side == "left")
        with pypdfium2.PdfDocument(file.parent / "out.pdf") as pdf:
            shown = pdf[page].render(scale=2).to_pil().convert("RGB")
        place = (int(2 * (item.x + item.width / 4)), int(2 * (item.y + item.height / 4)))
        assert shown.getpixel(place) == pytest.approx(first, abs=20)


def made_of(patient: Path, library: Path) -> Document:
    shared = Shared()
    return compose(read(Job(patient, libraries=(library,)), shared), shared)


def test_in_grey_no_colour_is_left(library: Any) -> None:
    document = made(library("a.jpg", a__jpg=saved(scene(900, 700), "JPEG")), "ink: grey\n")
    assert {item.raster.mode for item in pictures(document) if not isinstance(item.raster, Photo)} == {"L"}


def test_the_document_id_follows_the_photo_and_its_crop(library: Any) -> None:
    def ident(width: int, more: str = "") -> str:
        return made(
            library("a.png", more=more, a__png=saved(Image.new("RGB", (width, 700), RED), "PNG"))
        ).ident

    assert ident(900) == ident(900)
    assert len({ident(900), ident(901), ident(900, "            crop: {left: 5}\n")}) == 3


def test_same_bytes_each_run(library: Any) -> None:
    file = library("a.jpg", a__jpg=saved(scene(900, 700), "JPEG"))
    files = []
    for _ in range(2):
        assert generate(file).exit_code == 0
        files.append((file.parent / "out.pdf").read_bytes())
    assert files[0] == files[1]


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A program with photos of each kind in every layout, in colour and in grey."""
    folder = tmp_path_factory.mktemp("photos")
    for number, kind in enumerate(("jpg", "png", "webp")):
        image = scene(1500, 1100) if number else scene(900, 1400)
        image.save(folder / f"{number}.{kind}", {"jpg": "JPEG"}.get(kind, kind.upper()))
    library = folder / "own.yaml"
    panels = "".join(PANEL.format(name=f"{n}.{k}", more="") for n, k in enumerate(("jpg", "png", "webp")))
    library.write_text(CLAM.format(panels=panels))
    files = {}
    for layout in list_layouts():
        for options in ([], ["--grey"]):
            out = folder / f"{layout}{''.join(options)}.pdf"
            arguments = [
                "generate",
                EXAMPLES / "patient.yaml",
                "--library",
                library,
                "--layout",
                layout,
                "-o",
                out,
            ]
            result = CliRunner().invoke(program, [*map(str, arguments), *options])
            assert result.exit_code == 0, (layout, result.stderr)
            files[out.stem] = out
    return files


@pytest.mark.matrix
def test_photos_conform_in_every_layout(everywhere: dict[str, Path]) -> None:
    for path in everywhere.values():
        assert verify(read_back(path.read_bytes())) == ()
    try:
        verapdf.require()
    except verapdf.NotAvailableError as error:
        pytest.fail(str(error))
    assert [one for one in verapdf.validate(everywhere.values()) if not one.passed] == []


# --- sharpness ---------------------------------------------------------------------------------------------


def dots(library: Path) -> float:
    """Dots to the inch of its photo where it is largest."""
    (printed,) = made(library).photos
    return printed.dots


def test_a_photo_that_is_not_sharp_is_warned_about_and_a_coarse_one_refused(library: Any) -> None:
    needed = 1200 / dots(library("a.png", a__png=saved(scene(1200, 900), "PNG")))
    outcomes = {}
    for wanted in (155, 145, 95, 85):
        width = round(needed * wanted)
        file = library("a.png", a__png=saved(scene(width, width * 3 // 4), "PNG"))
        result = generate(file)
        outcomes[wanted] = (result.exit_code, f"{file}:7:" in result.stderr)
        if wanted < 150:
            assert "exercises.bridge.variants.L2.panels.0.photo: the photo has " in result.stderr
            assert "dots to the inch at" in result.stderr
            assert "pixels across" in result.stderr
    assert outcomes == {155: (0, False), 145: (0, True), 95: (0, True), 85: (4, True)}


def test_what_is_cropped_away_does_not_count(library: Any) -> None:
    data = saved(scene(1200, 900), "PNG")
    whole = dots(library("a.png", a__png=data))
    half = dots(library("a.png", a__png=data, more="            crop: {left: 50, bottom: 50}\n"))
    assert half == pytest.approx(whole / 2, rel=0.05)


def test_the_number_of_pixels_that_is_asked_for_is_enough(library: Any) -> None:
    with pytest.raises(FitError) as caught:
        made(library("a.png", a__png=saved(scene(120, 90), "PNG")))
    wanted = int(caught.value.problems[0].message.split("at least ")[1].split()[0])
    assert dots(library("a.png", a__png=saved(scene(wanted, wanted * 3 // 4), "PNG"))) >= 90


def test_strict_takes_no_photo_that_is_not_sharp(library: Any) -> None:
    file = library("a.png", a__png=saved(scene(600, 450), "PNG"))
    assert generate(file).exit_code == 0
    (file.parent / "out.pdf").unlink()
    assert generate(file, "--strict").exit_code == 3
    assert not (file.parent / "out.pdf").exists()


def test_a_batch_warns_in_the_row_and_makes_the_same_file(library: Any) -> None:
    file = library("a.png", a__png=saved(scene(600, 450), "PNG"))
    roster = file.parent / "r.csv"
    roster.write_text("label,program\nA,short-four\nB,short-four\n")
    arguments = ["batch", roster, "--library", file, "--out", file.parent / "batch", "--verbose"]
    result = CliRunner().invoke(program, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    assert "dots to the inch" in result.output
    patient = file.parent / "p.yaml"
    patient.write_text("program: short-four\npatient: {label: A}\n")
    assert generate(file, patient=patient).exit_code == 0
    one, _ = sorted((file.parent / "batch").glob("0*.pdf"))
    assert one.read_bytes() == (file.parent / "out.pdf").read_bytes()


# --- what is refused ---------------------------------------------------------------------------------------

JPEG = saved(scene(640, 480), "JPEG")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(JPEG[: len(JPEG) // 2], "the photo is damaged or cut off", id="cut off"),
        pytest.param(png_header(60_000, 60_000), "the photo has more than 50 million pixels", id="bomb"),
        pytest.param(b"", "the photo is empty", id="empty"),
        pytest.param(b"%PDF-1.7", "the photo is a PDF", id="pdf"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "the photo is not a picture", id="svg"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(99), "save or send it as JPEG", id="heic"),
        pytest.param(JPEG + bytes(20_000_000), "20 MB", id="large"),
    ],
)
def test_a_file_that_is_no_photo_is_told_at_its_line(library: Any, data: bytes, says: str) -> None:
    file = library("a.jpg", a__jpg=data)
    told = refusal(file)
    assert f"{file}:7:20: exercises.bridge.variants.L2.panels.0.photo: " in told
    assert says in told
    checked = CliRunner().invoke(program, ["check", str(file)])
    assert checked.exit_code == 3
    assert f"{file}:7:20:" in checked.stderr
    assert says in checked.stderr


def test_all_photos_that_are_damaged_are_told_at_once(library: Any) -> None:
    told = refusal(library("a.jpg", "b.jpg", a__jpg=JPEG[:9000], b__jpg=JPEG[:7000]))
    assert told.count("the photo is damaged") == 2


@pytest.mark.parametrize("name", ["missing.jpg", "../a.jpg", "/etc/hostname", "~/a.jpg"])
def test_a_photo_must_lie_beside_the_library(library: Any, name: str) -> None:
    file = library(f'"{name}"')
    (file.parent.parent / "a.jpg").write_bytes(JPEG)
    assert f"{file}:7:20: " in refusal(file)


def test_two_libraries_with_other_photos_of_one_name_are_refused(library: Any, tmp_path: Path) -> None:
    first = library("a.png", a__png=saved(scene(900, 700), "PNG"))
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.yaml").write_text("exercises: {plank: {video: 'https://clinic.example/plank'}}\n")
    (other / "a.png").write_bytes((first.parent / "a.png").read_bytes())
    assert generate(first, "--library", str(other / "own.yaml")).exit_code == 0
    (other / "a.png").write_bytes(saved(scene(900, 700), "PNG"))
    result = generate(first, "--library", str(other / "own.yaml"))
    assert result.exit_code == 3
    assert "beside each of two libraries" in result.stderr


@pytest.mark.parametrize(
    ("panel", "says"),
    [
        ("{figure: bridge-a, photo: a.png, alt: {nl: a, en: a}}", "a drawing) or a photo"),
        ("{alt: {nl: a, en: a}}", "a drawing) or a photo"),
        ("{figure: bridge-a, crop: {left: 3}, alt: {nl: a, en: a}}", "crop is for photos"),
        ("{photo: a.png}", "alt: missing"),
        ("{photo: a.png, alt: {nl: a}}", "add the English text"),
        ("{photo: a.png, alt: {nl: a, en: ''}}", "alt.en"),
        ("{photo: a.png, crop: {left: 50, right: 45}, alt: {nl: a, en: a}}", "more than 90 percent"),
        ("{photo: a.png, crop: {left: -1}, alt: {nl: a, en: a}}", "crop.left"),
        ("{photo: a.png, crop: 4x3, alt: {nl: a, en: a}}", "crop"),
        ("{photo: '', alt: {nl: a, en: a}}", "photo"),
    ],
)
def test_a_panel_is_one_picture_with_its_text_in_each_language(tmp_path: Path, panel: str, says: str) -> None:
    (tmp_path / "a.png").write_bytes(saved(scene(900, 700), "PNG"))
    file = tmp_path / "own.yaml"
    file.write_text(f"exercises: {{bridge: {{variants: {{L2: {{panels: [{panel}]}}}}}}}}\n")
    patient = EXAMPLES / "patient-en.yaml"
    result = generate(file, patient=patient)
    assert result.exit_code == 3, result.output
    assert says in result.stderr


# --- the example -------------------------------------------------------------------------------------------


def test_the_example_shows_two_exercises_in_photos(tmp_path: Path) -> None:
    folder = EXAMPLES / "photos"
    out = tmp_path / "out.pdf"
    result = CliRunner().invoke(program, ["generate", str(folder / "patient.yaml"), "-o", str(out)])
    assert (result.exit_code, result.stderr) == (0, "")
    document = made_of(folder / "patient.yaml", folder / "library.yaml")
    assert {photo.name.split()[1] for photo in document.photos} == {
        path.name for path in folder.glob("*.jpg")
    }
    assert min(photo.dots for photo in document.photos) > 150
    assert verify(read_back(out.read_bytes()), expected_of(document)) == ()
    assert out.stat().st_size < 1_000_000
    assert all(path.stat().st_size < 150_000 for path in folder.glob("*.jpg"))


# --- pdfgen new exercise -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("words", [(), ("mine/first.yaml",), ("-o", "mine/first.yaml")])
def test_a_new_exercise_has_cleaned_photos_and_lacks_only_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("IMG_1.jpg", "IMG_2.png")):
        Path(name).write_bytes(with_secrets(quarters(side=600), ("JPEG", "PNG")[number], 6))
    arguments = ["new", "exercise", "clam", "--language", language, "--photos", "IMG_1.jpg", "IMG_2.png"]
    result = CliRunner().invoke(program, [*arguments, *words])
    assert result.exit_code == 0, result.stderr
    file = Path(words[-1] if words else "clam.yaml")
    copies = [file.parent / f"clam-{letter}.jpg" for letter in "ab"]
    assert result.stdout.splitlines() == [str(path) for path in (file, *copies)]
    for copy in copies:
        assert not any(secret in copy.read_bytes() for secret in SECRETS)
        assert Image.open(io.BytesIO(copy.read_bytes())).size == (600, 1200)
    told = CliRunner().invoke(program, ["check", str(file)])
    assert told.exit_code == 3
    text = file.read_text()
    empty = [n for n, line in enumerate(text.splitlines(), 1) if '""' in line]
    problems = [line for line in told.stderr.splitlines() if line.startswith(f"{file}:")]
    assert [int(line.split(":")[1]) for line in problems] == empty
    file.write_text(text.replace('""', "Dit is een zin." if language == "nl" else "This is a sentence."))
    told = CliRunner().invoke(program, ["check", str(file)])
    assert told.exit_code == 0, told.stderr
    patient = tmp_path / "p.yaml"
    patient.write_text(f"program: short-four\nlanguage: {language}\nexercises: [clam]\n")
    assert generate(file, patient=patient).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["exercise"], 2), (["exercise", "Clam!"], 2), (["exercise", "clam", "a.yaml", "b.yaml"], 2),
        (["exercise", "clam", "--photos"], 2), (["patient", "--photos", "a.jpg"], 2),
        (["exercise", "clam", "-", "--photos", "a.jpg"], 2),
        (["exercise", "clam", "--photos", *["a.jpg"] * 7], 2),
        (["exercise", "clam", "--photos", "missing.jpg", "bad.jpg"], 3),
        (["exercise", "there", "--photos", "a.jpg"], 5),
    ],
)  # fmt: skip
def test_a_new_exercise_that_cannot_be_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jpg").write_bytes(JPEG)
    Path("bad.jpg").write_bytes(JPEG[:5000])
    Path("there-a.jpg").write_bytes(b"mine")
    before = sorted(tmp_path.iterdir())
    result = CliRunner().invoke(program, ["new", *words])
    assert result.exit_code == code, result.output
    assert sorted(tmp_path.iterdir()) == before
    assert Path("there-a.jpg").read_bytes() == b"mine"
    if code == 3:
        assert "missing.jpg: photo not found" in result.stderr
        assert "bad.jpg: is damaged" in result.stderr
