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
        most: Results that are kept.

    Example:
        >>> kept = Results(most=1)
        >>> kept.put("a", 1); kept.put("b", 2); kept.get("a"), kept.get("b")
        (None, 2)
    """

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The result, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, result: Any) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
