from __future__ import annotations

import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from PIL import Image

from pdfgen.cli.app import program
from pdfgen.content.files.resources import schemas_folder
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.schema import as_text
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.illustration.pose_schema import pose_schema
from pdfgen.illustration.positions import poses_folder, positions

pytestmark = pytest.mark.drawings

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "poses").glob("*.yaml"))

POSE = "title: Test\nview: three-quarter\nheight: 24\npanels:\n  a: {pose: {from: standing}}\n"
TWO = POSE + "  b: {pose: {from: standing, right_leg: {hip: 40, knee: 40}}}\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, ["illustrate", *arguments])
    return result.exit_code, result.output


def test_drawing_is_written_beside_its_pose(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(POSE)
    code, output = run(str(tmp_path / "mine.yaml"), "--preview", str(tmp_path / "mine.png"))
    assert (code, output) == (0, f"{tmp_path / 'mine.svg'}\n{tmp_path / 'mine.png'}\n")
    assert (tmp_path / "mine.svg").read_text().startswith("<svg")
    assert (tmp_path / "mine.png").read_bytes().startswith(b"\x89PNG")


def test_one_panel_of_two_is_written_under_the_given_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TWO)
    assert run(str(tmp_path / "mine.yaml"), "--panel", "B", "-o", str(tmp_path / "out.svg"))[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["out.svg"]


def test_all_panels_are_written_with_their_letters(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TWO)
    assert run(str(tmp_path / "mine.yaml"))[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["mine-a.svg", "mine-b.svg"]


def test_unknown_panel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(POSE)
    code, output = run(str(tmp_path / "mine.yaml"), "--panel", "C")
    assert code == 2
    assert "is not a panel of this file; it has A" in output


def test_impossible_pose_is_refused_with_its_line_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        POSE.replace("{from: standing}", "{from: standing, left_leg: {knee: 200}}")
    )
    code, output = run(str(tmp_path / "mine.yaml"))
    assert code == 3
    assert "mine.yaml:5:" in output
    assert "panels.a.pose.left_leg.knee: must be at most 160" in output
    assert not list(tmp_path.glob("*.svg"))


def test_missing_extra_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "scipy" else find(name))
    (tmp_path / "mine.yaml").write_text(POSE)
    code, output = run(str(tmp_path / "mine.yaml"))
    assert code == 2
    assert 'drawing needs the extra "illustrate"' in output
    assert 'pip install ".[illustrate]"' in output


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TWO)
    return path


def test_standard_output_takes_one_drawing(two: Path) -> None:
    code, output = run(str(two), "-o", "-", "--panel", "b", "--preview", str(two.with_suffix(".png")))
    assert code == 0
    assert output.startswith("<svg")
    assert output.rstrip().endswith("</svg>"), "the name of the preview is not printed after the drawing"
    assert two.with_suffix(".png").is_file()


def test_standard_output_does_not_take_two_drawings(two: Path) -> None:
    code, output = run(str(two), "-o", "-")
    assert code == 2
    assert "--out: standard output takes one drawing; choose one of A, B with --panel" in output


