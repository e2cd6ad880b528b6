"""The horizon of a terrain, by marching along each bearing over a curved ground.

Along a great circle from the site, at an angle a about the body's centre, ground of height h stands under the
elevation e with

    tan e = ((R + h) cos a - r) / ((R + h) sin a)

where r is the eye's distance from the centre; the horizon is the greatest of all. Light goes straight: no air. Heights lie
between the four pixels around, and a step is a pixel, so nothing is jumped over unless it cannot rise above what has been
found: of each block of pixels the greatest height is known, and a block too low for the present horizon is passed at once.
"""

from __future__ import annotations

import math

import numpy as np

from moonwright.compiled import compiled, inlined
from moonwright.site.stereographic import Drawn, Floats, drawn_at
from moonwright.site.terrain import BLOCK, Heights


@compiled
def march(
    heights_m: Heights, tops: Floats, drawn: Drawn, axes: Floats, eye_m: float, way: Floats, bearings: Floats
) -> Floats:
    """Elevation (rad) of the horizon and distance (m) of what makes it, (2, n), for each bearing.

    `axes` are north, east and up of the site (rows); `way` says (first angle, step, last angle) to look at, in rad about
    the centre. -pi/2 is the elevation of a bearing along which there is no ground.
    """
    found = np.empty((2, bearings.shape[0]))
    first, step, last = way
    count = int((last - first) / step) + 1
    cosines, sines = np.cos(first + step * np.arange(count)), np.sin(first + step * np.arange(count))
    # A map length is at most twice the ground's, and a leap ends within the next block with all four pixels.
    leap = max(1, int((BLOCK - 2) * drawn.scale_m / (step * drawn.radius_m * 2.0)))
    for b in range(bearings.shape[0]):
        north, east = math.cos(bearings[b]), math.sin(bearings[b])
        ahead_x = north * axes[0, 0] + east * axes[1, 0]
        ahead_y = north * axes[0, 1] + east * axes[1, 1]
        ahead_z = north * axes[0, 2] + east * axes[1, 2]
        best, at = -np.inf, 0
        i = 0
        while i < count:
            line, sample = drawn_at(
                drawn,
                cosines[i] * axes[2, 0] + sines[i] * ahead_x,
                cosines[i] * axes[2, 1] + sines[i] * ahead_y,
                cosines[i] * axes[2, 2] + sines[i] * ahead_z,
            )
            if not (0.0 <= line <= heights_m.shape[0] - 1.0 and 0.0 <= sample <= heights_m.shape[1] - 1.0):
                break
            end = min(i + leap, count - 1)
            top_m = drawn.radius_m + tops[int(line) // BLOCK, int(sample) // BLOCK]
            if end > i and _bound(top_m, eye_m, cosines, sines, i, end) <= best:
                i = end
                continue
            ground_m = drawn.radius_m + _between(heights_m, line, sample)
            tangent = (ground_m * cosines[i] - eye_m) / (ground_m * sines[i])
            if tangent > best:
                best, at = tangent, i
            i += 1
        found[0, b] = math.atan(best)
        found[1, b] = (first + step * at) * drawn.radius_m
    return found


@inlined
def _bound(top_m: float, eye_m: float, cosines: Floats, sines: Floats, i: int, end: int) -> float:
    """The greatest tangent that ground up to `top_m` from the centre can have from step i to step `end`.

    What stands higher than the eye is seen highest when nearest; what stands lower is where the line of sight just
    grazes the sphere of its height, at cos a = top / eye.
    """
    grazing = top_m / eye_m
    k = i
    if grazing < cosines[i]:
        if grazing > cosines[end]:
            return -math.sqrt(1.0 - grazing * grazing) / grazing
        k = end
    return float((top_m * cosines[k] - eye_m) / (top_m * sines[k]))


@inlined
def _between(heights_m: Heights, line: float, sample: float) -> float:
    """The height at a point of the map, by the four pixels around it."""
    top = min(int(line), heights_m.shape[0] - 2)
    left = min(int(sample), heights_m.shape[1] - 2)
    down, right = line - top, sample - left
    above = heights_m[top, left] * (1.0 - right) + heights_m[top, left + 1] * right
    below = heights_m[top + 1, left] * (1.0 - right) + heights_m[top + 1, left + 1] * right
    return float(above * (1.0 - down) + below * down)
