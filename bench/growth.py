"""Cost against size: a straight line through the points in log-log, and whether it is worse than n log n."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bench.model import Row

#: A slope this far above that of n log n is named. Below a few hundred processes fixed costs hide the growth,
#: so it is fitted from ``FROM`` processes on where there are two such sizes.
MARGIN = 0.1
FROM = 1000


@dataclass(frozen=True)
class Growth:
    """How a figure grows.

    Attributes:
        measure: The measure.
        name: What was measured.
        points: Size and value.
        slope: The exponent: 1 is linear, 2 is quadratic.
        limit: The slope that n log n has between the first and the last size fitted, and the margin.
    """

    measure: str
    name: str
    points: tuple[tuple[int, float], ...]
    slope: float
    limit: float

    @property
    def worse(self) -> bool:
        """Whether it grows faster than n log n."""
        return self.slope > self.limit


def slope(points: Iterable[tuple[float, float]]) -> float:
    """The exponent of the power law through points, by least squares of the logarithms.

    Example:
        >>> round(slope([(10, 5), (100, 500), (1000, 50000)]), 6)
        2.0
    """
    logs = [(math.log(size), math.log(value)) for size, value in points]
    middle_x, middle_y = (sum(part) / len(logs) for part in zip(*logs, strict=True))
    across = sum((x - middle_x) ** 2 for x, _ in logs)
    return float(sum((x - middle_x) * (y - middle_y) for x, y in logs) / across)


def growths(rows: Iterable[Row]) -> list[Growth]:
    """Fit every figure that was measured at two sizes or more.

    Args:
        rows: The rows of all sizes.

    Returns:
        The fits, in the order of the rows.
    """
    series: dict[tuple[str, str], dict[int, float]] = {}
    for row in rows:
        if row.growth and not row.more_is_better and row.ours.value:
            series.setdefault((row.measure, row.name), {})[row.size] = row.ours.value
    found = []
    for (measure, name), by_size in series.items():
        points = tuple(sorted(by_size.items()))
        large = [point for point in points if point[0] >= FROM]
        fitted = large if len(large) >= 2 else points
        if len(fitted) >= 2:
            limit = slope((size, size * math.log(size)) for size, _ in fitted) + MARGIN
            found.append(Growth(measure, name, points, slope(fitted), limit))
    return found
