"""Reading pose files: one YAML file goes in, a checked scene comes out, with the line of every value.

A pose says `from:` to start at a position of the folder `positions` or at an earlier panel of its own file,
and then only what is different. `arms` and `legs` stand for both sides and are written for the left; x
changes its sign for the right. `mirrored: true` exchanges the sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel

from pdfgen.content.files.source import FieldPath, Node, Source
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.validation import validate
from pdfgen.content.models.validation_wording import nearest
from pdfgen.errors import InputError, Problem, printable
from pdfgen.illustration.mirroring import mirrored, negated
from pdfgen.illustration.pose import Pose
from pdfgen.illustration.positions import position_file, positions
from pdfgen.illustration.scene_model import Anchor, Scene

#: Metres across the view; an arrow that seems shorter is only its head.
_SHORTEST_ARROW = 0.01

_SHORT_BENDS = ("lumbar", "thorax", "neck", "head")

#: Keys of a limb given by its place, and keys of one given by its angles: one set replaces the other.
_PLACED = frozenset({"ankle_at", "wrist_at", "knee_to", "elbow_to", "stretched", "touches", "ground"})
_ANGLES = frozenset({"hip", "abduction", "rotation", "knee", "flexion", "elbow", "forearm"})


@dataclass(frozen=True)
class PoseFile:
    """A scene and where it was read."""

    name: str
    scene: Scene
    source: Source

    def problem(self, path: FieldPath, message: str) -> Problem:
        """Return a problem at the line of a field."""
        return self.source.problem(path, message)


def load_pose_file(path: Path) -> PoseFile:
    """Read and check a pose file.

    Raises:
        InputError: with all problems, each at its line.
    """
    source = read_yaml(path, "pose file")
    root = source.root
    problems: list[Problem] = []
    if isinstance(root.value, Mapping):
        panels = root.value.get("panels")
        if panels is not None and isinstance(panels.value, Mapping):
            root = root._replace(value={**root.value, "panels": _resolved(panels, problems)})
    source = Source(source.file, root)
    scene = _validated(source, problems)
    file = PoseFile(path.stem, scene, source)
    _check_references(file)
    return file


def _validated(source: Source, problems: Sequence[Problem]) -> Scene:
    """Return the scene; of panels that start from nowhere, only that is told."""
    nowhere = tuple(problem.field.removesuffix(".from") for problem in problems)
    try:
        scene = validate(Scene, source)
    except InputError as error:
        # The message about a key in capitals says it all.
        rest = [found for found in error.problems if not found.field.startswith(nowhere or ("\0",))]
        raise InputError([*problems, *rest]) from None
    if problems:
        raise InputError(problems)
    return scene


def _resolved(panels: Node, problems: list[Problem]) -> Node:
    """Return the panels with every pose written out."""
    poses: dict[str, Node] = {}
    done: dict[str, Node] = {}
    assert isinstance(panels.value, Mapping)
    for letter, panel in panels.value.items():
        done[letter] = panel
        if letter != letter.lower():
            message = f"write the letter of a panel small: {printable(letter.lower())}"
            problems.append(Problem(message, f"panels.{printable(letter)}", *(panel.key or panel.mark)))
        if isinstance(panel.value, Mapping) and (pose := panel.value.get("pose")) is not None:
            try:
                poses[letter] = _written_out(pose, poses)
            except InputError as error:
                at = f"panels.{printable(letter)}.pose"
                problems += [replace(found, field=f"{at}.{found.field}") for found in error.problems]
                later = [name for name in panels.value if name not in poses and name != letter]
                problems[-1] = _about_order(problems[-1], pose, later)
                poses[letter] = pose
            done[letter] = panel._replace(value={**panel.value, "pose": poses[letter]})
    return panels._replace(value=done)


def _about_order(problem: Problem, pose: Node, later: Sequence[str]) -> Problem:
    """Say that the panel is there and comes too late, where a pose starts from one of the `later` panels."""
    assert isinstance(pose.value, Mapping)
    start = pose.value.get("from")
    if start is None or start.value not in later:
        return problem
    return replace(problem, message=f"panel {start.value} comes later; write it above this one")


def _written_out(pose: Node, known: Mapping[str, Node], inside: tuple[str, ...] = ()) -> Node:
    """Return a pose without `from`, `mirrored`, `arms`, `legs` and bends written as one number."""
    if not isinstance(pose.value, Mapping):
        return pose
    keys = dict(pose.value)
    start, turned = keys.pop("from", None), keys.pop("mirrored", None)
    if turned is not None and not isinstance(turned.value, bool):
        raise InputError(Problem("must be true or false", "mirrored", *turned.mark))
    own = _one_by_one(keys)
    if start is not None:
        base = _base(start, known, inside)
        if not isinstance(base.value, Mapping):
            return pose._replace(value=own)
        if turned is not None and turned.value is True:
            base = mirrored(base)
        assert isinstance(base.value, Mapping)
        own = {**base.value, **{key: _over(base.value.get(key), node) for key, node in own.items()}}
    elif turned is not None and turned.value is True:
        return mirrored(pose._replace(value=own))
    return pose._replace(value=own)


def _base(start: Node, known: Mapping[str, Node], inside: tuple[str, ...]) -> Node:
    name = start.value
    if isinstance(name, str) and name in known:
        return known[name]
    names = positions()
    if not isinstance(name, str) or name not in names or name in inside:
        asked = printable(name) if isinstance(name, str) else "…"
        message = f'there is no position "{asked}"; {nearest(asked, {*names, *known})}'
        raise InputError(Problem(message, "from", *start.mark))
    source = read_yaml(position_file(name), "position")
    return _written_out(source.root, known, (*inside, name))


def _one_by_one(keys: Mapping[str, Node]) -> dict[str, Node]:
    """Return a pose with a value for each side, and each bend as a mapping."""
    result = {key: node for key, node in keys.items() if key not in ("arms", "legs")}
    for both, limb in (("arms", "arm"), ("legs", "leg")):
        if both in keys:
            for side in ("left", "right"):
                node = keys[both] if side == "left" else negated(keys[both])
                key = f"{side}_{limb}"
                result[key] = _over(node, result[key]) if key in result else node
    for key in _SHORT_BENDS:
        if key in result and isinstance(result[key].value, int | float) and result[key].value is not True:
            result[key] = result[key]._replace(value={"flex": result[key]})
    return result


def _over(base: Node | None, own: Node) -> Node:
    """Return what stands in `own` over what stands in `base`."""
    if base is None or not isinstance(base.value, Mapping) or not isinstance(own.value, Mapping):
        return own
    dropped: frozenset[str] = frozenset()
    if own.value.keys() & {"ankle_at", "wrist_at"}:
        dropped = _ANGLES
    elif own.value.keys() & _ANGLES and not own.value.keys() & _PLACED:
        dropped = _PLACED
    kept = {key: node for key, node in base.value.items() if key not in dropped}
    if own.value.keys() & {"flat", "toes_to", "dorsiflexion"}:
        # Another kind of foot: what the old kind said no longer counts.
        kept = {key: node for key, node in kept.items() if key not in _FOOT}
    return own._replace(
        value={**kept, **{key: _over(kept.get(key), node) for key, node in own.value.items()}}
    )


_FOOT = frozenset({"flat", "facing", "heel", "toes_to", "top_to", "dorsiflexion", "inversion", "out", "toes"})


def _check_references(file: PoseFile) -> None:
    problems = []
    letters = list(file.scene.panels)
    for letter, panel in file.scene.panels.items():
        for path, named in _named_panels(file.scene, letter):
            if named not in letters:
                problems.append(file.problem(path, f"there is no panel {named}; {nearest(named, letters)}"))
        for number, adjust in enumerate(panel.pose.adjust):
            at = ("panels", letter, "pose", "adjust", number)
            problems.extend(file.problem(at, text) for text in _wrong_paths(adjust.change, panel.pose))
            if [adjust.lowest, adjust.joint, adjust.straight].count(None) != 2:
                problems.append(file.problem(at, "write one of lowest, joint and straight"))
        for number, arrow in enumerate(panel.arrows):
            if arrow.move is not None and _is_hidden(arrow.move, file.scene):
                message = "points at the eye, where nobody sees it; choose another way or another view"
                problems.append(file.problem(("panels", letter, "arrows", number, "move"), message))
    if problems:
        raise InputError(problems)


def _is_hidden(move: Sequence[float], scene: Scene) -> bool:
    # Reading needs no arrays up to here; the camera does.
    import numpy as np

    seen = scene.camera.project(np.array(move))
    return bool(abs(seen[0]) + abs(seen[1]) < _SHORTEST_ARROW)


def _named_panels(scene: Scene, letter: str) -> Iterable[tuple[FieldPath, str]]:
    """Return the panels that a panel names, each with its field."""
    panel = scene.panels[letter]
    if panel.ghost is not None:
        yield ("panels", letter, "ghost"), panel.ghost
    yield from _anchored_panels(panel, ("panels", letter))
    yield from _anchored_panels(scene.props, ("props",))


def _anchored_panels(part: object, path: FieldPath) -> Iterable[tuple[FieldPath, str]]:
    if isinstance(part, Anchor):
        if part.panel is not None:
            yield (*path, "panel"), part.panel
    elif isinstance(part, Pose):
        return
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _anchored_panels(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from _anchored_panels(item, (*path, index))


#: Numbers that `adjust` may change.
ADJUSTABLE = frozenset(
    {
        "trunk.pitch", "trunk.roll", "pin.x", "pin.y", "pin.z",
        *(f"{part}.flex" for part in ("lumbar", "thorax", "neck", "head")),
        *(f"{side}_leg.{key}" for side in ("left", "right") for key in ("hip", "abduction", "knee")),
        *(f"{side}_leg.foot.heel" for side in ("left", "right")),
        *(f"{side}_leg.foot.{key}" for side in ("left", "right") for key in ("dorsiflexion", "toes")),
        *(f"{side}_arm.{key}" for side in ("left", "right") for key in ("flexion", "abduction", "elbow")),
    }
)  # fmt: skip


def _wrong_paths(paths: Iterable[str], pose: Pose) -> Iterable[str]:
    for path in paths:
        if path not in ADJUSTABLE:
            yield f'"{printable(path)}" is no number that can be changed; {nearest(path, ADJUSTABLE)}'
        # Only the places of a pin can be left out.
        elif path.startswith("pin.") and getattr(pose.pin, path.removeprefix("pin.")) is None:
            yield f'"{path}" has no number to begin with; write one in pin'
