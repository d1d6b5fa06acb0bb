"""Make the photos of examples/photos: our own posed bodies in a lit room, as a telephone might take them.

python tools/example_photos.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pdfgen.content.files.resources import assets_folder
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.illustration.studio import pixels
from pdfgen.illustration.tones import Material

FOLDER = Path(__file__).parent.parent / "examples" / "photos"
SHOTS = (("bridge", "a"), ("bridge", "b"), ("cat-cow", "a"), ("cat-cow", "b"))

#: Sides in pixels of a photo, and the part of its width that the body takes.
SIZE, SHARE = (1600, 1200), 0.86

WALL, FLOOR, MAT = (206, 214, 214), (168, 150, 128), (64, 108, 122)
COLOURS = {
    Material.SKIN: (198, 142, 110), Material.HAIR: (62, 44, 34), Material.SHIRT: (226, 196, 92),
    Material.TROUSERS: (44, 58, 92), Material.SHOE: (235, 235, 232), Material.SOLE: (90, 90, 90),
    Material.SOFT: (214, 208, 196),
}  # fmt: skip
LIGHT = np.array([-0.35, 0.7, 0.62])


def shot(name: str, letter: str) -> Image.Image:
    """Return a photo of a panel of a pose file."""
    seen, mats = pixels(load_pose_file(assets_folder() / "poses" / f"{name}.yaml"), "woman", letter)
    high, wide = seen.materials.shape
    factor = SHARE * SIZE[0] / wide
    body = Image.fromarray(lit(seen.materials, seen.near, seen.grid.per_metre))
    mask = Image.fromarray(np.where(seen.materials > 0, 255, 0).astype(np.uint8))
    size = (round(wide * factor), round(high * factor))
    place = ((SIZE[0] - size[0]) // 2, round(SIZE[1] * 0.74) - size[1])
    room = background(mats, factor, place)
    mask = mask.resize(size, Image.Resampling.LANCZOS)
    shadow = Image.new("L", SIZE, 0)
    shadow.paste(mask.resize((size[0], size[1] // 5)), (place[0] + 20, place[1] + size[1] * 17 // 20))
    shadow = shadow.filter(ImageFilter.GaussianBlur(22)).point(lambda value: value * 2 // 5)
    room.paste((30, 30, 34), mask=shadow)
    room.paste(body.resize(size, Image.Resampling.LANCZOS), place, mask)
    grain = np.random.default_rng(7).normal(0, 2.2, (SIZE[1], SIZE[0], 1))
    return Image.fromarray((np.asarray(room, float) + grain).clip(0, 255).astype(np.uint8))


def lit(materials: np.ndarray, near: np.ndarray, per_metre: float) -> np.ndarray:
    """Return colours (h, w, 3) of a body by how it faces the light; `near` is its nearness in metres."""
    depth = np.where(materials > 0, near, np.nan)
    down, across = np.gradient(np.nan_to_num(depth, nan=float(np.nanmin(depth))) * per_metre)
    normal = np.stack([-across, down, np.ones_like(across)], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    light = 0.42 + 0.68 * np.clip(normal @ (LIGHT / np.linalg.norm(LIGHT)), 0, 1)
    colours = np.zeros((*materials.shape, 3))
    for material in Material:
        colours[materials == material] = COLOURS.get(material, (190, 180, 168))
    result: np.ndarray = (colours * light[..., None]).clip(0, 255).astype(np.uint8)
    return result


def background(mats: list[np.ndarray], factor: float, place: tuple[int, int]) -> Image.Image:
    """Return the wall, the floor and the mat of a room, a little lighter where the window is."""
    room = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(room)
    horizon = round(SIZE[1] * 0.52)
    pen.rectangle((0, horizon, *SIZE), fill=FLOOR)
    pen.rectangle((0, horizon - 14, SIZE[0], horizon), fill=(236, 236, 232))
    for corners in mats:
        pen.polygon([(x * factor + place[0], y * factor + place[1]) for x, y in corners], fill=MAT)
    window = Image.radial_gradient("L").resize((2400, 1800)).crop((500, 300, 2100, 1500))
    dark = Image.new("RGB", SIZE, (40, 40, 44))
    return Image.composite(dark, room, window.point(lambda value: value // 4)).filter(
        ImageFilter.GaussianBlur(1.2)
    )


def main() -> None:
    """Write the photos."""
    for name, letter in SHOTS:
        path = FOLDER / f"{name}-{letter}.jpg"
        shot(name, letter).save(path, "JPEG", quality=84, optimize=True)
        print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
