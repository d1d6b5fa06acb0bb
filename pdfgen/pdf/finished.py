"""Finished files as pikepdf opens and saves them: without guesses, without a clock and without chance."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pikepdf
from pikepdf import ObjectStreamMode, Pdf

#: What pikepdf raises where a part of a file has another type than it should have.
_MISTYPED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RuntimeError)


class UnreadableFileError(Exception):
    """A file is damaged or not a PDF."""


class EncryptedFileError(UnreadableFileError):
    """A file is encrypted."""


@contextmanager
def reading() -> Iterator[None]:
    """Raise what pikepdf finds wrong with a file as one kind of error.

    Raises:
        UnreadableFileError: the file is damaged or not a PDF.
        EncryptedFileError: it is encrypted.
    """
    try:
        yield
    except pikepdf.PasswordError as error:
        raise EncryptedFileError from error
    except (pikepdf.PdfError, *_MISTYPED) as error:
        raise UnreadableFileError from error


def opened(data: bytes) -> Pdf:
    """Return a file, opened. Damage is not mended: what is guessed would be wrong on paper.

    Raises:
        UnreadableFileError: it is damaged or not a PDF.
        EncryptedFileError: it is encrypted, even if it opens without a password.
    """
    with reading():
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
    if pdf.is_encrypted:
        raise EncryptedFileError
    return pdf


def save(pdf: Pdf, file: BinaryIO) -> None:
    """Write a file as PDF 1.7, packed; its identifier is a digest of what it holds.

    Args:
        pdf: what is written; equal objects give equal bytes.
        file: is written to, from its first byte to its last.
    """
    pdf.save(
        file,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
