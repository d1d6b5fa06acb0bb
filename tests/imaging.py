"""What paper goes through, and what a scanner or a phone makes of it: conditions of simulated scans."""

from __future__ import annotations

import io
from typing import Any, Literal, NamedTuple

import numpy as np
from pen_marks import angle
from PIL import Image, ImageDraw, ImageFilter

#: What is true of a box. `ruined`: nobody can say, such as a tick half rubbed out.
Truth = Literal["ticked", "empty", "corrected", "written", "ruined"]


class Filled(NamedTuple):
    """A page that somebody filled in: what is true of each box, and with which pen."""

    picture: Image.Image
    resolution: float
    truth: dict[str, Truth]
    pen: str


class Condition(NamedTuple):
    """How a page is treated and imaged.

    Attributes:
        camera: whether it is photographed; else it is scanned.
        dpi: of a scan. longest: side of a photo in pixels.
        damage: to the paper: fold, coffee, show-through, punched, torn.
        grey, quality: of the picture, and of its JPEG.
        turned: degrees of rotation at most; `quarter`: also turned by 90, 180 or 270.
        large: whether the bed of the scanner is larger than the paper, so that nothing is cut off.
        scale, stretch: by a printer that fits pages, and by a feeder.
        blur, noise, bright, gain: of the scanner. cut: millimetres that are cut off one edge.
        tilt, curl, light, shadow: of a photo; `frame` is the part of it that the page fills.
    """

    camera: bool = False
    dpi: int = 200
    longest: int = 2400
    damage: tuple[str, ...] = ()
    grey: bool = False
    two_colours: bool = False
    quality: int = 75
    turned: float = 1.5
    quarter: bool = False
    large: bool = False
    scale: float = 1.0
    stretch: float = 0.0
    blur: float = 0.06
    noise: float = 2.5
    bright: float = 0.0
    gain: float = 0.0
    cut: float = 0.0
    tilt: float = 12.0
    curl: float = 0.0
    light: tuple[float, float] = (0.55, 0.95)
    frame: tuple[float, float] = (0.72, 0.93)
    pen: str = ""


SCANS = {
    "scan 300 dpi": Condition(dpi=300),
    "scan 200 dpi": Condition(),
    "scan 150 dpi": Condition(dpi=150),
    "scan 100 dpi": Condition(dpi=100),
    "200 dpi, grey": Condition(grey=True),
    "200 dpi, JPEG q40": Condition(quality=40),
    "100 dpi, JPEG q40": Condition(dpi=100, quality=40),
    "turned up to 7°": Condition(turned=7),
    "turned by any angle": Condition(turned=180, large=True),
    "turned by quarters": Condition(quarter=True),
    "printed at 94 %, feeder 1 %": Condition(scale=0.94, stretch=0.01),
    "blurred 0.2 mm": Condition(blur=0.2),
    "noisy": Condition(noise=10),
    "dark": Condition(gain=0.72),
    "punched": Condition(damage=("punched",)),
    "cut by 7 mm": Condition(cut=7),
    "torn corner": Condition(damage=("torn",)),
    "light pencil": Condition(pen="light pencil"),
}
DAMAGED = {
    "fold": Condition(damage=("fold",)),
    "coffee": Condition(damage=("coffee",)),
    "show-through": Condition(damage=("show-through",)),
}
PHOTOS = {
    "photo 4000 px": Condition(camera=True, longest=4000),
    "photo 2400 px": Condition(camera=True),
    "photo 1600 px, q60": Condition(camera=True, longest=1600, quality=60),
    "photo, tilt to 25°": Condition(camera=True, tilt=25, turned=20),
    "photo, curled 1.5 mm": Condition(camera=True, curl=1.5),
    "photo, dim and noisy": Condition(camera=True, light=(0.25, 0.45), noise=8),
    "photo, turned by quarters": Condition(camera=True, quarter=True),
}
REFUSED = {
    "1 bit, 300 dpi": Condition(dpi=300, two_colours=True),
    "1 bit, 200 dpi": Condition(two_colours=True),
    "over-exposed": Condition(bright=0.14),
}
CONDITIONS = SCANS | DAMAGED | PHOTOS | REFUSED


