"""The identity of a document: a digest over all that was read, a short id made from it, and a date."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfgen.errors import InputError
from pdfgen.version import __version__

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.clinic import Clinic
    from pdfgen.content.models.prescription import Prescription
    from pdfgen.content.pictures.drawing import Drawing, Raster

#: Crockford's base 32: no letters that are mistaken for digits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_LENGTH = 8
_DIGEST_LENGTH = 16

#: Date of files of programs without a start date, so that the same input gives the same file.
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Identity(NamedTuple):
    """What names a document.

    Attributes:
        document_id: eight characters of Crockford's base 32.
        digest: the first 16 hexadecimal digits of the digest over all inputs.
    """

    document_id: str
    digest: str


class Identifier:
    """Gives identities to the programs that share all but the prescription.

    The digest is over everything that was read, and the version of pdfgen; with the clinic's key it cannot be
    guessed by somebody who knows the inputs.

    Args:
        figures: digests of the clinic's own drawings.
    """

    def __init__(
        self,
        clinic: Loaded[Clinic],
        library: Loaded[Any],
        layout: Loaded[Any],
        language: Loaded[Any],
        logo: Drawing | Raster | None,
        figures: Iterable[str] = (),
    ) -> None:
        parts = [source.source.canonical for source in (clinic, library, layout, language)]
        parts += [_as_json(text) for text in (__version__, logo.name if logo else "", *figures)]
        self._state = hmac.new(clinic.value.id_key.encode() or b"pdfgen", digestmod=hashlib.sha256)
        self._state.update(f"[{','.join(parts)},".encode())

    def identify(self, prescription: Loaded[Prescription]) -> Identity:
        """Return the identity of a program. A prescription's own id is used as it is."""
        state = self._state.copy()
        state.update(f"{prescription.source.canonical}]".encode())
        digest = state.digest()
        return Identity(prescription.value.id or _base32(digest), digest.hex()[:_DIGEST_LENGTH])


def created_with(start: dt.date | None) -> dt.datetime:
    """Return the date of a file: SOURCE_DATE_EPOCH, else the start date, else a fixed one; never the clock.

    Raises:
        InputError: SOURCE_DATE_EPOCH is no number of seconds, or out of range.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
        except (ValueError, OverflowError, OSError):
            message = "SOURCE_DATE_EPOCH is no time; give seconds since 1970, or leave it out"
            raise InputError(message) from None
    return dt.datetime(start.year, start.month, start.day, tzinfo=dt.UTC) if start else _UNDATED


def today() -> dt.date:
    """Return the day of SOURCE_DATE_EPOCH, else of the clock: for warnings, never for what is printed."""
    return created_with(None).date() if os.environ.get("SOURCE_DATE_EPOCH") else dt.date.today()


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _base32(digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big")
    return "".join([_ALPHABET[number >> (5 * place) & 31] for place in range(_ID_LENGTH)])
