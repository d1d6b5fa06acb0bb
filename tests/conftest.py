"""What all tests share: the shipped content and fonts, read once, and `--update-golden`."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import kept
import pytest
from hypothesis import HealthCheck, settings
from programs import back, keeps_programs, shipped_language, shipped_layout, shipped_library

from pdfgen.cli.app import GARBAGE_THRESHOLD
from pdfgen.content.models.condition import Condition
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.production import program_files
from pdfgen.production.assets import load_family
from pdfgen.typesetting.fonts import FontFamily

# A config file of the developer's own must not decide what a test sees.
os.environ["PDFGEN_CONFIG"] = "off"

# As the program does: there is little garbage, and looking for it takes longer the more tests keep.
gc.set_threshold(GARBAGE_THRESHOLD)

# How long an example takes says more about the machine than about the program.
settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# For `make test-all`, with --hypothesis-profile=all.
settings.register_profile("all", settings.get_profile("quick"), max_examples=150, print_blob=True)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the pages and tags are now to tests/golden, to be looked at before it is committed",
    )


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """Let tests share what the program makes of equal inputs."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        kept.keep(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _kept_unless_patched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests share programs, but for those that patch something."""
    token = keeps_programs.set("monkeypatch" not in request.fixturenames)
    yield
    keeps_programs.reset(token)


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are set anew in this test, which asks whether they come out the same."""
    for name in ("compose", "write"):
        monkeypatch.setattr(program_files, name, getattr(program_files, name).__wrapped__)


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped_library().value


@pytest.fixture(scope="session")
def condition() -> Condition:
    return back()


@pytest.fixture(scope="session")
def languages() -> dict[str, Language]:
    return {code: shipped_language(code).value for code in ("nl", "en")}


@pytest.fixture(scope="session")
def layout() -> Layout:
    return shipped_layout().value


@pytest.fixture(scope="session")
def fonts() -> FontFamily:
    return load_family()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the pipeline fail with a given exception."""

    from pdfgen.cli import generate_command

    def fail_with(error: BaseException) -> None:
        def read(job: object, shared: object) -> None:
            raise error

        monkeypatch.setattr(generate_command, "read", read)

    return fail_with
