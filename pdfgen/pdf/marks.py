"""Registration marks, which let a machine find a sheet, and codes of addresses.

Both are patterns of square modules. A pattern is painted as the outline of its dark area, not module by
module: where squares only touch, many viewers and printers show hairlines.
"""

from __future__ import annotations

from functools import lru_cache

#: Inner 4 x 4 modules of ArUco's dictionary DICT_4X4_50, row by row from the top, 1 = white (OpenCV,
#: `predefined_dictionaries`). These six differ from each other by at least six modules in every rotation.
_ARUCO_4X4_50 = (0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD)

Matrix = tuple[tuple[bool, ...], ...]
"""Rows from the top; true is dark."""


def marker_matrix(ident: int) -> Matrix:
    """The 6 x 6 modules of an ArUco marker: a dark border round 4 x 4 modules of data.

    Raises:
        ValueError: there is no marker with this number.
    """
    if not 0 <= ident < len(_ARUCO_4X4_50):
        raise ValueError(f"no registration mark {ident}; there are marks 0 to {len(_ARUCO_4X4_50) - 1}")
    bits = _ARUCO_4X4_50[ident]
    edge = (True,) * 6
    rows = [
        (True, *(not bits >> (15 - 4 * row - column) & 1 for column in range(4)), True) for row in range(4)
    ]
    return (edge, *rows, edge)


def link_matrix(address: str) -> Matrix:
    """The modules of the smallest QR code that holds `address` with error correction M, without quiet zone.

    M restores 15 % of the code (ISO/IEC 18004): enough for a fold or a stain, and modules stay large.

    Raises:
        segno.DataOverflowError: the address has more than 2 331 characters.
    """
    # Only addresses of videos wait for the package.
    import segno

    code = segno.make_qr(address, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def marker_operators(ident: int, x: float, y: float, size: float, height: float) -> str:
    """The operators that paint a marker `size` points wide with its top left corner at (x, y)."""
    return _placed(_area(marker_matrix(ident)), 6, x, height - y - size, size)


def link_operators(address: str, x: float, y: float, size: float, height: float) -> str:
    """The operators that paint the code of an address `size` points wide, without quiet zone.

    Its top left corner is at (x, y).
    """
    matrix = link_matrix(address)
    return _placed(_area(matrix), len(matrix), x, height - y - size, size)


def _placed(area: str, modules: int, x: float, y: float, size: float) -> str:
    scale = size / modules
    return f"q {scale:.6f} 0 0 {scale:.6f} {x:.3f} {y:.3f} cm 0 g {area} Q"


@lru_cache(maxsize=64)
def _area(matrix: Matrix) -> str:
    """The dark area as closed paths, one unit a module, lower left corner at the origin."""
    paths = []
    for outline in _outlines(matrix):
        (x, y), *others = ((x, len(matrix) - y) for x, y in outline)
        paths.append(f"{x} {y} m " + " ".join(f"{x} {y} l" for x, y in others) + " h")
    return " ".join(paths) + " f*"


def _outlines(matrix: Matrix) -> list[list[tuple[int, int]]]:
    """Closed outlines of the dark area: edges between dark and light, walked with dark on the right."""
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    rows, columns = len(matrix), len(matrix[0])

    def dark(row: int, column: int) -> bool:
        return 0 <= row < rows and 0 <= column < columns and matrix[row][column]

    for row in range(rows):
        for column in range(columns):
            if not matrix[row][column]:
                continue
            corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
            beside = ((row - 1, column), (row, column + 1), (row + 1, column), (row, column - 1))
            for index, neighbour in enumerate(beside):
                if not dark(*neighbour):
                    edges.setdefault(corners[index], []).append(corners[(index + 1) % 4])
    outlines = []
    while edges:
        point = start = next(iter(edges))
        outline = []
        while True:
            outline.append(point)
            following = edges[point].pop()
            if not edges[point]:
                del edges[point]
            point = following
            if point == start:
                break
        outlines.append(_without_straight_points(outline))
    return outlines


def _without_straight_points(outline: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop points in the middle of a straight line."""
    kept = []
    for index, point in enumerate(outline):
        before, after = outline[index - 1], outline[(index + 1) % len(outline)]
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            kept.append(point)
    return kept
