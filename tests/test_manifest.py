"""The manifest of a batch: what is written is what is read, and stands as `json.dumps` would write it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pdfgen.delivery.manifest import (
    CSV_NAME,
    JSON_NAME,
    KINDS,
    SUMS_NAME,
    Record,
    manifest_files,
    read_manifest,
)

RECORDS = st.lists(
    st.builds(
        Record,
        row=st.integers(2, 10**6),
        id=st.text("0123456789ABC", min_size=8, max_size=8),
        file=st.from_regex(r"[A-Za-zé\"][A-Za-z0-9é\"{}-]{0,8}\.pdf", fullmatch=True),
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        pages=st.integers(1, 99),
        warnings=st.integers(0, 9),
        key=st.text("0123456789abcdef", min_size=16, max_size=16),
        kind=st.sampled_from(KINDS),
        label=st.sampled_from(["", 'Ω \\ "[]\n}', "Anna"]),
    ),
    max_size=4,
)


@given(records=RECORDS, failed=st.lists(st.integers(2, 99), max_size=3), is_complete=st.booleans())
def test_json(records: list[Record], failed: list[int], is_complete: bool) -> None:
    pieces = manifest_files(records, failed, "1.0", is_complete=is_complete)[JSON_NAME]
    text = b"".join(pieces).decode()
    programs = [record.as_data() for record in records]
    whole = {
        "pdfgen": "1.0", "complete": is_complete, "failed": failed, "reading": [], "programs": programs
    }  # fmt: skip
    assert text == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    known = [record for record in records if '"' not in record.file]
    assert [record for record in read_manifest(text) if '"' not in record.file] == known


def test_the_lists_name_every_file() -> None:
    record = Record(2, "00000000", "a.pdf", "ab", 1, 0, "k")
    files = manifest_files([record], [], "1.0", is_complete=True)
    assert b"".join(files[SUMS_NAME]) == b"ab  a.pdf\n"
    assert b"".join(files[CSV_NAME]).decode("utf-8-sig").splitlines()[1] == "2,00000000,a.pdf,program,ab,1,0"
