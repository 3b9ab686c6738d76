"""rdflib, asked in its own process or served by rdflib-endpoint.

Runs in an environment of its own (``pip install rdflib-endpoint uvicorn``), so it imports nothing of ours.
"""

from __future__ import annotations

import json
import signal
import sys
import time

import rdflib


def load(path: str) -> rdflib.Graph:
    """The triples, in rdflib's own memory."""
    return rdflib.Graph().parse(path, format="nt")


def ask(path: str, seconds: float) -> None:
    """Answer queries, one a line of standard input, each with its time; end those that take too long."""
    graph = load(path)

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    for line in sys.stdin:
        started = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            found = graph.query(json.loads(line))
            rows = len(found)
            spent = time.perf_counter() - started
            signal.setitimer(signal.ITIMER_REAL, 0)
            body = (found.serialize(format="json") or b"").decode()  # not in the time
            print(json.dumps({"seconds": spent, "rows": rows, "body": body}), flush=True)
        except TimeoutError:
            print(json.dumps({"stopped": f"time: more than {seconds:g} s"}), flush=True)


def serve(path: str, port: int) -> None:
    """Serve with rdflib-endpoint."""
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    uvicorn.run(SparqlEndpoint(graph=load(path)), port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    if sys.argv[1] == "ask":
        ask(sys.argv[2], float(sys.argv[3]))
    else:
        serve(sys.argv[2], int(sys.argv[3]))
