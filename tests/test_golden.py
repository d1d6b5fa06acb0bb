"""What the pages and the tags of every layout say and where, compared with what was looked at before.

After a wanted change: `pytest tests/test_golden.py --update-golden`, read the difference, commit it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from geometry import page_lines
from programs import Made, make_program

from pdfgen.content.loading import list_layouts
from pdfgen.pdf.reader import read

GOLDEN = Path(__file__).parent / "golden"

#: A program that has a bit of everything. Nobody is called so.
PROGRAM: dict[str, Any] = {
    "id": "0G01DEN7", "patient": {"label": "Mw. Ġ. Łódź-Đặng"}, "weeks": 4, "start": "2026-02-26",
    "exercises": ["leg-lengthening", "cat-cow", "bridge", "plank", "superman"], "side": "left",
    "days": {"mobilising": ["mon", "tue", "thu", "sat"], "strengthening": ["tue", "thu", "sat"]},
    "doses": {"bridge": [{"from_week": 2, "to_week": 3, "reps": 9}, {"from_week": 4, "blank": True}]},
    "situations": ["osteoporosis", "shoulder-pain"], "confirmed": ["superman/osteoporosis"],
    "goal": "Fietsen & zwemmen", "notes": {"plank": "Begin met <b>5</b> tellen."}, "therapist": "K. Beek",
}  # fmt: skip
CLINIC: dict[str, Any] = {
    "name": "Praktijk De Brug", "address": ["Molenpad 12", "1234 AB Voorbeelddorp"], "phone": "085 000 0000",
    "website": "brug.example", "country": "BE", "traffic_light": {"green_max": 2, "amber_max": 6},
}  # fmt: skip


@cache
def program(layout: str, language: str) -> Made:
    return make_program({**PROGRAM, "layout": layout, "language": language}, CLINIC)


def pages(made: Made) -> Iterator[str]:
    """Page, x and baseline in whole points, and the words of each line."""
    for number, page in enumerate(made.document().pages, 1):
        yield f"== page {number}"
        for x, y, words in page_lines(page):
            yield f"{x:4.0f} {y:4.0f}  {words}"


def tags(made: Made) -> Iterator[str]:
    """Every element as it is read back from the file, indented by its depth."""
    for element in read(made.pdf()).elements:
        notes = [
            f"{name}={value!r}"
            for name in ("alt", "actual", "lang", "scope")
            if (value := getattr(element, name))
        ]
        yield "  " * element.depth + " ".join(filter(None, (element.role, element.text, *notes)))


@pytest.mark.parametrize("kind", ["pages", "tags"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("layout", list_layouts())
def test_layouts_are_as_they_were_looked_at(
    layout: str, language: str, kind: str, pytestconfig: pytest.Config
) -> None:
    made = program(layout, language)
    lines = {"pages": pages, "tags": tags}[kind](made)
    # The digest changes with every word of the library, and says nothing that the words do not say.
    found = [line.replace(made.identity.digest, "<digest>").replace("\u00a0", "~") for line in lines]
    path = GOLDEN / f"{layout}-{language}.{kind}.txt"
    if pytestconfig.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
        return
    golden = path.read_text(encoding="utf-8").splitlines()
    if found != golden:
        changes = list(difflib.unified_diff(golden, found, path.name, "now", lineterm="", n=1))
        shown = "\n".join(changes[:60])
        more = f"\n… and {len(changes) - 60} lines more" if len(changes) > 60 else ""
        pytest.fail(
            f"{shown}{more}\nIf this is what you want: pytest tests/test_golden.py --update-golden",
            pytrace=False,
        )
