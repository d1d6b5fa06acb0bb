"""WeasyPrint: HTML and CSS."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from html import escape

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.content import (
    Block,
    Cell,
    Content,
    Heading,
    Items,
    Lines,
    Measures,
    Paragraph,
    Pictures,
    Table,
    svg,
)
from benchmarks.renderers import BOLD, REGULAR

_M = Measures()

_CSS = f"""
@font-face {{ font-family: Body; src: url({REGULAR.as_uri()}); font-weight: 400 }}
@font-face {{ font-family: Body; src: url({BOLD.as_uri()}); font-weight: 700 }}
body {{ font: {_M.body}pt/1.25 Body; margin: 0 }}
section {{ break-after: page }}
section:last-child {{ break-after: auto }}
p, ul, ol, table, h1, h2, h3 {{ margin: 0 0 {_M.gap}pt }}
ul, ol {{ padding-left: 16pt }}
ul {{ list-style-type: "– " }}
{" ".join(f"h{level} {{ font-size: {size}pt }}" for level, size in enumerate(_M.headings, start=1))}
table {{ border-collapse: collapse; width: 100%; font-size: {_M.cell}pt; table-layout: fixed }}
td, th {{ border: .6pt solid #8899aa; padding: 2pt; text-align: left }}
td:first-child, th:first-child {{ width: {_M.first_column * 100}% }}
th {{ background: #e8eef4 }}
.box {{ display: inline-block; width: {_M.box}pt; height: {_M.box}pt; border: .8pt solid black }}
.box {{ border-radius: 1pt; box-sizing: border-box; line-height: 0; vertical-align: middle }}
.line {{ height: {_M.line}pt; border-bottom: .75pt solid black }}
.pictures {{ font-size: 0 }}
.pictures svg {{ margin: 0 {_M.gap}pt {_M.gap}pt 0 }}
"""


def render(content: Content) -> bytes:
    """Return the content as a PDF."""
    page = HTML(string="".join(_html(content)))
    return bytes(page.write_pdf(font_config=FontConfiguration()) or b"")


def _html(content: Content) -> Iterator[str]:
    width, height = content.paper
    margins = f"{_M.margin}pt"
    foot = f'"{content.label}  {content.ident}"'.replace("<", "")
    yield f'<!doctype html><html lang="{content.language}"><head><meta charset="utf-8">'
    yield f"<title>{escape(content.title)}</title><style>{_CSS}"
    yield f"@page {{ size: {width}pt {height}pt; margin: {margins}; "
    yield f"@bottom-left {{ content: {foot}; font: {_M.cell}pt Body }} "
    yield f"@bottom-right {{ content: counter(page); font: {_M.cell}pt Body }} }}</style></head><body>"
    for blocks in content.pages:
        yield "<section>"
        for block in blocks:
            yield from _element(block)
        yield "</section>"
    yield "</body></html>"


@singledispatch
def _element(block: Block) -> Iterator[str]:
    raise TypeError(block)


@_element.register
def _(block: Heading) -> Iterator[str]:
    yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"


@_element.register
def _(block: Paragraph) -> Iterator[str]:
    text = escape(block.text)
    yield f"<p><b>{text}</b></p>" if block.is_bold else f"<p>{text}</p>"


@_element.register
def _(block: Items) -> Iterator[str]:
    name = "ol" if block.is_numbered else "ul"
    yield f"<{name}>{''.join(f'<li>{escape(text)}</li>' for text in block.texts)}</{name}>"


@_element.register
def _(block: Table) -> Iterator[str]:
    yield "<table>"
    for index, row in enumerate(block.rows):
        name = "td" if index else "th"
        yield f"<tr>{''.join(f'<{name}>{_cell(cell)}</{name}>' for cell in row)}</tr>"
    yield "</table>"


def _cell(cell: Cell) -> str:
    return '<span class="box"></span>' * cell.boxes or escape(cell.text)


@_element.register
def _(block: Pictures) -> Iterator[str]:
    yield '<div class="pictures">'
    for picture in block.pictures:
        wide, high = (length * _M.pictures for length in picture.size)
        yield svg(picture).replace("<svg ", f'<svg style="width: {wide:.2f}pt; height: {high:.2f}pt" ', 1)
    yield "</div>"


@_element.register
def _(block: Lines) -> Iterator[str]:
    yield '<div class="line"></div>' * block.count
