"""The documentation does what it says: commands run, keys are complete, links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from contextlib import chdir
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from pdfgen.cli.app import program
from pdfgen.cli.new_command import starting_file
from pdfgen.content.loading import list_layouts
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.config import Config
from pdfgen.content.models.layout import Layout, SectionKind
from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.models.schema import schemas
from pdfgen.errors import ExitCode, InputError
from pdfgen.illustration.figure import load_figure
from pdfgen.illustration.looks import LOOKS
from pdfgen.illustration.pose import Joint, Part
from pdfgen.illustration.pose_file import ADJUSTABLE, load_pose_file
from pdfgen.illustration.pose_schema import pose_schema
from pdfgen.illustration.positions import description, positions
from pdfgen.illustration.reach import solve
from pdfgen.illustration.scene_model import VIEWS
from pdfgen.illustration.tones import FAR_INK, INK, TONES, WIDTHS, Material, paler

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BINARIES = Path(sys.executable).parent


def identifier(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, info: str) -> list[str]:
    """Return the fenced blocks of a document whose first line says `info`."""
    return [block for found, block in shells(path) if re.fullmatch(info, found)]


def shells(path: Path) -> list[tuple[str, str]]:
    """Return the first line and the text of all fenced blocks of a document, also of those in lists."""
    found = re.findall(
        r"^( *)```([^\n`]+)\n(.*?)^\1```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [(info, textwrap.dedent(text)) for _, info, text in found]


def commands(path: Path) -> list[str]:
    return [line for block in blocks(path, "sh run") for line in block.splitlines() if line.strip()]


#: How a block of commands is looked after, as CONTRIBUTING.md tells.
LOOKED_AFTER = r"sh (run|install|bash|test|cluster|make|draw [a-z0-9-]+)|bat|powershell"

#: Characters that mean something else in one of cmd, PowerShell and sh.
UNLIKE_ELSEWHERE = re.compile(r"['$`;&|<>^%!*?#~]")


RUNNABLE = [path for path in DOCUMENTS if commands(path)]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(words: list[str], workplace: Path) -> None:
    """Run a command in a folder: pdfgen in this process, as its start takes longer than most of its work.

    What opens a file leaves a program behind, and runs in a process of its own.
    """
    if words[0] == "pdfgen" and "--open" not in words:
        with chdir(workplace):
            result = CliRunner().invoke(program, words[1:])
        assert result.exit_code == 0, f"{words}\n{result.output}"
        return
    environment = os.environ | {"PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        words, cwd=workplace, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"


@pytest.mark.docs
@pytest.mark.parametrize("document", RUNNABLE, ids=identifier)
def test_commands_run(document: Path, workplace: Path) -> None:
    for command in commands(document):
        words = shlex.split(command)
        assert words[0] in {"pdfgen", "make"}, f"{command}: only pdfgen and make can be marked as runnable"
        if words[0] == "make":
            # The environment that runs this test is the one that make would make.
            venv = BINARIES.parent
            words += [f"VENV={venv}", f"--old-file={venv}/.installed", f"--old-file={BINARIES}/python"]
        run(words, workplace)


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_every_block_of_a_shell_is_looked_after(document: Path) -> None:
    unknown = [
        info
        for info, _ in shells(document)
        if re.match(r"sh|bash|bat|cmd|console|powershell|pwsh|zsh", info)
        and not re.fullmatch(LOOKED_AFTER, info)
    ]
    assert unknown == []


def test_lines_for_every_shell_mean_the_same_in_each() -> None:
    """From cmd, PowerShell and sh a program gets the same words."""
    lines = [line for line in commands(ROOT / "README.md") if line.startswith("pdfgen")]
    lines += blocks(ROOT / "README.md", "sh install")[0].splitlines()
    assert len(lines) > 12
    assert [line for line in lines if UNLIKE_ELSEWHERE.search(line) or "\\" in line] == []


#: What a line of Windows may be, besides one of pdfgen: those of `py` and `.venv` are in Python's documents.
WINDOWS_LINES = {
    "bat": {r"py -m venv \.venv", r"\.venv\\Scripts\\activate\.bat", r"pip install \S+", r"notepad \S+"},
    "powershell": {
        r"py -m venv \.venv",
        r"Set-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned -Force",
        r"\.venv\\Scripts\\Activate\.ps1",
        r"pip install \S+",
    },
}


@pytest.mark.docs
@pytest.mark.parametrize("shell", WINDOWS_LINES)
def test_lines_of_windows(shell: str, workplace: Path) -> None:
    """What is not pdfgen is known; what is runs here, with the slashes of this system."""
    lines = [line for block in blocks(ROOT / "README.md", shell) for line in block.splitlines()]
    assert len(lines) >= 4
    for line in lines:
        assert not UNLIKE_ELSEWHERE.search(line), line
        if line.startswith("pdfgen "):
            run(shlex.split(line.replace("\\", "/")), workplace)
        else:
            assert any(re.fullmatch(known, line) for known in WINDOWS_LINES[shell]), line


def test_windows_is_told_what_a_terminal_is_told() -> None:
    """The first program is made in the same way everywhere."""
    (shortest, terminal, _) = blocks(ROOT / "README.md", "sh install")
    wanted = [line for line in shortest.splitlines() if line.startswith("pdfgen")]
    assert wanted == [line for line in terminal.splitlines() if line.startswith("pdfgen")]
    windows = "".join(blocks(ROOT / "README.md", "bat")).replace("\\", "/").splitlines()
    assert [line for line in windows if line in wanted] == wanted


@pytest.mark.docs
def test_lines_for_bash_run(workplace: Path) -> None:
    scripts = [block for document in DOCUMENTS for block in blocks(document, "sh bash")]
    assert scripts
    for script in scripts:
        run(["bash", "-euc", script], workplace)


def test_lines_of_make_are_targets() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = [
        line for document in DOCUMENTS for block in blocks(document, "sh make") for line in block.splitlines()
    ]
    assert lines
    for line in lines:
        assert line.split()[0] == "make", line
        assert line.split()[1] in targets, line


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in DOCUMENTS:
        for target in re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{document.name}: make {target}"


def test_extras_in_the_readme_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Extras")[2].partition("\n##")[0]
    named = set(re.findall(r"^\| `([a-z]+)` \| [^|]+ \|$", text, re.MULTILINE))
    assert named == set(project["optional-dependencies"]) - {"test", "bench", "browser", "dev"}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of uv and pipx."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install = [folder / "bin" / "pip", "install", "--quiet", "uv", "pipx"]
    done = subprocess.run(install, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        pytest.skip(f"the index of packages cannot be reached: {done.stderr[-200:]}")
    return folder / "bin"


@pytest.fixture
def fresh(tools: Path, tmp_path: Path) -> dict[str, str]:
    """The environment variables of somebody with a new home and a new, active virtual environment."""
    home, active = tmp_path / "home", tmp_path / "active"
    subprocess.run([sys.executable, "-m", "venv", active], check=True)
    left_out = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    path = [active / "bin", home / ".local" / "bin", tools, "/usr/bin", "/bin"]
    return environment | {"HOME": str(home), "PATH": os.pathsep.join(map(str, path))}


INSTALLING = [
    pytest.param(block, id=f"{identifier(document)}-{number}")
    for document in DOCUMENTS
    for number, block in enumerate(blocks(document, "sh install"), 1)
]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The folder of pdfgen as somebody gets it."""
    own = shutil.ignore_patterns(".*", "__pycache__", "*.pdf", "build", "dist")
    return Path(shutil.copytree(ROOT, tmp_path / "pdfgen", ignore=own))


