"""Draw the pictures of docs/drawing-an-exercise.md: `make picture`.

The guide holds the pose files itself, in blocks that begin with ```` ```yaml draw NAME ````; each becomes
`drawing-NAME.png`. Every shipped position becomes `position-NAME.png`.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from PIL import Image

from pdfgen.illustration.drawing import draw_file, side_by_side
from pdfgen.illustration.positions import positions

FOLDER = Path(__file__).parent
GUIDE = FOLDER.parent / "drawing-an-exercise.md"

_POSITION = """\
title: {name}
{around}
width: 34
height: 26
panels: {{a: {{pose: {{from: {name}}}}}}}
"""
_STANDING = "view: three-quarter\nfeet: shoe\nshadow: true"
_SITTING = "view: side\nfeet: shoe\nshadow: true\nprops: [{kind: chair, at: [0, -0.02]}]"
_AROUND = {"standing": _STANDING, "sitting": _SITTING}

#: Dots an inch: a drawing of two panels is then about 600 pixels wide.
_FINE, _SMALL = 130, 150
_TONES = 16


def pose_files() -> dict[str, str]:
    """Return the pose files of the guide by their names."""
    text = GUIDE.read_text(encoding="utf-8")
    return dict(re.findall(r"^```yaml draw (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def position_file(name: str) -> str:
    """Return a pose file that shows a position as it is."""
    return _POSITION.format(name=name, around=_AROUND.get(name, "view: side"))


def main() -> None:
    """Write all pictures beside this file."""
    pictures = {f"drawing-{name}": (text, _FINE) for name, text in pose_files().items()}
    pictures |= {f"position-{name}": (position_file(name), _SMALL) for name in positions()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pose.yaml"
        for name, (text, dots) in pictures.items():
            path.write_text(text, encoding="utf-8")
            drawn = draw_file(path)
            letters = list(drawn) if len(drawn) > 1 else ()
            picture = Image.open(io.BytesIO(side_by_side(list(drawn.values()), dots, letters)))
            picture.convert("L").quantize(_TONES).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