def damaged(filled: Filled, damage: str, rng: np.random.Generator) -> Filled:
    """Return a page that has been through something."""
    picture = filled.picture
    width, height = picture.size
    px = filled.resolution
    if damage in ("punched", "torn"):
        drawing = ImageDraw.Draw(picture)
        if damage == "torn":
            a, b = rng.uniform(25, 60, 2) * px
            x, y = rng.choice([0, width]), rng.choice([0, height])
            points = [(x, y), (abs(x - a), y), (x, abs(y - b))]
            drawing.polygon([(float(u), float(v)) for u, v in points], (250, 250, 250))
        else:
            shade = int(rng.choice([20, 250]))
            for off in (-120, -40, 40, 120) if rng.random() < 0.5 else (-40, 40):
                x, y, r = (12 + rng.normal(0, 0.7)) * px, height / 2 + off * px, 3 * px
                drawing.ellipse((x - r, y - r, x + r, y + r), (shade,) * 3)
        return filled
    if damage == "show-through":
        back = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(3))
        factor = 1 - (1 - np.asarray(back) / np.float32(255)) * np.float32(rng.uniform(0.06, 0.16))
    else:
        factor = (_fold if damage == "fold" else _coffee)(width, height, px, rng)
    pixels = np.asarray(picture) * factor
    return filled._replace(picture=Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))


def _fold(width: int, height: int, px: float, rng: np.random.Generator) -> Any:
    lying = rng.random() < 0.7
    count = height if lying else width
    t, place = np.arange(count), rng.uniform(0.35, 0.65) * count
    line = np.exp(-(((t - place) / (0.25 * px)) ** 2)) * rng.uniform(0.25, 0.5) * rng.choice([1, -0.2])
    shade = np.where(t < place, 1.0, rng.uniform(0.86, 0.97)) * (
        1 - 0.05 * np.exp(-np.abs(t - place) / (6 * px))
    )
    factor = np.clip(shade * (1 - line), 0, 1.05).astype(np.float32)
    return factor[:, None, None] if lying else factor[None, :, None]


def _coffee(width: int, height: int, px: float, rng: np.random.Generator) -> Any:
    x, y, radius = rng.uniform(0.2, 0.85) * width, rng.uniform(0.15, 0.75) * height, rng.uniform(28, 42) * px
    down, across = np.ogrid[:height, :width]
    away = np.sqrt((across - x) ** 2 + (down - y) ** 2 * rng.uniform(0.9, 1.1)).astype(np.float32)
    turn = np.arctan2(down - y, across - x).astype(np.float32)
    away += 0.7 * px * np.sin(3 * turn + rng.uniform(0, 6)) + 0.4 * px * np.sin(7 * turn)
    ring = np.exp(-(((away - radius) / (1.1 * px)) ** 2)) * rng.uniform(0.5, 0.9)
    stain = np.clip(ring + (away < radius) * rng.uniform(0.15, 0.4), 0, 1).astype(np.float32)
    return 1 - stain[..., None] * (1 - np.array([0.72, 0.55, 0.36], np.float32) ** 0.8)


def imaged(filled: Filled, condition: Condition, rng: np.random.Generator) -> Image.Image:
    """Return what a scanner or a phone makes of a page, as a file would hold it."""
    for damage in condition.damage:
        filled = damaged(filled, damage, rng)
    picture = (_photo if condition.camera else _scan)(filled, condition, rng)
    if condition.quarter:
        picture = picture.rotate(90 * int(rng.integers(1, 4)), expand=True)
    if condition.two_colours:
        limit = int(rng.integers(125, 165))
        return picture.convert("L").point(lambda value: 255 * (value > limit)).convert("1")
    if condition.grey:
        picture = picture.convert("L")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=condition.quality)
    return Image.open(file)


