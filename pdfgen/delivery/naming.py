"""File names made from a template: safe on every system, never outside the folder, never twice."""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from collections.abc import Iterable, Mapping

from pdfgen.errors import Problem, UsageError

DEFAULT_TEMPLATE = "{number}-{id}"
"""Sequence number and document id: neither identifies the patient."""

SAFE_FIELDS = ("number", "row", "id", "language", "paper", "program", "start", "weeks", "layout")
"""Fields of a template."""

NAME_FIELDS = ("label",)
"""Further fields, if the names of patients are asked for."""

#: Bytes of UTF-8. Systems allow 255; a number and a suffix may follow.
_LONGEST = 120

#: Names that stand for devices, whatever follows a dot (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)

_PLAIN = re.compile("[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
#: Characters that some system does not allow in a name, and blanks.
_UNSAFE = re.compile(r'[\s/\\:*?"<>|%]+')


def check_template(template: str, *, with_names: bool) -> str:
    """Return a template without `.pdf` at its end, which every name gets anyway.

    Raises:
        UsageError: it is not a name, or has an unknown field or one that identifies the patient.
    """
    known = (*SAFE_FIELDS, *(NAME_FIELDS if with_names else ()))
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        raise _refused("a brace is not closed; write {id}, and {{ for a brace") from None
    for text, field, form, conversion in parts:
        if any(unicodedata.category(one)[0] == "C" for one in text):
            raise _refused("holds a character that cannot be printed")
        if _UNSAFE.search(text.replace(" ", "")):
            raise _refused('is a name, not a path: leave out / \\ : * ? " < > | %')
        if field in NAME_FIELDS and not with_names:
            raise _refused(f"{{{field}}} identifies the patient; add --names if that is meant")
        if field is not None and (field not in known or form or conversion):
            raise _refused(f"has an unknown field; use {', '.join(known)}")
    stem = template[:-4] if template.lower().endswith(".pdf") else template
    if not stem.strip(" ."):
        raise _refused("gives no name; write for example {number}-{id}")
    return stem


def _refused(why: str) -> UsageError:
    return UsageError(Problem(why, field="--name"))


def file_name(template: str, values: Mapping[str, str]) -> str:
    """Return the name that a checked template gives, with `.pdf`."""
    return f"{_safe(template.format_map(_Parts(values)))}.pdf"


class _Parts(dict[str, str]):
    """Values as parts of a name, made safe when the template asks for them."""

    def __getitem__(self, key: str) -> str:
        return _part(super().__getitem__(key))


def _part(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    text = unicodedata.normalize("NFC", value)
    text = "".join("-" if unicodedata.category(one)[0] in "CZ" else one for one in text)
    text = re.sub(r"-{2,}", "-", _UNSAFE.sub("-", text))
    return re.sub(r"\.{2,}", ".", text).strip("-. ")


def _safe(stem: str) -> str:
    # A name that begins with one of these is hidden, an option or a formula on some system.
    stem = stem.lstrip(" .-=+@").rstrip(" .-").encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    stem = stem.rstrip(" .-") or "program"
    return f"_{stem}" if _DEVICE.fullmatch(stem) else stem


class Names:
    """The names that are taken in a folder, and by whom; to some systems `A` and `a` are the same."""

    def __init__(self, taken: Mapping[str, int] | None = None) -> None:
        self._taken = {_key(name): owner for name, owner in (taken or {}).items()}

    def take(self, name: str, owner: int, suffixes: Iterable[str] = ("",)) -> tuple[str, ...]:
        """Return the names of files that belong together: `name` with each of `suffixes` behind its stem.

        A suffix with an ending of its own, such as `.ics`, stands in place of that of `name`.

        Where another owner has one of them, the stem of all gets `-2` and so on. They are the owner's from
        now on.
        """
        stem, dot, ending = name.rpartition(".")
        endings = [suffix if "." in suffix else f"{suffix}{dot}{ending}" for suffix in suffixes]
        for number in itertools.count(1):
            tried = stem if number == 1 else f"{stem}-{number}"
            keys = [_key(f"{tried}{end}") for end in endings]
            if all(self._taken.get(key, owner) == owner for key in keys):
                break
        self._taken.update(dict.fromkeys(keys, owner))
        return tuple(f"{tried}{end}" for end in endings)


def _key(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_plain_name(name: str) -> bool:
    """Whether a name is one that `file_name` could have given: of a file in its folder, and not hidden."""
    return (
        bool(name)
        and not name.startswith(".")
        and not _UNSAFE.search(name.replace(" ", ""))
        and "\0" not in name
    )
