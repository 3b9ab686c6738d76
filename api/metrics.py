"""Counters for Prometheus, in its text format (version 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What was counted since the start; may be used from several threads.

    Example:
        >>> metrics = Metrics()
        >>> metrics.count("asked_total", "Queries.", {"form": "ASK"})
        >>> print(metrics.text(), end="")
        # HELP asked_total Queries.
        # TYPE asked_total counter
        asked_total{form="ASK"} 1
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._help: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, dict[_Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._buckets: dict[str, dict[_Labels, list[int]]] = defaultdict(dict)
        self._sums: dict[str, dict[_Labels, float]] = defaultdict(lambda: defaultdict(float))

    def count(self, name: str, says: str, labels: Mapping[str, str] | None = None, by: float = 1) -> None:
        """Add to a counter.

        Args:
            name: Its name.
            says: What it counts.
            labels: Labels with values out of a small set.
            by: How much to add.
        """
        with self._lock:
            self._help[name] = ("counter", says)
            self._counts[name][_key(labels)] += by

    def observe(self, name: str, says: str, seconds: float, labels: Mapping[str, str] | None = None) -> None:
        """Add a time to a histogram.

        Args:
            name: Its name.
            says: What it measures.
            seconds: The time.
            labels: Labels with values out of a small set.
        """
        key = _key(labels)
        with self._lock:
            self._help[name] = ("histogram", says)
            buckets = self._buckets[name].setdefault(key, [0] * (len(_SECONDS) + 1))
            buckets[bisect_left(_SECONDS, seconds)] += 1
            self._sums[name][key] += seconds

    def text(self, gauges: Sequence[tuple[str, str, Mapping[str, str], float]] = ()) -> str:
        """Write everything.

        Args:
            gauges: Values of this moment: name, what it says, labels, value.

        Returns:
            The document.
        """
        lines: list[str] = []
        with self._lock:
            for name, (kind, says) in sorted(self._help.items()):
                lines += [f"# HELP {name} {says}", f"# TYPE {name} {kind}"]
                for key, value in sorted(self._counts.get(name, {}).items()):
                    lines.append(f"{name}{_labels(key)} {value:g}")
                for key, buckets in sorted(self._buckets.get(name, {}).items()):
                    lines += _histogram(name, key, buckets, self._sums[name][key])
        for name, says, labels, value in gauges:
            lines += [
                f"# HELP {name} {says}",
                f"# TYPE {name} gauge",
                f"{name}{_labels(_key(labels))} {value:g}",
            ]
        return "\n".join(lines) + "\n"


def _histogram(name: str, key: _Labels, buckets: Sequence[int], total: float) -> list[str]:
    lines, seen = [], 0
    for bound, number in zip((*map(str, _SECONDS), "+Inf"), buckets, strict=True):
        seen += number
        lines.append(f"{name}_bucket{_labels((*key, ('le', bound)))} {seen}")
    return [*lines, f"{name}_sum{_labels(key)} {total:.6f}", f"{name}_count{_labels(key)} {seen}"]


def _key(labels: Mapping[str, str] | None) -> _Labels:
    return tuple(sorted((labels or {}).items()))


def _labels(key: _Labels) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in key)
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
