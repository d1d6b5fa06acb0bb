"""`pdfgen illustrate`: a line drawing from a pose in YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import output as outputs
from pdfgen.cli import report
from pdfgen.cli.options import FIGURE, FILE, OUTPUT, Command, option, out_option
from pdfgen.delivery.writing import STDOUT, check_target, write_atomically
from pdfgen.errors import Problem, UsageError, missing_extra

if TYPE_CHECKING:
    from pdfgen.illustration.figure import FigureName

_EPILOG = """\b
Examples:
  pdfgen new pose mine.yaml
  pdfgen illustrate mine.yaml --preview mine.png
  pdfgen illustrate mine.yaml -o figures/mine.svg --figure man
  pdfgen illustrate mine.yaml --panel B -o - > b.svg

\b
A file with several panels is written as mine-a.svg, mine-b.svg …, unless --panel names one.
Drawings of the man are called mine-a--man.svg, as a library expects them.
docs/drawing-an-exercise.md leads from nothing to a new drawing."""

#: Who can be drawn; listed here too, so that asking for help needs no arrays.
_FIGURES = ("woman", "man", "neutral", "older-woman", "older-man", "heavier-woman", "heavier-man")

SVG_START = b"<svg"
"""How a drawing by pdfgen begins; an SVG of another program begins with a line about XML and is kept."""

PNG_START = b"\x89PNG\r\n"


@click.command("illustrate", cls=Command, epilog=_EPILOG)
@click.argument("pose", metavar="POSE.yaml", type=FILE)
@out_option("FILE|-", "The SVG file; - is standard output. Default: beside the pose file.", "--output")
@option(
    FIGURE, "--figure", type=click.Choice(_FIGURES), default="woman", show_default=True, help="Who is drawn.",
)  # fmt: skip
@option(FIGURE, "--panel", metavar="LETTER", help="Draw only this panel, such as B.")
@option(FIGURE, "--mirror", is_flag=True, help="Exchange left and right in the picture.")
@option(OUTPUT, "--preview", type=FILE, metavar="FILE", help="Write also a PNG to look at, with the letters.")
@option(
    OUTPUT, "--places", is_flag=True,
    help="Draw nothing; print where the joints are, in metres: left, up, forwards.",
)  # fmt: skip
@report.options
def command(
    pose: Path,
    out: Path | None,
    figure: FigureName,
    panel: str | None,
    mirror: bool,
    preview: Path | None,
    places: bool,
) -> None:
    """Draw an exercise and print the names of the files.

    POSE.yaml says postures, arrows and what stands around. Only drawings that pdfgen made are replaced.
    """
    if message := missing_extra("illustrate", "numpy", "scipy"):
        raise UsageError(f"drawing {message}")
    from pdfgen.illustration.drawing import joint_places, side_by_side
    from pdfgen.illustration.pose_file import load_pose_file
    from pdfgen.illustration.studio import draw

    file = load_pose_file(pose)
    letters = _letters(panel, list(file.scene.panels))
    if places:
        _print_places(
            {letter: found for letter, found in joint_places(file, figure).items() if letter in letters}
        )
        return
    targets = _targets(letters, figure, out, STDOUT if pose == STDOUT else pose)
    _check(targets, preview)
    drawn = draw(file, figure, mirrored=mirror)
    for letter, target in targets.items():
        outputs.write(target, drawn[letter].encode())
    if preview is not None:
        picture = side_by_side([drawn[letter] for letter in letters], letters=letters)
        if STDOUT in targets.values():
            # A file name behind the drawing would spoil it.
            write_atomically(preview, picture)
        else:
            outputs.write(preview, picture)


def _letters(panel: str | None, letters: Sequence[str]) -> Sequence[str]:
    """Return the panels to write."""
    if panel is None:
        return letters
    if panel.lower() not in letters:
        known = ", ".join(letter.upper() for letter in letters)
        raise UsageError(Problem(f"is not a panel of this file; it has {known}", field="--panel"))
    return [panel.lower()]


def _targets(letters: Sequence[str], figure: FigureName, out: Path | None, pose: Path) -> Mapping[str, Path]:
    """Return the file of each panel: with the letter where there are several, and the name of the figure.

    A name that was given for one drawing is used as it is.
    """
    target = out or (pose if pose == STDOUT else pose.with_suffix(".svg"))
    suffix = "" if figure == "woman" else f"--{figure}"
    if len(letters) == 1:
        return {letters[0]: target if out or target == STDOUT else target.with_stem(target.stem + suffix)}
    if target == STDOUT:
        known = ", ".join(letter.upper() for letter in letters)
        message = f"standard output takes one drawing; choose one of {known} with --panel"
        raise UsageError(Problem(message, field="--out"))
    check_target(target)
    return {letter: target.with_stem(f"{target.stem}-{letter}{suffix}") for letter in letters}


def _print_places(places: Mapping[str, Mapping[str, tuple[float, float, float]]]) -> None:
    for letter, joints in places.items():
        report.result(f"panel {letter.upper()}")
        for name, place in joints.items():
            report.result(f"  {name:<15}" + "".join(f"{number:7.2f}" for number in place))


def _check(targets: Mapping[str, Path], preview: Path | None) -> None:
    """Check that all files can be written, before the work of drawing."""
    for target in targets.values():
        check_target(target, replaces=SVG_START)
    if preview is None:
        return
    if preview == STDOUT:
        raise UsageError(Problem("name a file for the picture, such as look.png", field="--preview"))
    if check_target(preview, replaces=PNG_START) in {check_target(target) for target in targets.values()}:
        raise UsageError(Problem("is the file of the drawing; choose another name", field="--preview"))
