"""The command line: exit codes, what goes to stdout and what to stderr, and that help is quick."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import EXAMPLES, ROOT, run, subprocess_run

import pdfgen
from pdfgen.cli.app import program
from pdfgen.errors import ExitCode

COMMANDS = ("generate", "check", "plan", "list", "new", "schema", "verify", "impose")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dutch example as a PDF, made by a real process."""
    folder = tmp_path_factory.mktemp("finished")
    done = subprocess_run("generate", EXAMPLES / "patient.yaml", "-o", "program.pdf", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b"program.pdf\n"
    return folder / "program.pdf"


class TestProgram:
    def test_help_names_every_command_in_order(self) -> None:
        result = run("--help")
        assert result.exit_code == 0
        text = result.stdout.split("Commands:")[1]
        assert sorted(COMMANDS, key=text.index) == list(COMMANDS)

    def test_help_imports_nothing_heavy(self) -> None:
        code = (
            "import sys; from pdfgen.cli.app import program\n"
            "try: program.main(['--help'])\n"
            "except SystemExit: pass\n"
            "print(sorted({name.split('.')[0] for name in sys.modules}"
            " & {'pydantic', 'reportlab', 'PIL', 'yaml', 'uharfbuzz', 'babel', 'pypdf', 'pikepdf', 'segno'}),"
            " file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stderr == "[]\n"

    def test_commands_import_nothing_that_they_do_not_use(self) -> None:
        """Each of these takes longer to import, and more memory, than a page to make."""
        code = (
            "import sys\n"
            "import pdfgen.cli.generate_command, pdfgen.cli.batch_command\n"
            "from pdfgen.content.models.prescription import Prescription\n"
            "Prescription.model_validate({'program': 'short-four'})\n"
            "print(sorted({name.partition('.')[0] for name in sys.modules}"
            " & {'asyncio', 'ssl', 'multiprocessing', 'distributed', 'pypdf', 'pikepdf',"
            " 'openpyxl', 'rich'}))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout == "[]\n"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_explains_itself_with_examples(self, name: str) -> None:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Examples:" in result.stdout
        assert f"  pdfgen {name}" in result.stdout
        for option in ("--quiet", "--verbose", "--traceback"):
            assert option in result.stdout

    @pytest.mark.parametrize("name", COMMANDS)
    def test_short_help_in_the_list_is_that_of_the_command(self, name: str) -> None:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        assert command.name == name
        assert command.help

    def test_version(self) -> None:
        result = run("--version")
        assert (result.exit_code, result.stdout) == (0, f"pdfgen {pdfgen.__version__}\n")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("nonsense",),
            ("generate",),
            ("generate", "a.yaml", "--nonsense"),
            ("generate", "a.yaml", "--weeks", "many"),
            ("generate", "a.yaml", "--set", "goal"),
            ("generate", "a.yaml", "--set", "=x"),
            ("list", "planets"),
            ("new", "house"),
        ],
    )
    def test_usage_errors_exit_with_2(self, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert result.exit_code == ExitCode.USAGE
        assert result.stdout == ""
        assert "Error:" in result.stderr
        assert len(result.stderr.splitlines()) <= 4

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion_scripts(self, shell: str, tmp_path: Path) -> None:
        done = subprocess_run(cwd=tmp_path, env=os.environ | {"_PDFGEN_COMPLETE": f"{shell}_source"})
        assert b"_PDFGEN_COMPLETE" in done.stdout

    def test_completes_commands(self, tmp_path: Path) -> None:
        environment = os.environ | {
            "_PDFGEN_COMPLETE": "bash_complete", "COMP_WORDS": "pdfgen ge", "COMP_CWORD": "1",
        }  # fmt: skip
        done = subprocess_run(cwd=tmp_path, env=environment)
        assert b"generate" in done.stdout


class TestGenerate:
    def test_the_file_is_a_pdf(self, finished: Path) -> None:
        assert finished.read_bytes().startswith(b"%PDF-")
        assert [path.name for path in finished.parent.iterdir()] == ["program.pdf"]

    @pytest.mark.parametrize("paper", ["a4", "letter"])
    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("patient*.yaml")), ids=lambda path: path.stem)
    def test_every_example_fits_on_every_paper(self, here: Path, path: Path, paper: str) -> None:
        result = run("generate", path, "--paper", paper, "-o", "a.pdf")
        assert result.exit_code == 0, result.stderr

    def test_writes_into_out_by_document_id(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient.yaml")
        assert result.exit_code == 0, result.stderr
        path = Path(result.stdout.strip())
        assert path.parent == Path("out")
        assert (here / path).is_file()
        assert len(path.stem) == 8
        assert "wit" not in path.stem.lower()

    def test_standard_output_has_the_file_and_nothing_else(self, finished: Path, tmp_path: Path) -> None:
        done = subprocess_run("generate", EXAMPLES / "patient.yaml", "-o", "-", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout == finished.read_bytes()
        assert list(tmp_path.iterdir()) == []

    def test_unconfirmed_cautions_are_listed(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient-situations.yaml", "-o", "a.pdf")
        assert result.exit_code == 0
        assert result.stdout == "a.pdf\n"
        assert "warning:" in result.stderr
        assert "knee-rolls/osteoporosis" in result.stderr
        assert "bridge/high-blood-pressure" not in result.stderr, "it is confirmed"

    def test_quiet_leaves_warnings_out(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient-situations.yaml", "-o", "a.pdf", "--quiet")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_strict_makes_warnings_fail_before_writing(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient-situations.yaml", "-o", "a.pdf", "--strict")
        assert result.exit_code == ExitCode.INPUT
        assert result.stdout == ""
        assert list(here.iterdir()) == []

    def test_verbose_says_more(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient.yaml", "-o", "a.pdf", "-v")
        assert result.exit_code == 0
        assert "pages" in result.stderr

    @pytest.mark.parametrize(
        "options",
        [
            ("--paper", "letter"),
            ("--weeks", "8"),
            ("--set", "goal=Fietsen"),
            ("--set", "patient.label=P-1"),
            ("--language", "en"),
        ],
    )
    def test_options_change_the_file(self, here: Path, finished: Path, options: tuple[str, ...]) -> None:
        result = run("generate", EXAMPLES / "patient.yaml", "-o", "b.pdf", *options)
        assert result.exit_code == 0, result.stderr
        assert (here / "b.pdf").read_bytes() != finished.read_bytes()

    def test_all_problems_of_the_input_at_once(self, here: Path) -> None:
        (here / "p.yaml").write_text("program: short-four\nweeks: 60\ngaol: x\nstart: 2026-02-30\n")
        result = run("generate", "p.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
            "p.yaml:2:8",
            "p.yaml:3:1",
            "p.yaml:4:8",
        ]
        assert not (here / "out").exists()

    def test_an_existing_file_survives_a_failure(self, here: Path) -> None:
        (here / "a.pdf").write_bytes(b"%PDF-old")
        (here / "p.yaml").write_text("program: nonsense\n")
        assert run("generate", "p.yaml", "-o", "a.pdf").exit_code == ExitCode.INPUT
        assert (here / "a.pdf").read_bytes() == b"%PDF-old"

    def test_a_folder_is_no_output(self, here: Path) -> None:
        result = run("generate", EXAMPLES / "patient.yaml", "-o", here)
        assert result.exit_code == ExitCode.WRITE
        assert "folder" in result.stderr

    def test_the_output_is_checked_before_the_work(
        self, here: Path, failing: Callable[[BaseException], None]
    ) -> None:
        failing(AssertionError("worked in vain"))
        assert run("generate", "p.yaml", "-o", here).exit_code == ExitCode.WRITE


class TestCheck:
    def test_everything_shipped_is_in_order(self) -> None:
        result = run("check")
        assert result.exit_code == 0, result.stderr

    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
    def test_examples_are_in_order(self, path: Path) -> None:
        result = run("check", path)
        assert result.exit_code == 0, result.stderr

    def test_problems_of_all_files(self, here: Path) -> None:
        (here / "p.yaml").write_text("program: short-four\nweeks: 60\n")
        (here / "c.yaml").write_text('name: "X"\naccent: "#ffff00"\nphnoe: "1"\n')
        result = run("check", "p.yaml", "c.yaml", EXAMPLES / "patient.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "p.yaml:2:8" in result.stderr
        assert "c.yaml:3:1" in result.stderr

    def test_json(self, here: Path) -> None:
        (here / "p.yaml").write_text("program: short-four\nweeks: 60\n")
        result = run("check", "p.yaml", "--json")
        assert result.exit_code == ExitCode.INPUT
        (file,) = json.loads(result.stdout)
        assert file["file"] == "p.yaml"
        assert file["kind"] == "patient"
        assert file["problems"][0]["line"] == 2

    def test_overridden_fields_are_shown(self, here: Path) -> None:
        own = "exercises: {plank: {rest_s: 40}, superman: {variants: {L3: {remove: true}}}}\n"
        (here / "mine.yaml").write_text(own)
        result = run("check", "mine.yaml")
        assert "exercises.plank.rest_s: replaces" in result.stdout
        assert "exercises.superman.variants.L3: removes" in result.stdout

    def test_what_is_missing_in_a_language_is_told_and_no_error(self, here: Path) -> None:
        own = "equipment:\n  rope: {name: {nl: touw}}\n"
        (here / "mine.yaml").write_text(own)
        result = run("check", "mine.yaml")
        assert result.exit_code == 0
        assert (
            "mine.yaml: library, in order\nen: 1 text is missing, the first at mine.yaml:2: " in result.stdout
        )
        (here / "mine.yaml").write_text(f"languages: [nl]\n{own}")
        assert "missing" not in run("check", "mine.yaml").stdout

    def test_a_file_of_no_known_kind(self, here: Path) -> None:
        (here / "x.yaml").write_text("colour: blue\n")
        result = run("check", "x.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "x.yaml" in result.stderr


class TestVerify:
    def test_a_finished_file_is_in_order(self, finished: Path) -> None:
        result = run("verify", finished, "--against", EXAMPLES / "patient.yaml")
        assert result.exit_code == 0, result.stderr

    def test_another_patient_is_noticed(self, finished: Path) -> None:
        result = run("verify", finished, "--against", EXAMPLES / "patient-en.yaml")
        assert result.exit_code == ExitCode.VERIFICATION
        assert "text" in result.stderr

    def test_something_else_is_no_pdf(self, here: Path) -> None:
        (here / "a.pdf").write_bytes(b"not a PDF at all")
        result = run("verify", "a.pdf")
        assert result.exit_code == ExitCode.VERIFICATION
        assert "a.pdf" in result.stderr

    def test_json(self, finished: Path) -> None:
        result = run("verify", finished, "--json")
        assert json.loads(result.stdout) == []

    def test_verifies_standard_input(self, finished: Path) -> None:
        result = CliRunner().invoke(program, ["verify", "-"], input=finished.read_bytes())
        assert (result.exit_code, result.stdout) == (0, "standard input: in order\n")


def test_generate_is_not_slow(tmp_path: Path) -> None:
    """A coarse guard against an import or a loop gone wild; the benchmark measures."""
    start = os.times()
    done = subprocess_run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert os.times().children_user - start.children_user < 5


def shell(command: str, here: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `pdfgen` is the program."""
    return subprocess.run(
        ["bash", "-c", f'pdfgen() {{ "{sys.executable}" -m pdfgen "$@"; }}; {command}'],
        cwd=here, env=os.environ | variables, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


class TestCheckReadsAll:
    def test_a_clinic_with_a_bad_logo_and_paper(self, here: Path) -> None:
        (here / "logo.png").write_bytes(b"no picture")
        (here / "c.yaml").write_text('name: "X"\nlogo: logo.png\nlogo_alt: "X"\npaper: a9\n')
        result = run("check", "c.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["logo", "paper"]

    def test_a_layout_without_a_name_in_a_language(self, here: Path) -> None:
        text = (ROOT / "layouts" / "standard.yaml").read_text()
        lost = re.sub(r"(?m)^  nl: .*\n", "", text, count=1)
        assert lost != text
        (here / "l.yaml").write_text(lost)
        result = run("check", "l.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "name.nl: missing" in result.stderr

    def test_a_library_with_characters_that_no_font_has(self, here: Path) -> None:
        run("new", "library", "m.yaml")
        path = here / "m.yaml"
        path.write_text(path.read_text().replace("Stand up and sit down", "Stand up 李", 1))
        result = run("check", "m.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "李" in result.stderr
