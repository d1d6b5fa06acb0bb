"""The page with everything that it needs as one HTML file."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

#: What the browser may do with the file: run what is in it, and reach nothing at all.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src blob: data:; frame-src blob:; connect-src 'none'; "
    "form-action 'none'; base-uri 'none'"
)

#: What lies in packages and is not imported.
_NOT_IMPORTED = re.compile(
    r"_harfbuzz_test|/tests?/|\.pyi$|\.dist-info/|\.py[xd]$|\.pxd$|__pycache__|\.typed$"
)

_ENTRY = re.compile(r'<script type="module" src="\./([a-z0-9-]+\.js)"></script>\n?')
_SHEET = re.compile(r'<link rel="stylesheet" href="\./([a-z0-9-]+\.css)">')
_ICON = re.compile(r'href="\./([a-z0-9-]+\.svg)"')
_IMPORT = re.compile(r'((?:from|import)\s*\(?\s*)"\./([a-z0-9-]+\.js)"')


class Parts(NamedTuple):
    """Folders: the page, our own scripts, Pyodide, what is imported, what was prepared."""

    page: Path
    scripts: Path
    pyodide: Path
    site: Path
    prepared: Path


def html_file(parts: Parts, licences: Mapping[str, Path]) -> str:
    """Return the file.

    Raises:
        ValueError: a file of the page names another one in a way that is not known here.
    """
    html = _text(parts.page / "index.html")
    entry = _ENTRY.search(html)
    if entry is None:
        raise ValueError("index.html names no module to begin with")
    html = html.replace(entry[0], "")
    html = _SHEET.sub(lambda found: _style(parts.page / found[1]), html)
    html = _ICON.sub(lambda found: f'href="{_svg(parts.page / found[1])}"', html)
    if rest := re.findall(r'(?:href|src)="(?!data:)[^"]*"', html):
        raise ValueError(f"index.html names what is not in the file: {rest}")
    html = html.replace("<html ", f'<html data-main="{entry[1]}" ', 1)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    html = html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{policy}', 1)
    modules = [
        _script(f'data-module="{path.name}"', _module(path)) for path in sorted(parts.page.glob("*.js"))
    ]
    texts = {
        "prepared": _harmless(_text(parts.prepared / "prepared.json")),
        "licences": _harmless(_joined(licences)),
        "lock": _lock(parts.pyodide),
        "worker": _text(parts.scripts / "worker.js"),
        **_packed(parts),
    }
    scripts = [*modules, *(_script(f'id="pdfgen-{name}"', text) for name, text in texts.items())]
    start = f"<script>{_text(parts.scripts / 'start.js')}</script>"
    return html.replace("</body>", "\n".join([*scripts, start, "</body>"]), 1)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _style(path: Path) -> str:
    text = _text(path)
    if "url(" in text or "@import" in text:
        raise ValueError(f"{path.name} names another file")
    return f"<style>\n{text}</style>"


def _svg(path: Path) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _module(path: Path) -> str:
    """Return a module that imports the others by names that `start.js` gives an address."""
    text = _IMPORT.sub(r'\1"pdfgen/\2"', _text(path))
    if '"./' in text:
        raise ValueError(f"{path.name} names a file that is no module")
    return text


def _joined(licences: Mapping[str, Path]) -> str:
    return "\n\n".join(f"==== {name} ====\n\n{_text(path).strip()}" for name, path in licences.items())


def _lock(pyodide: Path) -> str:
    """Return what Pyodide reads of itself, without its own packages: none of them is used."""
    lock = json.loads(_text(pyodide / "pyodide-lock.json"))
    return json.dumps({**lock, "packages": {}}, separators=(",", ":"))


def _packed(parts: Parts) -> dict[str, str]:
    files = {
        "asm": (parts.pyodide / "pyodide.asm.mjs").read_bytes(),
        "main": (parts.pyodide / "pyodide.mjs").read_bytes(),
        "wasm": (parts.pyodide / "pyodide.asm.wasm").read_bytes(),
        "library": (parts.prepared / "python_stdlib.zip").read_bytes(),
        "site": _archive(parts.site),
    }
    return {name: base64.b64encode(gzip.compress(data, 9, mtime=0)).decode() for name, data in files.items()}


def _archive(site: Path) -> bytes:
    """Return all files of a folder: the length of a list, the list of names and sizes, and the files."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    paths = [site / name for name in names if not _NOT_IMPORTED.search(name)]
    listed = [(f"/site/{path.relative_to(site).as_posix()}", path.stat().st_size) for path in paths]
    head = json.dumps(listed, separators=(",", ":")).encode()
    return b"".join([len(head).to_bytes(4, "big"), head, *(path.read_bytes() for path in paths)])


def _script(attributes: str, text: str) -> str:
    """Return an element that holds a text and runs nothing."""
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"a part would end too early: {attributes}")
    return f'<script type="text/plain" {attributes}>{text}</script>'


def _harmless(text: str) -> str:
    """Return a text that ends no element of HTML; JSON says the same with it."""
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
