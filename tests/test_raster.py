from __future__ import annotations

import contextlib
import io
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from pdfgen.content.pictures.drawing import Raster
from pdfgen.content.pictures.picture_file import read_picture
from pdfgen.content.pictures.raster import MAX_SIDE, read_raster
from pdfgen.errors import InputError

Colour = tuple[int, int, int]
MANY = 18_000_000
SECRETS = (b"Jan de Vries", b"TelephoneMaker", b"2026:03:04 05:06:07", b"kept at home")
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def read(image: Image.Image, kind: str = "PNG", **options: object) -> Raster:
    return read_raster(saved(image, kind, **options), "logo")


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_raster(data, "logo.png")
    (problem,) = caught.value.problems
    assert problem.file == "logo.png"
    return problem.message


def pixel(raster: Raster, x: int, y: int) -> tuple[int, ...]:
    size = {"L": 1, "RGB": 3}[raster.mode]
    start = (y * raster.width + x) * size
    return tuple(raster.pixels[start : start + size])


def with_secrets(image: Image.Image, kind: str, orientation: int = 1) -> bytes:
    """A picture file with all that a telephone writes beside it: who, with what, when, where."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = orientation, "Jan de Vries", "TelephoneMaker"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:04 05:06:07"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 7.25), 3: "E", 4: (5.0, 7.0, 3.5)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>kept at home</x:xmpmeta>"
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "kept at home")
        return saved(image, kind, exif=exif, pnginfo=notes)
    options = {"xmp": xmp} if kind == "WEBP" else {"comment": b"kept at home"}
    return saved(image, kind, exif=exif, quality=95, **options)


def quarters(mode: str = "RGB", side: int = 32) -> Image.Image:
    """Red, green / blue, white."""
    image = Image.new("RGB", (side * 2, side), WHITE)
    image.paste(RED, (0, 0, side, side // 2))
    image.paste(GREEN, (side, 0, side * 2, side // 2))
    image.paste(BLUE, (0, side // 2, side, side))
    return image.convert(mode)


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


# What is read


def test_png_keeps_its_pixels() -> None:
    raster = read(quarters())
    assert (raster.width, raster.height, raster.mode, raster.alpha, raster.jpeg) == (
        64,
        32,
        "RGB",
        None,
        None,
    )
    assert raster.pixels == quarters().tobytes()


def test_grey_png_stays_grey_and_black_and_white_becomes_grey() -> None:
    assert read(quarters("L")).mode == "L"
    raster = read(Image.new("1", (3, 2), 1))
    assert (raster.mode, raster.pixels) == ("L", b"\xff" * 6)


def test_opacity_is_split_off() -> None:
    image = quarters("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    raster = read(image)
    assert raster.pixels == quarters().tobytes()
    assert raster.alpha == image.getchannel("A").tobytes()
    assert read(quarters("RGBA")).alpha is None
    grey = read(Image.new("LA", (2, 1), (100, 50)))
    assert (grey.mode, grey.pixels, grey.alpha) == ("L", b"dd", b"22")


def test_palette_with_transparency_becomes_colour_and_alpha() -> None:
    image = quarters().quantize(4)
    clear = image.getpixel((0, 0))
    raster = read(image, transparency=clear)
    assert raster.mode == "RGB"
    assert raster.alpha is not None
    assert {raster.alpha[0], raster.alpha[40]} == {0, 255}
    assert pixel(raster, 40, 2) == GREEN
    assert read(image).alpha is None


def test_transparent_colour_of_grey_and_rgb_becomes_alpha() -> None:
    grey = Image.new("L", (2, 1), 9)
    grey.putpixel((1, 0), 200)
    raster = read(grey, transparency=9)
    assert (raster.mode, raster.alpha) == ("L", b"\0\xff")
    assert raster.pixels[1] == 200
    raster = read(quarters(), transparency=RED)
    assert raster.alpha is not None
    assert (raster.alpha[0], raster.alpha[-1]) == (0, 255)


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    image = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 0x8080, 0xFFFF)):
        image.putpixel((x, 0), value)
    raster = read(image)
    assert (raster.mode, list(raster.pixels)) == ("L", [0, 128, 255])


def test_cmyk_jpeg_becomes_rgb() -> None:
    raster = read(quarters("CMYK"), "JPEG", quality=100, subsampling=0)
    assert raster.mode == "RGB"
    for place, wanted in (((4, 4), RED), ((60, 4), GREEN), ((4, 28), BLUE), ((60, 28), WHITE)):
        assert pixel(raster, *place) == pytest.approx(wanted, abs=6)


def test_embedded_profile_is_applied_and_a_broken_one_is_ignored() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read(quarters(), icc_profile=profile).pixels == pytest.approx(quarters().tobytes(), abs=1)
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert read(quarters(), icc_profile=swapped).pixels == quarters().tobytes()
    assert read(quarters(), icc_profile=b"no profile").pixels == quarters().tobytes()
    faded = quarters("RGBA")
    faded.putalpha(77)
    assert read(faded, icc_profile=profile).alpha == bytes([77]) * (64 * 32)


# JPEG


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_what_came_as_jpeg_is_stored_as_jpeg_and_other_pictures_without_loss(mode: str) -> None:
    raster = read(quarters(mode), "JPEG", quality=95, subsampling=0)
    assert raster.jpeg is not None
    again = Image.open(io.BytesIO(raster.jpeg))
    assert (again.mode, again.size) == (raster.mode, (raster.width, raster.height))
    assert again.tobytes() == pytest.approx(raster.pixels, abs=12)
    assert read(quarters(mode)).jpeg is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    data = with_secrets(quarters(), kind)
    raster = read_raster(data, "logo")
    for secret in SECRETS:
        assert secret in data
        assert secret not in raster.pixels + (raster.jpeg or b"")


@pytest.mark.parametrize("options", [{"progressive": True}, {"keep_rgb": True}])
def test_unusual_jpeg_is_read(options: dict[str, object]) -> None:
    raster = read(quarters(), "JPEG", **options)
    assert pixel(raster, 4, 4) == pytest.approx(RED, abs=6)


def test_webp_is_read_with_and_without_loss() -> None:
    for lossless in (True, False):
        raster = read(quarters("RGBA"), "WEBP", lossless=lossless, quality=95)
        assert (raster.mode, raster.width, raster.height) == ("RGB", 64, 32)
        assert pixel(raster, 4, 4) == pytest.approx(RED, abs=12)


def test_the_picture_of_a_telephone_with_further_pictures_in_it_is_read() -> None:
    more = [Image.new("RGB", (8, 8), BLUE)]
    data = saved(quarters(), "MPO", save_all=True, append_images=more, quality=95, subsampling=0)
    raster = read_raster(data, "logo")
    assert (raster.width, raster.height) == (64, 32)
    assert pixel(raster, 4, 4) == pytest.approx(RED, abs=6)


def padded(kind: str) -> Iterator[bytes]:
    """Whole pictures with 18 MB of what is no picture in each place where a reader may go through it."""
    data = saved(quarters(), kind)
    if kind == "PNG":
        chunk = struct.pack(">I", 0) + b"teSt" + struct.pack(">I", zlib.crc32(b"teSt"))
        yield data[:33] + chunk * (MANY // len(chunk)) + data[33:]
        yield data + bytes(MANY)
        return
    start = data.index(b"\xff\xda")
    for place in (2, start):
        yield data[:place] + b"\xff" * MANY + data[place:]
        yield data[:place] + bytes(MANY) + data[place:]
        yield data[:place] + b"\xff\xfe\0\2" * (MANY // 4) + data[place:]
        yield data[:place] + b"\xff\xd0" * (MANY // 2) + data[place:]
        yield data[:place] + (b"\xff\xfe\xff\xff" + bytes(65533)) * (MANY // 65537) + data[place:]
    yield data + b"\xff" * MANY
    yield data[:-2] + b"\xff" * MANY + data[-2:]
    yield data[:-2] + b"\xff\xff\0" * (MANY // 3) + data[-2:]
    yield data[:-2] + b"\xff\xff\xff\xd0" * (MANY // 4) + data[-2:]
    yield data[:-2] + b"\xff\xda\0\2" * (MANY // 4) + data[-2:]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_padded_file_is_read_or_refused_soon(kind: str) -> None:
    for number, data in enumerate(padded(kind)):
        started = time.process_time()
        with contextlib.suppress(InputError):
            raster = read_raster(data, "logo")
            assert pixel(raster, 4, 4) == pytest.approx(RED, abs=6)
        assert time.process_time() - started < 5, number


def test_a_picture_of_very_many_scans_is_refused() -> None:
    image = Image.effect_noise((160, 120), 60)
    data = saved(image, "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    scan = data[last:-2]
    assert "damaged" in refusal(data[:-2] + scan * 400 + data[-2:])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_rotation_noted_in_the_file_is_applied(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    raster = read(quarters(), "JPEG", exif=exif, quality=95, subsampling=0)
    # Where the first row and first column of the stored picture are to be seen (EXIF 2.3, tag 274).
    first = {1: (4, 4), 2: (-4, 4), 3: (-4, -4), 4: (4, -4), 5: (4, 4), 6: (-4, 4), 7: (-4, -4), 8: (4, -4)}
    x, y = first[orientation]
    assert pixel(raster, x % raster.width, y % raster.height) == pytest.approx(RED, abs=8)
    assert (raster.width > raster.height) == (orientation < 5)


# Size


@pytest.mark.parametrize("size", [(3000, 100), (100, 3000), (2401, 2400)])
def test_large_picture_is_made_smaller_in_proportion(size: tuple[int, int]) -> None:
    raster = read(Image.new("RGB", size, GREEN), "JPEG")
    assert max(raster.width, raster.height) == MAX_SIDE
    assert raster.width / raster.height == pytest.approx(size[0] / size[1], rel=0.02)
    assert len(raster.pixels) == 3 * raster.width * raster.height


@pytest.mark.parametrize("below", [(0, 0, 0), (255, 255, 255), (0, 90, 0)])
@pytest.mark.parametrize("shape", [(255, 200, 60), (255, 255, 255), (20, 20, 20)])
def test_a_colour_under_clear_pixels_makes_no_rim(below: Colour, shape: Colour) -> None:
    image = Image.new("RGBA", (600, 300), (*below, 0))
    ImageDraw.Draw(image).ellipse((60, 30, 300, 270), fill=(*shape, 255))
    raster = read(image)
    # As viewers do it: colour and opacity are made smaller apart.
    colours = Image.frombytes("RGB", (600, 300), raster.pixels).resize((97, 49), Image.Resampling.BOX)
    opacity = Image.frombytes("L", (600, 300), raster.alpha or b"").resize((97, 49), Image.Resampling.BOX)
    seen = {colours.getpixel((x, y)) for x in range(97) for y in range(49) if opacity.getpixel((x, y))}
    assert len(seen) >= 1
    for colour in seen:
        assert colour == pytest.approx(shape, abs=4)


def test_clear_pixels_do_not_stain_their_neighbours_when_made_smaller() -> None:
    image = Image.new("RGBA", (2400, 600), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 1201, 600))
    raster = read(image)
    assert raster.alpha is not None
    edge = [x for x in range(raster.width) if 0 < raster.alpha[x] < 255]
    assert edge
    assert all(pixel(raster, x, 0)[0] > 240 for x in edge if raster.alpha[x] > 60)


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 8_000), (10_000, 9_500), (2**31 - 1, 1)])
def test_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert "50 million pixels" in refusal(png_header(*size))


def test_large_file_is_refused() -> None:
    assert "20 MB" in refusal(b"\x89PNG\r\n\x1a\n" + bytes(20_000_000))


def test_compressed_text_bomb_is_refused() -> None:
    text = zlib.compress(bytes(80_000_000))
    body = b"Comment\0\0" + text
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    data = saved(quarters(), "PNG")
    assert "damaged" in refusal(data[:33] + chunk + data[33:])


# What is refused


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_cut_off_file_is_refused(kind: str) -> None:
    image = Image.effect_noise((120, 90), 80)
    data = saved(image, kind)
    for share in (0.02, 0.3, 0.9):
        assert "damaged or cut off" in refusal(data[: max(9, int(len(data) * share))])


def test_changed_bytes_are_refused_or_read() -> None:
    data = bytearray(saved(quarters(), "PNG"))
    data[40] ^= 0xFF
    assert "damaged" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (saved(quarters(), "GIF"), "GIF"),
        (saved(quarters(), "BMP"), "BMP"),
        (saved(quarters(), "TIFF"), "TIFF"),
        (b"RIFF\0\0\0\0WAVE", "not a picture"),
        (b"PK\x03\x04", "document"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe", "PostScript"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"hello", "not a picture"),
        (b"", "empty"),
    ],
)
def test_other_kinds_are_named(data: bytes, says: str) -> None:
    message = refusal(data)
    assert says in message
    assert "PNG, JPEG or WebP" in message


def test_the_kind_of_picture_that_telephones_take_is_named_with_what_to_do() -> None:
    assert "send it as JPEG" in refusal(b"\0\0\0\x18ftypheic" + bytes(20))


def test_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, BLUE)]
    assert "moving" in refusal(saved(frames[0], "PNG", save_all=True, append_images=frames[1:]))


@settings(max_examples=60)
@given(st.sampled_from(["PNG", "JPEG"]), st.data())
def test_any_damage_is_an_input_error_or_a_whole_picture(kind: str, data: st.DataObject) -> None:
    content = bytearray(saved(quarters(side=16), kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        raster = read_raster(bytes(content), "logo")
    except InputError:
        return
    assert len(raster.pixels) == raster.width * raster.height * (3 if raster.mode == "RGB" else 1)


def test_picture_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(saved(quarters(), "JPEG"))
    raster = read_picture(path)
    assert isinstance(raster, Raster)
    assert raster.name.startswith("logo-")
