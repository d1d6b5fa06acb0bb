"""The files of the page, as they are written: words in both languages, imports, addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "pdfgen" / "web" / "page"
MODULES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js"))}


def imported_by(name: str) -> list[str]:
    return re.findall(r'^(?:import|export)[^;]*? from "([^"]+)";$', MODULES[name], re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", MODULES)
def test_imports_are_static_and_relative_and_used(name: str) -> None:
    code = MODULES[name]
    assert "import(" not in code
    for line in re.findall(r"^import .*?;$", code, re.MULTILINE | re.DOTALL):
        found = re.fullmatch(r'import \{ ([^}]+) \} from "\./([a-z-]+\.js)";', line)
        assert found, line
        assert found[2] in MODULES
        for part in found[1].split(","):
            one, _, known_as = part.strip().partition(" as ")
            assert len(re.findall(rf"\b{known_as or one}\b", code)) > 1, f"{one} is imported and not used"
            exported = rf"^export (async )?(function|class|const) {one}\b"
            assert re.search(exported, MODULES[found[2]], re.MULTILINE), one


def test_imports_have_no_cycle_and_reach_every_module() -> None:
    done: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"cycle: {' > '.join((*above, name))}"
        if name not in done:
            for below in imported_by(name):
                visit(below.removeprefix("./"), (*above, name))
            done.append(name)

    visit("main.js", ())
    assert set(done) == set(MODULES)


def test_only_the_engine_knows_what_it_speaks_to() -> None:
    ways = re.compile(r"\bfetch\(|\bWorker\b|postMessage|XMLHttpRequest|WebSocket")
    assert [name for name, code in MODULES.items() if ways.search(code)] == ["engine.js"]


def test_nothing_names_another_address_or_is_written_into_the_page_as_code() -> None:
    wrong = r"https?:|//[a-z]+\.|innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(wrong, text), path.name
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son[a-z]+=|<script(?! type=\"module\" src=)", html)


def test_modules_are_short_and_say_what_they_are() -> None:
    for name, code in MODULES.items():
        assert code.startswith("// "), name
        assert name.startswith("words-") or len(code.splitlines()) <= 300, name


def words_of(language: str) -> dict[str, str]:
    files = sorted(PAGE.glob(f"words-*{language}.js"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return dict(re.findall(r'^  "([^"]+)": "(.*)",$', text, re.MULTILINE))


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    english, dutch = words_of("en"), words_of("nl")
    assert english.keys() == dutch.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", dutch[key])), key


def test_every_word_is_used() -> None:
    modules = [path for path in PAGE.glob("*.js") if not path.name.startswith("words-")]
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    asked = [re.escape(key) for key in re.findall(r'"([a-z_.]+)"', code)]
    made = [
        re.sub(r"\\\$\\\{.*?\\\}", r"[\\w-]+", re.escape(key))
        for key in re.findall(r"`([a-z_.]+\.\$\{[^`]*)`", code)
    ]
    used = re.compile(f"(?:{'|'.join([*asked, *made])})(?:\\.one|\\.more)?")
    assert [key for key in words_of("en") if not used.fullmatch(key)] == []


@pytest.mark.parametrize(("language", "document"), [("en", "start.md"), ("nl", "start.nl.md")])
def test_the_document_for_beginners_names_buttons_as_the_page_does(language: str, document: str) -> None:
    text = (PAGE.parent.parent.parent / "docs" / document).read_text(encoding="utf-8")
    bold = set(re.findall(r"\*\*([^*]+)\*\*", text))
    assert len(bold) > 8
    assert bold - set(words_of(language).values()) == set()
    parts = dict(re.findall(r"^\| ([1-7]) ([^|]+) \|", text, re.MULTILINE))
    names = ["whom", "heed", "program", "exercises", "when", "words", "paper"]
    for number, name in parts.items():
        assert words_of(language)[names[int(number) - 1]].startswith(name)
