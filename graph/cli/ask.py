"""``daftar ask``: ask a question of the library, without SPARQL."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from graph.cli.common import lang_option, settings_with, store_option

if TYPE_CHECKING:
    from graph.query.question_answer import Asked, QuestionDesk
    from graph.query.question_library import Lang, Question

_FORMATS = ("table", "json", "csv", "tsv", "sparql-json", "sparql-xml")


@click.command("ask", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False, metavar="[ID]")
@click.argument("given", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option("--tag", help="List only questions with this tag, for example planners or auditors.")
@click.option("--json", "as_json", is_flag=True, help="The list, or the answer, as JSON.")
@click.option("--sparql", "show_sparql", is_flag=True, help="Print the query with its values; do not ask it.")
@click.option("--choices", metavar="PARAMETER", help="Print what there is to choose from for a parameter.")
@click.option(
    "--format", "format_name", type=click.Choice(_FORMATS), help="How to write the answer.  [default: table]"
)
@lang_option("en")
@store_option
def command(
    question: str | None,
    given: tuple[str, ...],
    tag: str | None,
    as_json: bool,
    show_sparql: bool,
    choices: str | None,
    format_name: str | None,
    lang: Lang,
    store: str | None,
) -> None:
    """Ask a question of the library, without SPARQL.

    Without ID the questions are listed. Parameters of a question are options: daftar ask who-meets --agency
    police. A value is an id, a name in either language or any recorded spelling. The answer ends with the
    doubts that it depends on.
    """
    from graph.query.question_library import question_named

    if question is None:
        if given:
            raise click.UsageError(f"give the id of a question before {given[0]}; daftar ask lists them")
        _list(tag, lang, as_json)
        return
    chosen = question_named(question)
    words = _pairs(given)
    from graph.query.question_answer import QuestionDesk
    from graph.store import open_store

    desk = QuestionDesk(open_store(settings_with(store=store).store))
    if choices is not None:
        _print_choices(desk, chosen, choices, lang)
        return
    asked = desk.ask(chosen, words)
    if show_sparql:
        from graph.query.question_answer import written_out

        click.echo(written_out(asked))
        return
    _write(asked, desk, "json" if as_json and format_name is None else format_name or "table", lang)


def _list(tag: str | None, lang: Lang, as_json: bool) -> None:
    from graph.query.question_library import QuestionError, questions

    found = [question for question in questions() if tag is None or tag in question.tags]
    if not found:
        tags = sorted({tag for question in questions() for tag in question.tags})
        raise QuestionError(f'no question has the tag "{tag}"; there are {", ".join(tags)}')
    if as_json:
        from graph.query.question_output import describe

        click.echo(json.dumps([describe(question) for question in found], ensure_ascii=False, indent=2))
        return
    from graph.cli.table import print_rows

    rows = [[question.id, question.title.of(lang), ", ".join(question.tags)] for question in found]
    print_rows(["id", "پرسش" if lang == "fa" else "question", "برچسب‌ها" if lang == "fa" else "tags"], rows)
    hint = "daftar ask ID [--PARAMETER VALUE]"
    click.echo(f"{len(found)} پرسش؛ {hint}" if lang == "fa" else f"{len(found)} questions; {hint} asks one")


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Read ``--name value`` and ``--name=value``."""
    found: dict[str, str] = {}
    words = iter(given)
    for word in words:
        if not word.startswith("--") or word == "--":
            raise click.UsageError(f'"{word}" is no option; write --PARAMETER VALUE')
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals:
            following = next(words, None)
            if following is None:
                raise click.UsageError(f"--{name} needs a value")
            value = following
        if name in found:
            raise click.UsageError(f"--{name} is given twice")
        found[name] = value
    return found


def _print_choices(desk: QuestionDesk, question: Question, name: str, lang: Lang) -> None:
    from graph.cli.table import print_rows
    from graph.query.question_library import QuestionError

    known = {parameter.name: parameter for parameter in question.parameters}
    if name not in known:
        there = f"it takes {', '.join(known)}" if known else "it takes none"
        raise QuestionError(f'the question {question.id} has no parameter "{name}"; {there}')
    rows = [
        [choice.id, choice.named.label(lang), "، ".join(choice.spellings)]
        for choice in desk.choices(known[name])
    ]
    print_rows(["id", known[name].label.of(lang), "املاها" if lang == "fa" else "also written"], rows)


def _write(asked: Asked, desk: QuestionDesk, format_name: str, lang: Lang) -> None:
    from graph.query.question_output import as_csv, as_json, as_sparql

    if format_name == "table":
        _print_answer(asked, desk, lang)
        return
    if format_name == "json":
        body = as_json(asked, desk.labels)
    elif format_name in ("csv", "tsv"):
        body = as_csv(asked, desk.labels, lang, "," if format_name == "csv" else "\t")
    else:
        body = as_sparql(asked, format_name.removeprefix("sparql-"))
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    if format_name != "json":  # the JSON document holds the doubts
        for note in asked.notes:
            click.echo(note.words.of(lang), err=True)


def _print_answer(asked: Asked, desk: QuestionDesk, lang: Lang) -> None:
    from graph.cli.table import print_rows

    question = asked.question
    click.echo(question.title.of(lang))
    for parameter in question.parameters:
        term = asked.values[parameter.name]
        click.echo(f"  {parameter.label.of(lang)}: {desk.labels.text(term, lang)}")
    columns = question.shown(lang)
    rows = [[desk.labels.text(row[column.name], lang) for column in columns] for row in asked.rows]
    print_rows([column.label.of(lang) for column in columns], rows)
    if lang == "fa":
        click.echo(f"{len(rows)} ردیف")
    else:
        click.echo(f"{len(rows)} row{'s' if len(rows) != 1 else ''}")
    for note in asked.notes:
        click.echo(f"- {note.words.of(lang)}")