def _scan(filled: Filled, condition: Condition, rng: np.random.Generator) -> Image.Image:
    """Return a scan: turned and shifted a little, blurred, with noise."""
    width, height = (side / filled.resolution for side in filled.picture.size)
    dpi = condition.dpi
    cos, sin = angle(rng.uniform(-condition.turned, condition.turned))
    across, down = (
        filled.resolution / (dpi / 25.4 * condition.scale * by) for by in (1, 1 + condition.stretch)
    )
    bed = (np.hypot(width, height),) * 2 if condition.large else (width, height)
    size = round(bed[0] * dpi / 25.4), round(bed[1] * dpi / 25.4)
    middle, shift = np.array(filled.picture.size) / 2, rng.normal(0, 0.5, 2) * dpi / 25.4
    turn = np.array([[cos * across, sin * across], [-sin * down, cos * down]])
    start = middle - turn @ (np.array(size) / 2 + shift)
    finer = filled.resolution * 25.4 / (dpi * condition.scale)
    source = filled.picture.filter(ImageFilter.GaussianBlur(0.42 * finer)) if finer > 1.05 else filled.picture
    matrix = (*turn[0], start[0], *turn[1], start[1])
    picture = source.transform(
        size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=(250,) * 3
    )
    picture = picture.filter(ImageFilter.GaussianBlur(max(0.25, condition.blur * dpi / 25.4)))
    pixels = np.asarray(picture).astype(np.float32)
    pixels *= np.float32(condition.gain or rng.uniform(0.92, 0.985))
    pixels += np.float32(255 * condition.bright)
    pixels += _noise(pixels.shape, rng) * np.float32(condition.noise)
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if condition.cut:
        cut, sides = round(condition.cut * dpi / 25.4), [0, 0, *picture.size]
        side = int(rng.integers(0, 4))
        sides[side] += cut if side < 2 else -cut
        picture = picture.crop((sides[0], sides[1], sides[2], sides[3]))
    return picture


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Any:
    """Return noise for each pixel and colour, from one drawing of it that is shifted for each colour."""
    one = rng.standard_normal(shape[:2], np.float32)
    return np.stack([one, np.roll(one, 137, 0), np.roll(one, 211, 1)], axis=2)


