"""Commands that show what there is, or write a file to start from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from commands import EXAMPLES, ROOT, run

from pdfgen.content.pictures.drawing_file import FIGURES, shipped_names
from pdfgen.errors import ExitCode

SCHEMAS = ROOT / "pdfgen" / "schema"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


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

    @pytest.mark.slow
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
