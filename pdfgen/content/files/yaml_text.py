"""Plain values as the text of a YAML file that `strict_yaml` reads back as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

#: Texts are not broken into lines, which strict reading would join again but people find hard to change.
_NO_BREAKS = 100_000


class _Dumper(yaml.SafeDumper):
    """Writes texts in quotes where they could be taken for anything else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value that occurs twice twice: aliases are refused when a file is read."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    node = dumper.represent_str(value)
    return node if _is_plain(value) else yaml.ScalarNode("tag:yaml.org,2002:str", value, style='"')


def _is_plain(value: str) -> bool:
    return bool(value) and value.replace("-", "").replace("_", "").isalnum() and not value[0].isdigit()


_Dumper.add_representer(str, _text)


def yaml_text(values: Mapping[str, Any]) -> str:
    """Return mappings, lists and scalars as a YAML file."""
    text: str = yaml.dump(
        dict(values),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_NO_BREAKS,
    )
    return text
