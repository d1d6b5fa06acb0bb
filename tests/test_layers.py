"""The layer table of docs/architecture.md, enforced by reading the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pdfgen"

ALLOWED: dict[str, frozenset[str]] = {
    "pdfgen": frozenset(),
    "pdfgen.errors": frozenset(),
    "pdfgen.content": frozenset({"pdfgen.errors"}),
    "pdfgen.planning": frozenset({"pdfgen.content", "pdfgen.errors"}),
    "pdfgen.typesetting": frozenset({"pdfgen.planning", "pdfgen.content", "pdfgen.errors"}),
    "pdfgen.checks": frozenset({"pdfgen.typesetting", "pdfgen.planning", "pdfgen.content", "pdfgen.errors"}),
    "pdfgen.pdf": frozenset(
        {
            "pdfgen",
            "pdfgen.typesetting.document",
            "pdfgen.typesetting.fonts",
            "pdfgen.content.pictures.drawing",
            "pdfgen.errors",
        }
    ),
    "pdfgen.delivery": frozenset({"pdfgen.pdf", "pdfgen.typesetting.document", "pdfgen.errors"}),
    "pdfgen.illustration": frozenset({"pdfgen.content", "pdfgen.errors"}),
    "pdfgen.production": frozenset(
        {
            "pdfgen", "pdfgen.delivery", "pdfgen.pdf", "pdfgen.checks", "pdfgen.typesetting",
            "pdfgen.planning", "pdfgen.content", "pdfgen.errors",
        }
    ),
    "pdfgen.cli": frozenset(
        {
            "pdfgen", "pdfgen.production", "pdfgen.illustration", "pdfgen.delivery", "pdfgen.pdf",
            "pdfgen.checks", "pdfgen.typesetting", "pdfgen.planning", "pdfgen.content", "pdfgen.errors",
        }
    ),
    "pdfgen.__main__": frozenset({"pdfgen.cli"}),
}  # fmt: skip
"""Layer and what it may import besides itself."""

ONLY_IN: dict[str, frozenset[str]] = {
    "click": frozenset({"pdfgen.cli"}),
    "reportlab": frozenset({"pdfgen.pdf"}),
    "distributed": frozenset({"pdfgen.production"}),
    "pypdf": frozenset({"pdfgen.pdf"}),
    "yaml": frozenset({"pdfgen.content"}),
    "pydantic": frozenset({"pdfgen.content.models.pydantic_setup"}),
    "pydantic_core": frozenset({"pdfgen.content.models.pydantic_setup"}),
    "openpyxl": frozenset({"pdfgen.content"}),
    "rich": frozenset({"pdfgen.cli"}),
    "PIL": frozenset({"pdfgen.content", "pdfgen.pdf", "pdfgen.delivery", "pdfgen.illustration"}),
    "pypdfium2": frozenset({"pdfgen.delivery"}),
    "numpy": frozenset({"pdfgen.illustration"}),
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


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every import, wherever it stands in the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node.lineno, full if full in MODULES else node.module


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_earlier_stages(module: str) -> None:
    layer = layer_of(module)
    wrong = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {layer} may not import {name}"
        for line, name in imports(MODULES[module])
        if name.split(".")[0] == "pdfgen"
        and not covers(layer, name)
        and not any(covers(allowed, name) for allowed in ALLOWED[layer])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("module", MODULES)
def test_packages_from_elsewhere_stay_in_their_layer(module: str) -> None:
    layer = layer_of(module)
    wrong = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {name} belongs in {', '.join(sorted(ONLY_IN[top]))}"
        for line, name in imports(MODULES[module])
        if (top := name.split(".")[0]) in ONLY_IN and not ONLY_IN[top] & {layer, module}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(OPENS_NO_FILES)])
def test_pure_stages_open_no_files(module: str) -> None:
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    wrong = []
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in opening:
                wrong.append(f"{module}:{node.lineno}: opens a file")
    assert not wrong, "\n".join(wrong)


def test_every_layer_has_modules() -> None:
    """A renamed package must not make the tests above empty."""
    assert {layer_of(module) for module in MODULES} == set(ALLOWED)


def test_the_rule_finds_a_violation(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("def f():\n    from pdfgen.production.program import prepare\n    import click\n")
    assert list(imports(path)) == [(2, "pdfgen.production.program"), (3, "click")]
