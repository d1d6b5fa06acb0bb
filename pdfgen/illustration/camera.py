"""The eye: a parallel projection."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pdfgen.illustration.geometry import Floats


@dataclass(frozen=True)
class Camera:
    """Looks from a direction, in degrees: `yaw` 0 from the front, -90 at its right; `pitch` from above."""

    yaw: float = 0.0
    pitch: float = 0.0

    @property
    def axes(self) -> Floats:
        """Return right, up and towards the eye as rows, (3, 3)."""
        yaw, pitch = np.radians(self.yaw), np.radians(self.pitch)
        right = np.array([np.cos(yaw), 0, -np.sin(yaw)])
        toward = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
        return np.stack([right, np.cross(toward, right), toward])

    def project(self, points: Floats) -> Floats:
        """Return places (…, 3) as right, up, and nearness to the eye, in metres."""
        result: Floats = np.einsum("...j,ij->...i", np.asarray(points, float), self.axes)
        return result

    def on_paper(self, points: Floats, scale: float) -> Floats:
        """Return places (…, 3) as x and y (downwards) on paper in mm; `scale` is mm a metre."""
        seen = self.project(points)
        return np.stack([seen[..., 0] * scale, -seen[..., 1] * scale], axis=-1)
