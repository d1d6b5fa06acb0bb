"""The rooms of docs/architecture.md, enforced by reading the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pdfgen"

BELOW: dict[str, tuple[str, ...]] = {
    "pdfgen.errors": (),
    "pdfgen.version": (),
    "pdfgen.content": ("pdfgen.errors",),
    "pdfgen.planning": ("pdfgen.content", "pdfgen.errors"),
    "pdfgen.typesetting": ("pdfgen.planning", "pdfgen.content", "pdfgen.errors"),
    "pdfgen.checks": ("pdfgen.typesetting", "pdfgen.planning", "pdfgen.content", "pdfgen.errors"),
    "pdfgen.pdf": (
        "pdfgen.typesetting.document",
        "pdfgen.typesetting.fonts",
        "pdfgen.content.pictures.drawing",
        "pdfgen.errors",
        "pdfgen.version",
    ),
    "pdfgen.delivery": ("pdfgen.pdf", "pdfgen.typesetting.document", "pdfgen.errors", "pdfgen.version"),
    "pdfgen.illustration": ("pdfgen.content", "pdfgen.errors"),
    "pdfgen.scanning": (
        "pdfgen.typesetting.sheet_payload", "pdfgen.typesetting.tracker_geometry", "pdfgen.content",
        "pdfgen.errors",
    ),
    "pdfgen.production": (
        "pdfgen.scanning", "pdfgen.delivery", "pdfgen.pdf", "pdfgen.checks", "pdfgen.typesetting",
        "pdfgen.planning", "pdfgen.content", "pdfgen.errors", "pdfgen.version",
    ),
    "pdfgen.front": ("pdfgen.production", "pdfgen.planning", "pdfgen.content", "pdfgen.errors"),
    "pdfgen.cli": (
        "pdfgen.production", "pdfgen.illustration", "pdfgen.scanning", "pdfgen.delivery", "pdfgen.pdf",
        "pdfgen.checks",
        "pdfgen.typesetting", "pdfgen.planning", "pdfgen.content", "pdfgen.errors", "pdfgen.version",
    ),
    "pdfgen.web": (
        "pdfgen.cli", "pdfgen.front", "pdfgen.production", "pdfgen.scanning", "pdfgen.delivery", "pdfgen.pdf",
        "pdfgen.planning", "pdfgen.content", "pdfgen.errors", "pdfgen.version",
    ),
    "pdfgen": ("pdfgen.front", "pdfgen.production.shared", "pdfgen.errors", "pdfgen.version"),
    "pdfgen.__main__": ("pdfgen.cli",),
}  # fmt: skip
"""Room and what it may import besides itself; a room stands after those that it imports."""

CONTENT = ("files", "models", "loading", "pictures", "rules", "rosters")
"""The rooms of `content`, each after those that it may import."""

MOST_LEVELS = 9

ALLOWED = {room: frozenset(below) for room, below in BELOW.items()}

ONLY_IN: dict[str, frozenset[str]] = {
    "click": frozenset({"pdfgen.cli", "pdfgen.web"}),
    "starlette": frozenset({"pdfgen.web"}),
    "uvicorn": frozenset({"pdfgen.web"}),
    "reportlab": frozenset({"pdfgen.pdf"}),
    "distributed": frozenset({"pdfgen.production"}),
    "pypdf": frozenset({"pdfgen.pdf"}),
    "pikepdf": frozenset({"pdfgen.pdf", "pdfgen.delivery"}),
    "yaml": frozenset({"pdfgen.content"}),
    "pydantic": frozenset({"pdfgen.content", "pdfgen.checks", "pdfgen.illustration"}),
    "pydantic_core": frozenset({"pdfgen.content"}),
    "platformdirs": frozenset({"pdfgen.cli"}),
    "openpyxl": frozenset({"pdfgen.content"}),
    "rich": frozenset({"pdfgen.cli"}),
    "tinycss2": frozenset({"pdfgen.content"}),
    "PIL": frozenset(
        {"pdfgen.content", "pdfgen.pdf", "pdfgen.delivery", "pdfgen.illustration", "pdfgen.scanning"}
    ),
    "pypdfium2": frozenset({"pdfgen.delivery", "pdfgen.scanning"}),
    "numpy": frozenset({"pdfgen.illustration", "pdfgen.scanning"}),
    "zxingcpp": frozenset({"pdfgen.scanning"}),
    "scipy": frozenset({"pdfgen.illustration"}),
    "uharfbuzz": frozenset({"pdfgen.typesetting"}),
    "babel": frozenset({"pdfgen.content", "pdfgen.planning", "pdfgen.typesetting"}),
}
"""Package from elsewhere and the layers that may know it."""

OPENS_NO_FILES = ("pdfgen.planning", "pdfgen.typesetting")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def covers(layer: str, module: str) -> bool:
    """Whether `module` is `layer` or inside it. The bare package covers only itself."""
    return module == layer or (layer != "pdfgen" and module.startswith(f"{layer}."))


def layer_of(module: str) -> str:
    layers = [layer for layer in ALLOWED if covers(layer, module)]
    assert layers, f"{module} is in no layer; put it in the table of docs/architecture.md and here"
    return max(layers, key=len)


@cache
def parts(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and full name of every import, wherever it stands in the module."""
    return tuple(imported(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in parts(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node.lineno, full if full in MODULES else node.module


def modules_of(layer: str) -> list[str]:
    return [module for module in MODULES if layer_of(module) == layer]


@pytest.mark.parametrize("layer", ALLOWED)
def test_imports_only_earlier_stages(layer: str) -> None:
    wrong = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {layer} may not import {name}"
        for module in modules_of(layer)
        for line, name in imports(MODULES[module])
        if name.split(".")[0] == "pdfgen"
        and not covers(layer, name)
        and not any(covers(allowed, name) for allowed in ALLOWED[layer])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("layer", ALLOWED)
def test_packages_from_elsewhere_stay_in_their_layer(layer: str) -> None:
    wrong = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {name} belongs in {', '.join(sorted(ONLY_IN[top]))}"
        for module in modules_of(layer)
        for line, name in imports(MODULES[module])
        if (top := name.split(".")[0]) in ONLY_IN and not ONLY_IN[top] & {layer, module}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("layer", OPENS_NO_FILES)
def test_pure_stages_open_no_files(layer: str) -> None:
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    wrong = []
    found = ((module, node) for module in modules_of(layer) for node in parts(MODULES[module]))
    for module, node in found:
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in opening:
                wrong.append(f"{module}:{node.lineno}: opens a file")
    assert not wrong, "\n".join(wrong)


def arrows() -> set[tuple[str, str]]:
    """Return which room imports which."""
    return {
        (layer_of(module), layer_of(name))
        for module, path in MODULES.items()
        for _, name in imports(path)
        if name.split(".")[0] == "pdfgen" and layer_of(name) != layer_of(module)
    }


def test_the_house_has_few_levels_and_no_arrow_up() -> None:
    order = list(BELOW)
    found = arrows()
    assert [pair for pair in found if order.index(pair[1]) > order.index(pair[0])] == []
    levels: dict[str, int] = {}
    for room in order:
        levels[room] = 1 + max((levels[below] for above, below in found if above == room), default=0)
    assert max(levels.values()) <= MOST_LEVELS, levels


def test_the_rooms_of_content_have_an_order() -> None:
    def room(module: str) -> str:
        return module.removeprefix("pdfgen.content.").split(".")[0]

    wrong = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        if module.startswith("pdfgen.content.") and room(module) in CONTENT
        for _, name in imports(path)
        if name.startswith("pdfgen.content.")
        and room(name) in CONTENT
        and CONTENT.index(room(name)) > CONTENT.index(room(module))
    ]
    assert wrong == []


def test_no_circle_of_modules() -> None:
    """Also none that hides behind TYPE_CHECKING or in a function."""
    below = {
        module: {name for _, name in imports(path) if name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    while free := [module for module, names in below.items() if not names & below.keys()]:
        for module in free:
            del below[module]
    assert sorted(below) == []


def test_every_layer_has_modules() -> None:
    """A renamed package must not make the tests above empty."""
    assert {layer_of(module) for module in MODULES} == set(ALLOWED)


def test_the_rule_finds_a_violation(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("def f():\n    from pdfgen.production import rows\n    import click\n")
    assert imports(path) == ((2, "pdfgen.production.rows"), (3, "click"))
