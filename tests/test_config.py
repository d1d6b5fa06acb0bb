"""The user's own file: what is taken from it, what goes above it, and what is wrong with it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pdfgen.cli.app import program
from pdfgen.cli.config import config_path
from pdfgen.content.loading import load_prescription
from pdfgen.errors import ExitCode, InputError
from pdfgen.production.job import Job
from pdfgen.production.program import Program, read
from pdfgen.production.shared import Shared

LIBRARY = """\
conditions:
  low-back-pain:
    programs:
      mine:
        name: {nl: Van mij, en: My own}
        summary: {nl: Alleen bruggetjes., en: Only bridges.}
        weeks: [6]
        exercises: [bridge]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PDFGEN_CONFIG", "home/config.yaml")
    (tmp_path / "home").mkdir()
    for name in ("mine", "theirs"):
        (tmp_path / "home" / f"{name}.yaml").write_text(f"name: Clinic {name}\npaper: a4\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text("program: short-four\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def prepared(job: Job) -> Program:
    return read(job, Shared())


def configure(here: Path, text: str) -> None:
    (here / "home" / "config.yaml").write_text(text, encoding="utf-8")


def plan(*arguments: str) -> dict[str, object]:
    result = run("plan", "p.yaml", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


def pages(path: str, *arguments: str) -> bytes:
    result = run("generate", path, "--layout", "wall-sheet", "-o", "a.pdf", *arguments)
    assert result.exit_code == 0, result.stderr
    return Path("a.pdf").read_bytes()


def paper_of(data: bytes) -> list[float]:
    with pikepdf.open(io.BytesIO(data)) as file:
        return [float(length) for length in file.pages[0].mediabox]


class TestPrecedence:
    """Command line, then patient or roster, then config, then clinic and layout."""

    def test_language(self, here: Path) -> None:
        configure(here, "language: en\n")
        english, dutch = plan("--language", "en"), plan("--language", "nl")
        assert plan()["title"] == english["title"] != dutch["title"]
        (here / "p.yaml").write_text("program: short-four\nlanguage: nl\n", encoding="utf-8")
        assert plan()["title"] == dutch["title"]
        assert plan("--set", "language=en")["title"] == english["title"]

    def test_a_language_without_a_value_counts_as_left_out(self, here: Path) -> None:
        configure(here, "language: en\n")
        (here / "p.yaml").write_text("program: short-four\nlanguage:\n", encoding="utf-8")
        assert plan()["title"] == plan("--language", "en")["title"]

    def test_clinic(self, here: Path) -> None:
        configure(here, "clinic: mine.yaml\n")
        mine, theirs = (pages("p.yaml", "--clinic", f"home/{name}.yaml") for name in ("mine", "theirs"))
        assert pages("p.yaml") == mine != theirs
        (here / "q.yaml").write_text("program: short-four\nclinic: home/theirs.yaml\n", encoding="utf-8")
        assert (
            prepared(Job(Path("q.yaml"), default_clinic=Path("home/mine.yaml"))).clinic.name
            == "Clinic theirs"
        )

    def test_paper(self, here: Path) -> None:
        configure(here, "clinic: mine.yaml\npaper: letter\n")
        assert paper_of(pages("p.yaml")) == paper_of(pages("p.yaml", "--no-config", "--paper", "letter"))
        assert paper_of(pages("p.yaml", "--paper", "a4")) != paper_of(pages("p.yaml"))
        (here / "q.yaml").write_text("program: short-four\npaper: a4\n", encoding="utf-8")
        assert paper_of(pages("q.yaml")) == paper_of(pages("p.yaml", "--paper", "a4"))

    def test_paper_that_the_layout_has_not_is_no_error(self, here: Path) -> None:
        assert prepared(Job(Path("p.yaml"), layout="standard", default_paper="a3")).paper == "a4"

    def test_the_document_says_what_it_was_made_of(self, here: Path) -> None:
        """Another paper is another document, also when it comes from the config file."""
        one, two = (prepared(Job(Path("p.yaml"), default_paper=paper)) for paper in ("a4", "letter"))
        assert one.identity != two.identity

    def test_libraries_come_before_those_of_the_command_line(self, here: Path) -> None:
        (here / "home" / "lib.yaml").write_text(LIBRARY, encoding="utf-8")
        (here / "more.yaml").write_text(LIBRARY.replace("My own", "Mine"), encoding="utf-8")
        configure(here, "libraries: [lib.yaml]\n")
        assert "My own" in run("list", "programs").stdout
        assert "Mine" in run("list", "programs", "--library", "more.yaml").stdout
        assert run("plan", "p.yaml", "--set", "program=mine").exit_code == 0

    @pytest.mark.usefixtures("anew")
    def test_a_batch_makes_the_same_files_as_generate(self, here: Path) -> None:
        configure(here, "clinic: mine.yaml\npaper: letter\nlanguage: en\n")
        (here / "r.csv").write_text("program\nshort-four\n", encoding="utf-8")
        single = pages("p.yaml")
        result = run("batch", "r.csv", "--layout", "wall-sheet", "-o", "o")
        assert result.exit_code == 0, result.stderr
        (made,) = (here / "o").glob("*.pdf")
        assert made.read_bytes() == single

    def test_a_row_that_names_a_language_keeps_it(self, here: Path) -> None:
        configure(here, "language: en\n")
        (here / "r.csv").write_text("program,language\nshort-four,nl\nshort-four,\n", encoding="utf-8")
        result = run("batch", "r.csv", "--layout", "wall-sheet", "-o", "o", "--name", "{row}-{language}")
        assert result.exit_code == 0, result.stderr
        assert sorted(path.stem for path in (here / "o").glob("*.pdf")) == ["2-nl", "3-en"]


class TestLeftOut:
    def test_no_config(self, here: Path) -> None:
        configure(here, "language: en\n")
        assert plan("--no-config")["title"] == plan("--language", "nl")["title"]
        assert run("--no-config", "plan", "p.yaml").exit_code == 0

    def test_off(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        configure(here, "language: xx\n")
        assert run("plan", "p.yaml").exit_code == ExitCode.INPUT
        monkeypatch.setenv("PDFGEN_CONFIG", "off")
        assert run("plan", "p.yaml").exit_code == 0

    def test_a_file_that_the_variable_names_must_be_there(self, here: Path) -> None:
        result = run("plan", "p.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("home/config.yaml: ")
        assert "PDFGEN_CONFIG" in result.stderr

    def test_the_usual_place_may_be_empty(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PDFGEN_CONFIG")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "none"))
        assert run("plan", "p.yaml").exit_code == 0

    @pytest.mark.skipif(sys.platform != "linux", reason="the place on Linux")
    def test_the_usual_place(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "settings"))
        assert config_path({}) == here / "settings" / "pdfgen" / "config.yaml"
        assert config_path({"PDFGEN_CONFIG": "off"}) is None

    def test_a_library_user_never_meets_it(self, here: Path) -> None:
        configure(here, "language: xx\n")
        code = (
            "import sys; from pathlib import Path\n"
            "from pdfgen.production.job import Job\n"
            "from pdfgen.production.shared import Shared\n"
            "from pdfgen.production.program import read\n"
            "print(read(Job(Path('p.yaml')), Shared()).language.id, 'platformdirs' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
        )
        assert done.stdout == "nl False\n"


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("clinc: mine.yaml\n", 'config.yaml:1:1: clinc: unknown key "clinc"; did you mean "clinic"?'),
            ("paper: a4\nlanguage: xx\n", "config.yaml:2:11: language: there is no such language"),
            ("clinic: gone.yaml\n", "config.yaml:1:9: clinic: is not a file"),
            ("libraries: [gone.yaml]\n", "config.yaml:1:13: libraries.0: is not a file"),
            ("paper: a9\n", "config.yaml:1:8: paper: "),
            ("libraries: mine.yaml\n", "config.yaml:1:12: libraries: must be a list"),
        ],
    )
    @pytest.mark.parametrize("command", [("plan", "p.yaml"), ("check",), ("check", "home/config.yaml")])
    def test_each_has_its_line(self, here: Path, text: str, problem: str, command: tuple[str, ...]) -> None:
        configure(here, text)
        words = ("--no-config",) if command[-1] == "home/config.yaml" else ()
        result = run(*command, *words)
        assert result.exit_code == ExitCode.INPUT
        assert f"home/{problem}" in result.stderr

    def test_all_at_once(self, here: Path) -> None:
        configure(here, "clinic: gone.yaml\nlanguage: xx\nlibraries: [no.yaml]\n")
        assert len(run("plan", "p.yaml").stderr.splitlines()) == 3

    def test_a_broken_patient_is_told_with_all_else(self, here: Path) -> None:
        configure(here, "language: en\n")
        (here / "p.yaml").write_text("program: [\n", encoding="utf-8")
        (here / "c.yaml").write_text("nme: x\n", encoding="utf-8")
        result = run("plan", "p.yaml", "--clinic", "c.yaml")
        assert "p.yaml:" in result.stderr
        assert "c.yaml:" in result.stderr


class TestTold:
    def test_what_is_taken_is_said_with_verbose(self, here: Path) -> None:
        configure(here, "clinic: mine.yaml\nlanguage: en\n")
        assert "config.yaml" not in run("plan", "p.yaml").stderr
        told = run("plan", "p.yaml", "--verbose").stderr
        assert "home/config.yaml: where none is named clinic home/mine.yaml, language en\n" in told

    def test_check_names_it_and_uses_it(self, here: Path) -> None:
        configure(here, "clinic: mine.yaml\n")
        assert "home/config.yaml: config, in order" in run("check").stdout
        assert "config.yaml" not in run("check", "--no-config").stdout
        assert run("check", "home/config.yaml").stdout == "home/config.yaml: config, in order\n"
        (here / "home" / "mine.yaml").write_text("nme: x\n", encoding="utf-8")
        assert run("check", "p.yaml").exit_code == ExitCode.INPUT


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_file_to_start_from_is_written_where_it_is_read(here: Path, language: str) -> None:
    assert run("new", "config", "--language", language).stdout == "home/config.yaml\n"
    assert run("check", "home/config.yaml").exit_code == 0
    assert run("new", "config").exit_code == ExitCode.WRITE
    text = (here / "home" / "config.yaml").read_text(encoding="utf-8")
    switched = [
        line.removeprefix("# ") if ":" in line and "#  " not in line[:3] else line
        for line in text.splitlines()
    ]
    keys = {line.partition(":")[0] for line in switched if not line.startswith("#")}
    assert {"clinic", "paper", "language", "libraries"} <= keys


def test_standard_input_is_read_once(here: Path) -> None:
    configure(here, "language: en\n")
    result = CliRunner().invoke(program, ["plan", "-"], input="program: short-four\n")
    assert result.exit_code == 0, result.stderr


def test_a_prescription_is_as_it_was_without_the_command_line(here: Path) -> None:
    assert load_prescription(Path("p.yaml")).value.language == "nl"
    with pytest.raises(InputError):
        load_prescription(Path("gone.yaml"))
