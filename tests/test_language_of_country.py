"""A language of one country: another one with its own dates and words, chosen by name or by the clinic."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner
from programs import shipped_language, shipped_library

import pdfgen
from pdfgen.cli.app import program
from pdfgen.content import loading
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.models.field_types import is_in
from pdfgen.content.rosters.languages import language_code
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rules import all_rules
from pdfgen.errors import InputError

US, GB = shipped_language("en-US").value, shipped_language("en").value

#: Words of British English that no page of an American program may have.
BRITISH = ("physiotherap", "programme", "grey", "colour", "centre", "towards", "worktop", "a cross")


def files_of(data: dict[str, Any], clinic: dict[str, Any]) -> tuple[pdfgen.MadeFile, ...]:
    made = pdfgen.make(pdfgen.read(data, clinic=clinic))
    assert not made.problems
    return made.files


def pages(**prescription: Any) -> tuple[str, pypdf.PdfReader]:
    """Return the text of a program, and its file."""
    clinic = prescription.pop("clinic", {"country": "US"})
    data = {"program": "short-four", "exercises": ["bridge"], "start": "2026-03-04", "weeks": 6}
    data |= {"patient": {"label": "Ann"}, "read_back": True, "tracker_weeks": "1", **prescription}
    reader = pypdf.PdfReader(io.BytesIO(files_of(data, clinic)[0].data))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages), reader


@pytest.mark.parametrize(
    "choices",
    [{"language": "en-US"}, {"language": "en"}, {"language": "en-US", "clinic": {"country": "NL"}}],
    ids=["by name", "by the clinic's country", "by name, elsewhere"],
)
def test_a_program_in_american_english(choices: dict[str, Any]) -> None:
    text, reader = pages(**choices)
    for said in (
        "Wednesday, March 4, 2026",
        "Tuesday, April 14, 2026",
        "Your physical therapist",
        "Put an X",
    ):
        assert said in text
    assert "Mar\xa04" in text or "Mar 4" in text
    own_words, _, sources = text.partition("Sources")
    assert not [word for word in BRITISH if word in own_words.lower()]
    assert sources
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    is_letter = float(reader.pages[0].mediabox.height) == 792
    assert is_letter == (choices.get("clinic") is None)
    assert ("911" in text) == is_letter


@pytest.mark.parametrize("country", ["GB", "NL", "EU"])
def test_elsewhere_english_stays_as_it_was(country: str) -> None:
    text, reader = pages(language="en", clinic={"country": country})
    assert "Wednesday 4 March 2026" in text
    assert "Your physiotherapist" in text
    assert "Put a cross" in text
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert float(reader.pages[0].mediabox.height) == pytest.approx(841.9, abs=0.1)


@pytest.mark.parametrize(
    ("choices", "clinic"),
    [
        ({"paper": "a4"}, {}),
        ({}, {"paper": "a4"}),
        ({"layout": "wall-sheet"}, {}),
        ({"layout": "screen"}, {}),
    ],
)
def test_a_paper_that_is_named_or_that_the_layout_lacks_is_not_the_countrys(
    choices: dict[str, str], clinic: dict[str, str]
) -> None:
    layout = loading.load_layout(choices.get("layout", "standard")).value
    read = pdfgen.read(
        {"program": "short-four", "language": "en", **choices}, clinic={"country": "US", **clinic}
    )
    named = choices.get("paper") or clinic.get("paper")
    # Where Letter is usual, tabloid takes the place of A3.
    usual = next(
        (one for one in ("tabloid" if layout.paper == "a3" else "letter",) if one in layout.papers), ""
    )
    assert read.program.paper == (named or usual or layout.paper)


def test_every_text_of_the_library_is_there(tmp_path: Path) -> None:
    assert not all_rules.missing_texts(shipped_library(), ("en-US",))
    for name in loading.list_layouts():
        assert not all_rules.check_layout(loading.load_layout(name), ("en-US",)).errors


def test_a_text_of_its_own_is_taken_as_it_is() -> None:
    assert US.of({"en": "Grey", "en-US": "As grey as a mouse"}) == "As grey as a mouse"
    assert US.of({"en": "Grey colours in the centre. A programme, programmed."}) == (
        "Gray colors in the center. A program, programmed."
    )
    assert GB.of({"en": "Grey", "en-US": "Gray"}) == "Grey"
    assert is_in({"en": "x"}, "en-US")
    assert not is_in({"en-US": "x"}, "en")
    with pytest.raises(KeyError):
        US.of({"nl": "Grijs"})


def test_a_clinics_own_words_in_english_serve_it() -> None:
    closing = {"en": "Ask your physiotherapist."}
    text, _ = pages(language="en", clinic={"country": "US", "closing": closing})
    assert "Ask your physical therapist." in text
    with pytest.raises(InputError, match="add the English text"):
        pages(language="en", clinic={"country": "US", "closing": {"nl": "Tot ziens!"}})


def test_two_copies_are_in_two_languages_and_not_in_two_kinds_of_english() -> None:
    data = {"program": "short-four", "language": "en", "layout": "bilingual"}
    clinic = {"country": "US", "languages": ["en", "nl"]}
    assert [one.kind for one in files_of(data, clinic)] == ["program", "copy"]
    with pytest.raises(InputError, match="the language of the program itself"):
        pdfgen.read(data | {"language": "en-US", "twin_language": "en"})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en-US", "en-US"), ("en_US", "en-US"), ("EN-us", "en-US"), ("eng-US", "en-US"),
        ("en-Latn-US", "en-US"),
        ("American English", "en-US"), ("Amerikaans Engels", "en-US"), ("English (US)", "en-US"),
        ("English (United States)", "en-US"), ("Engels (Verenigde Staten)", "en-US"),
        ("eng", "en"), ("en", "en"), ("en-GB", "en"), ("en_AU", "en"), ("English", "en"),
        ("Engels (Canada)", "en"),
        ("nl-US", "nl"), ("nl-BE", "nl"), ("es-US", "es"),
    ],
)  # fmt: skip
def test_cells_of_a_roster(written: str, code: str) -> None:
    assert language_code(written) == code


def test_a_roster_of_a_clinic_there(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "name;program;language\nA;short-four;eng\nB;short-four;en_US\nC;short-four;nl\n"
    )
    (tmp_path / "c.yaml").write_text("country: US\n")
    done = CliRunner().invoke(
        program, ["check", str(tmp_path / "r.csv"), "--clinic", str(tmp_path / "c.yaml"), "--no-config"]
    )
    assert done.exit_code == 0, done.output
    assert done.output.count("en-US, standard, letter") == 2
    assert done.output.count("nl, standard, letter") == 1


def test_a_birth_date_in_a_label_is_written_as_the_dates_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "r.ndjson").write_text(
        '{"resourceType": "Patient", "birthDate": "1950-03-04", "name": [{"text": "A"}],'
        ' "communication": [{"language": {"coding": [{"code": "en"}]}}]}'
    )
    for country, said in (("US", "A, March 4, 1950"), ("GB", "A, 4 March 1950")):
        options = RosterOptions(with_birth_date=True, country=country)
        (row,) = read_roster(tmp_path / "r.ndjson", options).rows
        assert row.source.data["patient"]["label"] == said
        (tmp_path / "c.yaml").write_text(f"country: {country}\n")
        words = ["--set", "program=short-four", "--layout", "wall-sheet", "--with-birth-date", "--names"]
        files = ["--clinic", tmp_path / "c.yaml", "--out", tmp_path / country]
        command = ["batch", tmp_path / "r.ndjson", *files, *words]
        assert CliRunner().invoke(program, list(map(str, command))).exit_code == 0
        assert said in (tmp_path / country / "manifest.json").read_text()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("id: en-US\nextends: nl\n", 'extends: must be "en"'),
        ("id: en\nextends: en\n", 'id: must be "en-US"'),
        ("id: en-US\nextends: en\nstrings: {nonsense: x}\n", "unknown key"),
        ("id: en-US\nextends: en\nwords: {grey: ''}\n", "words.grey"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_place(
    change: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en.yaml").write_text((Path(loading.languages_folder()) / "en.yaml").read_text())
    (tmp_path / "en-US.yaml").write_text(change)
    monkeypatch.setattr(loading, "languages_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=told) as caught:
        loading.load_language("en-US")
    assert "en-US.yaml" in str(caught.value)


def test_only_what_differs_stands_in_its_file() -> None:
    folder = loading.languages_folder()
    own = parse_yaml((folder / "en-US.yaml").read_text(), "en-US.yaml").data
    below = parse_yaml((folder / "en.yaml").read_text(), "en.yaml").data
    assert set(own) - set(below) == {"extends", "words"}
    for key in set(own) & set(below):
        if isinstance(own[key], dict):
            assert not [name for name, value in own[key].items() if value == below[key][name]], key
        else:
            assert own[key] != below[key]
