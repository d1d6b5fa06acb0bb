"""The command line: exit codes, what goes to stdout and what to stderr, and that help is quick."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result

import pdfgen
from pdfgen.cli import app, generate_command
from pdfgen.cli.app import program
from pdfgen.content.pictures.drawing_file import FIGURES, shipped_names
from pdfgen.errors import ExitCode, FitError, InputError, Problem, WriteError

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SCHEMAS = ROOT / "pdfgen" / "schema"
COMMANDS = ("generate", "check", "plan", "list", "new", "schema", "verify", "impose")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def subprocess_run(*arguments: str | Path, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pdfgen", *map(str, arguments)],
        cwd=cwd, capture_output=True, timeout=120, check=False, **options,
    )  # fmt: skip


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


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the pipeline fail with a given exception."""

    def fail_with(error: BaseException) -> None:
        def read(job: object, shared: object) -> None:
            raise error

        monkeypatch.setattr(generate_command, "read", read)

    return fail_with


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "code"), [(InputError, 3), (FitError, 4), (WriteError, 5)], ids=lambda value: str(value)
    )
    def test_expected_failures_print_all_problems_and_their_code(
        self, failing: Callable[[BaseException], None], error: type[InputError], code: int
    ) -> None:
        failing(error([Problem("bad; mend it", "goal", "a.yaml", 3, 7), Problem("worse")]))
        result = run("generate", "a.yaml")
        assert result.exit_code == code
        assert result.stdout == ""
        assert result.stderr == "a.yaml:3:7: goal: bad; mend it\nworse\n"

    def test_an_unexpected_failure_asks_for_a_report(self, failing: Callable[[BaseException], None]) -> None:
        failing(ZeroDivisionError("Mevrouw de Wit"))
        result = run("generate", "a.yaml")
        assert result.exit_code == ExitCode.BUG
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "please report it" in result.stderr
        assert "--traceback" in result.stderr
        assert "de Wit" not in result.stderr, "a message may hold something personal"

    @pytest.mark.parametrize("arguments", [("--traceback", "generate"), ("generate", "--traceback")])
    def test_a_traceback_on_request(
        self, failing: Callable[[BaseException], None], arguments: tuple[str, ...]
    ) -> None:
        failing(ZeroDivisionError("division"))
        result = run(*arguments, "a.yaml")
        assert result.exit_code == ExitCode.BUG
        assert "Traceback" in result.stderr

    def test_an_interruption(self, failing: Callable[[BaseException], None]) -> None:
        failing(KeyboardInterrupt())
        result = run("generate", "a.yaml")
        assert result.exit_code == ExitCode.INTERRUPTED
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_signal(self, tmp_path: Path, sent: signal.Signals) -> None:
        code = (
            "import sys, time\n"
            "from pdfgen.cli import app, output\n"
            "def wait(*_): print('ready', flush=True); time.sleep(60)\n"
            "output.write_atomically = wait\n"
            "sys.argv = ['pdfgen', 'new', 'clinic']\n"
            "app.main()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(sent)
            _, stderr = process.communicate(timeout=30)
        assert process.returncode == ExitCode.INTERRUPTED
        assert stderr == "interrupted; nothing was written\n"

    def test_an_interruption_after_writing_says_so(self, tmp_path: Path) -> None:
        code = (
            "import os, sys, signal\n"
            "from pdfgen.cli import app\n"
            "from pdfgen.delivery import writing\n"
            "writing.sync_folder = lambda folder: os.kill(os.getpid(), signal.SIGINT)\n"
            "sys.argv = ['pdfgen', 'new', 'clinic', 'c.yaml']\n"
            "app.main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == ExitCode.INTERRUPTED
        assert done.stderr == "interrupted; c.yaml was written all the same\n"
        assert (tmp_path / "c.yaml").is_file()

    def test_an_interruption_while_importing(self, tmp_path: Path) -> None:
        code = (
            "import sys, time\n"
            "class Slow:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            "        if name == 'click': print('ready', flush=True); time.sleep(60)\n"
            "sys.meta_path.insert(0, Slow())\n"
            "from pdfgen.__main__ import main\n"
            "main()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=30)
        assert (process.returncode, stderr) == (ExitCode.INTERRUPTED, "")

    def test_what_the_caller_ignores_stays_ignored(self, tmp_path: Path) -> None:
        code = (
            "import os, sys, signal\n"
            "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
            "from pdfgen.cli import app, output\n"
            "output.clear_stale_parts = lambda folder: os.kill(os.getpid(), signal.SIGHUP)\n"
            "sys.argv = ['pdfgen', 'new', 'clinic']\n"
            "app.main()\n"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, timeout=60, check=False)
        assert done.returncode == 0

    def test_a_closed_pipe_is_quiet(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            done = subprocess.run(
                [sys.executable, "-m", "pdfgen", "new", "patient", "-"],
                stdout=closed, stderr=subprocess.PIPE, cwd=tmp_path, timeout=60, check=False,
            )  # fmt: skip
        assert done.returncode == ExitCode.WRITE
        assert done.stderr == b""

    def test_a_missing_file(self, here: Path) -> None:
        result = run("generate", "nobody.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "nobody.yaml" in result.stderr
        assert list(here.iterdir()) == []


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


class TestPlan:
    def test_table(self) -> None:
        result = run("plan", EXAMPLES / "patient.yaml")
        assert result.exit_code == 0, result.stderr
        weeks = [line for line in result.stdout.splitlines() if line.startswith("week ")]
        assert len(weeks) == 6
        assert "2026-03-02" in weeks[0]

    def test_json(self) -> None:
        result = run("plan", EXAMPLES / "patient.yaml", "--json", "--weeks", "8")
        plan = json.loads(result.stdout)
        assert len(plan["weeks"]) == 8
        assert plan["start"] == "2026-03-02"
        assert all(week["minutes"] > 0 for week in plan["weeks"])

    def test_writes_nothing(self, here: Path) -> None:
        run("plan", EXAMPLES / "patient.yaml")
        assert list(here.iterdir()) == []


class TestList:
    @pytest.mark.parametrize(
        "kind", ["exercises", "programs", "layouts", "languages", "situations", "drawings"]
    )
    def test_json_objects_have_an_id(self, kind: str) -> None:
        result = run("list", kind, "--json")
        entries = json.loads(result.stdout)
        assert entries
        assert all(entry["id"] and entry["name"] for entry in entries)
        text = run("list", kind).stdout
        assert [line.split()[0] for line in text.splitlines()] == [entry["id"] for entry in entries]

    def test_every_shipped_drawing_is_listed_with_its_panels(self) -> None:
        entries = json.loads(run("list", "drawings", "--json").stdout)
        listed = {panel for entry in entries for panel in entry["panels"]}
        assert listed == {name for name in shipped_names(FIGURES) if "--" not in name}
        (hinge,) = (entry for entry in entries if entry["id"] == "hip-hinge")
        assert hinge == {"id": "hip-hinge", "name": "Hip hinge", "panels": ["hip-hinge-a", "hip-hinge-b"]}

    def test_exercises(self) -> None:
        assert len(json.loads(run("list", "exercises", "--json").stdout)) == 8

    def test_names_in_a_language(self) -> None:
        names = {
            code: {
                entry["name"]
                for entry in json.loads(run("list", "exercises", "--json", "--language", code).stdout)
            }
            for code in ("nl", "en")
        }
        assert len(names["nl"]) == 8
        assert names["nl"] != names["en"]

    def test_own_library(self, here: Path) -> None:
        run("new", "library", "mine.yaml")
        assert "Stand up and sit down" in run("list", "exercises", "--library", "mine.yaml").stdout
        programs = run("list", "programs", "--library", "mine.yaml").stdout
        assert "on-your-feet  On your feet: 3 exercises  (low-back-pain; 4, 6; knee-rolls, " in programs

    def test_conditions_and_what_belongs_to_them(self) -> None:
        (condition,) = json.loads(run("list", "conditions", "--json").stdout)
        assert (condition["id"], condition["name"]) == ("low-back-pain", "low back pain")
        assert "short-four" in condition["programs"]
        situations = json.loads(run("list", "situations", "--json").stdout)
        assert all(situation["conditions"] == ["low-back-pain"] for situation in situations)


class TestNew:
    @pytest.mark.parametrize("language", ["en", "nl"])
    @pytest.mark.parametrize("kind", ["patient", "clinic", "library", "layout"])
    def test_a_starting_file_is_valid(self, here: Path, kind: str, language: str) -> None:
        result = run("new", kind, "--language", language)
        assert (result.exit_code, result.stdout) == (0, f"{kind}.yaml\n")
        checked = run("check", f"{kind}.yaml")
        assert checked.exit_code == 0, checked.stderr

    @pytest.mark.parametrize("kind", ["patient", "clinic", "library", "layout", "pose"])
    def test_a_schema_comes_when_it_is_asked_for(self, here: Path, kind: str) -> None:
        result = run("new", kind, "mine/first.yaml", "--schema")
        assert result.stdout == f"mine/first.yaml\nmine/schema/{kind}.json\n"
        first = (here / "mine" / "first.yaml").read_text().splitlines()[0]
        assert first == f"# yaml-language-server: $schema=schema/{kind}.json"
        assert (here / f"mine/schema/{kind}.json").read_bytes() == (SCHEMAS / f"{kind}.json").read_bytes()
        # The next file finds it there; what is another schema is kept.
        assert run("new", kind, "mine/second.yaml", "--schema").stdout == "mine/second.yaml\n"
        (here / f"mine/schema/{kind}.json").write_text("{}")
        assert run("new", kind, "mine/third.yaml", "--schema").exit_code == ExitCode.WRITE
        assert not (here / "mine" / "third.yaml").exists()

    @pytest.mark.parametrize("arguments", [("roster",), ("patient", "-"), ("example", "-")])
    def test_no_schema_without_a_yaml_file_beside_it(self, here: Path, arguments: tuple[str, ...]) -> None:
        assert run("new", *arguments, "--schema").exit_code == ExitCode.USAGE
        assert list(here.iterdir()) == []

    @pytest.mark.parametrize("kind", ["patient", "clinic", "library", "layout", "pose", "roster", "example"])
    def test_no_path_of_this_machine_is_written(self, here: Path, kind: str) -> None:
        assert run("new", kind, str(here / "whole" / "mine.yaml")).exit_code == 0
        written = [path.read_bytes().decode(errors="replace") for path in here.rglob("*") if path.is_file()]
        assert written
        for text in written:
            assert "$schema" not in text
            for folder in (here, ROOT, Path.home()):
                assert str(folder) not in text

    @pytest.mark.parametrize(
        ("name", "shown"), [("å-1.yaml", "å-1.yaml"), ("a b.yaml", '"a b.yaml"'), ("a$b.yaml", "'a$b.yaml'")]
    )
    def test_the_command_in_the_comment_can_be_typed(self, here: Path, name: str, shown: str) -> None:
        assert f"pdfgen generate {shown}\n" in run_new_patient(here / name)

    @pytest.mark.parametrize("kind", ["patient", "clinic", "library", "layout"])
    def test_every_choice_in_comments_is_valid_too(self, here: Path, kind: str) -> None:
        """What a reader switches on by deleting `# ` must work."""
        run("new", kind, "a.yaml")
        lines = (here / "a.yaml").read_text().splitlines()
        switched = [line.removeprefix("# ") if is_choice(line) else line for line in lines]
        text = "\n".join(without_repeated_keys(switched)) + "\n"
        assert set(yaml.safe_load(text)) > set(yaml.safe_load("\n".join(lines)))
        for file in ("clinic: clinic.yaml", "library: mine.yaml", "logo: logo.svg"):
            text = text.replace(file, "")
        (here / "b.yaml").write_text(text)
        checked = run("check", "b.yaml")
        assert checked.exit_code == 0, checked.stderr

    def test_never_overwrites(self, here: Path) -> None:
        (here / "patient.yaml").write_text("mine")
        result = run("new", "patient")
        assert result.exit_code == ExitCode.WRITE
        assert (here / "patient.yaml").read_text() == "mine"

    def test_the_example_is_ready_to_be_used(self, here: Path) -> None:
        result = run("new", "example", "first")
        assert result.exit_code == 0, result.stderr
        shipped = {path.relative_to(EXAMPLES) for path in EXAMPLES.rglob("*") if path.is_file()}
        assert {Path(line).relative_to("first") for line in result.stdout.splitlines()} == shipped
        patients = sorted((here / "first").rglob("patient*.yaml"))
        assert len(patients) == 6
        assert run("check", *map(str, patients), "first/clinic.yaml").exit_code == 0
        for patient in ("patient.yaml", "knee/patient.yaml"):
            assert run("generate", f"first/{patient}", "-o", "a.pdf").exit_code == 0
        made = run("batch", "first/roster.csv", "--out", "made", "--workers", "1", "--layout", "wall-sheet")
        assert made.exit_code == 0, made.stderr

    def test_the_example_has_its_own_folder_and_overwrites_nothing(self, here: Path) -> None:
        (here / "example").mkdir()
        (here / "example" / "roster.csv").write_text("mine")
        assert run("new", "example").exit_code == ExitCode.WRITE
        assert [path.name for path in (here / "example").iterdir()] == ["roster.csv"]
        assert run("new", "example", "other", "--language", "nl").exit_code == ExitCode.USAGE
        assert run("new", "example", "other", "--schema").exit_code == 0
        for file, up, name in (
            ("patient", "", "patient"), ("clinic", "", "clinic"),
            ("knee/patient", "../", "patient"), ("knee/library", "../", "library"),
        ):  # fmt: skip
            first = (here / "other" / f"{file}.yaml").read_text(encoding="utf-8").splitlines()[0]
            assert first == f"# yaml-language-server: $schema={up}schema/{name}.json"
            assert (here / "other" / "schema" / f"{name}.json").is_file()

    def test_standard_output(self, here: Path) -> None:
        result = run("new", "clinic", "-")
        assert result.exit_code == 0
        assert "traffic_light:" in result.stdout
        assert list(here.iterdir()) == []


def run_new_patient(path: Path) -> str:
    assert run("new", "patient", str(path)).exit_code == 0
    return path.read_text(encoding="utf-8")


def is_choice(line: str) -> bool:
    """Whether a comment is a line of YAML that is switched off."""
    return re.match(r"# ([a-z_]+:| +[a-z_-]+:| +- \{)( |$|[a-z])", line) is not None


def without_repeated_keys(lines: list[str]) -> list[str]:
    """Keep of keys at the margin that come twice (two ways to write the days) only the first."""
    kept: list[str] = []
    seen: set[str] = set()
    keeping = True
    for line in lines:
        if line and not line[0].isspace() and not line.startswith("#"):
            key = line.split(":")[0]
            keeping = key not in seen
            seen.add(key)
        if keeping:
            kept.append(line)
    return kept


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


class TestSchema:
    def test_prints_one(self) -> None:
        schema = json.loads(run("schema", "patient").stdout)
        assert "program" in schema["properties"]

    def test_writes_all(self, here: Path) -> None:
        result = run("schema", "--write", "schemas")
        assert result.exit_code == 0, result.stderr
        written = sorted(path.name for path in (here / "schemas").iterdir())
        assert [Path(line).name for line in result.stdout.splitlines()] == written
        assert {"clinic.json", "layout.json", "library.json", "patient.json"} <= set(written)


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


def test_generate_is_not_slow(tmp_path: Path) -> None:
    """A coarse guard against an import or a loop gone wild; the benchmark measures."""
    start = os.times()
    done = subprocess_run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert os.times().children_user - start.children_user < 5


def test_main_exits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(sys, "argv", ["pdfgen", "--version"])
    try:
        with pytest.raises(SystemExit) as caught:
            app.main()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"pdfgen {pdfgen.__version__}\n"


class TestOutputIsNoInput:
    def test_a_file_of_another_kind_is_left_as_it_is(self, here: Path) -> None:
        own = here / "own.yaml"
        own.write_text("program: short-four\n")
        result = run("generate", own, "-o", own)
        assert result.exit_code == ExitCode.WRITE
        assert "own.yaml: another kind of file is here" in result.stderr
        assert own.read_text() == "program: short-four\n"

    def test_a_pdf_or_an_empty_file_is_replaced(self, here: Path) -> None:
        for name, old in (("old.pdf", b"%PDF-1.4 old"), ("empty.pdf", b"")):
            (here / name).write_bytes(old)
            assert run("generate", EXAMPLES / "patient.yaml", "-o", name).exit_code == 0
            assert (here / name).read_bytes().startswith(b"%PDF-1.7")


def shell(command: str, here: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `pdfgen` is the program."""
    return subprocess.run(
        ["bash", "-c", f'pdfgen() {{ "{sys.executable}" -m pdfgen "$@"; }}; {command}'],
        cwd=here, env=os.environ | variables, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


class TestStreams:
    """Standard streams that are full or closed, in real processes."""

    @needs_full_device
    @pytest.mark.parametrize(
        "command", ["list exercises", "--help", "generate --help", "--version", "schema"]
    )
    def test_a_full_output_is_told_in_one_line(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} >/dev/full", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr.startswith(b"standard output: the disk is full")
        assert done.stderr.count(b"\n") == 1

    @pytest.mark.parametrize("command", ["list exercises", "--help", "new clinic -", "schema patient"])
    def test_a_closed_output_is_told_in_one_line(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} >&-", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr == b"standard output: is closed; name a file to write\n"

    @needs_full_device
    @pytest.mark.parametrize("option", ["-o -", "-o -q.pdf"])
    def test_a_program_for_a_full_output(self, option: str, here: Path) -> None:
        done = shell(f"pdfgen generate {EXAMPLES / 'patient.yaml'} {option} >/dev/full", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr.count(b"\n") == 1
        assert (b"-q.pdf was written all the same" in done.stderr) == (here / "-q.pdf").exists()

    @pytest.mark.parametrize("command", ["--help", "schema"])
    def test_a_reader_that_has_had_enough_is_not_talked_about(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} | true; exit ${{PIPESTATUS[0]}}", here)
        assert (done.returncode, done.stderr) == (ExitCode.WRITE, b"")

    @needs_full_device
    @pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
    def test_the_exit_code_says_it_when_stderr_cannot(self, where: str, here: Path) -> None:
        assert shell(f"pdfgen list planets {where}", here).returncode == ExitCode.USAGE
        assert shell(f"pdfgen generate nobody.yaml {where}", here).returncode == ExitCode.INPUT

    def test_a_closed_input_is_empty(self, here: Path) -> None:
        done = shell("pdfgen generate - <&-", here)
        assert done.returncode == ExitCode.INPUT
        assert done.stderr.startswith(b"standard input: is empty")
        assert done.stderr.count(b"\n") == 1

    def test_an_output_of_few_characters(self, here: Path) -> None:
        variables = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = shell("pdfgen list languages --json", here, **variables)
        assert {entry["id"] for entry in json.loads(done.stdout.decode("ascii"))} >= {"en", "nl"}
        done = shell(f"pdfgen plan {EXAMPLES / 'patient.yaml'} --set 'goal=Łódź' --json", here, **variables)
        assert json.loads(done.stdout.decode("ascii"))["goal"] == "Łódź"

    @pytest.mark.parametrize(
        "path", [EXAMPLES / "patient-en.yaml", ROOT / "layouts" / "standard.yaml", ROOT / "exercises.yaml"],
        ids=lambda path: path.stem,
    )  # fmt: skip
    def test_checks_standard_input(self, path: Path, here: Path) -> None:
        text = re.sub("(?m)^clinic:.*$", "", path.read_text())
        result = CliRunner().invoke(program, ["check", "-"], input=text)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith("standard input: ")
        assert result.stdout.endswith(", in order\n")

    def test_verifies_standard_input(self, finished: Path) -> None:
        result = CliRunner().invoke(program, ["verify", "-"], input=finished.read_bytes())
        assert (result.exit_code, result.stdout) == (0, "standard input: in order\n")


class TestNames:
    """Names of files and keys with bytes that are no characters, and with characters that terminals obey."""

    def test_a_file_whose_name_is_no_text(self, here: Path) -> None:
        done = shell("pdfgen new patient $'x\\xff.yaml' && pdfgen check --json $'x\\xff.yaml'", here)
        assert done.returncode == 0, done.stderr
        assert (here / os.fsdecode(b"x\xff.yaml")).is_file()
        (checked,) = json.loads(done.stdout.split(b"\n", 1)[1])
        assert checked["file"] == os.fsdecode(b"x\xff.yaml")
        assert shell("pdfgen check $'x\\xff.yaml'", here).stdout.startswith(b"x\\udcff.yaml: patient")

    def test_a_name_does_not_become_a_line_of_the_starting_file(self, here: Path) -> None:
        run("new", "patient", "a\nweeks: 3\n.yaml")
        (path,) = here.iterdir()
        assert "weeks: 3" not in path.read_text()

    @pytest.mark.parametrize("command", ["generate", "check", "verify"])
    def test_a_message_has_one_line_that_no_terminal_obeys(self, command: str) -> None:
        result = run(command, "a\x1b[31m\nb\u202e.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(r"a\x1b[31m\nb\u202e.yaml: ")
        assert result.stderr.count("\n") == 1

    def test_a_key_that_is_no_text_names_the_option(self, here: Path) -> None:
        done = shell(f"pdfgen generate {EXAMPLES / 'patient.yaml'} --set $'\\xff=1'", here)
        assert done.returncode == ExitCode.USAGE
        assert b"--set" in done.stderr

    @pytest.mark.parametrize(
        ("option", "value"), [("--weeks", "0"), ("--language", "xx"), ("--paper", "a9"), ("--paper", "")]
    )
    def test_a_problem_names_the_option(self, option: str, value: str) -> None:
        result = run("plan", EXAMPLES / "patient.yaml", option, value)
        assert result.exit_code == ExitCode.INPUT
        assert all(line.startswith(f"{option}: ") for line in result.stderr.splitlines())
        assert "--set" not in result.stderr

    @pytest.mark.parametrize("kind", ["exercises", "programs", "situations", "layouts", "languages"])
    def test_names_in_a_language_that_is_not_there(self, kind: str) -> None:
        result = run("list", kind, "--language", "xx")
        assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "")
        assert 'there is no language "xx"; known: en, en-US, nl' in result.stderr


class TestUnreadable:
    def test_verify_refuses_what_never_ends(self, here: Path) -> None:
        result = run("verify", "/dev/zero")
        assert result.exit_code == ExitCode.INPUT
        assert "not an ordinary file" in result.stderr

    def test_verify_refuses_what_is_too_large(self, here: Path) -> None:
        with (here / "big.pdf").open("wb") as file:
            file.truncate(3_000_000_000)
        result = run("verify", "big.pdf")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr == "big.pdf: is larger than 200 MB; pdfgen makes no such files\n"

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + b"1 0 obj\n<<\n" * 99])
    def test_verify_says_what_is_wrong_once(self, here: Path, data: bytes) -> None:
        (here / "a.pdf").write_bytes(data)
        done = subprocess_run("verify", "a.pdf", cwd=here)
        assert done.returncode == ExitCode.VERIFICATION
        assert all(line.startswith(b"a.pdf: ") for line in done.stderr.splitlines())

    @pytest.mark.parametrize(
        "arguments",
        [
            ("generate", "secret.yaml"),
            ("plan", "secret.yaml"),
            ("check", "secret.yaml"),
            ("verify", "secret.yaml"),
            ("list", "exercises", "--library", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--library", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--clinic", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--layout", "secret.yaml"),
        ],
        ids=lambda arguments: " ".join(map(str, arguments[::2])),
    )
    def test_a_file_without_permission(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str | Path, ...]
    ) -> None:
        (here / "secret.yaml").touch(mode=0o000)
        opened, asked = Path.open, os.access

        # Tests may run with the rights of root, who reads everything.
        def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
            if path.name == "secret.yaml":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return opened(path, *arguments, **options)

        monkeypatch.setattr(Path, "open", refuse)
        monkeypatch.setattr(
            os, "access", lambda path, mode: Path(path).name != "secret.yaml" and asked(path, mode)
        )
        result = run(*arguments)
        assert result.exit_code == ExitCode.INPUT, result.stderr
        assert result.stderr == "secret.yaml: cannot be read: permission denied\n"


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
