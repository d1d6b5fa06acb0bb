"""Names of files from a template: safe on every system, inside the folder, never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.delivery.naming import (
    DEFAULT_TEMPLATE,
    SAFE_FIELDS,
    Names,
    check_template,
    file_name,
    is_plain_name,
)
from pdfgen.errors import UsageError

VALUES = dict.fromkeys(SAFE_FIELDS, "x")


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (DEFAULT_TEMPLATE, "0001-7K2M9QXA.pdf"),
        ("{id}.pdf", "7K2M9QXA.pdf"),
        ("Oefeningen {number}", "Oefeningen 0001.pdf"),
        ("{{{id}}}", "{7K2M9QXA}.pdf"),
        ("con", "_con.pdf"),
        ("LPT1.x", "_LPT1.x.pdf"),
        ("...{number}", "0001.pdf"),
    ],
)
def test_names(template: str, name: str) -> None:
    values = VALUES | {"number": "0001", "id": "7K2M9QXA"}
    assert file_name(check_template(template, with_names=False), values) == name


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("../{id}", "not a path"),
        ("a/{id}", "not a path"),
        ("C:{id}", "not a path"),
        ("{id", "brace"),
        ("{patient}", "has an unknown field"),
        ("{id.__class__}", "has an unknown field"),
        ("{id!r}", "has an unknown field"),
        ("{id:>9000000}", "has an unknown field"),
        ("{}", "has an unknown field"),
        ("{label}", "--names"),
        ("{id}\0", "cannot be printed"),
        ("{id}\u202egnp", "cannot be printed"),
        ("", "gives no name"),
        (".pdf", "gives no name"),
    ],
)
def test_templates_that_are_refused(template: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_template(template, with_names=False)


@given(st.text(), st.sampled_from(["{label}", "{label}-{id}", "a {label}"]))
def test_whatever_a_label_holds_the_file_stays_in_its_folder(label: str, template: str) -> None:
    name = file_name(check_template(template, with_names=True), VALUES | {"label": label})
    assert is_plain_name(name)
    assert Path(name).name == name
    assert name.endswith(".pdf")
    assert len(name.encode("utf-8", "surrogatepass")) <= 140
    assert name.isprintable() or any(not one.isprintable() for one in label)
    assert not name.startswith(".")
    name.encode()


@pytest.mark.parametrize(
    "label", ["NUL", "com1.txt", "../../etc/passwd", "a\0b", "x" * 5000, "é" * 5000, "…", "\ud800"]
)
def test_hostile_labels(label: str) -> None:
    name = file_name("{label}", VALUES | {"label": label})
    assert is_plain_name(name)
    assert name.split(".")[0].lower() not in {"nul", "com1"}
    name.encode()


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a-2.pdf", "ä.pdf", "a\u0308.pdf", "ß.pdf", "ss.pdf"])))
def test_no_name_is_given_twice(wanted: list[str]) -> None:
    names = Names()
    given_ = [names.take(name, owner)[0] for owner, name in enumerate(wanted)]
    assert len({name.casefold() for name in given_}) == len(given_)


def test_a_name_of_an_earlier_run_is_kept_for_its_row() -> None:
    names = Names({"a.pdf": 7})
    assert names.take("A.pdf", 3) == ("A-2.pdf",)
    assert names.take("a.pdf", 7) == ("a.pdf",)
