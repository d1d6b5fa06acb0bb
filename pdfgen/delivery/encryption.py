"""Finished files that open only with a password: AES with 256 bits, revision 6 (ISO 32000-2, 7.6.4.3.4)."""

from __future__ import annotations

import io
import secrets

import pikepdf
from pikepdf import Encryption, ObjectStreamMode, Permissions


def encrypted(data: bytes, password: str) -> bytes:
    """Return a finished file that opens with `password` only. Screen readers keep access to what it says.

    Nobody knows the password that would change its permissions. Two calls never give the same bytes.
    """
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            stream,
            object_stream_mode=ObjectStreamMode.generate,
            encryption=Encryption(
                owner=secrets.token_urlsafe(32), user=password, R=6, allow=Permissions(modify_assembly=True)
            ),
        )
    return stream.getvalue()


def opens_with(data: bytes, password: str) -> bool:
    """Whether a file is encrypted and opens with `password`."""
    try:
        with pikepdf.open(io.BytesIO(data)):
            return False  # without a password
    except pikepdf.PasswordError:
        pass
    except pikepdf.PdfError:
        return False
    try:
        with pikepdf.open(io.BytesIO(data), password=password):
            return True
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return False
