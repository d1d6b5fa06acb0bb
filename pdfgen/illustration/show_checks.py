"""Whether a panel shows what it says: measured on the posed body, on the things around it and on the arrows.

The back is measured as physiotherapists look at it, from the side: the outline between the sacrum and the
seventh neck vertebra, its rise above the straight line between both, as a share of that line.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.spatial import cKDTree

from pdfgen.illustration.evidence import Evidence
from pdfgen.illustration.figure import SUIT
from pdfgen.illustration.geometry import Floats, angle_between
from pdfgen.illustration.placement import JOINT_BONES
from pdfgen.illustration.props import Piece
from pdfgen.illustration.reach import Failure
from pdfgen.illustration.shows import Shows

#: Metres: what is this near touches; a part that is carried may sink this far into what is soft.
_CONTACT, _SINKS = 0.02, 0.09

#: Share of the back's length between which it must be highest.
_MIDDLE = (0.33, 0.68)

#: Metres above the hip joints where the sacrum begins, and half the width of the back that is looked at.
_SACRUM, _HALF_BACK, _HALF_MIDLINE = 0.08, 0.12, 0.02

#: Share of what could be seen of a part that must be seen.
_SEEN = 0.6

#: mm on paper: an arrow is at most this far from what moves and at least this far from hands, feet and head;
#: half its width.
_ARROW_FAR, _ARROW_NEAR, _ARROW_HALF = 16.0, 0.7, 1.1

#: Degrees between an arrow and the way its part went; ways shorter than this (mm) say nothing.
_ARROW_TURNED, _SHORTEST_WAY = 60.0, 1.0

#: Metres between the places that stand for a surface, and how many places stand for what is carried.
_SPACING, _CARRIED = 0.015, 200


def missing(shows: Shows, found: Evidence) -> list[Failure]:
    """Return what a panel says that it shows and does not: the key in `shows`, and what to change."""
    return [
        failure
        for check in (_bent, _back, _unsupported, _apart, _hidden, _still, _misplaced_arrows)
        for failure in check(shows, found)
    ]


def _words(name: str) -> str:
    return name.replace("-", " ")


def _bent(shows: Shows, found: Evidence) -> Iterable[Failure]:
    if shows.straight is None:
        return
    sides = ("left-", "right-") if any(name not in JOINT_BONES for name in shows.straight) else ("",)
    for side in sides:
        names = [name if name in JOINT_BONES else side + name for name in shows.straight]
        seen = found.on_paper(np.stack([found.place(name) for name in names]))
        ways = [np.append(way, 0.0) for way in np.diff(seen, axis=0)]
        angle, joint = max(
            (angle_between(first, second), name)
            for first, second, name in zip(ways, ways[1:], names[1:], strict=False)
        )
        if angle > shows.within:
            line = " – ".join(map(_words, names))
            message = f"{line} bends by {angle:.0f} degrees at the {_words(joint)}, {shows.within:g} at most"
            yield Failure(("straight",), f"{message}; change the angle there or what stands below it")


def back_outline(found: Evidence) -> tuple[Floats, Floats]:
    """Return the outline of the back from the sacrum to the neck: share of the way, and rise; (n,) each.

    Both are shares of the straight line between its ends; a rise above 0 is away from the belly.
    """
    figure, rest = found.figure, found.figure.vertices
    suit = np.unique(figure.triangles[figure.parts == SUIT])
    low, high = figure.head_of("upperleg01.L")[1] + _SACRUM, figure.head_of("neck01")[1]
    behind = rest[suit, 2] < figure.head_of("spine04")[2]
    of_back = behind & (rest[suit, 1] > low) & (rest[suit, 1] < high) & (np.abs(rest[suit, 0]) < _HALF_BACK)
    back = suit[of_back]
    midline = back[np.abs(rest[back, 0]) < _HALF_MIDLINE]
    midline = midline[np.argsort(rest[midline, 1])]
    start, end = found.camera.project(found.vertices[midline[[0, -1]]])[:, :2]
    along = (end - start) / np.linalg.norm(end - start)
    out = np.array([-along[1], along[0]])
    front = found.camera.project(found.part("front"))[:, :2].mean(0)
    if (front - start) @ out > 0:
        out = -out
    seen = (found.camera.project(found.vertices[back])[:, :2] - start) / np.linalg.norm(end - start)
    return seen @ along, seen @ out


def _back(shows: Shows, found: Evidence) -> Iterable[Failure]:
    if shows.rounded is None and shows.hollow is None:
        return
    along, rise = back_outline(found)
    highest = int(rise.argmax())
    if shows.rounded is not None and not (
        rise[highest] >= shows.rounded and _MIDDLE[0] <= along[highest] <= _MIDDLE[1]
    ):
        message = f"the back rises by {rise[highest]:.0%} of its length, most at {along[highest]:.0%} of it"
        wanted = f"{shows.rounded:.0%} or more, between {_MIDDLE[0]:.0%} and {_MIDDLE[1]:.0%}"
        advice = "change pitch, lumbar and thorax"
        yield Failure(("rounded",), f"{message} from the sacrum; it should by {wanted}; {advice}")
    if shows.hollow is not None:
        steps = np.arange(0.1, 0.9, 0.05)
        outline = np.array([rise[np.abs(along - step) < 0.05].max(initial=-1.0) for step in steps])
        if -float(outline.min()) < shows.hollow:
            message = (
                f"the back sinks in by {-float(outline.min()):.0%} of its length, {shows.hollow:.0%} is said"
            )
            yield Failure(("hollow",), f"{message}; extend the lumbar spine")


def _tops(pieces: Iterable[Piece], places: Floats) -> Floats:
    """Return how high pieces reach below or above places (n, 3), (n,); minus infinity beside them."""
    result = np.full(len(places), -np.inf)
    x, z = places[:, None, 0], places[:, None, 2]
    for piece in pieces:
        corners = piece.points[piece.triangles]
        start, u, v = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        area = u[:, 0] * v[:, 2] - u[:, 2] * v[:, 0]
        safe = np.where(np.abs(area) > 1e-12, area, np.inf)
        dx, dz = x - start[:, 0], z - start[:, 2]
        first, second = (dx * v[:, 2] - dz * v[:, 0]) / safe, (u[:, 0] * dz - u[:, 2] * dx) / safe
        inside = (first >= 0) & (second >= 0) & (first + second <= 1) & np.isfinite(safe)
        heights = np.where(inside, start[:, 1] + first * u[:, 1] + second * v[:, 1], -np.inf)
        result = np.maximum(result, heights.max(1))
    return result


def _unsupported(shows: Shows, found: Evidence) -> Iterable[Failure]:
    for part, ground in shows.rests_on.items():
        points = found.part(part)
        points = points[np.argsort(points[:, 1])][: max(_CARRIED, len(points) // 2)]
        points = points[:: 1 + len(points) // _CARRIED]
        pieces = [piece for kind, piece in found.things if kind == ground]
        tops = np.zeros(len(points)) if ground == "floor" else _tops(pieces, points)
        gap = float((points[:, 1] - tops).min())
        if not np.isfinite(gap):
            x, _, z = points[0].tolist()
            where = f"its lowest point is {x:.2f} to the left and {z:.2f} forwards"
            message = f"no {ground} lies under the {_words(part)}: {where}; move the {ground} there"
            yield Failure(("rests_on", part), message)
        elif not -_SINKS * (ground in ("cushion", "towel")) - _CONTACT <= gap <= _CONTACT:
            message = f"the {_words(part)} is {100 * abs(gap):.1f} cm {'above' if gap > 0 else 'in'}"
            advice = f"change the pose or the height of the {ground}"
            yield Failure(("rests_on", part), f"{message} the {ground}; {advice}")


def _spread(points: Floats, triangles: np.ndarray) -> Floats:
    """Return places that stand for a surface, at most `_SPACING` apart."""
    corners = points[triangles]
    longest = float(np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max())
    steps = int(np.ceil(longest / _SPACING)) + 1
    first, second = np.meshgrid(np.linspace(0, 1, steps), np.linspace(0, 1, steps))
    kept = first + second <= 1 + 1e-9
    shares = np.stack([1 - first[kept] - second[kept], first[kept], second[kept]], axis=1)
    result: Floats = np.einsum("sk,mkj->msj", shares, corners).reshape(-1, 3)
    return result


def _apart(shows: Shows, found: Evidence) -> Iterable[Failure]:
    for part, thing in shows.touches.items():
        if thing in found.figure.groups:
            surface = found.part(thing)
        elif thing == "floor":
            surface = found.part(part) * [1, 0, 1]
        else:
            pieces = [_spread(piece.points, piece.triangles) for kind, piece in found.things if kind == thing]
            if not pieces:
                yield Failure(("touches", part), f"there is no {thing}; add it to props")
                continue
            surface = np.concatenate(pieces)
        gap = float(cKDTree(surface).query(found.part(part))[0].min())
        if gap > _CONTACT:
            message = f"the {_words(part)} is {100 * gap:.1f} cm from the {_words(thing)}"
            yield Failure(("touches", part), f"{message}; bring one to the other")


def _hidden(shows: Shows, found: Evidence) -> Iterable[Failure]:
    for number, part in enumerate(shows.seen):
        chosen = np.zeros(len(found.vertices), bool)
        chosen[found.figure.groups[part]] = True
        own = found.figure.triangles[chosen[found.figure.triangles].all(1)]
        points = found.part(part)
        alone = found.shown(points, found.depth([(found.vertices, own)]))
        share = float((found.shown(points, found.depth_of_all) & alone).sum() / max(1, alone.sum()))
        if share < _SEEN:
            message = f"{share:.0%} of the {_words(part)} is seen, {_SEEN:.0%} should be"
            yield Failure(("seen", number), f"{message}; move what hides it, or choose another view")


def _way(found: Evidence, name: str) -> Floats:
    """Return how a joint or part moved on paper since the panel before, in mm (2,)."""
    if found.before is None:
        return np.zeros(2)
    result: Floats = found.on_paper(found.place(name)) - found.on_paper(found.before.place(name))
    return result


def _still(shows: Shows, found: Evidence) -> Iterable[Failure]:
    for joint, least in shows.moves.items():
        moved = float(np.linalg.norm(_way(found, joint)))
        if moved < least:
            message = f"the {_words(joint)} moves {moved:.1f} mm on paper, {least:g} are said"
            yield Failure(("moves", joint), f"{message}; choose another view or a larger movement")


def _misplaced_arrows(shows: Shows, found: Evidence) -> Iterable[Failure]:
    if not shows.arrows_beside:
        return
    if len(shows.arrows_beside) != len(found.arrows):
        said, drawn = len(shows.arrows_beside), len(found.arrows)
        yield Failure(("arrows_beside",), f"names {said} parts for {drawn} arrows; name one for each")
        return
    kept_free = [name for name in found.figure.groups if name.endswith(("hand", "foot", "head"))]
    for number, (name, arrow) in enumerate(zip(shows.arrows_beside, found.arrows, strict=True)):
        at = ("arrows_beside", number)
        own = found.part(name) if name in found.figure.groups else found.place(name)[None]
        gap = _gap(arrow, found.on_paper(own))
        if gap > _ARROW_FAR:
            message = f"the arrow is {gap:.0f} mm from the {_words(name)}, {_ARROW_FAR:g} at most"
            yield Failure(at, f"{message}; start it nearer")
        for part in kept_free:
            points = found.part(part)
            visible = points[found.shown(points, found.depth_of_all)]
            if len(visible) and _gap(arrow, found.on_paper(visible)) < _ARROW_NEAR:
                yield Failure(at, f"the arrow lies on the {_words(part)}; move it aside")
        moved, way = _way(found, name), arrow[-1] - arrow[0]
        turned = angle_between(np.append(moved, 0.0), np.append(way, 0.0))
        if np.linalg.norm(moved) > _SHORTEST_WAY and turned > _ARROW_TURNED:
            message = f"the arrow is turned by {turned:.0f} degrees from the way of the {_words(name)}"
            yield Failure(at, f"{message}; let it point where the part goes")


def _gap(arrow: Floats, points: Floats) -> float:
    """Return the mm between an arrow, with its width, and the nearest of some places on paper."""
    return float(cKDTree(arrow).query(points)[0].min()) - _ARROW_HALF
