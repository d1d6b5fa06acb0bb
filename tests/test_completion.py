"""What the shell is offered, through the classes that click completes with."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from pdfgen.cli.app import program
from pdfgen.content.loading import list_languages, list_layouts

LIBRARY = """\
conditions:
  low-back-pain:
    programs:
      mine:
        name: {nl: Van mij, en: My own}
        summary: {nl: Alleen bruggetjes., en: Only bridges.}
        weeks: [6]
        exercises: [bridge]
"""


def completions(
    *arguments: str, shell: type[ShellComplete] = ZshComplete, incomplete: str = ""
) -> list[CompletionItem]:
    complete = shell(program, {}, "pdfgen", "_PDFGEN_COMPLETE")
    return complete.get_completions(list(arguments), incomplete)


def offered(*words: str) -> list[str]:
    """What is offered for the last word."""
    return [item.value for item in completions(*words[:-1], incomplete=words[-1])]


def test_commands_with_their_help_and_without_importing_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.import_module", lambda name: pytest.fail(f"{name} was imported"))
    items = completions(incomplete="ge")
    assert [item.value for item in items] == ["generate"]
    assert items[0].help == "Make a patient's program as a PDF."


@pytest.mark.parametrize("command", ["generate", "plan", "batch", "verify"])
def test_layouts_and_languages(command: str) -> None:
    assert offered(command, "--layout", "") == list(list_layouts())
    assert offered(command, "--layout", "wa") == ["wall-sheet"]
    assert offered(command, "--language", "") == list(list_languages())
    assert offered(command, "--twin", "e") == ["en", "en-US"]


def test_a_layout_that_is_not_shipped_is_a_file() -> None:
    assert [item.type for item in completions("generate", "--layout", incomplete="./mi")] == ["file"]


def test_files_and_commands_that_take_a_kind() -> None:
    assert [item.type for item in completions("generate")] == ["file"]
    assert "situations" in offered("list", "")
    assert offered("new", "con") == ["config"]


def test_papers_are_those_of_the_layout_on_the_line() -> None:
    assert offered("generate", "--paper", "") == ["a3", "a4", "a5", "letter", "tabloid"]
    assert offered("generate", "--layout", "wall-sheet", "--paper", "a") == ["a3", "a4"]
    assert offered("generate", "--layout", "none-such", "--paper", "") == []


class TestSettings:
    def test_keys_first(self) -> None:
        assert offered("generate", "--set", "go") == ["goal="]
        assert "patient.label=" in offered("generate", "--set", "")

    @pytest.mark.parametrize(
        ("incomplete", "expected"),
        [
            ("program=short", ["program=short-four"]),
            ("situations=[pregn", ["situations=[pregnancy"]),
            ("exercises=bri", ["exercises=[bridge"]),
            ("exercises=[bridge,pla", ["exercises=[bridge,plank"]),
            ("layout=wall", ["layout=wall-sheet"]),
            ("twin_language=e", ["twin_language=en", "twin_language=en-US"]),
            ("figure=older-w", ["figure=older-woman"]),
            ("goal=", []),
            ("no-such-key=", []),
        ],
    )
    def test_then_values(self, incomplete: str, expected: list[str]) -> None:
        assert offered("generate", "--set", incomplete) == expected

    def test_names_are_the_help(self) -> None:
        (item,) = completions("generate", "--set", incomplete="exercises=[bridge")
        assert item.help == "Bridge"

    def test_own_libraries_on_the_line_count(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.yaml"
        path.write_text(LIBRARY, encoding="utf-8")
        assert offered("generate", "--library", str(path), "--set", "program=mi") == ["program=mine"]

    def test_a_broken_library_offers_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.yaml"
        path.write_text("programs: [", encoding="utf-8")
        assert offered("generate", "--library", str(path), "--set", "program=") == []

    def test_and_those_of_the_config_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "mine.yaml").write_text(LIBRARY, encoding="utf-8")
        (tmp_path / "config.yaml").write_text("libraries: [mine.yaml]\n", encoding="utf-8")
        monkeypatch.setenv("PDFGEN_CONFIG", str(tmp_path / "config.yaml"))
        assert offered("generate", "--set", "program=mi") == ["program=mine"]


@pytest.mark.parametrize(
    ("shell", "name"), [(BashComplete, "bash"), (ZshComplete, "zsh"), (FishComplete, "fish")]
)
def test_each_shell_has_a_script(
    shell: type[ShellComplete], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BashComplete, "_check_version", staticmethod(lambda: None))
    assert f"_PDFGEN_COMPLETE={name}_complete" in shell(program, {}, "pdfgen", "_PDFGEN_COMPLETE").source()
