"""A real browser at the page of `pdfgen serve`, in a folder with the clinic of the examples."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
BUILD = ROOT / "tools" / "one_file" / "build.py"

#: Where the extra `browser` is not installed, nothing here is collected; `make test-browser` installs it.
HAS_PLAYWRIGHT = find_spec("playwright") is not None
collect_ignore_glob = [] if HAS_PLAYWRIGHT else ["test_*.py"]

if HAS_PLAYWRIGHT:
    from browser.driving import Here
    from playwright import sync_api

#: Debian's, or whatever `PDFGEN_CHROMIUM` names.
CHROMIUM = os.environ.get("PDFGEN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

#: What a test waits for something to appear.
PATIENCE_MS = 8_000
if HAS_PLAYWRIGHT:
    sync_api.expect.set_options(timeout=PATIENCE_MS)


def serving(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Return a server that works with this folder, and the address of its page, good once."""
    command = [sys.executable, "-m", "pdfgen", "serve", "--folder", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    assert server.stdout is not None
    return server, server.stdout.readline().strip()


def ended(server: subprocess.Popen[str]) -> None:
    server.terminate()
    server.wait(10)
    assert server.stdout is not None
    server.stdout.close()


@pytest.fixture(scope="session")
def clinic_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clinic")
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, folder)
    return folder


@pytest.fixture(scope="session")
def one_file() -> Path:
    """`dist/pdfgen.html`, built once; or the one that `PDFGEN_ONE_FILE` names, built before."""
    if built := os.environ.get("PDFGEN_ONE_FILE"):
        return Path(built)
    done = subprocess.run([sys.executable, BUILD], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return ROOT / "dist" / "pdfgen.html"


@pytest.fixture(scope="session")
def chromium() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        pytest.fail("chromium is not installed; on Debian: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def session(chromium: sync_api.Browser, clinic_folder: Path) -> Iterator[tuple[str, list[sync_api.Cookie]]]:
    """A running server: its address, and the cookie that the one-time token was exchanged for."""
    server, address = serving(clinic_folder)
    context = chromium.new_context()
    context.new_page().goto(address)
    cookies = context.cookies()
    context.close()
    yield address.partition("/start")[0], cookies
    ended(server)


@pytest.fixture
def here(
    request: pytest.FixtureRequest,
    chromium: sync_api.Browser,
    session: tuple[str, list[sync_api.Cookie]],
) -> Iterator[Here]:
    """The page, opened anew; as `parametrize("here", [{"locale": "nl-NL"}], indirect=True)` says."""
    address, cookies = session
    how = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    context = chromium.new_context(accept_downloads=True, **how)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([dict(cookie) for cookie in cookies])  # type: ignore[misc]
    opened = Here(context, f"{address}/")
    yield opened
    context.close()
    assert not opened.errors, opened.errors
    assert not opened.elsewhere, f"the page asked others: {opened.elsewhere}"