def _photo(filled: Filled, condition: Condition, rng: np.random.Generator) -> Image.Image:
    """Return a photo by hand: from aside, through a lens, in some light, of curled paper on a table."""
    size = (round(condition.longest * 0.75), condition.longest)
    picture = _on_table(filled, condition, size, rng)
    pixels = np.asarray(picture).astype(np.float32) * _light(size, condition, rng)[..., None]
    pixels *= np.array([1, rng.uniform(0.94, 1), rng.uniform(0.8, 1)], np.float32)
    blurred = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    blurred = blurred.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 0.9)))
    pixels = np.asarray(blurred).astype(np.float32)
    noise = _noise(pixels.shape, rng)
    noise = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1)) / np.float32(1.3)
    amount = condition.noise if condition.noise > 3 else rng.uniform(2, 5)
    pixels += noise * np.float32(amount) * np.sqrt(np.clip(pixels, 5, 255) / np.float32(140))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _on_table(
    filled: Filled, condition: Condition, size: tuple[int, int], rng: np.random.Generator
) -> Image.Image:
    """Return the page before a camera, on a table, by small pieces that are each projected."""
    width, height = (side / filled.resolution for side in filled.picture.size)
    frame = rng.uniform(*condition.frame)
    to_paper = _camera(width, height, size, frame, condition, rng)
    finer = filled.resolution * height / (size[1] * frame)
    source = filled.picture.filter(ImageFilter.GaussianBlur(0.42 * finer)) if finer > 1.05 else filled.picture
    colour = np.array([(150, 110, 75), (45, 45, 50), (225, 225, 222), (120, 130, 150)][int(rng.integers(4))])
    table = Image.fromarray(
        np.clip(colour + rng.normal(0, 10, (size[1] // 12, size[0] // 12, 1)), 0, 255).astype(np.uint8)
    ).resize(size, Image.Resampling.BICUBIC)
    step, mesh = 48, []
    for top in range(0, size[1], step):
        for left in range(0, size[0], step):
            right, low = min(left + step, size[0]), min(top + step, size[1])
            corners = to_paper(np.array([(left, top), (left, low), (right, low), (right, top)], float))
            mesh.append(((left, top, right, low), tuple((corners * filled.resolution).ravel())))
    # Pillow takes no piece that begins far outside; a rim round the page keeps all of them inside.
    page = source.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=(0, 0, 0))
    there = Image.new("L", source.size, 255).transform(
        size, Image.Transform.MESH, mesh, Image.Resampling.NEAREST
    )
    table.paste(page, mask=there)
    return table


def _camera(
    width: float,
    height: float,
    size: tuple[int, int],
    frame: float,
    condition: Condition,
    rng: np.random.Generator,
) -> Any:
    """Return the map from pixels of a photo to millimetres on the paper."""
    (cx, sx), (cy, sy), (cz, sz) = (
        angle(rng.uniform(-most, most)) for most in (condition.tilt, condition.tilt, max(8, condition.turned))
    )
    tilted = (
        np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
        @ np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
        @ np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    )
    focus = 1.15 * size[1]
    away = focus * max(height / (size[1] * frame), width / (size[0] * frame))
    off = rng.normal(0, 0.015, 2) * size[0]
    lens = np.array([[focus, 0, size[0] / 2 + off[0]], [0, focus, size[1] / 2 + off[1]], [0, 0, 1]])
    place = tilted @ np.array([-width / 2, -height / 2, 0]) + (0, 0, away)
    inverse = np.linalg.inv(lens @ np.column_stack([tilted[:, 0], tilted[:, 1], place]))
    barrel = rng.uniform(-0.02, 0.02)
    ax, ay, bx = rng.uniform(-condition.curl, condition.curl, 3)

    def to_paper(points: Any) -> Any:
        middle = np.array(size) / 2
        from_middle = (points - middle) / (size[1] / 2)
        bent = from_middle * (1 + barrel * (from_middle**2).sum(1, keepdims=True)) * (size[1] / 2) + middle
        flat = np.column_stack([bent, np.ones(len(bent))]) @ inverse.T
        x, y = (flat[:, :2] / flat[:, 2:]).T
        right = ax * np.sin(np.pi * x / width) * np.cos(np.pi * (y / height - 0.5))
        right += 0.5 * bx * np.sin(2 * np.pi * y / height)
        down = ay * np.sin(np.pi * y / height) * np.cos(np.pi * (x / width - 0.5))
        return np.column_stack([x - right, y - down])

    return to_paper


def _light(size: tuple[int, int], condition: Condition, rng: np.random.Generator) -> Any:
    """Return how light falls: from one side, with the shadow of a hand."""
    across, down = np.meshgrid(
        np.linspace(0, 1, size[0], dtype=np.float32), np.linspace(0, 1, size[1], dtype=np.float32)
    )
    (cos, sin), (c, s) = angle(rng.uniform(0, 360)), angle(rng.uniform(0, 180))
    light = rng.uniform(*condition.light) * (
        1 - rng.uniform(0.05, 0.45) * np.clip(0.5 + cos * (across - 0.5) + sin * (down - 0.5), 0, 1)
    )
    if rng.random() < 0.7:
        x, y = rng.uniform(0, 1, 2)
        edge = (c * (across - x) + s * (down - y)) / rng.uniform(0.01, 0.08)
        light = light * (1 - rng.uniform(0.2, 0.5) / (1 + np.exp(-np.clip(edge, -30, 30))))
    return light.astype(np.float32)
