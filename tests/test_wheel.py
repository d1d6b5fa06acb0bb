"""The package as people get it: built, installed elsewhere, used in another folder without a network."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import pdfgen

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

_WITHOUT_NETWORK = """
import socket, sys
made = socket.socket.__init__
def refuse(*arguments, **values):
    raise SystemExit("asked for the network")
def local_only(self, family=-1, *arguments, **values):
    # Processes of this machine speak through pipes that are sockets too.
    if family != getattr(socket, "AF_UNIX", None):
        refuse()
    made(self, family, *arguments, **values)
socket.socket.__init__ = local_only
socket.create_connection = socket.getaddrinfo = refuse
try:
    socket.socket()
except SystemExit:
    pass
else:
    raise AssertionError("the network is not blocked")
import pdfgen
assert pdfgen.__file__.startswith(sys.prefix), pdfgen.__file__
from pdfgen.__main__ import main
main()
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def tracked(folder: str) -> list[str]:
    """The files of a folder of the project, as they are named in it."""
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and sees the dependencies of this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel,
        cwd=folder,
    )  # fmt: skip
    (site,) = (folder / "venv").glob("lib/python*/site-packages")
    # A path in a .pth file does not process the .pth files over there: an editable pdfgen stays out of sight.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_wheel_holds_data_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        "pdfgen/_data/exercises.yaml",
        "pdfgen/_data/layouts/standard.yaml",
        "pdfgen/_data/assets/drawings.bin",
        "pdfgen/languages/nl.yaml",
        "pdfgen/languages/en.yaml",
        "pdfgen/cli/templates/patient.nl.yaml",
        "pdfgen/schema/patient.json",
        "pdfgen/py.typed",
        "pdfgen/pdf/srgb.icc",
    }
    assert expected <= names, expected - names
    for folder in ("fonts", "poses"):
        files = {
            f"pdfgen/_data/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / "assets" / folder).rglob("*")
            if path.is_file()
        }
        assert files, folder
        assert files <= names, files - names
    examples = {f"pdfgen/_data/{path}" for path in tracked("examples")}
    assert examples
    assert {name for name in names if name.startswith("pdfgen/_data/examples/")} == examples
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert any(name.endswith("LICENSE") for name in licences)
    assert any("OFL" in name for name in licences)
    assert not any(name.startswith(("tests", "examples", "out")) for name in names)


def test_the_source_distribution_is_complete(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {member.split("/", 1)[1] for member in archive.getnames() if "/" in member}
    for name in (
        "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
        "Makefile", "exercises.yaml", ".ci/run",
        "examples/patient.yaml", "requirements/run.txt", "docs/architecture.md", "tests/test_wheel.py",
        "layouts/standard.yaml",
    ):  # fmt: skip
        assert name in names
    assert not any(name.endswith(".pdf") for name in names if not name.startswith("tests/"))


def test_the_version_is_in_one_place(wheel: Path) -> None:
    assert wheel.name.startswith(f"pdfgen_exercises-{pdfgen.__version__}-")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(pdfgen.__version__)}\]", changelog, re.MULTILINE)


def test_generates_elsewhere_without_network(python: Path, tmp_path: Path) -> None:
    run(python, "-c", _WITHOUT_NETWORK, "new", "patient", "--language", "nl", cwd=tmp_path)
    said = run(python, "-c", _WITHOUT_NETWORK, "generate", "patient.yaml", cwd=tmp_path)
    pdf = tmp_path / said.strip()
    assert pdf.parent == tmp_path / "out"
    assert pdf.read_bytes().startswith(b"%PDF-")
    run(python, "-c", _WITHOUT_NETWORK, "verify", pdf, cwd=tmp_path)


def test_the_examples_are_ready_elsewhere(python: Path, tmp_path: Path) -> None:
    run(python, "-c", _WITHOUT_NETWORK, "new", "example", "first", cwd=tmp_path)
    for name in ("patient", "knee/patient"):
        run(python, "-c", _WITHOUT_NETWORK, "generate", f"first/{name}.yaml", cwd=tmp_path)
    run(python, "-c", _WITHOUT_NETWORK, "check", "first/clinic.yaml", cwd=tmp_path)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 2


def test_the_description_of_the_wheel(wheel: Path) -> None:
    (name,) = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".dist-info/METADATA")]
    about = email.message_from_bytes(zipfile.ZipFile(wheel).read(name))
    assert about["Name"] == "pdfgen-exercises", "pdfgen on the index of Python packages is another program"
    assert about["License-Expression"] == "MIT AND OFL-1.1"
    assert "Typing :: Typed" in about.get_all("Classifier")


def test_the_installed_command_works(python: Path, tmp_path: Path) -> None:
    assert run(python.with_name("pdfgen"), "--version", cwd=tmp_path) == f"pdfgen {pdfgen.__version__}\n"
    assert "knee-rolls" in run(python.with_name("pdfgen"), "list", "exercises", cwd=tmp_path)
