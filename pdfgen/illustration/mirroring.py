"""Exchanging left and right in a pose as it was read, so that marks stay with their values."""

from __future__ import annotations

from collections.abc import Mapping

from pdfgen.content.files.source import Node

#: Keys of lists whose first number is a way to the figure's left.
_VECTORS = frozenset(
    {"ankle_at", "wrist_at", "knee_to", "elbow_to", "fingers_to", "palm_to", "toes_to", "top_to"}
)

#: Numbers of the trunk and the spine that change their sign, by the key they stand in.
_SIGNED = frozenset({"roll", "turn", "heading", "side", "x", "facing"})


def _minus(node: Node) -> Node:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return node
    return node._replace(value=-value if value else value)


def _reflected(node: Node, key: str) -> Node:
    if key in _VECTORS and isinstance(node.value, tuple) and node.value:
        return node._replace(value=(_minus(node.value[0]), *node.value[1:]))
    if key in _SIGNED:
        return _minus(node)
    if isinstance(node.value, Mapping):
        return node._replace(value={name: _reflected(child, name) for name, child in node.value.items()})
    return node


def negated(limb: Node) -> Node:
    """Return a limb of the left side as one of the right side."""
    return _reflected(limb, "")


def other_side(text: str) -> str:
    """Return a name with the words left and right exchanged: `left_leg.hip`, `right-foot`."""
    swap = {"left": "right", "right": "left"}
    for side in swap:
        if text.startswith(side):
            return swap[side] + text.removeprefix(side)
    return text


def mirrored(pose: Node) -> Node:
    """Return a pose with its sides exchanged; `arms`, `legs` and short bends must be written out already."""
    assert isinstance(pose.value, Mapping)
    result = {other_side(key): _reflected(node, key) for key, node in pose.value.items() if key != "adjust"}
    if "adjust" in pose.value:
        result["adjust"] = _renamed(pose.value["adjust"])
    if "pin" in result:
        result["pin"] = _renamed(result["pin"])
    return pose._replace(value=result)


def _renamed(node: Node) -> Node:
    """Return a node whose texts name the other side."""
    if isinstance(node.value, str):
        return node._replace(value=other_side(node.value))
    if isinstance(node.value, tuple):
        return node._replace(value=tuple(_renamed(child) for child in node.value))
    if isinstance(node.value, Mapping):
        return node._replace(value={key: _renamed(child) for key, child in node.value.items()})
    return node
