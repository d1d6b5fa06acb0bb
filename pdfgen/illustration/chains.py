"""From cracks between pixels to long chains of corners.

They are followed, cut where the kind changes, and joined through junctions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pdfgen.illustration.geometry import Floats, Ints

Corner = tuple[int, int]

#: Corners by which the direction of a chain's end is judged.
_TANGENT = 7

#: Extra degrees that a join costs where the kind changes.
_CHANGE = 40.0


@dataclass(frozen=True)
class Chain:
    """Corners (x, y) of pixels, and the kind of each step between them; closed if it ends where it starts."""

    corners: tuple[Corner, ...]
    kinds: tuple[int, ...]

    @property
    def closed(self) -> bool:
        """Whether it is a loop."""
        return len(self.corners) > 3 and self.corners[0] == self.corners[-1]

    def reversed(self) -> Chain:
        """Return it the other way round."""
        return Chain(self.corners[::-1], self.kinds[::-1])


def follow(across: Ints, down: Ints) -> tuple[list[Chain], dict[Corner, int]]:
    """Return the chains between junctions, and how many cracks meet at each corner."""
    links: dict[Corner, list[tuple[Corner, int]]] = defaultdict(list)
    for table, (dx, dy) in ((across, (1, 0)), (down, (0, 1))):
        rows, columns = np.nonzero(table)
        kinds = table[rows, columns].tolist()
        for x, y, kind in zip(columns.tolist(), rows.tolist(), kinds, strict=True):
            start, end = (x, y), (x + dx, y + dy)
            links[start].append((end, kind))
            links[end].append((start, kind))
    used: set[tuple[Corner, Corner]] = set()
    chains = [
        _walked(links, used, corner, step)
        for only_junctions in (True, False)
        for corner, steps in list(links.items())
        if not only_junctions or len(steps) != 2
        for step in steps
        if (corner, step[0]) not in used
    ]
    return chains, {corner: len(steps) for corner, steps in links.items()}


def _walked(
    links: dict[Corner, list[tuple[Corner, int]]],
    used: set[tuple[Corner, Corner]],
    start: Corner,
    step: tuple[Corner, int],
) -> Chain:
    corner, kind = step
    corners, kinds = [start, corner], [kind]
    used.update(((start, corner), (corner, start)))
    while len(links[corner]) == 2 and corner != start:
        onward = [one for one in links[corner] if (corner, one[0]) not in used]
        if not onward:
            break
        following, kind = onward[0]
        used.update(((corner, following), (following, corner)))
        corners.append(following)
        kinds.append(kind)
        corner = following
    return Chain(tuple(corners), tuple(kinds))


def _runs(kinds: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return start, end and kind of stretches of one kind."""
    runs, start = [], 0
    for index in range(1, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[start]:
            runs.append((start, index, kinds[start]))
            start = index
    return runs


def split(chain: Chain, shortest: int) -> list[Chain]:
    """Cut a chain where its kind changes; stretches shorter than `shortest` steps join a neighbour."""
    runs = _runs(chain.kinds)
    while len(runs) > 1:
        short = next((k for k, (start, end, _) in enumerate(runs) if end - start < shortest), None)
        if short is None:
            break
        kinds = list(chain.kinds)
        start, end, _ = runs[short]
        kinds[start:end] = [runs[short - 1 if short else 1][2]] * (end - start)
        chain = Chain(chain.corners, tuple(kinds))
        runs = _runs(chain.kinds)
    return [Chain(chain.corners[start : end + 1], (kind,) * (end - start)) for start, end, kind in runs]


def join(chains: Sequence[Chain], widest: float = 50.0) -> list[Chain]:
    """Join chains through junctions where they go straight on, within `widest` degrees."""
    links = _links(chains, widest)
    seen: set[int] = set()
    return [_joined(chains, links, seen, number) for number in range(len(chains)) if number not in seen]


def _links(chains: Sequence[Chain], widest: float) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for ends of chains (number, 0 start or 1 end) the end that goes on."""
    ends: dict[Corner, list[tuple[int, int]]] = defaultdict(list)
    for number, chain in enumerate(chains):
        if chain.corners[0] != chain.corners[-1]:
            ends[chain.corners[0]].append((number, 0))
            ends[chain.corners[-1]].append((number, 1))
    links: dict[tuple[int, int], tuple[int, int]] = {}
    for meeting in ends.values():
        pairs = [
            (_cost(chains, one, other, len(meeting)), one, other)
            for k, one in enumerate(meeting)
            for other in meeting[k + 1 :]
        ]
        for cost, one, other in sorted(pairs, key=lambda pair: pair[0]):
            if cost <= widest and one not in links and other not in links:
                links[one], links[other] = other, one
    return links


def _cost(chains: Sequence[Chain], one: tuple[int, int], other: tuple[int, int], meeting: int) -> float:
    first, second = (chains[k].reversed() if end else chains[k] for k, end in (one, other))
    same = first.kinds[0] == second.kinds[0]
    if meeting == 2 and same:
        return 0.0
    cos = -float(_tangent(first) @ _tangent(second))
    angle = float(np.degrees(np.arccos(np.clip(cos, -1, 1))))
    return angle if same or meeting == 2 else angle + _CHANGE


def _tangent(chain: Chain) -> Floats:
    start = np.array(chain.corners[0], float)
    way = np.array(chain.corners[min(_TANGENT, len(chain.corners) - 1)], float) - start
    result: Floats = way / (np.hypot(*way) + 1e-9)
    return result


def _joined(
    chains: Sequence[Chain], links: dict[tuple[int, int], tuple[int, int]], seen: set[int], number: int
) -> Chain:
    """Return the whole line that a chain is part of, from one end to the other."""
    current, visited = (number, 0), {number}
    while current in links:
        other, end = links[current]
        if other in visited:
            current = (number, 0)
            break
        visited.add(other)
        current = (other, 1 - end)
    corners: list[Corner] = []
    kinds: list[int] = []
    following: tuple[int, int] | None = current
    while following is not None and following[0] not in seen:
        seen.add(following[0])
        chain = chains[following[0]]
        chain = chain.reversed() if following[1] else chain
        corners.extend(chain.corners if not corners else chain.corners[1:])
        kinds.extend(chain.kinds)
        following = links.get((following[0], 1 - following[1]))
    return Chain(tuple(corners), tuple(kinds))


def stretches(chain: Chain) -> list[tuple[int, int, int]]:
    """Return start, end and kind of the stretches of one kind in a joined chain."""
    return _runs(chain.kinds)
