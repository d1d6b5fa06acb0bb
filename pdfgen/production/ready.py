"""Drawings and data files as an earlier run left them, ready to use.

What is kept is found by a digest of the file that it was made of, so that a changed file is a new one. Only
drawings, libraries, layouts and languages are: never a prescription, and not the clinic's file, which may
hold a key. Pages are the same bytes with and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.content.files.strict_yaml import KnownSource, parse_bytes, read_source_bytes
from pdfgen.content.loading import Reader
from pdfgen.content.models.model_record import M, model_of, record_of
from pdfgen.content.pictures.drawing import Drawing, Made, ShapesOnDemand, read_svg
from pdfgen.production.asset_cache import AssetCache, Entry, open_cache

if TYPE_CHECKING:
    from pdfgen.content.files.source import Source
    from pdfgen.content.models.field_types import Model

_DRAWINGS, _DATA = "drawings", "data"

#: Entries of a set; with more, those of files that were not used this time go first.
_MOST_DRAWINGS, _MOST_DATA = 1_000, 12


class Ready(Reader):
    """What is known from earlier runs, and what this one adds to it.

    Args:
        cache: where it is kept.
    """

    def __init__(self, cache: AssetCache) -> None:
        self._cache = cache
        self._sets: dict[str, Mapping[str, Entry]] = {}
        self._drawings: dict[str, Drawing] = {}
        self._used: dict[str, Entry] = {}
        self._shipped: dict[Path, Drawing] = {}
        self._sources: dict[str, Source] = {}
        self._models: dict[str, Model] = {}

    def drawing(self, data: bytes, name: str, read: Callable[[], Drawing]) -> Drawing:
        """Return the drawing of an SVG file.

        Args:
            data: the file, with whatever else decides what `read` returns.
            name: of the drawing.
            read: makes it of the file; called only for what is not known.

        Raises:
            InputError: as `read`.
        """
        digest = hashlib.sha256(data).hexdigest()
        key = f"{digest} {name}"
        if key not in self._drawings:
            # Of a new one, too, only what is made of it stays in memory: it has thousands of points.
            entry = self._known(_DRAWINGS).get(digest) or _entry(read())
            self._used[digest] = entry
            self._drawings[key] = _drawing(entry, name, read)
        return self._drawings[key]

    def shipped_drawing(self, path: Path) -> Drawing:
        """Return the drawing in a file that does not change while pdfgen runs.

        Raises:
            InputError: as `read_svg`.
        """
        if path not in self._shipped:
            data = path.read_bytes()
            self._shipped[path] = self.drawing(data, path.name, lambda: read_svg(data, path.name))
        return self._shipped[path]

    def read_yaml(self, path: Path, what: str = "file") -> Source:
        """Read a YAML file, as `yaml_source.read_yaml` does.

        Raises:
            InputError: it cannot be read, or is not strict YAML, with all problems that were found.
        """
        file, data = read_source_bytes(path, what)
        digest = hashlib.sha256(data).hexdigest()
        entry = self._known(_DATA).get(digest)
        source = KnownSource(file, data, entry.facts[0]) if entry else parse_bytes(data, file)
        self._sources[digest] = source
        return source

    def model(self, kind: type[M], source: Source) -> M:
        """Return the model that a source holds, as `validation.validate` does.

        Raises:
            InputError: with all problems, in the order of the lines.
        """
        digest = next((digest for digest, one in self._sources.items() if one is source), "")
        entry = self._known(_DATA).get(digest)
        model = model_of(kind, entry.facts[1]) if entry else None
        if model is None:
            model = super().model(kind, source)
        if digest:
            self._models[digest] = model
        return model

    def save(self) -> None:
        """Keep what this run has made, for the next ones. Call it when all went well."""
        if self._used.keys() - self._known(_DRAWINGS).keys():
            self._write(_DRAWINGS, self._used, _MOST_DRAWINGS)
        known = self._known(_DATA)
        if self._models.keys() - known.keys():
            models = {
                key: known.get(key) or Entry([self._sources[key].data, record_of(model)])
                for key, model in self._models.items()
            }
            self._write(_DATA, models, _MOST_DATA)

    @property
    def told(self) -> list[str]:
        """What was read and written, and why not, for somebody who wonders."""
        return self._cache.told

    def _known(self, name: str) -> Mapping[str, Entry]:
        if name not in self._sets:
            self._sets[name] = self._cache.read(name)
        return self._sets[name]

    def _write(self, name: str, used: Mapping[str, Entry], most: int) -> None:
        merged = {**used, **{key: entry for key, entry in self._known(name).items() if key not in used}}
        self._cache.write(name, dict(list(merged.items())[:most]))


def open_ready() -> Ready | None:
    """Return what earlier runs left; None where nothing is to be kept."""
    cache = open_cache()
    return Ready(cache) if cache else None


def _drawing(entry: Entry, name: str, read: Callable[[], Drawing]) -> Drawing:
    width, height, corners, is_grey = entry.facts
    form, *grey = entry.blobs
    made = Made(form, None if is_grey else grey[0], tuple(corners))
    return Drawing(name, width, height, ShapesOnDemand(lambda: tuple(read().shapes)), made)


def _entry(drawing: Drawing) -> Entry:
    from pdfgen.pdf.drawings import draw_body
    from pdfgen.typesetting.paper import grey_drawing
    from pdfgen.typesetting.sections.exercise_drawings import measure_corner

    grey = grey_drawing(drawing)
    forms = (draw_body(drawing),) if grey is drawing else (draw_body(drawing), draw_body(grey))
    corners = (measure_corner(drawing, mirrored=False), measure_corner(drawing, mirrored=True))
    return Entry([drawing.width, drawing.height, corners, grey is drawing], forms)
