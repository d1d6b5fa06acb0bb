"""The gallery shows every layout as it is now."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "tools" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.docs
def test_the_page_is_current(gallery: ModuleType) -> None:
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.text(gallery.editions()), "run make gallery"


def test_every_picture_is_there_and_no_other(gallery: ModuleType) -> None:
    wanted = {each.name for name, made in gallery.editions().items() for each in gallery.shown(name, made)}
    found = list(gallery.PICTURES.iterdir())
    assert {path.name for path in found} == {f"{name}.png" for name in wanted}
    for path in found:
        with Image.open(path) as picture:
            assert picture.width >= 400


@pytest.mark.docs
def test_a_picture_has_all_pages_and_few_tones(gallery: ModuleType) -> None:
    made = gallery.editions()["wall-sheet"]
    (shown,) = gallery.shown("wall-sheet", made)
    data = gallery.picture(shown.data)
    assert data.startswith(b"\x89PNG")
    assert len(data) < 250_000
