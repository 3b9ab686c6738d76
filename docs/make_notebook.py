"""Writes and runs the planner's notebook: ``python docs/make_notebook.py [--check]``.

The cells stand here, where they can be reviewed; the notebook holds them with their results. ``--check`` runs
the cells again and says whether the results are those in the notebook.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PAGE = Path(__file__).parent / "planner.ipynb"
CELLS: tuple[tuple[str, str], ...] = (
    (
        "text",
        """# A planner's walk through the catalogue

Ten questions that a planner comes with, and how to answer each in Python. `daftar analyse` answers the same
questions from the command line, with the same code. Run `daftar build` first, in the folder where this notebook is
opened from.""",
    ),
    (
        "code",
        """import os
from graph.analysis.analyst import Analyst
from graph.store import open_store

analyst = Analyst(open_store(os.environ.get("DAFTAR_STORE", ".daftar")))
name = lambda iri: analyst.labels.named(iri).label("en")
short = lambda iri: analyst.labels.named(iri).id
graph = analyst.graph
f"{graph.number_of_nodes()} things, {graph.number_of_edges()} relations\"""",
    ),
    (
        "text",
        """## 1. Who takes part in most processes?

The table of processes and bodies holds what the forms name. Groups ("members of the council"), members inferred from
them, and bodies above those named are chosen on purpose, never by default.""",
    ),
    (
        "code",
        """from graph.analysis.centrality import both_ways

named = analyst.agencies(["named"])
for shift in both_ways(named).side_by_side("processes")[:6]:
    print(f"{name(shift.agency):45} {shift.value:3} with, {shift.without or 0:3} without copied lists")""",
    ),
    ("text", "## 2. Who sits together, and where?"),
    (
        "code",
        """from graph.analysis.meetings import meetings, together

for group in meetings(named, min_group=3, min_support=5).found:
    print(group.support, "processes:", ", ".join(map(name, group.agencies)))""",
    ),
    ("text", "## 3. Where do just these sit?"),
    (
        "code",
        """core = analyst.things(["intelligence", "irgc", "ناجا"], ["agency"])
found = together(named, core)
print("nobody else:", *map(short, found.exactly))
print("with others:", *(short(p) for p in found.at_least if p not in found.exactly))""",
    ),
    (
        "text",
        """## 4. Which processes are alike?

Overlap counts what two processes share, weighs it by rarity, and asks how likely so much sharing would be by chance.""",
    ),
    (
        "code",
        """from graph.analysis.reports import run

pairs = run(analyst, "overlap", {"most": ["5"]}).tables[0]
for row in pairs.rows:
    values = dict(zip((column.key for column in pairs.columns), row))
    print(short(values["first"]), short(values["second"]), values["class"].en, f"{values['score']:.2f}")""",
    ),
    ("text", "## 5. What does one process need?"),
    (
        "code",
        """from graph.analysis.dependency_reasons import REASONS

(p14,) = analyst.things(["P14"], ["process"])
for _, needed, reason, said in analyst.needs.out_edges(p14, keys=True, data=True):
    print(f"{REASONS[reason].label.en:28} {name(needed):45} {said['evidence']:10} {said['lines']}")""",
    ),
    ("text", "## 6. What if a rule-giver is taken away?"),
    (
        "code",
        """from graph.analysis.impact import impact

council = analyst.things(["شورای امنیت کشور"], ["agency"])
result = impact(analyst.needs, council)
print("lost:    ", *(short(one.thing) for one in result.lost))
print("weakened:", *(short(one.thing) for one in result.weakened))
first = result.lost[0]
print(name(first.thing), *(f"→ {REASONS[link.reason].label.en} {name(link.needs)}" for link in first.path))""",
    ),
    ("text", "## 7. Whose absence costs most?"),
    (
        "code",
        """from graph.analysis.impact_single import single_removals

for one in single_removals(analyst.needs)[:6]:
    print(f"{name(one.thing):60} lost {one.lost}, without a partner of a kind {one.only_partners}")""",
    ),
    ("text", "## 8. Who stands between others?"),
    (
        "code",
        """from graph.analysis.roles import roles

for role in roles(named, {})[:4]:
    print(f"{name(role.agency):45} sole go-between of {role.only} pairs")""",
    ),
    ("text", "## 9. What should a reviewer look at first?"),
    (
        "code",
        """from graph.analysis.health import health

for finding in health(analyst.desk, graph=graph).of("high"):
    print(f"{finding.things:3}  {finding.check.title.en}")""",
    ),
    (
        "text",
        """## 10. How do I take this elsewhere?

The graph goes to Gephi and others (GraphML, GEXF, Pajek, JSON, CSV), and any report to a spreadsheet.""",
    ),
    (
        "code",
        """import tempfile
from pathlib import Path
from graph.analysis.exchange import write_graph
from graph.analysis.reports import written

with tempfile.TemporaryDirectory() as folder:
    for path in write_graph(graph, Path(folder) / "catalogue.gexf", "gexf"):
        print(path.name, path.stat().st_size > 100_000)
workbook = written(analyst, "meetings", {}, "fa", "xlsx")
workbook[:2]""",
    ),
)


def notebook() -> Any:
    """The cells, run.

    Returns:
        The notebook with its results.
    """
    make = {"text": new_markdown_cell, "code": new_code_cell}
    book = new_notebook(cells=[make[kind](text) for kind, text in CELLS])
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number:02}"
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    # on a busy machine what one cell prints comes in several pieces
    NotebookClient(book, timeout=120, kernel_name="python3", coalesce_streams=True).execute()
    for cell in book.cells:
        cell.metadata.clear()  # times of execution differ each time
    book.metadata.pop("language_info", None)
    return book


def results(book: Any) -> list[str]:
    """What the cells print and give."""
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]


def main(arguments: list[str]) -> int:
    """Write the notebook, or compare.

    Args:
        arguments: The command line.

    Returns:
        1 when the notebook is not current, else 0.
    """
    made = notebook()
    if "--check" in arguments:
        kept = nbformat.read(PAGE, as_version=4) if PAGE.is_file() else new_notebook()
        same = [cell.source for cell in kept.cells] == [cell.source for cell in made.cells]
        if same and results(kept) == results(made):
            return 0
        sys.stderr.write("docs/planner.ipynb is not current; run: python docs/make_notebook.py\n")
        return 1
    nbformat.write(made, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
