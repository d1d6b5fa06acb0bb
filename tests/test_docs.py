"""The documentation does what it says: commands run, keys are complete, links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from pdfgen.cli.new_command import starting_file
from pdfgen.content.loading import list_layouts
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.layout import Layout, SectionKind
from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.models.schema import schemas
from pdfgen.errors import ExitCode, InputError
from pdfgen.illustration.figure import load_figure
from pdfgen.illustration.pose import Joint, Part
from pdfgen.illustration.pose_file import ADJUSTABLE, load_pose_file
from pdfgen.illustration.pose_schema import pose_schema
from pdfgen.illustration.positions import description, positions
from pdfgen.illustration.reach import solve
from pdfgen.illustration.scene_model import VIEWS
from pdfgen.illustration.tones import FAR_INK, FAR_TONES, INK, TONES, WIDTHS, Material

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
BINARIES = Path(sys.executable).parent


def identifier(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, info: str) -> list[str]:
    """Return the fenced blocks of a document whose first line says `info`."""
    return re.findall(rf"^```{info}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands(path: Path) -> list[str]:
    return [line for block in blocks(path, "sh run") for line in block.splitlines() if line.strip()]


RUNNABLE = [path for path in DOCUMENTS if commands(path)]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.docs
@pytest.mark.parametrize("document", RUNNABLE, ids=identifier)
def test_commands_run(document: Path, workplace: Path) -> None:
    environment = os.environ | {"PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}
    for command in commands(document):
        words = shlex.split(command)
        assert words[0] in {"pdfgen", "make"}, f"{command}: only pdfgen and make can be marked as runnable"
        if words[0] == "make":
            # The environment that runs this test is the one that make would make.
            venv = BINARIES.parent
            words += [f"VENV={venv}", f"--old-file={venv}/.installed", f"--old-file={BINARIES}/python"]
        done = subprocess.run(
            words, cwd=workplace, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_start_of_the_readme_is_runnable() -> None:
    assert "make demo" in commands(ROOT / "README.md")
    assert any(command.startswith("pdfgen generate") for command in commands(ROOT / "README.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    missing = [
        target
        for target in targets
        if "://" not in target and not (document.parent / target).resolve().exists()
    ]
    assert not missing


def documented(path: Path) -> set[str]:
    """Return the names in backquotes in the first column of all tables."""
    rows = re.findall(r"^\| (`[^|]+) \|", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.split(".")[0] for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_key_of_a_prescription_is_documented() -> None:
    keys = set(Prescription.model_fields) | set(DoseOverride.model_fields)
    assert documented(ROOT / "docs" / "prescription.md") == keys


def test_every_key_of_a_clinic_is_documented() -> None:
    assert documented(ROOT / "docs" / "clinic.md") == set(Clinic.model_fields)


def layout_keys() -> list[str]:
    """Every key of a layout file, with its group: `type.body`."""
    definitions = schemas()["layout"]["$defs"]
    groups = {"margins": "Margins", "type": "TypeScale", "print": "PrintOptions", "faq": "FaqOptions"}
    groups |= {"exercises": "ExerciseOptions", "tracker": "TrackerOptions"}
    keys = [name for name in Layout.model_fields if name not in groups]
    keys += [f"{group}.{key}" for group, name in groups.items() for key in definitions[name]["properties"]]
    return keys + [key for name in ("Booklet", "CardSheets") for key in definitions[name]["properties"]]


def test_every_key_of_a_layout_and_every_section_is_documented() -> None:
    text = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`([a-z_0-9.-]+)`", text)) | {"sections", "imposition"}
    groups = {group.partition(".")[0] for group in known if "." in group}
    missing = [
        key for key in layout_keys() if key not in known and key.partition(".")[2] not in known - groups
    ]
    assert missing == []
    assert set(get_args(SectionKind)) <= known


def test_every_layout_is_in_the_table_of_layouts() -> None:
    text = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+?) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert set(list_layouts()) <= named


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_layout_to_start_from_holds_every_key(language: str) -> None:
    template = starting_file("layout", Path("mine.yaml"), language)
    missing = [key for key in layout_keys() if key.rpartition(".")[2] not in template]
    assert set(missing) <= {
        "type.grows_with_paper",
        "supplement",
        "twin",
        "kind",
        "creep",
        "stitch_marks",
        "up",
    }


def test_snippets_of_a_prescription_are_valid() -> None:
    snippets = blocks(ROOT / "docs" / "prescription.md", "yaml")
    assert len(snippets) >= 4
    for snippet in snippets:
        Prescription.model_validate({"program": "short-four"} | yaml.safe_load(snippet))


def test_every_exit_code_is_documented() -> None:
    codes = re.findall(
        r"^\| (\d+) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [int(code) for code in codes] == sorted(ExitCode)


GUIDE = ROOT / "docs" / "drawing-an-exercise.md"


def tables(path: Path) -> dict[str, dict[str, str]]:
    """Return the tables of a document by their headings: the row of each key in the first column."""
    parts = re.split(r"^### (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)
    return {name: dict(rows.findall(text)) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


#: Heading of each part of a pose file in the reference.
POSE_PARTS = {
    "Panel": "A panel", "Pose": "A pose", "Trunk": "Trunk", "Pin": "Pin", "Leg": "A leg", "Foot": "A foot",
    "Bend": "A bend of the spine (`lumbar`, `thorax`, `neck`, `head`)", "Arm": "An arm", "Hand": "A hand",
    "Adjust": "Adjust", "Anchor": "A place near the body", "Arrow": "An arrow", "Line": "A line",
    "Mat": "A mat", "View": "A view by its angles", "Zoom": "Zoom", "Chair": "`kind: chair`",
    "Wall": "`kind: wall`", "Desk": "`kind: table`", "Cushion": "`kind: cushion`",
    "Towel": "`kind: towel`, a roll", "Band": "`kind: band`, an elastic band",
}  # fmt: skip


def limits(field: dict[str, Any]) -> str:
    """Return the limits of a number as the reference gives them; empty for other values."""
    for part in (field, *field.get("anyOf", ())):
        if "maximum" in part:
            least = part.get("minimum", part.get("exclusiveMinimum"))
            more = "more than " if "exclusiveMinimum" in part else ""
            return f"{more}{least:g} to {part['maximum']:g}"
    return ""


def test_every_key_of_a_pose_file_is_documented_with_its_limits() -> None:
    schema = pose_schema()
    parts = {heading: schema["$defs"][name] for name, heading in POSE_PARTS.items()} | {"The file": schema}
    assert set(POSE_PARTS) == set(schema["$defs"]), "a new part needs a table"
    found = tables(GUIDE)
    for heading, part in parts.items():
        fields = {key: field for key, field in part["properties"].items() if key != "kind"}
        assert set(found[heading]) == set(fields), heading
        for key, field in fields.items():
            assert limits(field) in found[heading][key], f"{heading}: {key}"
            default = field.get("default")
            if isinstance(default, int | float) and default is not False and limits(field):
                assert f"| {json.dumps(default)} " in found[heading][key], f"{heading}: {key}"


def test_every_position_view_joint_and_part_is_in_the_guide() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name in positions():
        assert f"| `{name}` | ![{name}](images/position-{name}.png) | {description(name)} |" in text
    names = {*VIEWS, *get_args(Joint), *get_args(Part)}
    assert [name for name in names if f"`{re.sub('^(left|right)-', '', name)}`" not in text] == []
    keys = {path.removeprefix("left_leg.").removeprefix("left_arm.") for path in ADJUSTABLE}
    assert [key for key in keys if not key.startswith("right") and f"`{key}`" not in text] == []


def pose_blocks() -> dict[str, str]:
    return dict(re.findall(r"^```yaml draw (\S+)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S))


def test_the_pose_files_of_the_guide_are_those_of_the_examples_and_have_their_picture() -> None:
    found = pose_blocks()
    assert found["knee-3"] == (ROOT / "examples" / "poses" / "knee-to-chest.yaml").read_text("utf-8")
    assert found["band"] == (ROOT / "examples" / "poses" / "turning-with-band.yaml").read_text("utf-8")
    for name in found:
        assert f"(images/drawing-{name}.png)" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize("name", pose_blocks())
def test_the_pose_files_of_the_guide_can_be_taken_by_woman_and_man(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_text(pose_blocks()[name], encoding="utf-8")
    for panel in load_pose_file(path).scene.panels.values():
        for figure in ("woman", "man"):
            assert not solve(load_figure(figure), panel.pose).failures


def test_the_message_of_the_guide_is_the_one_that_comes(tmp_path: Path) -> None:
    path = tmp_path / "knee.yaml"
    path.write_text(pose_blocks()["knee-1"].replace("knee: 90", "knee: 175"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_pose_file(path)
    assert str(caught.value).replace(str(path), "knee.yaml") in GUIDE.read_text(encoding="utf-8")


def test_the_library_of_the_guide_is_valid() -> None:
    (text,) = blocks(GUIDE, "yaml library")
    assert list(Draft202012Validator(schemas()["library"]).iter_errors(yaml.safe_load(text))) == []


def test_pictures_of_the_documents_are_small_and_used() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for picture in (ROOT / "docs" / "images").glob("*.png"):
        assert picture.stat().st_size < 400_000, picture.name
        assert f"images/{picture.name}" in texts, f"{picture.name} is in no document"


def test_the_tables_of_tones_and_widths_are_current() -> None:
    text = (ROOT / "docs" / "drawings.md").read_text(encoding="utf-8")
    wanted = {*TONES.values(), FAR_INK, INK, *(FAR_TONES[one] for one in (Material.SKIN, Material.TROUSERS))}
    wanted -= {TONES[Material.WALL]}
    assert [tone for tone in wanted if f"`{tone}`" not in text] == []
    assert [width for width in WIDTHS.values() if f"| {width:.2f} |" not in text] == []


def test_shipped_drawings_have_no_colours() -> None:
    for path in (ROOT / "assets" / "figures").glob("*.svg"):
        for red, green, blue in re.findall(r"#(\w\w)(\w\w)(\w\w)", path.read_text(encoding="utf-8")):
            assert red == green == blue, path.name
