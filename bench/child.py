"""``python -m bench.child module:function '[arguments]'``: the other end of `bench.children.call`."""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Call the function and print what it returns as the last line."""
    module, _, name = sys.argv[1].partition(":")
    answer = getattr(importlib.import_module(module), name)(*json.loads(sys.argv[2]))
    print()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
