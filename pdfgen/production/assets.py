"""Fonts, drawings, icons and logos from their files, as far as a plan needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.files.resources import assets_folder
from pdfgen.content.pictures.drawing import Drawing, read_svg, scaled
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.errors import InputError, Problem, missing_file
from pdfgen.typesetting.fonts import Face, FontFamily

if TYPE_CHECKING:
    from pdfgen.planning.plan import Plan, PlannedPanel
    from pdfgen.production.ready import Ready

#: Faces in order of preference: the main face, then the one that has the characters it lacks.
_FAMILIES = ("AtkinsonHyperlegibleNext", "NotoSans")

#: Extent of the largest shipped drawings, in millimetres.
_WIDEST, _HIGHEST = 60.0, 50.0

#: Icons that every document uses; the safety boxes name their own.
_ICONS = ("tick", "warning", "stop")


@dataclass(frozen=True)
class Pictures:
    """Drawings by name."""

    figures: Mapping[str, Drawing]
    icons: Mapping[str, Drawing]


@lru_cache(maxsize=1)
def load_family() -> FontFamily:
    """Return the fonts. They are read once a process and never change."""
    folder = assets_folder() / "fonts"

    def faces(weight: str) -> tuple[Face, ...]:
        names = [f"{family}-{weight}" for family in _FAMILIES]
        return tuple(
            Face(name, (folder / f"{name}.ttf").read_bytes(), bold=weight == "Bold", whole=name == names[0])
            for name in names
        )

    return FontFamily(faces("Regular"), faces("Bold"))


def load_pictures(plan: Plan, files: FigureFiles, ready: Ready | None = None) -> Pictures:
    """Return the drawings and icons that a plan names.

    Args:
        plan: names them.
        files: the drawings that there are.
        ready: those that an earlier run read.

    Raises:
        InputError: one of them does not exist or cannot be used.
    """
    names = dict.fromkeys(panel.figure for panel in _panels(plan))
    figures = {name: _figure(name, files, ready) for name in names}
    icons = dict.fromkeys([*_ICONS, *(box.icon for box in plan.safety.boxes)])
    return Pictures(figures, _load_icons(icons, ready))


def _panels(plan: Plan) -> Iterable[PlannedPanel]:
    for exercise in plan.exercises:
        for variant in (exercise.main, exercise.easier, exercise.harder):
            if variant is not None:
                yield from variant.panels
    preparation = plan.preparation
    for strip in (preparation.positions, preparation.warm_up, preparation.down, preparation.up):
        if strip is not None:
            yield from (step.panel for step in strip.steps if step.panel is not None)


def _figure(name: str, files: FigureFiles, ready: Ready | None) -> Drawing:
    path = files.paths[name]
    if name not in files.own:
        return _shipped(path, ready)
    data = files.read(name)
    if ready is None:
        return _own_drawing(data, path.name)
    return ready.drawing(b"own\0" + data, path.name, lambda: _own_drawing(data, path.name))


def _own_drawing(data: bytes, name: str) -> Drawing:
    drawing = read_svg(data, name)
    # Shipped drawings are in millimetres; one in other units is brought to their size.
    larger = max(drawing.width / _WIDEST, drawing.height / _HIGHEST)
    return scaled(drawing, 1 / larger) if larger > 1 else drawing


def _load_icons(names: Iterable[str], ready: Ready | None) -> Mapping[str, Drawing]:
    problems: list[Problem] = []
    drawings = {}
    for name in names:
        path = assets_folder() / "icons" / f"{name}.svg"
        try:
            drawings[name] = _shipped(path, ready)
        except FileNotFoundError:
            problems.append(missing_file(path.name, "a drawing"))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return drawings


def _shipped(path: Path, ready: Ready | None) -> Drawing:
    return ready.shipped_drawing(path) if ready else _load_drawing(path)


@lru_cache(maxsize=256)
def _load_drawing(path: Path) -> Drawing:
    return read_svg(path.read_bytes(), path.name)
