"""Names of FHIR R4 (hl7.org/fhir/R4/datatypes.html#HumanName): which one is a patient's, and how it is put.

National profiles write more than one: the Dutch nl-core has the call name in a name of its own, without a
family name, and says by qualifiers (ISO 21090) which given names are names of birth, initials or call names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pdfgen.content.rosters.fhir_days import ClinicClock
from pdfgen.content.rosters.fhir_elements import (
    coded_texts,
    codes_of,
    extension_text,
    mapping_of,
    text_of,
    texts_of,
)
from pdfgen.content.rosters.names import folded

#: `HumanName.use` in the order in which a name is taken.
_USES = ("usual", "official", "", "temp", "nickname", "anonymous")
#: Of names that are not the patient's any more.
_FORMER = ("old", "maiden")

#: Qualifiers of ISO 21090: the call name, an initial, and a particle (which stands before the family name).
_CALL, _INITIAL, _PARTICLE = "CL", "IN", "VV"

#: Of several writings of a name the one in Latin letters (ISO 21090, representation).
_LATIN = "ABC"

#: Codes of `humanname-assembly-order`, with what they put together.
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "NL1": ("own",), "NL2": ("partner",), "NL3": ("partner", "own"), "NL4": ("own", "partner"),
}  # fmt: skip

_ONE_LETTER = re.compile(r"\w\.?")


class HumanName:
    """One name of a record.

    Attributes:
        use: its use in small letters; empty where it has none.
        given: the given names that are printed: the call name, else those of birth, else the initials.
        family: the family name with its particles.
        data: the element.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.use = text_of(data.get("use")).casefold()
        given = list(coded_texts(data, "given"))
        self.call = " ".join(text for text, codes in given if _CALL in codes)
        full = " ".join(text for text, codes in given if not codes & {_CALL, _INITIAL})
        self.given = self.call or full or _initials([text for text, _ in given])
        prefixes = list(coded_texts(data, "prefix"))
        self._titles = [text for text, codes in prefixes if _PARTICLE not in codes]
        particles = [text for text, codes in prefixes if _PARTICLE in codes]
        self.family = " ".join(filter(None, (*particles, _family(data))))
        self._text = text_of(data.get("text"))

    @property
    def is_whole(self) -> bool:
        """Whether it can tell who somebody is: more than a given name."""
        if self.family:
            return True
        words = folded(self._text).split()
        return len(words) > 1 and not set(words) <= set(folded(self.given).split())

    def written(self, call_name: str = "") -> str:
        """Return the name as it is printed: its own text where that is whole, else its parts.

        Args:
            call_name: what the patient is called, if another name tells; given names make room for it.
        """
        if self._text and self._is_text_fuller():
            return self._text
        given = self.given if self.call else call_name or self.given
        parts = (*self._titles, given, self.family, *texts_of(self.data.get("suffix")))
        return " ".join(filter(None, parts)) or self._text

    def _is_text_fuller(self) -> bool:
        """Whether the text holds the family name, and a given name or an initial of one beside it."""
        words = folded(self._text).split()
        family = folded(self.family).split()
        if not family:
            return len(words) >= len(folded(self.given).split())
        if not set(family) <= set(words):
            return False
        given = [text for text, _ in coded_texts(self.data, "given")]
        initials = {folded(text)[:1] for text in given}
        return not given or any(word[:1] in initials for word in words if word not in family)


def present_name(names: Sequence[Mapping[str, Any]], day: dt.date, clock: ClinicClock) -> str:
    """Return the name of a patient on a day.

    A name with a family name goes before one with a given name only, which tells what the patient is called;
    then counts the use.

    Raises:
        ValueError: (element, message): there is none that is the patient's on that day, or there are several.
    """
    written = [name for name in map(HumanName, names) if name.written()]
    if not written:
        raise ValueError("name", "has no name; add one, with text or with family and given")
    present = [name for name in written if name.use not in _FORMER and _is_valid(name, day, clock)]
    if not present:
        raise ValueError("name", "has only former names; add the present one, or mend its use or period")
    whole = [name for name in present if name.is_whole] or present
    called = {name.given for name in present if name.use == "usual" and not name.family and name.given}
    call_name = called.pop() if len(called) == 1 else ""
    for use in _USES:
        if found := [name for name in whole if name.use == use]:
            return _only(found, use, call_name)
    raise ValueError("name", f"must have a use that FHIR knows: {', '.join((*_USES[:2], *_USES[3:]))}")


def _only(names: Sequence[HumanName], use: str, call_name: str) -> str:
    found = dict.fromkeys(name.written(call_name) for name in names)
    latin = dict.fromkeys(name.written(call_name) for name in names if _LATIN in codes_of(name.data))
    if len(found) > 1 and len(latin) != 1:
        kind = f'with the use "{use}"' if use else "without a use"
        message = f"has {len(found)} names {kind}; keep one, or end the period of the others"
        raise ValueError("name", message)
    return next(iter(found if len(found) == 1 else latin))


def _is_valid(name: HumanName, day: dt.date, clock: ClinicClock) -> bool:
    try:
        return clock.holds(name.data.get("period"), day)
    except ValueError as error:
        raise ValueError("name.period", str(error)) from None


def _initials(given: Sequence[str]) -> str:
    """Return given names, and initials without spaces between them: `J.P.`."""
    apart = "" if all(_ONE_LETTER.fullmatch(one) and one.endswith(".") for one in given) else " "
    return apart.join(given)


def _family(data: Mapping[str, Any]) -> str:
    """Return the family name as it stands, with a particle from beside it, or put together of its parts."""
    family, beside = text_of(data.get("family")), mapping_of(data.get("_family"))
    parts = {}
    for whose in ("own", "partner"):
        prefix, name = (extension_text(beside, f"humanname-{whose}-{part}") for part in ("prefix", "name"))
        parts[whose] = f"{prefix} {name}".strip() if name else ""
        if prefix and family and family == name:
            return f"{prefix} {family}"
    if family:
        return family
    order = _ORDERS.get(extension_text(data, "humanname-assembly-order"), ("own", "partner"))
    return "-".join(filter(None, (parts[whose] for whose in order)))
