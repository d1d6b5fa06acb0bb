"""`pdfgen schema`: JSON Schemas, for editors and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from pdfgen.cli import output, report
from pdfgen.cli.options import Command, out_option
from pdfgen.content.models.schema import Schema, as_text, schemas
from pdfgen.illustration.pose_schema import pose_schema

_EPILOG = """\b
Examples:
  pdfgen schema patient
  pdfgen schema -o schemas"""


@click.command("schema", cls=Command, epilog=_EPILOG)
@click.argument(
    "name",
    metavar="[patient|clinic|library|layout|language|config|pose]",
    type=click.Choice(["patient", "clinic", "library", "layout", "language", "config", "pose"]),
    required=False,
)
@out_option("DIR", "Write the schemas into this folder instead.", "--write")
@report.options
def command(name: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one kind of file, or of all kinds under their names."""
    found = {key: schema for key, schema in sorted(all_schemas().items()) if name in {None, key}}
    if out is not None:
        for key, schema in found.items():
            target = out / f"{key}.json"
            output.write(target, as_text(schema).encode())
    else:
        report.print_json(found if name is None else found[name])


def all_schemas() -> Mapping[str, Schema]:
    """Return the schemas of all files that people write, by name: those of the content, and `pose`."""
    return {**schemas(), "pose": pose_schema()}
