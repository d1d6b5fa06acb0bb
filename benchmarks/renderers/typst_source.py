"""Typst, through its Python binding: one compiler for all documents, as its makers advise."""

from __future__ import annotations

import atexit
import json
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from benchmarks.content import (
    Block,
    Content,
    Heading,
    Items,
    Lines,
    Measures,
    Paragraph,
    Picture,
    Table,
    svg,
)
from benchmarks.renderers import REGULAR

_M = Measures()

_SOURCE = Path(__file__).with_name("document.typ")


def render(content: Content) -> bytes:
    """Return the content as a PDF."""
    compiler, folder = _compiler()
    pages = [[_told(block, folder) for block in page] for page in content.pages]
    told = {
        "title": content.title,
        "language": content.language,
        "label": content.label,
        "ident": content.ident,
        "paper": content.paper,
        "pages": pages,
        "measures": asdict(_M),
    }
    return bytes(compiler.compile(format="pdf", sys_inputs={"content": json.dumps(told)}))


@cache
def _compiler() -> tuple[Any, Path]:
    kept = tempfile.TemporaryDirectory(prefix="pdfgen-bench-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name)
    (folder / "main.typ").write_bytes(_SOURCE.read_bytes())
    source, fonts = str(folder / "main.typ"), [str(REGULAR.parent)]
    return typst.Compiler(source, root=str(folder), font_paths=fonts, ignore_system_fonts=True), folder


def _told(block: Block, folder: Path) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "bold": block.is_bold}
    if isinstance(block, Items):
        return {"kind": "items", "texts": block.texts, "numbered": block.is_numbered}
    if isinstance(block, Lines):
        return {"kind": "lines", "count": block.count}
    if isinstance(block, Table):
        rows = [[{"text": cell.text, "boxes": cell.boxes} for cell in row] for row in block.rows]
        return {"kind": "table", "rows": rows}
    return {"kind": "pictures", "pictures": [_drawn(picture, folder) for picture in block.pictures]}


def _drawn(picture: Picture, folder: Path) -> dict[str, Any]:
    wide = picture.size[0] * _M.pictures
    path = folder / f"{picture.name.removesuffix('.svg')}.svg"
    if not path.exists():
        path.write_text(svg(picture), encoding="utf-8")
    return {"file": path.name, "width": wide, "says": picture.says}
