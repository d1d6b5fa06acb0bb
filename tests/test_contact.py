"""Phone numbers, email and web addresses of a clinic, and the number to dial."""

from __future__ import annotations

import re

import pytest
from geometry import page_lines
from hypothesis import given
from hypothesis import strategies as st
from programs import make_program

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.contact import dialled
from pdfgen.content.models.validation import validate
from pdfgen.errors import InputError
from pdfgen.typesetting.document import LinkArea


def clinic(key: str, value: str) -> Clinic:
    return validate(Clinic, parse_yaml(f"name: A\n{key}: {value}\n", "c.yaml"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("phone", "085 000 0000"), ("phone", "112"), ("phone", "+31 (0)85-000.00/00"), ("phone", "850000000"),
        ("phone", "+31 85 000 0000 tst. 12"), ("phone", "085 000 0000 toestel 4"),
        ("phone", "(217) 555-0100 x204"), ("phone", "+1 217 555 0100;ext=204"),
        ("phone", '"085-0000000 #12"'), ("phone", "085 000 0000 (ext. 3)"),
        ("phone", '""'), ("email", '""'), ("website", '""'),
        ("email", "balie@molenbeek.example"), ("email", "a.b+c@x-y.co.uk"),
        ("email", "zo\u00eb@b\u00fccher.example"),
        ("website", "molenbeek.example"), ("website", "https://www.molenbeek.example/over-ons?a=1#x"),
        ("website", "HTTP://x.example:8080"), ("website", "b\u00fccher.example"),
    ],
)  # fmt: skip
def test_what_reaches_a_clinic(key: str, value: str) -> None:
    assert getattr(clinic(key, value), key) == value.strip('"')


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("phone", "085 000 0000 ext. three", "a phone number holds digits, spaces"),
        ("phone", "tel:112", "a phone number holds digits, spaces"),
        ("phone", "\u0661\u0661\u0662", "a phone number holds digits, spaces"),
        ("phone", "+31", "is not a phone number: it has fewer than 3 digits"),
        ("phone", "085 000 0000 / 085 000 0001", "has more than 15 digits; give one phone number"),
        ("email", "balie", "must be one email address"),
        ("email", "a@b", "must be one email address"),
        ("email", "a@b.example, c@d.example", "must be one email address"),
        ("email", "a@b.example?bcc=c@d.example", "must be one email address"),
        ("email", "mailto:a@b.example", "must be one email address"),
        ("website", "javascript:alert(1)", "must be a web address without spaces"),
        ("website", "ftp://x.example", "must be a web address without spaces"),
        ("website", "file:///etc/passwd", "must be a web address without spaces"),
        ("website", "x.example and y.example", "must be a web address without spaces"),
        ("website", "https://user@x.example", "must be a web address without spaces"),
        ("website", "localhost", "must be a web address without spaces"),
        ("website", "'x.example/\"><script>'", "must be a web address without spaces"),
    ],
)
def test_what_would_be_a_wrong_link(key: str, value: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        clinic(key, value)
    (problem,) = error.value.problems
    assert (problem.line, problem.field) == (2, key)
    assert problem.message.startswith(message)
    assert value not in problem.message


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("085 000 0000", "0850000000"),
        ("+31 (0)85-000.00/00", "+31850000000"),
        ("(+31) ( 0 ) 85 000 0000", "+31850000000"),
        ("(085) 000 00 00", "0850000000"),
        ("0031 85 000 0000", "+31850000000"),
        ("1+1 2", "112"),
        ("112", "112"),
        ("+31 85 000 0000 tst. 12", "+31850000000;ext=12"),
        ("(217) 555-0100 x204", "2175550100;ext=204"),
        ("085 000 0000 (Ext. 3)", "0850000000;ext=3"),
        ("", ""),
    ],
)
def test_the_number_to_dial(phone: str, number: str) -> None:
    assert dialled(phone) == number


@pytest.mark.parametrize(
    ("phone", "code", "number"),
    [
        ("085 000 0000", "+31", "+31850000000"),
        ("+32 85 000 00 00", "+31", "+32850000000"),
        ("020 7946 0000", "+44", "+442079460000"),
        ("(202) 555-0100", "+1", "+12025550100"),
        ("1-202-555-0100", "+1", "+12025550100"),
        ("70 00 00 00", "+45", "+4570000000"),
        ("112", "+31", "112"),
        ("116 117", "+49", "116117"),
        ("111", "+44", "111"),
    ],
)
def test_a_national_number_is_dialled_with_the_code_of_its_country(
    phone: str, code: str, number: str
) -> None:
    assert dialled(phone, code) == number


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "bilingual"])
def test_numbers_on_the_safety_pages_and_the_cover_are_links(layout: str) -> None:
    made = make_program({"layout": layout}, {"name": "Praktijk", "phone": "085 000 0000"})
    document = made.document()
    links = [item for page in document.pages[:7] for item in page.items if isinstance(item, LinkArea)]
    shown = {"".join(link.description.split()): link.target for link in links}
    assert shown.get("0850000000") == "tel:+31850000000"
    assert shown.get("112") == "tel:112"
    assert all(document.nodes[link.node].role == "Link" for link in links)


@given(st.text("0123456789 +()-/.", max_size=40))
def test_what_is_dialled_can_be_dialled(phone: str) -> None:
    assert re.fullmatch(r"\+?[0-9]*", dialled(phone))


@pytest.mark.parametrize("value", ["a." * 59, "a-" * 60, "a@" + "b-." * 39, "http://" + "a." * 55 + "1"])
def test_hard_cases_are_judged_quickly(value: str) -> None:
    for key in ("email", "website"):
        with pytest.raises(InputError):
            clinic(key, value)


def test_pages_that_say_to_call_before_going_on_have_the_number() -> None:
    made = make_program({"program": "short-four", "weeks": 6}, {"phone": "085 000 0000"})
    plan = made.plan()
    wanted = (plan.safety.light_title, plan.progress.choices[0].title)
    for title in wanted:
        (page,) = [
            page for page in made.document().pages if any(words == title for _, _, words in page_lines(page))
        ]
        assert any(isinstance(item, LinkArea) and item.target.startswith("tel:") for item in page.items)
