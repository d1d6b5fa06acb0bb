"""Headings of a roster: which key of a prescription each column gives, in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation_wording import nearest, slip_of
from pdfgen.content.rosters.heading_words import DOSE_KEYS, KEYS, PARTS, WORDS, plain
from pdfgen.content.rosters.names import Names, folded
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.errors import InputError, Problem, printable

Target: TypeAlias = tuple[str, ...]
"""Keys that lead to a value of a prescription: `("doses", "bridge", "reps")`."""

#: In a mapping file: this column is not read.
IGNORED = "ignore"

#: The parts of a name that make a label when they stand in columns of their own, in the order of a name.
NAME_PARTS = ("title", "given", "initials", "particle", "family")
#: Begins the target of such a part.
NAME = "name-part"


class Kind(Enum):
    """How the text of a cell becomes a value."""

    TEXT = auto()
    WORD = auto()
    NUMBER = auto()
    """A number, or a range of numbers, also with its unit behind it."""
    YES_NO = auto()
    DATE = auto()
    TIME = auto()
    DAYS = auto()
    LIST = auto()
    STRUCTURE = auto()
    NAME_PART = auto()


class Column(NamedTuple):
    """A column that is read: its number from 1, its heading as written, its target and how to read it."""

    number: int
    heading: str
    target: Target
    kind: Kind


_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "language": Kind.WORD, "program": Kind.WORD, "side": Kind.WORD, "figure": Kind.WORD,
        "paper": Kind.WORD, "ink": Kind.WORD, "twin_language": Kind.WORD, "large": Kind.YES_NO,
        "read_back": Kind.YES_NO, "weeks": Kind.NUMBER, "start": Kind.DATE, "at": Kind.TIME,
        "days": Kind.DAYS,
        "exercises": Kind.LIST, "situations": Kind.LIST, "confirmed": Kind.LIST, NAME: Kind.NAME_PART,
    }
)  # fmt: skip
_YES_NO = frozenset({"per_side", "one_side", "blank"})
_WRITTEN: Mapping[str, Kind] = MappingProxyType(
    {"level": Kind.TEXT, "load": Kind.TEXT, "start_step": Kind.TEXT, "side": Kind.WORD}
)


@lru_cache(maxsize=4096)
def target_of(heading: str) -> Target | None:
    """Return the target of a heading; capitals, spaces and hyphens do not matter. None if it is unknown."""
    first, *rest = heading.strip().split(".")
    key = KEYS.get(plain(first))
    if plain(first) == "patient" and rest:
        return ("patient", "label") if [plain(part) for part in rest] == ["label"] else None
    if key is None or any(not part.strip() for part in rest):
        return None
    if key in NAME_PARTS:
        return None if rest else (NAME, key)
    if key == "label":
        return None if rest else ("patient", "label")
    if not rest:
        return (key,)
    return _nested(key, tuple(rest))


def _nested(key: str, rest: Sequence[str]) -> Target | None:
    deepest = {"notes": 1, "doses": 2, "days": 1}.get(key, 0)
    if len(rest) > deepest:
        return None
    if key == "days":
        kind = re.sub(r"[\s_-]+", "-", rest[0].strip().casefold())
        return (key, PARTS.get(plain(rest[0]), kind))
    exercise = re.sub(r"[\s_-]+", "-", rest[0].strip().casefold())
    if len(rest) == 1:
        return (key, exercise)
    part = PARTS.get(plain(rest[1])) or DOSE_KEYS.get(plain(rest[1]), "")
    return (key, exercise, part) if part else None


def kind_of(target: Target) -> Kind:
    """Return how the cells of a column with this target are read."""
    if target[0] == "doses":
        if len(target) < 3:
            return Kind.STRUCTURE
        if target[2] in _WRITTEN:
            return _WRITTEN[target[2]]
        return Kind.YES_NO if target[2] in _YES_NO else Kind.NUMBER
    if target == ("notes",):
        return Kind.STRUCTURE
    return _KINDS.get(target[0], Kind.TEXT)


def known_headings() -> frozenset[str]:
    """Return the headings that can be suggested: keys and everyday words."""
    return frozenset({*KEYS, *Prescription.model_fields} - {"patient"}) | {"label"}


def recognised(headings: Iterable[str], mapping: Mapping[str, str]) -> int:
    """Return how many of the headings are known."""
    return sum(
        mapped(heading, mapping) == IGNORED or bool(target_of(mapped(heading, mapping)))
        for heading in headings
    )


def mapped(heading: str, mapping: Mapping[str, str]) -> str:
    """Return the heading that `mapping` has for this one, or the heading itself."""
    return mapping.get(plain(heading), heading) if mapping else heading


class Columns(NamedTuple):
    """The columns that are read, and what should be known of the others."""

    read: tuple[Column, ...]
    warnings: tuple[Problem, ...] = ()


def read_columns(
    headings: Sequence[str], options: RosterOptions, names: Names, file: str, row: int = 1
) -> Columns:
    """Return the columns that are read.

    Args:
        headings: of all columns; columns without a heading are not read.
        options: with the mapping of headings (see `read_mapping`), and whether unknown columns are left out.
        names: of the exercises that headings name.
        file: the roster as the user named it.
        row: the number of the row with the headings.

    Raises:
        InputError: with every heading that is unknown or has the same target as another one. If no heading is
            known, the row may hold a patient, so the message repeats no heading.
    """
    if not recognised(headings, options.mapping):
        message = (
            "no heading here is known; the first row must name the columns: `pdfgen new roster` shows how"
        )
        raise InputError(Problem(message, file=f"{file}, row {row}"))
    found = _Columns(options, names, f"{file}, row {row}")
    for number, heading in enumerate(headings, start=1):
        if heading:
            found.add(number, heading)
    return found.result()


class _Columns:
    """Columns as they are found."""

    def __init__(self, options: RosterOptions, names: Names, place: str) -> None:
        self._options = options
        self._names = names
        self._place = place
        self._columns: list[Column] = []
        self._problems: list[Problem] = []
        self._unknown: list[tuple[int, str]] = []
        self._taken: dict[Target, str] = {}

    def add(self, number: int, heading: str) -> None:
        """Add the column with this heading, or note what is wrong with it."""
        name = mapped(heading, self._options.mapping)
        if name == IGNORED:
            return
        target = target_of(name)
        if target is None:
            self._unknown.append((number, heading))
            if not self._options.ignore_unknown:
                self._problem(number, heading, f"unknown column{_advice(name)}")
            return
        target = called_target(target, self._names)
        if target in self._taken:
            self._problem(
                number, heading, f'gives the same as "{printable(self._taken[target])}"; keep one of them'
            )
            return
        self._taken[target] = heading
        self._columns.append(Column(number, heading, target, kind_of(target)))

    def _problem(self, number: int, heading: str, message: str) -> None:
        place = f'{self._place}, column {number} "{printable(heading)}"'
        self._problems.append(Problem(message, file=place))

    def result(self) -> Columns:
        """Return the columns.

        Raises:
            InputError: as `read_columns`.
        """
        if not self._columns and not self._problems:
            self._problems.append(
                Problem(f"every column is mapped to {IGNORED}; name one at least", file=self._place)
            )
        if self._problems:
            if self._unknown and not self._options.ignore_unknown:
                message = (
                    "--ignore-unknown leaves unknown columns out and reads the others; a mapping file can "
                    f"name them, or {IGNORED} them"
                )
                self._problems.append(Problem(message, file=self._place))
            raise InputError(self._problems)
        return Columns(tuple(self._columns), tuple(self._left_out()))

    def _left_out(self) -> Iterable[Problem]:
        if not self._unknown:
            return
        names = ", ".join(f'"{printable(heading)}"' for _, heading in self._unknown)
        yield Problem(f"not read, because these headings are not known: {names}", file=self._place)
        for number, heading in self._unknown:
            if close := slip_of(plain(heading), known_headings()):
                place = f'{self._place}, column {number} "{printable(heading)}"'
                yield Problem(f'not read; did you mean "{close}"?', file=place)


def called_target(target: Target, names: Names) -> Target:
    """Return the target whose exercise, which may be named in any language, has become its id."""
    if target[0] not in {"notes", "doses"} or len(target) < 2:
        return target
    try:
        found = names.find("exercise", folded(target[1]))
    except ValueError:
        return target
    return (target[0], found or target[1], *target[2:])


def _advice(name: str) -> str:
    first = plain(name.split(".")[0])
    if first in KEYS and "." in name:
        advice = "write notes.EXERCISE, doses.EXERCISE.reps or days.mobilising"
        return f"; after a dot only some keys have parts: {advice}"
    close = slip_of(plain(name), known_headings())
    return f'; did you mean "{close}"?' if close else ""


def read_mapping(path: Path) -> Mapping[str, str]:
    """Read a mapping file: YAML with the headings of a roster and the key of each, or `ignore`.

    Returns:
        the key of each heading, for `RosterOptions.mapping`.

    Raises:
        InputError: with every line that does not name a key.
    """
    source = read_yaml(path, "mapping file")
    values = source.root.value
    if not isinstance(values, Mapping):
        raise InputError(source.problem((), "must hold keys with values: a heading, a colon and a key"))
    mapping: dict[str, str] = {}
    problems: list[Problem] = []
    for heading, node in values.items():
        name = node.value
        if not isinstance(name, str):
            problems.append(source.problem((heading,), f"write a key of the prescription, or {IGNORED}"))
        elif name != IGNORED and target_of(name) is None:
            message = f'there is no key "{printable(name)}"; {nearest(name, WORDS)}'
            problems.append(source.problem((heading,), message))
        elif plain(heading) in mapping:
            problems.append(source.problem((heading,), "this heading stands here twice", key=True))
        else:
            mapping[plain(heading)] = name
    if problems:
        raise InputError(problems)
    return MappingProxyType(mapping)
