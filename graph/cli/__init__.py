"""The ``daftar`` command. Each subcommand is a module of its own that is loaded only when it is needed.

Exit codes:

* 0: done
* 1: warnings (``validate --strict``), or interrupted
* 2: the records are wrong, a violation (``validate``), or a wrong command line or setting
* 3: the graph could not be built
* 4: a file or the store cannot be read or written
* 5: the query got no answer
"""

from __future__ import annotations

from graph.cli.group import DaftarGroup, main

__all__ = ["DaftarGroup", "main"]
