"""The user's own file: where it lies, and what a command takes from it.

Only commands read it. `PDFGEN_CONFIG` names another file or turns it `off`; `--no-config` leaves it out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pdfgen.cli import report
from pdfgen.content.files.source import Mark, Node, Source, child_of
from pdfgen.errors import InputError, missing_file

VARIABLE = "PDFGEN_CONFIG"
_OFF = "off"
_NAME = "config.yaml"


@dataclass(frozen=True)
class UserConfig:
    """What a user's file says.

    Attributes:
        file: where it was read; None without a file.
        clinic, libraries: paths that can be opened.
        language: with its place in the file, for messages.
    """

    file: Path | None = None
    clinic: Path | None = None
    paper: str | None = None
    language: Node | None = None
    libraries: tuple[Path, ...] = ()

    @property
    def language_code(self) -> str | None:
        """The code of the language."""
        return str(self.language.value) if self.language else None

    def with_language(self, prescription: Source | None) -> Source | None:
        """Return a prescription in the language of this file where it names none.

        Without a prescription, return one that says nothing else, for rows that are laid over it.
        """
        if self.language is None:
            return prescription
        if prescription is None:
            return Source(str(self.file), Node({"language": self.language}, Mark(str(self.file), 1, 1)))
        root = prescription.root
        said = child_of(root, "language")
        if not isinstance(root.value, Mapping) or (said and said.value is not None):
            return prescription
        return replace(prescription, root=root._replace(value={**root.value, "language": self.language}))

    def report(self) -> None:
        """Say with `--verbose` what is taken from the file."""
        if self.file is None:
            return
        libraries = ", ".join(f"library {path}" for path in self.libraries)
        values = {"clinic": self.clinic, "paper": self.paper, "language": self.language_code}
        defaults = ", ".join(f"{name} {value}" for name, value in values.items() if value)
        parts = [libraries, f"where none is named {defaults}" if defaults else ""]
        report.detail(f"{self.file}: {'; '.join(filter(None, parts)) or 'says nothing'}")


def config_path(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return where the user's file lies or would lie; None where the environment turns it off."""
    asked = environment.get(VARIABLE, "")
    if asked == _OFF:
        return None
    if asked:
        return Path(asked).expanduser()
    from platformdirs import user_config_path

    return user_config_path("pdfgen", appauthor=False) / _NAME


def user_config() -> UserConfig:
    """Return what the user's file says, as far as this command may know it.

    Raises:
        InputError: something in it cannot be used, or the file that `PDFGEN_CONFIG` names is not there.
    """
    if report.is_given("no_config"):
        return UserConfig()
    path = config_path()
    if path is None:
        return UserConfig()
    if not path.exists():
        if os.environ.get(VARIABLE):
            raise InputError(missing_file(path, f"the file of {VARIABLE} was"))
        return UserConfig()
    from pdfgen.content.user_config import load_config, path_of

    config = load_config(path)
    value = config.value
    language = child_of(config.source.root, "language") if value.language else None
    clinic = path_of(config, value.clinic) if value.clinic else None
    libraries = tuple(path_of(config, name) for name in value.libraries)
    return UserConfig(path, clinic, value.paper, language, libraries)
