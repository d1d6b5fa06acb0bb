"""What is known of a patient goes onto the pages, and nowhere else."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from programs import EXAMPLES

from pdfgen.cli.app import program

#: Patient's words in every field that takes them; none of them is in any text of ours.
SECRETS = {
    "label": "Zwaantje Qwertz",
    "goal": "Xylofoon",
    "if_then": "Vlijtberg",
    "message": "Trotsigheid",
    "note": "Kwetsuurwoord",
    "therapist": "Ybeltje",
}

PATIENT: dict[str, Any] = {
    "program": "short-four",
    "start": "2026-03-02",
    "patient": {"label": SECRETS["label"]},
    "goal": SECRETS["goal"],
    "if_then": SECRETS["if_then"],
    "message": SECRETS["message"],
    "notes": {"bridge": SECRETS["note"]},
    "therapist": SECRETS["therapist"],
    "situations": ["osteoporosis", "high-blood-pressure"],
    "weeks": 2,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, data: Mapping[str, Any]) -> Path:
    path = folder / "patient.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def told(result: Result) -> str:
    """Everything that a run says, on both streams and in its exception."""
    return f"{result.stdout}\n{result.stderr}\n{result.exception!r}"


def secrets_in(text: str) -> list[str]:
    words = [word for secret in SECRETS.values() for word in secret.split()]
    return [word for word in words if word.casefold() in text.casefold()]


def metadata(path: Path) -> str:
    """All that a file says about itself: information dictionary, XMP, outline, catalog's own strings."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        with pdf.open_outline() as outline:
            titles = [str(item.title) for entry in outline.root for item in (entry, *entry.children)]
        known = [f"{key}={value}" for key, value in pdf.docinfo.items()]
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
        attached = [str(name) for name in pdf.attachments]
    return "\n".join([*known, xmp, *titles, *attached])


@pytest.mark.parametrize(
    "options", [(), ("--verbose",), ("--quiet",), ("--language", "en", "--paper", "letter")]
)
def test_a_run_leaves_no_trace_outside_the_pages(here: Path, options: tuple[str, ...]) -> None:
    result = run("generate", write(here, PATIENT), *options)
    assert result.exit_code == 0
    assert secrets_in(told(result)) == []
    written = [path for path in here.rglob("*") if path.is_file() and path.name != "patient.yaml"]
    assert len(written) == 1
    assert secrets_in(str(written[0])) == []
    assert secrets_in(metadata(written[0])) == []


def test_the_name_is_in_the_metadata_when_asked_for_and_nothing_else_is(here: Path) -> None:
    result = run("generate", write(here, PATIENT), "--name-in-metadata", "-o", "a.pdf")
    assert result.exit_code == 0
    assert set(secrets_in(metadata(here / "a.pdf"))) == set(SECRETS["label"].split())
    assert secrets_in(told(result)) == []


def test_secrets_would_be_found(here: Path) -> None:
    """The checks above can fail: the words are on the pages, where their text is looked for."""
    from pdfgen.pdf.reader import read

    run("generate", write(here, PATIENT), "-o", "a.pdf")
    text = " ".join(element.text for element in read((here / "a.pdf").read_bytes()).elements)
    assert set(secrets_in(text)) == {word for secret in SECRETS.values() for word in secret.split()}


#: Mistakes beside or inside the words of the patient; each must be reported without repeating them.
MISTAKES: dict[str, dict[str, Any]] = {
    "label too long": {"patient": {"label": f"{SECRETS['label']} " * 20}},
    "label a list": {"patient": {"label": [SECRETS["label"]]}},
    "label a mapping": {"patient": {"label": {SECRETS["label"].lower().replace(" ", "-"): 1}}},
    "patient is text": {"patient": SECRETS["label"]},
    "control character": {"patient": {"label": f"{SECRETS['label']}\u0007"}},
    "direction override": {"goal": f"{SECRETS['goal']}\u202e"},
    "no font": {"patient": {"label": f"{SECRETS['label']} 李"}},
    "no font in a note": {"notes": {"bridge": f"{SECRETS['note']} 😀"}},
    "goal too long": {"goal": f"{SECRETS['goal']} " * 40},
    "note too long": {"notes": {"bridge": f"{SECRETS['note']} " * 80}},
    "note for no exercise": {"notes": {"brige": SECRETS["note"]}},
    "note is a list": {"notes": {"bridge": [SECRETS["note"]]}},
    "moment too long for the sheet": {
        "program": "full-seven",
        "paper": "letter",
        "if_then": f"{SECRETS['if_then']} WWWWWWWWWWWW " * 8,
    },
    "weeks too many": {"weeks": 60},
    "unknown key": {"wekes": 4},
    "card too high": {
        "program": "full-seven",
        "notes": {"superman": f"{SECRETS['note']} " * 40},
        "situations": [
            "back-surgery",
            "pregnancy",
            "slipped-disc",
            "osteoporosis",
            "shoulder-pain",
            "floor-trouble",
            "high-blood-pressure",
            "inflammatory-back-disease",
            "vertebral-fracture",
            "spinal-stenosis",
        ],
    },
}


@pytest.mark.parametrize("command", ["generate", "check", "plan"])
@pytest.mark.parametrize("name", MISTAKES)
def test_messages_do_not_repeat_what_is_known_of_the_patient(here: Path, name: str, command: str) -> None:
    result = run(
        command,
        write(here, {**PATIENT, **MISTAKES[name]}),
        *(["-o", "a.pdf"] if command == "generate" else []),
    )
    assert result.exit_code != 1, told(result)
    if command == "generate":
        assert result.exit_code in (3, 4)
        assert not (here / "a.pdf").exists()
    if command != "plan" or result.exit_code != 0:
        assert secrets_in(told(result)) == []


@pytest.mark.parametrize("setting", ["patient.label", "goal", "therapist", "if_then"])
def test_values_given_on_the_command_line_are_not_repeated_either(here: Path, setting: str) -> None:
    value = SECRETS["label"] + " 李"
    result = run("generate", write(here, PATIENT), "--set", f"{setting}={value}")
    assert result.exit_code not in (0, 1)
    assert secrets_in(told(result)) == []


def test_two_patients_share_nothing(here: Path) -> None:
    from pdfgen.pdf.reader import read

    run("generate", write(here, PATIENT), "-o", "one.pdf")
    other = {
        **PATIENT,
        "patient": {"label": "B"},
        "goal": "C",
        "if_then": "D",
        "message": "G",
        "notes": {"bridge": "E"},
        "therapist": "F",
    }
    run("generate", write(here, other), "-o", "two.pdf")
    text = " ".join(element.text for element in read((here / "two.pdf").read_bytes()).elements)
    assert secrets_in(text) == []
    assert secrets_in((here / "two.pdf").read_bytes().decode("latin-1")) == []


def test_a_file_that_cannot_be_written_does_not_name_the_patient(here: Path) -> None:
    (here / "taken").mkdir()
    result = run("generate", write(here, PATIENT), "-o", "taken")
    assert result.exit_code == 5
    assert secrets_in(told(result)) == []


@pytest.mark.parametrize("example", ["patient", "patient-en", "patient-situations"])
def test_names_of_the_examples_are_not_in_their_files_properties(here: Path, example: str) -> None:
    result = run("generate", EXAMPLES / f"{example}.yaml", "-o", "a.pdf")
    assert result.exit_code == 0
    for word in ("Wit", "Ashby", "P-0417"):
        assert word not in metadata(here / "a.pdf")
        assert word not in told(result)
