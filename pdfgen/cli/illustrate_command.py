"""`pdfgen illustrate`: a line drawing from a pose in YAML."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import report
from pdfgen.delivery.writing import check_target, write_atomically
from pdfgen.errors import Problem, UsageError

if TYPE_CHECKING:
    from pdfgen.illustration.figure import FigureName

_EPILOG = """\b
Examples:
  pdfgen illustrate bridge.yaml -o bridge.svg
  pdfgen illustrate bridge.yaml -o bridge-b.svg --panel B --figure man --preview look.png

\b
A file with several panels is written as bridge-a.svg, bridge-b.svg …, unless --panel names one.
docs/drawings.md leads from nothing to a new drawing."""

#: Who can be drawn; listed here too, so that asking for help needs no arrays.
_FIGURES = ("woman", "man", "neutral", "older-woman", "older-man", "heavier-woman", "heavier-man")

#: What the extra `illustrate` brings.
_NEEDED = ("numpy", "scipy")


@click.command("illustrate", epilog=_EPILOG)
@click.argument("pose", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The SVG file; left out: beside the pose file."
)
@click.option(
    "--figure", type=click.Choice(_FIGURES), default="woman", show_default=True, help="Who is drawn.",
)  # fmt: skip
@click.option("--panel", help="Draw only this panel, such as B.")
@click.option("--mirror", is_flag=True, help="Exchange left and right in the picture.")
@click.option("--preview", type=click.Path(path_type=Path), help="Write also a PNG to look at.")
@report.options
def command(
    pose: Path, output: Path | None, figure: FigureName, panel: str | None, mirror: bool, preview: Path | None
) -> None:
    """Draw an exercise: POSE is a YAML file with postures, arrows and things around."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"drawing needs {' and '.join(missing)}; run pip install 'pdfgen[illustrate]'")
    from pdfgen.illustration.drawing import draw_file, side_by_side

    target = output or pose.with_suffix(".svg")
    for path in (target, *([preview] if preview else [])):
        check_target(path)
    drawn = draw_file(pose, figure, mirrored=mirror)
    letters = list(drawn)
    if panel is not None:
        if panel.lower() not in letters:
            known = ", ".join(letter.upper() for letter in letters)
            raise UsageError(Problem(f"there is no such panel; the file has {known}", field="--panel"))
        letters = [panel.lower()]
    for letter in letters:
        path = target if len(letters) == 1 else target.with_stem(f"{target.stem}-{letter}")
        write_atomically(path, drawn[letter].encode())
        report.detail(f"wrote {path}")
    if preview is not None:
        write_atomically(preview, side_by_side([drawn[letter] for letter in letters]))
