"""Files that are filled in are those that are composed: byte for byte, whoever the patient is."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import EXAMPLES

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.pdf.writer import write
from pdfgen.production import compiled
from pdfgen.production.compiled import Made, make
from pdfgen.production.inputs import Job, Stock
from pdfgen.production.program import Press, prepare
from pdfgen.typesetting.document import Document, GlyphRun

LAYOUTS = ("standard", "large-print", "wall-sheet", "cards", "booklet", "tracker", "compact")


@cache
def shared() -> Stock:
    """One stock for all tests, as in a batch."""
    return Stock()


def order(label: str, stock: Stock | None = None, *, layout: str = "standard", **more: Any) -> Press:
    data = {"program": "short-four", "weeks": 4, "patient": {"label": label}, **more}
    if not label:
        del data["patient"]
    source = parse_yaml(json.dumps(data), "patient.yaml")
    return prepare(Job(source, layout=layout), stock or shared())


def filled_in(press: Press) -> bytes | None:
    """The file, if it was filled in and not composed."""
    assert press.stock.recent(("compiled", press.plan_key))
    made = compiled.filled_in(press.plan_key, press.stock, press.personal_values, press.created)
    return whole(made) if made else None


def composed(press: Press) -> bytes:
    return write(replace(press, stock=Stock()).document())


def whole(made: Made) -> bytes:
    return made.file.shared + made.file.own


NAMES = (
    "Jan Jansen",
    "Mw. A. van der Ploeg-de Wit",
    "Đặng Thị Ánh",
    "Ñandú Óscar",
    "Łukasz",
    "W. W. W. WWW",
    "-",
    "1",
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_filled_in_is_composed(layout: str, language: str) -> None:
    stock = Stock()
    make(order("Eerste", stock, layout=layout, language=language), stock)
    for name in NAMES:
        press = order(name, stock, layout=layout, language=language)
        made = make(press, stock)
        assert whole(made) == composed(press), name
        assert made.pages == len(press.document().pages)


STARTS = ("2026-03-02", "2026-12-28", "2027-09-27")
THERAPISTS = ("K. Beek", "Mw. dr. A. van der Ploeg-de Wit, fysiotherapeut")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_therapist_and_dates_are_filled_in(layout: str, language: str) -> None:
    """Of programs whose weeks begin on the same weekday."""
    stock = Stock()
    for label, (start, therapist) in product(("Eerste", "Jan"), product(STARTS, THERAPISTS)):
        press = order(label, stock, layout=layout, language=language, start=start, therapist=therapist)
        if label == "Jan":
            assert filled_in(press), (start, therapist)
        assert whole(make(press, stock)) == composed(press), (start, therapist)


@settings(deadline=None, max_examples=60)
@given(
    start=st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)),
    therapist=st.text(st.characters(max_codepoint=0x17F, exclude_categories=("C", "Z")), max_size=40),
)
def test_any_therapist_and_start(start: dt.date, therapist: str) -> None:
    more = {"therapist": f"T{therapist}"} if therapist else {}
    make(order("Eerste", layout="wall-sheet", start="2026-03-02", therapist="K. Beek"), shared())
    press = order("Jan", layout="wall-sheet", start=start.isoformat(), **more)
    assert whole(make(press, shared())) == composed(press)


def test_a_start_on_another_weekday_has_a_plan_of_its_own() -> None:
    stock = Stock()
    monday, tuesday, next_monday = (order("Jan", stock, start=f"2026-03-{day:02}") for day in (2, 3, 9))
    assert monday.plan_key == next_monday.plan_key != tuesday.plan_key
    assert order("Jan", stock).plan_key not in (monday.plan_key, tuesday.plan_key)


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), min_size=1, max_size=45),
    st.from_regex("[0-9A-HJKMNP-TV-Z]{8}", fullmatch=True),
)
def test_any_name_and_id(label: str, ident: str) -> None:
    try:
        press = order(f"A{label}", layout="wall-sheet", id=ident)
    except Exception as error:
        assert type(error).__name__ in {"FitError", "InputError"}  # noqa: PT017 - characters that no font has
        return
    make(order("Eerste", layout="wall-sheet"), shared())
    assert whole(make(press, shared())) == composed(press)


def test_most_patients_are_filled_in() -> None:
    stock = Stock()
    make(order("Eerste", stock), stock)
    assert all(
        filled_in(order(name, stock)) for name in ("Jan", "Mevrouw J. de Wit", "Zoë Ångström", "F. O'Neill")
    )


@pytest.mark.parametrize("name", ["Đặng Thị Ánh", "Олена Шевченко", "x" * 90])
def test_who_does_not_fit_is_composed(name: str) -> None:
    """Characters that the main face lacks, and names of several lines."""
    stock = Stock()
    make(order("Eerste", stock), stock)
    press = order(name, stock)
    assert filled_in(press) is None
    assert whole(make(press, stock)) == composed(press)


@pytest.mark.parametrize("name", ["Олена Шевченко", "x" * 90])
def test_nothing_is_compiled_from_who_does_not_fit(name: str) -> None:
    """The next patient's file holds no font and no line of the first one's."""
    stock = Stock()
    make(order(name, stock), stock)
    press = order("Jan", stock)
    assert stock.recent(("compiled", press.plan_key)) is None
    assert whole(make(press, stock)) == composed(press)


def test_patients_without_a_name_have_a_plan_of_their_own() -> None:
    stock = Stock()
    make(order("Jan", stock), stock)
    nameless = order("", stock)
    assert nameless.plan_key != order("Piet", stock).plan_key
    assert whole(make(nameless, stock)) == composed(nameless)


@pytest.mark.parametrize(
    "change",
    [
        {"weeks": 5}, {"goal": "Weer fietsen"}, {"therapist": "K. Beek"}, {"start": "2026-03-02"},
        {"notes": {"bridge": "Rustig."}}, {"language": "en"}, {"paper": "letter"}, {"ink": "grey"},
        {"situations": ["pregnancy"]}, {"large": True},
    ],
)  # fmt: skip
def test_plans_that_differ_are_told_apart(change: dict[str, Any]) -> None:
    stock = Stock()
    one = order("Jan", stock, layout="tracker")
    make(one, stock)
    other = order("Piet", stock, layout="tracker", **change)
    assert one.plan_key != other.plan_key
    assert whole(make(other, stock)) == composed(other)


def test_names_in_metadata_are_composed() -> None:
    stock = Stock()
    make(order("Jan", stock), stock)
    press = replace(order("Piet", stock), name_in_metadata=True)
    assert whole(make(press, stock)) == composed(press)


def test_nothing_of_the_first_patient_is_kept() -> None:
    """What is personal stands in the personal part and nowhere else."""
    stock = Stock()
    press = order("Alexandrina Zzyzx", stock, id="ZZZZ9999")
    make(press, stock)
    other = filled_in(order("Jan", stock, id="AAAA0000"))
    assert other
    text = _inflated(other)
    assert b"ZZZZ9999" not in text
    assert b"Zzyzx" not in text


def _inflated(data: bytes) -> bytes:
    import zlib

    parts = [data]
    for found in re.finditer(rb"stream\n", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[found.end() :]))
        except zlib.error:
            continue
    return b"\0".join(parts)


def test_mirrored_margins_move_what_is_filled_in(tmp_path: Path) -> None:
    text = (EXAMPLES.parent / "layouts" / "standard.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("margins:", "margins:\n  mirrored: true", 1), encoding="utf-8")
    stock = Stock()
    make(order("Eerste", stock, layout=str(own)), stock)
    press = order("Jan Jansen", stock, layout=str(own))
    assert filled_in(press) == composed(press)


def test_slots_hold_all_personal_texts() -> None:
    document: Document = order("Jan", Stock(), start="2026-03-02", therapist="K. Beek").document()
    patterns = {span.slot for slot in document.slots for span in slot.text.spans if span.slot}
    assert patterns >= {"{label}", "{document_id}", "{document_id}-01", "{input_hash}"}
    assert patterns >= {"{therapist}", "{start}", "{end}", "{week1_first} – {week1_last}", "{week4_day6}"}
    slots = {id(run) for page in document.personal.runs for run in page}
    for page in document.pages:
        for item in page.items:
            if isinstance(item, GlyphRun) and id(item) not in slots:
                assert not re.search(r"2026|maart|mrt|Beek|Jan", _words(item))


def _words(run: GlyphRun) -> str:
    return "".join(glyph.text for glyph in run.glyphs)
