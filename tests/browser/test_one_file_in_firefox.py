"""The one file in Firefox, as somebody uses it: opened from the disk, an example, its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.firefox import FIREFOX, Firefox

import pdfgen

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "patient-en.yaml"

#: Python starts in some seconds; a machine that is busy with other tests takes many times that.
PATIENCE_S = 150.0

#: What the policy of the page says to a connection.
REACH_OUT = """
const [done] = arguments;
document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
navigator.sendBeacon("https://example.org/", "x");
"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if FIREFOX is None:
        pytest.fail("firefox is not installed; on Debian: apt-get install firefox-esr")
    browser = Firefox(tmp_path_factory.mktemp("firefox"), PATIENCE_S)
    yield browser
    browser.close()


def test_an_example_is_opened_and_its_pdf_is_that_of_the_command_line(
    firefox: Firefox, one_file: Path
) -> None:
    firefox.ask("WebDriver:Navigate", url=one_file.as_uri())
    firefox.element(".programs input")
    firefox.type('input[data-file="patient"]', str(EXAMPLE))
    firefox.click('.actions button.primary[aria-disabled="false"]')
    made = firefox.downloaded(PATIENCE_S)
    wanted = pdfgen.make(pdfgen.read(EXAMPLE)).files[0]
    assert made.name == wanted.name
    assert made.read_bytes() == wanted.data


def test_nothing_can_be_asked_of_anybody(firefox: Firefox) -> None:
    found = firefox.ask("WebDriver:ExecuteAsyncScript", script=REACH_OUT, args=[])
    assert found["value"] == "connect-src"
