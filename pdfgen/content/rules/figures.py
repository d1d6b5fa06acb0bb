"""Rules about the pictures that a library names: they exist, for every figure, and can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from pdfgen.content.loading import Loaded
from pdfgen.content.models.exercise import Panel
from pdfgen.content.models.library import Library
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.pictures.figure_files import FigureFiles, panels
from pdfgen.content.pictures.picture_file import in_picture
from pdfgen.errors import InputError, Problem


def figure_problems(library: Loaded[Library], files: FigureFiles, *, pixels: bool) -> Iterator[Problem]:
    """Yield a problem for each picture that is missing, and each own one that cannot be printed.

    Args:
        pixels: whether photos are read to the end. A program reads those that it prints.
    """
    checked: set[str] = set()
    for path, panel in panels(library.value):
        if panel.photo is not None:
            if panel.picture not in checked:
                checked.add(panel.picture)
                for message in _unusable_photo(panel, files, pixels=pixels):
                    yield library.problem((*path, "photo"), message)
            continue
        name, at = panel.picture, (*path, "figure")
        if name not in files.names:
            message = f'there is no drawing "{name}.svg"; {nearest(name, files.names)}'
            yield library.problem(at, message)
        for missing in files.missing(name):
            message = f'there is no drawing "{missing}.svg"; add it, so that every figure can be chosen'
            yield library.problem(at, message)
        if name in files.own and name not in checked:
            checked.add(name)
            for drawing in files.own_named(name):
                for message in _unusable(drawing, files):
                    yield library.problem(at, message)


def _unusable(name: str, files: FigureFiles) -> Iterator[str]:
    """Yield what keeps an own drawing from being printed; the shipped ones are tested."""
    from pdfgen.content.pictures.svg_reader import read_svg

    file = f"figures/{name}.svg"
    try:
        read_svg(files.read(name), file)
    except InputError as error:
        yield from (in_picture(file, problem) for problem in error.problems)


def _unusable_photo(panel: Panel, files: FigureFiles, *, pixels: bool) -> Iterator[str]:
    from pdfgen.content.pictures.photo import check_header, read_photo

    try:
        data = files.read_photo(panel.photo or "")
        if pixels:
            read_photo(data, panel.picture, panel.crop)
        else:
            check_header(data, panel.picture)
    except InputError as error:
        yield from (f"the photo {problem.message}" for problem in error.problems)
