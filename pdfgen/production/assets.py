"""Fonts, drawings, icons and logos from their files, as far as a program needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pdfgen.content.files.resources import assets_folder
from pdfgen.content.pictures.drawing import Drawing, Photo, Raster, VectorPicture
from pdfgen.content.pictures.drawing_file import FIGURES, ICONS, shipped_drawings
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.content.pictures.picture_file import load_logo, picture_of
from pdfgen.errors import InputError, Problem
from pdfgen.typesetting.fonts import Face, FontFamily

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.clinic import Clinic
    from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedPanel

#: Faces in order of preference: the main face, then the one that has the characters it lacks.
_FAMILIES = ("AtkinsonHyperlegibleNext", "NotoSans")
#: Has nothing but the zero that stands in text, and a space; made by tools/plain_zero.py.
_ZERO = "NotoSansZero"

_WEIGHTS = ("Regular", "Bold")

#: Own drawings that are kept finished for the programs of a batch.
_MOST_OWN = 256


#: Icons that every document uses; the safety boxes name their own.
_ICONS = ("tick", "warning", "stop")


class Pictures(NamedTuple):
    """Drawings and photos by name."""

    figures: Mapping[str, Drawing | Photo]
    icons: Mapping[str, Drawing]


@lru_cache(maxsize=1)
def load_family() -> FontFamily:
    """Return the fonts. They are read once a process and never change."""
    folder = assets_folder() / "fonts"

    def face(family: str, weight: str) -> Face:
        name = f"{family}-{weight}"
        data = (folder / f"{name}.ttf").read_bytes()
        return Face(name, data, bold=weight == "Bold", whole=family == _FAMILIES[0])

    regular, bold = (tuple(face(family, weight) for family in _FAMILIES) for weight in _WEIGHTS)
    return FontFamily(regular, bold, (face(_ZERO, _WEIGHTS[0]), face(_ZERO, _WEIGHTS[1])))


def load_pictures(plan: Plan, files: FigureFiles) -> Pictures:
    """Return the drawings, photos and icons that a plan names.

    Raises:
        InputError: an own drawing or photos cannot be used; `field` names a photo.
    """
    figures = {panel.figure: panel for panel in _panels(plan)}
    icons = dict.fromkeys([*_ICONS, *(box.icon for box in plan.safety.boxes)])
    shipped = shipped_drawings()
    photos = _photos([panel for panel in figures.values() if panel.photo is not None], files)
    drawings: dict[str, Drawing | Photo] = {
        name: _own_drawing(files.read(name), FIGURES + name) if name in files.own else shipped[FIGURES + name]
        for name in figures
        if name not in photos
    }
    return Pictures(
        drawings | photos,
        {name: shipped[ICONS + name] for name in icons},
    )


def _panels(plan: Plan) -> Iterable[PlannedPanel]:
    for exercise in plan.exercises:
        for variant in (*exercise.shown_forms, exercise.main, exercise.easier):
            if variant is not None:
                yield from variant.panels
    preparation = plan.preparation
    for strip in (preparation.positions, preparation.warm_up, preparation.down, preparation.up):
        if strip is not None:
            yield from (step.panel for step in strip.steps if step.panel is not None)


@lru_cache(maxsize=_MOST_OWN)
def _own_drawing(data: bytes, name: str) -> Drawing:
    # Only programs with drawings of a clinic need what reads and draws them.
    from pdfgen.content.pictures.drawing import PANEL_HEIGHT, PANEL_WIDTH, scaled
    from pdfgen.content.pictures.svg_reader import read_svg
    from pdfgen.pdf.finished_drawings import finished

    picture = read_svg(data, name)
    # Shipped drawings are in millimetres; one in other units is brought to their size.
    larger = max(picture.width / PANEL_WIDTH, picture.height / PANEL_HEIGHT)
    return finished(scaled(picture, 1 / larger) if larger > 1 else picture)


def _photos(panels: Iterable[PlannedPanel], files: FigureFiles) -> dict[str, Photo]:
    """Return photos by the names of their panels.

    Raises:
        InputError: with a problem for each photo that cannot be used; `field` is the name of its panel.
    """
    found: dict[str, Photo] = {}
    problems: list[Problem] = []
    for panel in panels:
        from pdfgen.content.pictures.photo import read_photo_once

        try:
            data = files.read_photo(panel.photo or "")
            found[panel.figure] = read_photo_once(data, panel.figure, panel.crop)
        except InputError as error:
            problems += (replace(problem, field=panel.figure, file="") for problem in error.problems)
    if problems:
        raise InputError(problems)
    return found


def finished_logo(clinic: Loaded[Clinic], content: bytes | None = None) -> Drawing | Raster | None:
    """Return the clinic's logo as it is placed on pages, if it has one.

    Args:
        clinic: says where the logo is.
        content: of the logo, where it need not be read.

    Raises:
        InputError: it cannot be used, at the line of the clinic's `logo`.
    """
    logo = load_logo(clinic) if content is None else picture_of(content, "logo")
    if not isinstance(logo, VectorPicture):
        return logo
    from pdfgen.pdf.finished_drawings import finished

    return finished(logo)
