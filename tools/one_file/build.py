"""Build `dist/pdfgen.html`, the page with all of pdfgen in one file: `make one-file`.

    fetch    Pyodide from npm, wheels for PyEmscripten from the index of packages, by version and digest
    gather   pdfgen with its data, and the packages that it imports, in one folder
    prepare  in Node, in the Python of the file: modules compiled, YAML read, the first answers kept
    write    page, worker and all this as one HTML file

The same sources give the same bytes. What was fetched is kept in `build/one-file`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from html_file import Parts, html_file

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK, OUT = ROOT / "build" / "one-file", ROOT / "dist" / "pdfgen.html"

PYODIDE = "314.0.7"
PYODIDE_SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"

#: What wheels have to be for: the Python of that Pyodide.
PLATFORM = ("--python-version", "3.14", "--implementation", "cp", "--platform", "pyemscripten_2026_0_wasm32")

#: Packages of this environment that are plain Python, with what is left out of each.
PACKAGES = {
    "annotated_types": (), "babel": ("locale-data/*", "messages/*"), "et_xmlfile": (), "openpyxl": (),
    "pydantic": ("v1/*", "mypy.py"), "reportlab": ("fonts/*", "graphics/samples/*"), "tinycss2": (),
    "typing_inspection": (), "webencodings": (), "yaml": (),
}  # fmt: skip
LOCALES = ("root", "en", "en_GB", "en_US", "nl", "nl_NL")

#: Parts of pdfgen that no page asks for.
LEFT_OUT = (
    "cli/*", "illustration/*", "scanning/*", "web/server/*", "web/page/*", "web/serve_command.py", "schema/*",
    "_data/*",
)  # fmt: skip

#: Modules of Pillow, of which there is none for this Python, as far as they are asked for; beside `pillow/`.
STAND_INS = {
    "__init__": "", "ImageCms": "", "ImageFilter": "", "features": "def check(name):\n    return False\n",
    "ImageOps": "def exif_transpose(image):\n    return image\n"
    "def autocontrast(image, cutoff=0):\n    return image\n",
}  # fmt: skip


def main() -> int:
    """Build the file."""
    WORK.mkdir(parents=True, exist_ok=True)
    pyodide, wheels = fetch()
    site, prepared = WORK / "site", WORK / "prepared"
    for folder in (site, prepared):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    gather(site, wheels)
    subprocess.run(["node", HERE / "prepare.mjs", pyodide, site, prepared], check=True)
    parts = Parts(ROOT / "pdfgen" / "web" / "page", HERE, pyodide, site, prepared)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(html_file(parts, licence_files(site)), encoding="utf-8", newline="\n")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size / 1e6:.1f} MB, SHA-256 {_sha256(OUT)}")
    return 0


def fetch() -> tuple[Path, list[Path]]:
    """Return the folder of Pyodide and the wheels, fetched where they are not here yet.

    Raises:
        SystemExit: a file is not the one that this program was tried with.
    """
    archive = WORK / f"pyodide-{PYODIDE}.tgz"
    if not archive.exists():
        command = ["npm", "pack", "--silent", f"pyodide@{PYODIDE}"]
        subprocess.run(command, cwd=WORK, check=True, stdout=subprocess.DEVNULL)
    if _sha256(archive) != PYODIDE_SHA256:
        sys.exit(f"{archive.name} is not the one that this program was tried with")
    folder = WORK / "pyodide"
    if not folder.exists():
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    wheels = WORK / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download"]
    what = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement", HERE / "wheels.txt"]
    subprocess.run([*pip, *what, "--dest", wheels, *PLATFORM], check=True)
    return folder / "package", sorted(wheels.glob("*.whl"))


def gather(site: Path, wheels: Iterable[Path]) -> None:
    """Put everything that is imported into one folder."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(site)
    installed = Path(sysconfig.get_path("purelib"))
    unwanted = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
    for name, left_out in PACKAGES.items():
        shutil.copytree(installed / name, site / name, ignore=unwanted)
        _remove(site / name, left_out)
    for name in LOCALES:
        source = installed / "babel" / "locale-data" / f"{name}.dat"
        if source.exists():
            shutil.copy(source, site / "babel" / "locale-data")
    shutil.copy(installed / "typing_extensions.py", site)
    pillow = site / "PIL"
    pillow.mkdir()
    for name, text in STAND_INS.items():
        (pillow / f"{name}.py").write_text(text, encoding="utf-8")
    shutil.copy(HERE / "pillow" / "image.py", pillow / "Image.py")
    shutil.copy(HERE / "one_file_engine.py", site)
    shutil.copytree(ROOT / "pdfgen", site / "pdfgen", ignore=unwanted)
    _remove(site / "pdfgen", LEFT_OUT)
    data = site / "pdfgen" / "_data"
    data.mkdir(exist_ok=True)
    shutil.copy(ROOT / "exercises.yaml", data)
    shutil.copytree(ROOT / "layouts", data / "layouts")
    shutil.copytree(ROOT / "assets" / "fonts", data / "assets" / "fonts")
    shutil.copy(ROOT / "assets" / "drawings.bin", data / "assets")


def _remove(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for path in folder.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def licence_files(site: Path) -> dict[str, Path]:
    """Return the licences of all that is in the file, by what they are for."""
    found = {"pdfgen": ROOT / "LICENSE"}
    found |= {path.stem: path for path in sorted((ROOT / "assets" / "fonts").glob("OFL-*.txt"))}
    found |= {path.stem: path for path in sorted((HERE / "licences").glob("*.txt"))}
    ours = {*PACKAGES, "pyyaml", "typing_extensions"}
    installed = sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    folders = [path for path in installed if path.name.partition("-")[0].lower() in ours]
    for folder in [*folders, *sorted(site.glob("*.dist-info"))]:
        for path in sorted(folder.rglob("*")):
            is_licence = path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))
            if path.is_file() and (is_licence or "licenses" in path.parts):
                found[f"{folder.name.partition('-')[0]}: {path.relative_to(folder).as_posix()}"] = path
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
