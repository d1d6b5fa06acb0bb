"""Run in the Python of the file, when it is built: what takes long at the start is done here.

Files of YAML become values with their places, the modules are compiled, and the first answers are kept.
"""

import json
import pickle
import py_compile
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, "/site")
SITE, OUT = Path("/site"), Path("/out")

#: Parts of Python's library.
NOT_ASKED_FOR = frozenset(
    "_pyrepl doctest ensurepip idlelib imaplib lib2to3 mailbox multiprocessing pdb pickletools pydoc "  # noqa: SIM905
    "pydoc_data sqlite3 test tkinter turtle unittest venv wsgiref xmlrpc".split()
)


def prepare_sources() -> None:
    """Write the shipped YAML files as values, by their names."""
    from pdfgen.content.files import prepared, resources
    from pdfgen.content.files.strict_yaml import read_yaml

    paths = [resources.library_file()]
    for folder in (resources.languages_folder(), resources.layouts_folder()):
        paths += sorted(folder.glob("*.yaml"))
    sources = {str(path): read_yaml(path) for path in paths}
    prepared.prepared_file().write_bytes(pickle.dumps(sources, 5))
    prepared.prepared_sources.cache_clear()


def prepare_answers() -> None:
    """Write what the page asks first."""
    from pdfgen.web.engine.engine import Engine
    from pdfgen.web.engine.workplace import ONE_FILE

    engine = Engine(Path("/clinic"), ONE_FILE)
    found = {}
    for language in ("nl", "en"):
        (frame,) = engine.answer("catalogue", {"language": language})
        found[language] = frame.listed
    text = json.dumps({"catalogue": found}, ensure_ascii=False, separators=(",", ":"))
    (OUT / "prepared.json").write_text(text, encoding="utf-8")


def compile_modules() -> None:
    """Put compiled modules in the place of their sources; of our own without what explains them."""
    for path in sorted(SITE.rglob("*.py")):
        py_compile.compile(
            str(path), str(path.with_suffix(".pyc")), str(path), doraise=True,
            optimize=2 if "pdfgen" in path.parts else 0,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )  # fmt: skip
        path.unlink()


def compile_library() -> None:
    """Write Python's own library with compiled modules, without what no page asks for; nothing is packed."""
    (found,) = Path("/lib").glob("python3*.zip")
    with zipfile.ZipFile(found) as sources, zipfile.ZipFile(OUT / "python_stdlib.zip", "w") as written:
        for name in sorted(sources.namelist()):
            if name.endswith("/") or name.split("/")[0].removesuffix(".py") in NOT_ASKED_FOR:
                continue
            data = sources.read(name)
            if name.endswith(".py"):
                source, target = OUT / "source.py", OUT / "source.pyc"
                source.write_bytes(data)
                shown = f"{found}/{name}"
                py_compile.compile(
                    str(source), str(target), shown, doraise=True, optimize=2,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )  # fmt: skip
                name, data = f"{name}c", target.read_bytes()
            written.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


prepare_sources()
prepare_answers()
compile_modules()
compile_library()
