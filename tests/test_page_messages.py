"""What the engine says of wrong input stands in the language of the page: how much of it, and no more."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from bad_inputs import messages

ROOT = Path(__file__).parent.parent
CODE = (ROOT / "pdfgen" / "web" / "page" / "known-messages.js").read_text(encoding="utf-8")

#: Pattern, English, Dutch.
KNOWN = [
    (found[1].replace("\\/", "/"), found[2], found[3])
    for found in re.finditer(r'^  \[/(.+?)/, "(.*?)", "(.*)"\],$', CODE, re.MULTILINE)
]

#: Letters of a part of a pattern by which a message of the program is known.
ENOUGH = 6


@cache
def spoken() -> frozenset[str]:
    """All texts in the program, and the parts of those that hold values."""
    found = set()
    for path in sorted((ROOT / "pdfgen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


def test_every_line_of_the_table_is_read_here() -> None:
    assert len(KNOWN) == len(re.findall(r"^  \[", CODE, re.MULTILINE))


def test_bad_input_is_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    """Of what people are known to get wrong, all but a fiftieth; the rest is English, and marked so."""
    said = {message: operation for operation, message in messages(tmp_path)}
    english = [f"{said[one]}: {one}" for one in said if not any(re.search(known[0], one) for known in KNOWN)]
    assert len(said) > 180
    assert len(english) <= len(said) / 50, "\n".join(english)


@pytest.mark.parametrize(("pattern", "english", "dutch"), KNOWN, ids=[known[0][:40] for known in KNOWN])
def test_words_name_what_the_pattern_finds(pattern: str, english: str, dutch: str) -> None:
    places = {int(place) for place in re.findall(r"\{(\d)\}", english)}
    assert places == {int(place) for place in re.findall(r"\{(\d)\}", dutch)}
    assert not places or max(places) <= re.compile(pattern).groups
    assert english[-1] in ".:"
    assert dutch[-1] in ".:"


@pytest.mark.parametrize("pattern", [known[0] for known in KNOWN])
def test_the_program_still_says_it(pattern: str) -> None:
    runs = re.split(r"\\[a-zA-Z]|\(\?:|[()|^$+*?\[\]{}]|\\.|(?<!\w)\.", pattern)
    words = [run.strip() for run in runs if len(run.strip()) >= ENOUGH]
    assert any(word in text for word in words for text in spoken()), words
