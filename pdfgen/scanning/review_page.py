"""The page on which a person decides what is unsure: HTML that works from disk and sends nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.scanning.answers import Answer, counted
from pdfgen.scanning.decisions import SCHEMA
from pdfgen.scanning.sheet_pictures import SheetPictures
from pdfgen.scanning.table import Known, ReadSheet

_WHY = {
    "written": "a number is written",
    "several": "more than one is marked",
}


def review_page(
    sheets: Sequence[ReadSheet], pictures: Mapping[str, SheetPictures | None], known: Mapping[str, Known]
) -> Iterator[bytes]:
    """Yield the page for sheets in pieces: that of five hundred has 130 MB.

    Args:
        sheets: in order.
        pictures: of them, by where they were found; sheets without any are left out, such as filled forms.
        known: what their prescriptions add.
    """
    shown = [(sheet, found) for sheet in sheets if (found := pictures.get(sheet.place))]
    page = _file("page.html")
    for mark, content in (("STYLE", _file("review.css")), ("SCRIPT", _file("review.js"))):
        page = page.replace(f"/*{mark}*/", content, 1)
    before, _, after = page.partition("/*DATA*/")
    yield before.encode()
    for part in _data(shown, known):
        yield part.encode()
    yield after.encode()


def _data(shown: Sequence[tuple[ReadSheet, SheetPictures]], known: Mapping[str, Known]) -> Iterator[str]:
    """Yield what the page shows, as JSON in pieces."""
    opened = (
        _open(index, sheet, answer, found, known.get(sheet.document))
        for index, (sheet, found) in enumerate(shown)
        for answer in sheet.answers
        if answer.is_open and answer.name in found.parts
    )
    yield f'{{"schema":{_json(SCHEMA)},"sheets":['
    yield from _listed(_sheet(sheet, found) for sheet, found in shown)
    yield '],"open":['
    yield from _listed(opened)
    yield "]}"


def _listed(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    for place, value in enumerate(values):
        yield f"{',' if place else ''}{_json(value)}"


def _json(value: Any) -> str:
    """Return a value as JSON in which nothing may end the element that it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _file(name: str) -> str:
    return (files("pdfgen.scanning") / "review" / name).read_text(encoding="utf-8")


def _sheet(sheet: ReadSheet, found: SheetPictures) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "place": sheet.place,
        "said": ", ".join(counted(sheet.answers)) or "no boxes",
        "picture": _address(found.whole),
        "boxes": [
            (
                one.name,
                one.state,
                *(round(100 * part, 2) for part in (one.left, one.top, one.width, one.height)),
            )
            for one in found.boxes
        ],
    }


def _open(
    index: int, sheet: ReadSheet, answer: Answer, found: SheetPictures, known: Known | None
) -> dict[str, Any]:
    date = known.date(sheet.week, answer.weekday, WEEKDAYS) if known else None
    return {
        "index": index,
        "sheet": sheet.name,
        "file": sheet.file,
        "page": sheet.page,
        "week": sheet.week,
        "answer": answer.name,
        "kind": answer.kind,
        "weekday": answer.weekday,
        "date": date.isoformat() if date else "",
        "exercise": answer.exercise,
        "name": known.exercises.get(answer.exercise, "") if known else "",
        "reason": _WHY.get(answer.state, answer.reason or "unsure"),
        "picture": _address(found.parts[answer.name]),
    }


def _address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
