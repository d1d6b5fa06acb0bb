"""On every page, content stands in the file in the order in which it is read.

Viewers without tags, copying and searching go by the order of content; a screen reader goes by the tree.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator

import pikepdf
import pytest
from programs import varied

from pdfgen.content.loading import list_layouts


def marked(element: pikepdf.Object, page: int) -> Iterator[tuple[int, int]]:
    """Yield page object and number of each marked sequence, in the order of the tree."""
    page = element.Pg.objgen[0] if "/Pg" in element else page
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen[0] if "/Pg" in kid else page, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from marked(kid, page)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("layout", list_layouts())
def test_content_is_in_the_order_of_reading(layout: str, language: str) -> None:
    with pikepdf.open(io.BytesIO(varied(layout, language).pdf())) as pdf:
        pages: dict[int, list[int]] = defaultdict(list)
        for page, number in marked(pdf.Root.StructTreeRoot.K[0], 0):
            pages[page].append(number)
        assert len(pages) == len(pdf.pages)
        for number, page in enumerate(pdf.pages, 1):
            drawn = [
                int(operands[1].MCID)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and "/MCID" in operands[1]
            ]
            assert drawn == pages[page.objgen[0]], f"page {number}"


def test_the_rule_finds_a_violation() -> None:
    inner = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, K=pikepdf.Array([2, 0, 1]))
    assert [number for _, number in marked(inner, 7)] == [2, 0, 1]
