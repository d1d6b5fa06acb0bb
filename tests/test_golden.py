"""What the pages and the tags of every layout say and where, compared with what was looked at before.

After a wanted change: `pytest tests/test_golden.py --update-golden`, read the difference, commit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import frozen
import pypdfium2
import pytest
from click.testing import CliRunner
from frozen import compare_pages, compare_text, show
from geometry import page_lines
from programs import EXAMPLES, VARIED, Made, make_program, varied

from pdfgen.cli.app import program as cli
from pdfgen.content.loading import list_layouts
from pdfgen.pdf.reader import read

#: Languages, and for each the other one.
LANGUAGES = {"nl": "en", "en": "nl"}

#: It changes with every word of the library, and says nothing that the words do not say.
DIGEST = re.compile(r"\b[0-9a-f]{16}\b")


def pages(made: Made) -> Iterator[str]:
    """Page, x and baseline in whole points, and the words of each line."""
    for number, page in enumerate(made.document().pages, 1):
        yield f"== page {number}"
        for x, y, words in page_lines(page):
            yield f"{x:4.0f} {y:4.0f}  {words}"


def tags(data: bytes) -> Iterator[str]:
    """Every element as it is read back from the file, indented by its depth."""
    for element in read(data).elements:
        notes = [
            f"{name}={value!r}"
            for name in ("alt", "actual", "lang", "scope")
            if (value := getattr(element, name))
        ]
        yield "  " * element.depth + " ".join(filter(None, (element.role, element.text, *notes)))


@pytest.mark.parametrize("kind", ["pages", "tags"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", list_layouts())
def test_layouts_are_as_they_were_looked_at(
    layout: str, language: str, kind: str, pytestconfig: pytest.Config
) -> None:
    made = varied(layout, language)
    lines = {"pages": pages, "tags": lambda made: tags(made.pdf())}[kind](made)
    # The digest changes with every word of the library, and says nothing that the words do not say.
    found = [line.replace(made.identity.digest, "<digest>").replace("\u00a0", "~") for line in lines]
    update = pytestconfig.getoption("--update-golden")
    show(compare_text(f"{layout}-{language}.{kind}.txt", found, update=update))


def examples() -> Iterator[Any]:
    """Every example in every layout and language; with every change, one example in its own language."""
    usual = ("standard", "compact", "screen")
    for path, layout, language in product(sorted(EXAMPLES.glob("patient*.yaml")), list_layouts(), LANGUAGES):
        always = path.stem == "patient" and language == "nl" and layout in usual
        yield pytest.param(
            path, layout, language, id=f"{path.stem}-{layout}-{language}",
            marks=() if always else pytest.mark.matrix,
        )  # fmt: skip


@pytest.mark.parametrize(("example", "layout", "language"), list(examples()))
def test_examples_are_as_they_were_looked_at(
    example: Path, layout: str, language: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """As the command makes them: the text in the order of the file, the tags, and the pages as pictures."""
    options = ["--layout", layout, "--language", language, "--set", "id=0G01DEN7", "--quiet"]
    if layout == "bilingual":
        options += ["--twin", LANGUAGES[language]]
    made = CliRunner().invoke(cli, ["generate", str(example), *options, "-o", str(tmp_path / "made.pdf")])
    assert made.exit_code == 0, made.stderr
    update = pytestconfig.getoption("--update-golden")
    name = f"examples/{example.stem}-{layout}-{language}"
    files = sorted(tmp_path.glob("*.pdf"))
    lines = [line for path in files for line in (f"== {path.name}", *said(path.read_bytes()))]
    changes = [
        compare_text(f"{name}.txt.xz", [DIGEST.sub("<digest>", line) for line in lines], update=update)
    ]
    for path in files:
        picture = f"{name}{path.stem.removeprefix('made')}.png"
        changes.append(compare_pages(picture, path.read_bytes(), update=update))
    show(*changes)


def said(data: bytes) -> Iterator[str]:
    """The text of each page in the order in which the file paints it, then the tags (sheets have none)."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        yield f"= page {number}"
        yield from page.get_textpage().get_text_range().splitlines()
    if document.is_tagged():
        yield "= tags"
        yield from tags(data)


def test_a_change_is_found_and_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter more on one page is enough; the page is named, and drawn before and now."""
    monkeypatch.setattr(frozen, "GOLDEN", tmp_path)
    monkeypatch.setattr(frozen, "CHANGED", tmp_path)
    before, now = (
        make_program({**VARIED, "patient": {"label": label}, "layout": "wall-sheet"}).pdf()
        for label in ("Jan", "Jans")
    )
    assert compare_pages("x.png", before, update=True) == ""
    assert compare_pages("x.png", before, update=False) == ""
    with pytest.raises(pytest.fail.Exception, match=r"page 1, \d places: .*x-page-1.png"):
        show(compare_pages("x.png", now, update=False))
    assert (tmp_path / "x-page-1.png").exists()
    assert compare_text("x.txt", ["one", "two"], update=True) == ""
    assert compare_text("x.txt", ["one", "two"], update=False) == ""
    assert compare_text("x.txt", ["one", "too"], update=False).splitlines()[-2:] == ["-two", "+too"]
