"""Results that are kept, so that the same question is not worked out twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

#: Results that are kept, of all editions together; each is at most a few hundred kilobytes.
_KEPT = 64


class Results:
    """What was worked out, by what was asked; the least recently used goes first.

    Args:
        most: What all results that are kept may weigh together; a result weighs 1 unless it is said.
        one: What one result may weigh; a heavier one is not kept. Unset, as much as all.

    Example:
        >>> kept = Results(most=1)
        >>> kept.put("a", 1); kept.put("b", 2); kept.get("a"), kept.get("b")
        (None, 2)
        >>> kept.put("c", 3, weight=2); kept.get("c"), kept.get("b")
        (None, 2)
    """

    def __init__(self, most: int = _KEPT, one: int | None = None) -> None:
        self._most, self._one = most, most if one is None else one
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable) -> Any:
        """The result, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, result: Any, weight: int = 1) -> None:
        """Keep a result, unless it is too heavy.

        Args:
            key: What was asked.
            result: What was worked out.
            weight: What it weighs, in the unit of ``most``.
        """
        if weight > self._one:
            return
        with self._lock:
            _, before = self._kept.pop(key, (None, 0))
            self._kept[key] = result, weight
            self._weight += weight - before
            while self._weight > self._most:
                _, (_, gone) = self._kept.popitem(last=False)
                self._weight -= gone
