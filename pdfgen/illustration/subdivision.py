"""Loop subdivision as a sparse matrix, so that every pose of a mesh is refined by one multiplication.

C. Loop, Smooth Subdivision Surfaces Based on Triangles (1987), with Warren's weights for inner vertices.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from pdfgen.illustration.geometry import Floats, Ints


def subdivided(triangles: Ints, count: int) -> tuple[Any, Ints]:
    """Refine a mesh of `count` vertices once.

    Returns the sparse matrix (new vertices, count) and the new triangles, (4 m, 3).
    """
    edges, of_corner, inner = _edges(triangles, count)
    first, second = edges.T
    boundary = ~inner
    number = count + np.arange(len(edges))
    own = np.where(boundary, 0.5, 0.375)
    opposite = np.concatenate([triangles[:, 2], triangles[:, 0], triangles[:, 1]])
    facing = inner[of_corner]
    entries = [
        (number, first, own),
        (number, second, own),
        (count + of_corner[facing], opposite[facing], np.full(int(facing.sum()), 0.125)),
        *_old_vertices(triangles, count, edges, boundary),
    ]
    rows, columns, values = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    matrix = sp.csr_matrix((values, (rows, columns)), shape=(count + len(edges), count))
    a, b, c = triangles.T
    ab, bc, ca = of_corner.reshape(3, -1) + count
    corners = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
    return matrix, np.concatenate([np.stack(corner, 1) for corner in corners])


def _edges(triangles: Ints, count: int) -> tuple[Ints, Ints, Any]:
    """Return the edges (e, 2), the edge of each side of each triangle, and which edges have two triangles."""
    sides = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    keys, of_corner, uses = np.unique(
        sides[:, 0] * count + sides[:, 1], return_inverse=True, return_counts=True
    )
    return np.stack([keys // count, keys % count], 1), of_corner.ravel(), uses > 1


def _old_vertices(triangles: Ints, count: int, edges: Ints, boundary: Any) -> list[tuple[Any, Any, Any]]:
    """Return rows, columns and weights for the vertices that were there before."""
    valence = np.bincount(edges.ravel(), minlength=count)
    on_boundary = np.zeros(count, bool)
    on_boundary[edges[boundary].ravel()] = True
    used = np.zeros(count, bool)
    used[triangles.ravel()] = True
    inside = used & ~on_boundary
    many = np.maximum(valence, 3)
    beta = np.where(many == 3, 3 / 16, 3 / (8 * many))
    entries: list[tuple[Any, Any, Any]] = []
    for rows, weight in (
        (inside, 1 - valence * beta),
        (on_boundary, np.full(count, 0.75)),
        (~used, np.ones(count)),
    ):
        index = np.nonzero(rows)[0]
        entries.append((index, index, weight[index]))
    for start, end in (edges.T, edges.T[::-1]):
        chosen = inside[start]
        entries.append((start[chosen], end[chosen], beta[start[chosen]]))
        entries.append((start[boundary], end[boundary], np.full(int(boundary.sum()), 0.125)))
    return entries


class RefinedMesh:
    """A part of the figure's mesh, refined: `matrix` takes the figure's vertices to those of `triangles`."""

    def __init__(self, triangles: Ints, count: int, levels: int) -> None:
        used = np.unique(triangles)
        self.triangles: Ints = np.searchsorted(used, triangles)
        self.matrix: Any = sp.identity(count, format="csr")[used]
        for _ in range(levels):
            step, self.triangles = subdivided(self.triangles, self.matrix.shape[0])
            self.matrix = (step @ self.matrix).tocsr()

    def refine(self, values: Floats) -> Floats:
        """Return values of the figure's vertices (n, k) on the refined mesh."""
        result: Floats = self.matrix @ values
        return result

    def restricted(self, chosen: Any) -> RefinedMesh:
        """Return the mesh with only the triangles of `chosen` (m,) and their vertices."""
        result = RefinedMesh.__new__(RefinedMesh)
        kept = self.triangles[chosen]
        used = np.unique(kept)
        result.triangles = np.searchsorted(used, kept)
        result.matrix = self.matrix[used]
        return result


def vertex_normals(points: Floats, triangles: Ints) -> Floats:
    """Return unit normals (n, 3), each the mean over the triangles around a vertex, by their area."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    size = len(points)
    flat = triangles.T.ravel()
    total = np.stack([np.bincount(flat, np.tile(normals[:, k], 3), size) for k in range(3)], 1)
    result: Floats = total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)
    return result
