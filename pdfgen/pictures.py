"""Fonts, drawings, icons and logos from their files, as far as a plan needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.drawings import Drawing, read_svg
from pdfgen.content.resources import assets_folder
from pdfgen.errors import InputError, Problem, missing_file
from pdfgen.typesetting.fonts import Face, FontFamily

if TYPE_CHECKING:
    from pdfgen.planning.plan import Plan, PlannedPanel

#: Faces in order of preference: the main face, then the one that has the characters it lacks.
_FAMILIES = ("AtkinsonHyperlegibleNext", "NotoSans")

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
            Face(name, (folder / f"{name}.ttf").read_bytes(), bold=weight == "Bold") for name in names
        )

    return FontFamily(faces("Regular"), faces("Bold"))


def load_pictures(plan: Plan) -> Pictures:
    """Return the drawings and icons that a plan names.

    Raises:
        InputError: one of them does not exist or cannot be used.
    """
    figures = dict.fromkeys(panel.figure for panel in _panels(plan))
    icons = dict.fromkeys([*_ICONS, *(box.icon for box in plan.safety.boxes)])
    return Pictures(_load_all("figures", figures), _load_all("icons", icons))


def _panels(plan: Plan) -> Iterable[PlannedPanel]:
    for exercise in plan.exercises:
        for variant in (exercise.main, exercise.easier, exercise.harder):
            if variant is not None:
                yield from variant.panels
    for strip in (plan.preparation.warm_up, plan.preparation.down, plan.preparation.up):
        yield from (step.panel for step in strip.steps if step.panel is not None)


def _load_all(kind: str, names: Iterable[str]) -> Mapping[str, Drawing]:
    problems: list[Problem] = []
    drawings = {}
    for name in names:
        path = assets_folder() / kind / f"{name}.svg"
        try:
            drawings[name] = _load_drawing(path)
        except FileNotFoundError:
            problems.append(missing_file(path.name, "a drawing"))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return drawings


@lru_cache(maxsize=256)
def _load_drawing(path: Path) -> Drawing:
    return read_svg(path.read_bytes(), path.name)
