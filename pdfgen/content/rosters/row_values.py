"""The values of one row, put together one by one; the parts of a patient's name become the label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pdfgen.content.files.source import Mark, Node
from pdfgen.content.rosters.columns import NAME, NAME_PARTS, Target

LABEL = ("patient", "label")

_INITIAL = re.compile(r"\b[^\W\d_]\.")


class RowValues:
    """The values of one row by their keys, in `values`.

    Args:
        tell: is told what was guessed of a name.
    """

    def __init__(self, tell: Callable[[str], None] = lambda message: None) -> None:
        self.values: dict[str, Node] = {}
        self._name: dict[str, Node] = {}
        self._tell = tell

    def add(self, target: Target, node: Node) -> None:
        """Put a value under its keys, and make the mappings on the way; parts of a name wait for `add_name`.

        Raises:
            ValueError: the key has a value already, or a part of a name is not text.
        """
        if target[0] != NAME:
            self._put(target, node)
        elif isinstance(node.value, Mapping | tuple):
            raise ValueError("must be text")
        else:
            self._name[target[-1]] = node

    def add_name(self) -> None:
        """Make the parts of the patient's name, if there are any, the label.

        A label beside them is the whole name if it holds the first or last name that stands beside it, else
        it is the part that is missing there.

        Raises:
            ValueError: it cannot be told which part of the name the label is.
        """
        texts = {part: str(self._name[part].value).strip() for part in NAME_PARTS if part in self._name}
        if not texts:
            return
        mark = next(reversed(self._name.values())).mark
        patient = self.values.get(LABEL[0])
        beside = patient.value.get(LABEL[1]) if patient and isinstance(patient.value, Mapping) else None
        if beside is not None:
            texts = self._with_label(str(beside.value).strip(), texts)
            del self.values[LABEL[0]]
        if "given" in texts and "initials" in texts:
            self._tell("the initials are not printed, because the first name is there")
            del texts["initials"]
        self._put(LABEL, _text(" ".join(texts[part] for part in NAME_PARTS if part in texts), mark))

    def _with_label(self, label: str, texts: dict[str, str]) -> dict[str, str]:
        first = texts.get("given") or texts.get("initials", "")
        last = texts.get("family", "")
        if _holds(label, last or first) or (not last and _INITIAL.search(label)):
            if not all(_holds(label, text) for text in texts.values()):
                self._tell("is read as the whole name; the other parts of the name are not printed")
            return {"family": label}
        if last and first:
            raise ValueError("the name stands in two places and is not the same; keep one of them")
        self._tell("is read as a part of the name, together with the other columns of names")
        if last:
            return {**texts, "given": label}
        if "," in label and "particle" not in texts:
            label, _, particle = (part.strip() for part in label.partition(","))
            texts = {**texts, "particle": particle}
        return {**texts, "family": label}

    def _put(self, target: Target, node: Node) -> None:
        values = self.values
        *above, last = target
        for key in above:
            around = values.get(key, Node({}, node.mark, node.key))
            if not isinstance(around.value, Mapping):
                raise ValueError(f'"{key}" has a value already; keep one of them')
            inside = dict(around.value)
            values[key] = around._replace(value=inside)
            values = inside
        if last in values:
            raise ValueError(f'"{last}" has a value already; keep one of them')
        values[last] = node


def _text(text: str, mark: Mark) -> Node:
    return Node(" ".join(text.split()), mark, mark)


def _holds(label: str, part: str) -> bool:
    """Whether a name holds another one as words of its own."""
    return bool(part) and f" {_plain(part)} " in f" {_plain(label)} "


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())
