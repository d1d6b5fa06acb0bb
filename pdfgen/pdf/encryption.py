"""Finished files that open only with a password: AES with 256 bits, revision 6 (ISO 32000-2, 7.6.4.3.4)."""

from __future__ import annotations

import importlib.util
import io
import secrets

from pdfgen.errors import missing_extra


def missing_package() -> str:
    """Return what has to be installed before files can be encrypted; empty where nothing is missing."""
    if importlib.util.find_spec("cryptography") is None:
        return missing_extra("encrypt")
    return ""


def encrypted(data: bytes, password: str) -> bytes:
    """Return a finished file that opens with `password` only. Screen readers keep access to what it says.

    Nobody knows the password that would change its permissions. Two calls never give the same bytes.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.constants import UserAccessPermissions

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(
        password,
        secrets.token_urlsafe(32),
        permissions_flag=UserAccessPermissions.all(),
        algorithm="AES-256",
    )
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def opens_with(data: bytes, password: str) -> bool:
    """Whether a file is encrypted and opens with `password`."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        return reader.is_encrypted and bool(reader.decrypt(password))
    except (PyPdfError, ValueError, KeyError, TypeError):
        return False
