"""`pdfgen schema`: JSON Schemas, for editors and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from pdfgen.cli import output, report
from pdfgen.cli.job import FILE
from pdfgen.content.models.schema import Schema, as_text, schemas
from pdfgen.illustration.pose_schema import pose_schema

_EPILOG = """\b
Examples:
  pdfgen schema patient
  pdfgen schema --write schemas"""


@click.command("schema", epilog=_EPILOG)
@click.argument(
    "name",
    metavar="[patient|clinic|library|layout|language|pose]",
    type=click.Choice(["patient", "clinic", "library", "layout", "language", "pose"]),
    required=False,
)
@click.option(
    "--write", "folder", type=FILE, metavar="DIR", help="Write the schemas into this folder instead."
)
@report.options
def command(name: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one kind of file, or of all kinds under their names."""
    found = {key: schema for key, schema in sorted(all_schemas().items()) if name in {None, key}}
    if folder is not None:
        for key, schema in found.items():
            target = folder / f"{key}.json"
            output.write(target, as_text(schema).encode())
    else:
        report.print_json(found if name is None else found[name])


def all_schemas() -> Mapping[str, Schema]:
    """Return the schemas of all files that people write, by name: those of the content, and `pose`."""
    return {**schemas(), "pose": pose_schema()}
