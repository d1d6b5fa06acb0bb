"""What format a roster has, and whether a file is one: its name says it, else how it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pdfgen.content.files.strict_json import parse_json
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.rosters.columns import recognised
from pdfgen.content.rosters.encoding import decode
from pdfgen.content.rosters.records import records_of
from pdfgen.content.rosters.xlsx_package import SAVE_AS
from pdfgen.errors import InputError, Problem

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv",
        ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xls": "xlsx",
        ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
    }
)  # fmt: skip

#: How workbooks begin, also old ones, and web pages that are called so.
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version", b"<style")
_FHIR = b"hl7.org/fhir"
_BEGINNING = 500


def named_format(file: str) -> str | None:
    """Return the format that the name of a file says; None where it says none."""
    return _FORMATS.get(Path(file).suffix.lower())


def format_of(data: bytes, file: str) -> str:
    """Return the format of a file: what its name says, unless it begins as only a workbook does.

    Raises:
        InputError: it is called a workbook and is a web page.
    """
    named = named_format(file)
    if data.startswith(_BOOKS):
        return "xlsx"
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:_BEGINNING].lower()
    if begin.startswith(b"<") and _FHIR in begin:
        raise InputError(Problem("is FHIR in XML; export it as JSON or NDJSON", file=file))
    if named == "xlsx" and data:
        if begin.startswith(_PAGES):
            message = "is a web page or an XML file under the name of a workbook"
            raise InputError(Problem(f"{message}; {SAVE_AS}", file=file))
        return "csv" if _is_text(data) else "xlsx"
    if named:
        return named
    if begin[:1] in {b"{", b"["}:
        return "json"
    return "yaml" if begin.startswith((b"- ", b"---", b"patients:", b"# ")) else "csv"


def _is_text(data: bytes) -> bool:
    """Whether the headings of a table may be in it."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 for byte in data[:_BEGINNING])


def is_roster(data: bytes, file: str) -> bool:
    """Whether a file is a list of patients and not one of the other files, which are YAML or JSON too."""
    named = named_format(file)
    if data.startswith(_BOOKS):
        return True
    if named not in {"yaml", "json", None} or (data.lstrip()[:1] == b"<" and _FHIR in data[:_BEGINNING]):
        return True
    try:
        text = decode(data, file).text
        if named == "json" or (named is None and text.lstrip()[:1] in {"{", "["}):
            return _is_list_as_json(text)
        root = parse_yaml(text, file)
        return records_of(root) is not None or (named is None and isinstance(root.data, str) and "\n" in text)
    except (InputError, ValueError):
        return named == "json" or (named is None and _begins_as_table(text))


def _is_list_as_json(text: str) -> bool:
    """Whether JSON holds patients; also that of which each line is an object.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        root = parse_json(text)
    except ValueError:
        if is_json(text.strip().partition("\n")[0]):
            return True
        raise
    return not isinstance(root, Mapping) or bool({"patients", "resourceType"} & set(root))


def _begins_as_table(text: str) -> bool:
    """Whether a text without a name has headings in its first lines."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    return any(recognised(re.split(r'"?[;,\t|]"?', line.strip(' "')), {}) for line in lines)


def is_json(text: str) -> bool:
    """Whether a text is JSON."""
    try:
        parse_json(text)
    except ValueError:
        return False
    return True