def as_typed(script: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-euxc", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.docs
@pytest.mark.parametrize("script", INSTALLING)
def test_installing_works_as_it_is_told(script: str, copied: Path, fresh: dict[str, str]) -> None:
    as_typed(script, copied, fresh)


@pytest.mark.docs
def test_extras_updates_and_removal_work_as_they_are_told(copied: Path, fresh: dict[str, str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Extras")[2]
    rows = re.findall(r"^\| `(?:pip|uv|pipx)` \| `([^`]+)` \| `([^`]+)` \|$", text, re.MULTILINE)
    assert len(rows) == 3
    preview = "pdfgen generate first/patient.yaml --preview"
    for install, remove in rows:
        remove += " --yes" if remove.startswith("pip ") else ""
        # The shell forgets where it found a command when it is told to.
        gone = "hash -r\n! command -v pdfgen"
        as_typed(
            f"rm -rf first\n{install}\npdfgen new example first\n{preview}\n{remove}\n{gone}", copied, fresh
        )
    (wheel,) = re.findall(r"pip install \"pdfgen_exercises[^`]+", text)
    as_typed(f"pip wheel --no-deps .\n{wheel}\npdfgen --version", copied, fresh)


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


def test_every_key_of_a_config_file_is_documented() -> None:
    text = (
        (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8").partition("## A file of your own")[2]
    )
    keys = re.findall(r"^\| `([a-z]+)` \|", text.partition("\n## ")[0], re.MULTILINE)
    assert set(keys) == set(Config.model_fields)


def layout_keys() -> list[str]:
    """Every key of a layout file, with its group: `type.body`."""
    definitions = schemas()["layout"]["$defs"]
    groups = {"margins": "Margins", "type": "TypeScale", "print": "PrintOptions", "faq": "FaqOptions"}
    groups |= {"exercises": "ExerciseOptions", "tracker": "TrackerOptions", "exercise_weeks": "ExerciseWeeks"}
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
    assert "`exercise_weeks`" in template
    assert {key for key in missing if not key.startswith("exercise_weeks.")} <= {
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
LIBRARY, PHOTOS = ROOT / "docs" / "library.md", ROOT / "docs" / "photos.md"


def tables(path: Path) -> dict[str, dict[str, str]]:
    """Return the tables of a document by their headings: the row of each key in the first column."""
    parts = re.split(r"^### (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)
    return {name: dict(rows.findall(text)) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


#: Heading of each part of a pose file in the reference.
POSE_PARTS = {
    "Panel": "A panel", "Shows": "What a panel shows", "Pose": "A pose", "Trunk": "Trunk", "Pin": "Pin",
    "Leg": "A leg", "Foot": "A foot",
    "Bend": "A bend of the spine (`lumbar`, `thorax`, `neck`, `head`)", "Arm": "An arm", "Hand": "A hand",
    "Adjust": "Adjust", "Anchor": "A place near the body", "Arrow": "An arrow", "Line": "A line",
    "Mat": "A mat", "View": "A view by its angles", "Zoom": "Zoom", "Chair": "`kind: chair`",
    "Wall": "`kind: wall`", "Desk": "`kind: table`", "Worktop": "`kind: worktop`, of a kitchen",
    "Bed": "`kind: bed`", "Stairs": "`kind: stairs`, or one step", "Rail": "`kind: rail`, to hold on to",
    "Cushion": "`kind: cushion`",
    "Towel": "`kind: towel`, a roll or folded", "Band": "`kind: band`, an elastic band",
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
    keyed = {name for name, part in schema["$defs"].items() if "properties" in part}
    assert set(POSE_PARTS) == keyed, "a new part needs a table"
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


@pytest.mark.docs
def test_the_first_drawing_of_the_guide_is_made_as_it_says(workplace: Path) -> None:
    (name, lines), *more = [
        (info.removeprefix("sh draw "), text) for info, text in shells(GUIDE) if info.startswith("sh draw")
    ]
    assert not more
    (workplace / "knee.yaml").write_text(pose_blocks()[name], encoding="utf-8")
    for line in lines.splitlines():
        run(shlex.split(line), workplace)
    assert (workplace / "look.png").is_file()


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


def test_the_libraries_of_the_guides_are_valid() -> None:
    schema = Draft202012Validator(schemas()["library"])
    texts = [text for path in (GUIDE, LIBRARY, PHOTOS) for text in blocks(path, "yaml library")]
    assert len(texts) == 5
    assert [list(schema.iter_errors(yaml.safe_load(text))) for text in texts] == [[]] * 5


def test_pictures_of_the_documents_are_small_and_used() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for picture in (ROOT / "docs" / "images").glob("*.png"):
        assert picture.stat().st_size < 400_000, picture.name
        assert f"images/{picture.name}" in texts, f"{picture.name} is in no document"


def test_the_tables_of_tones_and_widths_are_current() -> None:
    text = (ROOT / "docs" / "drawings.md").read_text(encoding="utf-8")
    far = {
        paler(one, TONES[one]) for one in (Material.SKIN, Material.SHIRT, Material.TROUSERS, Material.HAIR)
    }
    wanted = {*TONES.values(), FAR_INK, INK, *far} - {TONES[Material.WALL]}
    wanted |= {
        tone for look in LOOKS.values() for tone in (look.skin, look.shirt, look.trousers, look.hair_tone)
    }
    assert [tone for tone in wanted if f"`{tone}`" not in text] == []
    assert [width for width in WIDTHS.values() if f"| {width:.2f} |" not in text] == []


def test_shipped_drawings_have_no_colours() -> None:
    for path in (ROOT / "assets" / "figures").glob("*.svg"):
        for red, green, blue in re.findall(r"#(\w\w)(\w\w)(\w\w)", path.read_text(encoding="utf-8")):
            assert red == green == blue, path.name
