"""Run in the Python of the file, when it is built: what takes long at the start is done here.

Files of YAML become values with their places, the modules are compiled, and the first answers are kept.
"""

import json
import pickle
import py_compile
import sys
from pathlib import Path

sys.path.insert(0, "/site")
SITE, OUT = Path("/site"), Path("/out")


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
    """Put compiled modules in the place of their sources."""
    for path in sorted(SITE.rglob("*.py")):
        py_compile.compile(
            str(path), str(path.with_suffix(".pyc")), str(path), doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )  # fmt: skip
        path.unlink()


prepare_sources()
prepare_answers()
compile_modules()