@pytest.mark.parametrize("name", ["two-b.svg", "two.png"])
def test_a_file_of_another_kind_is_kept_and_nothing_is_drawn(
    two: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    monkeypatch.setattr("pdfgen.illustration.studio.draw", lambda *given, **_: drawn.append(given))
    two.with_name(name).write_text("somebody's own")
    code, output = run(str(two), "--preview", str(two.with_suffix(".png")))
    assert code == 5
    assert "another kind of file is here and is left as it is" in output
    assert two.with_name(name).read_text() == "somebody's own"
    assert not drawn
    assert not two.with_name("two-a.svg").exists()


def test_the_pose_file_is_never_replaced(two: Path) -> None:
    for options in (["--panel", "a", "-o", str(two)], ["--preview", str(two)]):
        assert run(str(two), *options)[0] == 5
    assert two.read_text() == TWO


def test_a_drawing_is_replaced(two: Path) -> None:
    target = two.with_name("two-a.svg")
    target.write_text("<svg/>")
    assert run(str(two), "--panel", "a", "-o", str(target))[0] == 0
    assert len(target.read_text()) > 1000


@pytest.mark.parametrize(
    ("preview", "message"), [("-", "name a file for the picture"), ("same.svg", "is the file of the drawing")]
)
def test_preview_has_a_file_of_its_own(two: Path, preview: str, message: str) -> None:
    wanted = preview if preview == "-" else str(two.with_name(preview))
    code, output = run(str(two), "--panel", "a", "-o", str(two.with_name("same.svg")), "--preview", wanted)
    assert code == 2
    assert f"--preview: {message}" in output


def test_a_missing_pose_file_and_an_unwritable_folder(tmp_path: Path, two: Path) -> None:
    assert run(str(tmp_path / "none.yaml"))[0] == 3
    assert run(str(two), "-o", str(two / "x.svg"))[0] == 5


def drawn_as(two: Path, *options: str) -> str:
    code, output = run(str(two), "--panel", "b", "-o", "-", *options)
    assert code == 0
    return output


def test_figure_and_mirror_change_the_drawing_and_only_what_they_should(two: Path) -> None:
    woman, man, turned = (drawn_as(two, *extra) for extra in ([], ["--figure", "man"], ["--mirror"]))
    assert len({woman, man, turned}) == 3
    plain, other = (read_svg(text.encode(), "drawing") for text in (woman, turned))
    assert (plain.width, plain.height, len(plain.shapes)) == (other.width, other.height, len(other.shapes))


def test_drawings_of_the_man_are_called_as_a_library_expects_them(two: Path) -> None:
    code, output = run(str(two), "--figure", "man", "-o", str(two.with_name("own.svg")))
    assert code == 0
    assert [Path(line).name for line in output.split()] == ["own-a--man.svg", "own-b--man.svg"]


def test_places_of_joints_are_printed_and_nothing_is_written(two: Path) -> None:
    code, output = run(str(two), "--places", "--panel", "b")
    rows = {line.split()[0]: line.split()[1:] for line in output.splitlines()}
    assert code == 0
    assert rows.pop("panel") == ["B"]
    assert len(rows) == 20
    left, right = (float(rows[f"{side}-knee"][1]) for side in ("left", "right"))
    assert 0.4 < left < right, "the right knee is raised"
    assert [path.name for path in two.parent.iterdir()] == ["two.yaml"]


def test_preview_shows_letters_above_the_panels(two: Path) -> None:
    pictures = []
    for letters in (("a",), ("b",)):
        path = two.with_name(f"{letters[0]}.png")
        run(str(two), "--panel", letters[0], "-o", str(two.with_name("x.svg")), "--preview", str(path))
        picture = Image.open(io.BytesIO(path.read_bytes())).convert("L")
        pictures.append(picture.crop((0, 0, 60, 58)))
    assert all(picture.getextrema() == (0, 255) for picture in pictures), "there is a letter"
    assert pictures[0].tobytes() != pictures[1].tobytes()


def is_switched_off(line: str) -> bool:
    return line.lstrip().startswith("# ") and line.lstrip("# ").split(" ")[0] in {
        "feet:", "shadow:", "props:", "ghost:", "c:", "pose:",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nl"])
def test_new_pose_draws_at_once_and_with_every_choice(tmp_path: Path, language: str) -> None:
    path = tmp_path / "new.yaml"
    done = CliRunner().invoke(program, ["new", "pose", "--language", language, str(path)])
    assert done.exit_code == 0, done.output
    assert run(str(path))[0] == 0
    lines = path.read_text().splitlines()
    switched = [line.replace("# ", "", 1) if is_switched_off(line) else line for line in lines]
    assert sum(map(is_switched_off, lines)) == 6
    path.write_text("\n".join(switched) + "\n")
    code, output = run(str(path))
    assert code == 0, output
    assert output.count(".svg") == 3
    assert schema_problems(path) == []


def test_positions_are_listed_each_with_one_line() -> None:
    done = CliRunner().invoke(program, ["list", "positions", "--json"])
    entries = json.loads(done.output)
    assert [entry["id"] for entry in entries] == list(positions())
    assert all(10 < len(entry["name"]) < 110 and entry["name"][0].isupper() for entry in entries)


def test_lists_and_schemas_of_poses_need_no_arrays() -> None:
    code = "import sys; import pdfgen.cli.list_command, pdfgen.cli.schema_command, pdfgen.cli.new_command\n"
    code += "pdfgen.cli.schema_command.all_schemas(); import pdfgen.illustration.pose_file\n"
    code += "print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def schema_problems(path: Path) -> list[str]:
    found = Draft202012Validator(pose_schema()).iter_errors(read_yaml(path).data)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_committed_schema_of_poses_is_current() -> None:
    committed = (schemas_folder() / "pose.json").read_text(encoding="utf-8")
    assert committed == as_text(pose_schema()), "run `pdfgen schema --write pdfgen/schema`"


@pytest.mark.parametrize(
    "path", [*sorted(poses_folder().glob("*.yaml")), *EXAMPLES], ids=lambda path: path.stem
)
def test_the_schema_accepts_the_pose_files(path: Path) -> None:
    assert schema_problems(path) == []


@pytest.mark.parametrize(
    "pose", ["{from: flying}", "{left_leg: {knee: 200}}", "{legs: {hipp: 1}}", "{lumbar: 90}", "{arms: 3}"]
)
def test_the_schema_sees_mistakes(pose: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump({"title": "x", "panels": {"a": {"pose": yaml.safe_load(pose)}}}))
    assert len(schema_problems(path)) == 1
