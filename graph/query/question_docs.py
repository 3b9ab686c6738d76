"""Makes ``docs/questions.md`` from the library: ``python -m graph.query.question_docs [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from graph.made_page import write_or_check
from graph.query.question_answer import doubts
from graph.query.question_library import Question, questions

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
_HEAD = """# Questions

<!-- Made from graph/query/questions/*.rq by: python -m graph.query.question_docs. Do not edit. -->

{count} questions that people ask of the catalogue without writing SPARQL. The same files give `daftar ask`,
`/api/questions`, the pages `/fa/questions` and `/en/questions`, this page, and the tests.

    daftar ask                                   # list them; --tag planners, --lang fa, --json
    daftar ask who-meets --agency police         # an id, a name in either language or any recorded spelling
    daftar ask who-meets --choices agency        # what there is to choose from
    daftar ask who-meets --agency ناجا --format csv --lang fa
    curl 'http://127.0.0.1:8000/api/questions/who-meets?agency=police&format=csv'

The answer ends with the doubts that it depends on, counted. Expected answers stand in
`tests/golden/questions/`; they are computed from the records in plain Python, without the graph.

## Writing a question

One file, `graph/query/questions/<id>.rq`: a YAML header in comment lines (title, says, tags, parameters,
doubts, columns), then a SELECT query.

- A parameter is a variable. Its value is bound as a term by the engine and never pasted into the text.
- The engine refuses to bind a variable that is not in the SELECT clause, so every parameter is projected (and
  grouped by, where there is a GROUP BY). Only what `columns` names is shown.
- A parameter must be bound by a triple pattern or be used in a filter of the outermost group. A sub-query
  does not see it; BOUND and VALUES do not work with it in both engines.
- Sort to a total order, and never sort by a variable that mixes kinds of terms: the engine cannot order them
  and ends the process. STR() helps.
- `doubts` maps a kind of doubt to the column whose things it touches, or to `*` where rows are aggregated.
- The query must give the same rows in rdflib; a test compares them.
- Write the reference function in `tests/query/reference/` before you look at the query's answer.
"""


def page() -> str:
    """The whole page.

    Returns:
        Markdown.

    Example:
        >>> page().startswith("# Questions")
        True
    """
    return _HEAD.format(count=len(questions())) + "\n".join(_parts()) + "\n"


def _parts() -> Iterator[str]:
    yield "\n## Doubts\n"
    yield "| doubt | says |\n|---|---|"
    for doubt in doubts().values():
        words = doubt.words.get("rows") or doubt.words["always"]
        yield f"| `{doubt.id}` | {words.en} |"
    for audience in ("planners", "auditors", "reviewers"):
        yield f"\n## For {audience}\n"
        for question in questions():
            first = next(tag for tag in question.tags if tag in ("planners", "auditors", "reviewers"))
            if first == audience:
                yield from _entry(question)


def _entry(question: Question) -> Iterator[str]:
    yield f"### {question.id}\n"
    yield f"**{question.title.en}** {question.says.en}\n"
    yield f'<p dir="rtl" lang="fa"><b>{question.title.fa}</b> {question.says.fa}</p>\n'
    for parameter in question.parameters:
        kind = parameter.type.replace("code:", "code of ")
        yield f"- `--{parameter.name}` {parameter.label.en} ({kind}; default `{parameter.default}`)"
    yield f"- columns: {', '.join(f'`{column.name}`' for column in question.columns)}"
    yield f"- doubts: {', '.join(question.doubts) or 'none'}; tags: {', '.join(question.tags)}\n"
    yield f"<details><summary>SPARQL</summary>\n\n```sparql\n{question.sparql}\n```\n\n</details>\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is current.

    Args:
        arguments: The command line.

    Returns:
        1 when the page is not current, else 0.
    """
    return write_or_check(PAGE, page(), arguments, "python -m graph.query.question_docs")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
