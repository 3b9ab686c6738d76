"""Writing a made-up catalogue into a folder, in the format of ``data/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.synthetic import bodies, services
from bench.synthetic.forms import process_id, process_record
from bench.synthetic.plan import Plan
from bench.synthetic.yamltext import list_text, record_text

_EVERY = 1000


def files(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Every file of a catalogue.

    Yields:
        Its name below the folder, its text, and how many records it holds.
    """
    lists = {
        "sources": bodies.sources,
        "agencies": bodies.agencies,
        "collectives": bodies.collectives,
        "instruments": bodies.instruments,
        "forms": bodies.templates,
        "comparisons": services.comparisons,
    }
    for stem, make in lists.items():
        if records := list(make(plan)):
            yield f"{stem}.yaml", list_text(records), len(records)
    index = services.index_record(plan)
    yield "index.yaml", record_text(index), len(index["entries"])
    for process in range(plan.processes):
        yield f"processes/{process_id(process)}.yaml", record_text(process_record(plan, process)), 1
    for service in range(plan.services):
        own = services.service_id(service)
        yield f"services/{own}.yaml", record_text(services.service_record(plan, service)), 1


def write_catalogue(
    plan: Plan, folder: Path, *, progress: Callable[[int, int], None] | None = None
) -> tuple[int, int]:
    """Write a catalogue.

    Args:
        plan: What it holds.
        folder: Where to; made if it is not there, and empty if it is.
        progress: Called now and then with files written and files in all.

    Returns:
        How many records and how many files were written.

    Raises:
        FileExistsError: when something is in the folder, so that no two catalogues run together.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder, or empty this one")
    for part in ("processes", "services"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    records = written = 0
    for name, text, count in files(plan):
        (folder / name).write_text(text, encoding="utf-8")
        records, written = records + count, written + 1
        if progress is not None and written % _EVERY == 0:
            progress(written, plan.processes + plan.services + 7)
    return records, written
