"""Options of the command line: in groups, with examples, and `-o/--out` the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pdfgen.cli.app import program
from pdfgen.cli.options import GENERAL, GROUPS, Option, group_of
from pdfgen.errors import ExitCode

ROOT = Path(__file__).parent.parent
PATIENT = ROOT / "examples" / "patient.yaml"

#: What click and `report.options` add to every command.
ABOUT_THE_RUN = {"--help", "--version", "--quiet", "--verbose", "--no-config", "--traceback"}

WRITING = ("generate", "batch", "new", "schema", "illustrate", "impose booklet", "impose cards")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, also those below `impose`."""
    context = click.Context(program)
    for name in program.list_commands(context):
        found = program.get_command(context, name)
        assert found is not None
        yield name, found
        if isinstance(found, click.Group):
            yield from ((f"{name} {inner}", command) for inner, command in found.commands.items())


COMMANDS = dict(commands())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def options_of(command: click.Command) -> list[click.Option]:
    parameters = command.get_params(click.Context(command))
    return [parameter for parameter in parameters if isinstance(parameter, click.Option)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_a_group_of_its_own_choice(name: str) -> None:
    for option in options_of(COMMANDS[name]):
        assert group_of(option) in GROUPS
        if not ABOUT_THE_RUN & set(option.opts):
            assert isinstance(option, Option), f"{name} {option.opts}: declare it with options.option"
            assert option.group != GENERAL, f"{name} {option.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_each_option_once_in_its_group_and_ends_with_examples(name: str) -> None:
    text = run(*name.split(), "--help").stdout
    body, _, examples = text.partition("\n  Examples:\n")
    assert f"pdfgen {name}" in examples
    for option in options_of(COMMANDS[name]):
        section = body.partition(f"\n{group_of(option)}:\n")[2].partition("\n\n")[0]
        long = max(option.opts[:2], key=len)
        assert long in section, f"{long} is not under {group_of(option)}"
    assert "\nOptions:" not in text


def test_groups_stand_in_one_order() -> None:
    text = run("batch", "--help").stdout
    places = [text.index(f"\n{group}:\n") for group in GROUPS if f"\n{group}:\n" in text]
    assert len(places) == 9
    assert places == sorted(places)


def test_no_line_of_help_is_wider_than_100_characters() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(program, [*name.split(), "--help"], env={"COLUMNS": "200"})
        assert max(map(len, result.stdout.splitlines())) <= 100, name


@pytest.mark.parametrize("name", WRITING)
def test_every_command_that_writes_has_both_names(name: str) -> None:
    (out,) = (option for option in options_of(COMMANDS[name]) if option.name == "out")
    assert {"-o", "--out"} <= set(out.opts)
    wanted = "DIR" if name in {"batch", "schema"} else "FILE|-"
    assert out.metavar == wanted


def test_no_other_command_has_it() -> None:
    having = {name for name, found in COMMANDS.items() if any("-o" in one.opts for one in options_of(found))}
    assert having == set(WRITING)


@pytest.mark.parametrize(
    ("older", "words"),
    [("--output", ("new", "clinic")), ("--output", ("list", "layouts")), ("--write", ("new", "clinic"))],
)
def test_older_names_work_only_where_they_did(older: str, words: tuple[str, ...]) -> None:
    assert run(*words, older, "x").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("name", ["-o", "--out", "--write"])
def test_schemas_go_into_a_folder(tmp_path: Path, name: str) -> None:
    assert run("schema", name, tmp_path / "new").exit_code == 0
    assert (tmp_path / "new" / "config.json").is_file()


@pytest.mark.parametrize("name", ["-o", "--out", "--output"])
def test_a_program_goes_into_a_file(tmp_path: Path, name: str) -> None:
    target = tmp_path / "a.pdf"
    result = run("generate", PATIENT, "--layout", "wall-sheet", name, target)
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")


@pytest.mark.parametrize("name", ["-o", "--out"])
def test_a_batch_goes_into_a_folder(tmp_path: Path, name: str) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("name,program\nA,short-four\n", encoding="utf-8")
    assert run("batch", roster, "--layout", "wall-sheet", name, tmp_path / "o").exit_code == 0
    assert len(list((tmp_path / "o").glob("*.pdf"))) == 1


class TestNew:
    def test_the_file_may_be_named_either_way(self, tmp_path: Path) -> None:
        assert run("new", "clinic", "-o", tmp_path / "a.yaml").exit_code == 0
        assert run("new", "clinic", tmp_path / "b.yaml").exit_code == 0
        assert (tmp_path / "a.yaml").exists()
        assert (tmp_path / "b.yaml").exists()

    def test_but_not_both(self, tmp_path: Path) -> None:
        result = run("new", "clinic", tmp_path / "a.yaml", "-o", tmp_path / "b.yaml")
        assert result.exit_code == ExitCode.USAGE
        assert "--out: names a second file" in result.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_layout_on_smaller_paper_than_it_is_made_for_says_its_pages(tmp_path: Path) -> None:
    source = Path(__file__).parent.parent / "examples" / "patient.yaml"
    for paper, told in (("a4", "pages of a4; wall-sheet is made for a3"), ("a3", "")):
        target = tmp_path / f"{paper}.pdf"
        result = run("generate", source, "--layout", "wall-sheet", "--paper", paper, "-o", target)
        assert result.exit_code == 0
        assert (told in result.stderr) if told else ("made for" not in result.stderr)
