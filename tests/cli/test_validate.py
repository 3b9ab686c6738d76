"""``daftar validate`` as people and programs run it: exit codes, languages, forms of the report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from tests.cli.test_cli import daftar


def edit(small: Path, *changes: tuple[str, str]) -> Path:
    file = small / "processes" / "P01.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return small


# What mends the three warnings of the small catalogue.
CLEAN = (
    ("{mark: ticked, lines: 43}", "{mark: ticked, reason: بررسی, lines: 43}"),
    ("{mark: ticked, lines: 45}", "{mark: ticked, reason: بررسی, lines: 45}"),
    ("{text: اداره گمنام, status: unresolved}", "{text: اداره گمنام, agency: police, status: reviewer}"),
)
# The field's words say confidential and the mark is gone.
WRONG = (('reason: محرمانه بودن موضوع, confidential: "yes"', "reason: محرمانه بودن موضوع"),)


@pytest.mark.parametrize(
    ("changes", "options", "code"),
    [
        (CLEAN, (), 0),
        (CLEAN, ("--strict",), 0),
        ((), (), 0),
        ((), ("--strict",), 1),
        (WRONG, (), 2),
        (WRONG, ("--strict",), 2),
        ((("type: meet", "type: daydream"),), (), 2),  # refused by the schema, before there is a graph
    ],
)
def test_exit_codes(
    small: Path, changes: tuple[tuple[str, str], ...], options: tuple[str, ...], code: int
) -> None:
    folder = edit(small, *changes)
    for form in ("text", "json", "turtle"):
        command = ("validate", "--data", str(folder), "--format", form, *options)
        assert daftar(*command, cwd=small).exit_code == code, form


def test_a_violation_in_both_languages_with_its_place(small: Path) -> None:
    folder = edit(small, *WRONG)
    line = (folder / "processes" / "P01.yaml").read_text(encoding="utf-8").splitlines()
    number = next(n for n, text in enumerate(line, start=1) if "محرمانه بودن" in text)
    for lang, words in (
        ("en", 'violation P01: The text says confidential ("محرمانه بودن موضوع") but is not marked;'),
        ("fa", "نادرست P01: متن می‌گوید محرمانه («محرمانه بودن موضوع»)، ولی نشان محرمانه ندارد؛"),
    ):
        result = daftar("validate", "--data", str(folder), "--lang", lang, cwd=small)
        first = result.stdout.splitlines()[0]
        assert first.startswith(f"data/processes/P01.yaml:{number}: {words}")
        assert first.endswith("[S22-not-marked]")
        assert "41" in first
    persian = daftar("validate", "--data", str(folder), "--lang", "fa", cwd=small).stdout
    assert not re.search(r"\b(warning|violation|note|line|lines)\b", persian)


def test_the_report_as_json(small: Path) -> None:
    told = json.loads(
        daftar("validate", "--data", str(edit(small, *WRONG)), "--format", "json", cwd=small).stdout
    )
    assert told["conforms"] is False
    assert told["counts"] == {"violation": 1, "warning": 3, "info": 1}
    first = told["findings"][0]
    assert (first["severity"], first["id"], first["record"], first["sourceLines"]) == (
        "violation",
        "S22-not-marked",
        "P01",
        "41",
    )
    assert first["message"]["fa"] != first["message"]["en"]
    clean = json.loads(
        daftar("validate", "--data", str(edit(small, *CLEAN)), "--format", "json", cwd=small).stdout
    )
    assert clean["conforms"] is False  # the violation above is still there
    assert clean["counts"]["warning"] == 0


def test_the_report_as_shacl(small: Path) -> None:
    text = daftar("validate", "--data", str(edit(small, *WRONG)), "--format", "turtle", cwd=small).stdout
    graph = rdflib.Graph().parse(data=text, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    results = set(graph.objects(report, SH.result))
    assert len(results) == 5
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for prop in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, prop))) == 1, prop
        messages = {
            m.language for m in graph.objects(result, SH.resultMessage) if isinstance(m, rdflib.Literal)
        }
        assert messages == {"fa", "en"}
    severities = sorted(str(o).rsplit("#", 1)[-1] for o in graph.objects(None, SH.resultSeverity))
    assert severities == ["Info", "Violation", "Warning", "Warning", "Warning"]
    assert not any(isinstance(node, rdflib.BNode) for node in graph.all_nodes())
    kinds = {str(o).rsplit("#", 1)[-1] for o in graph.objects(None, SH.sourceConstraintComponent)}
    assert {"SPARQLConstraintComponent", "NotConstraintComponent"} <= kinds


def test_a_report_without_findings_conforms() -> None:
    from graph.build import Report, report_turtle

    triples = {
        str(quad.triple)
        for quad in ox.parse(report_turtle(Report(()), "https://x.example/"), format=ox.RdfFormat.TURTLE)
    }
    assert len(triples) == 2
    assert any('"true"' in triple for triple in triples)


def test_one_record_or_several(small: Path) -> None:
    whole = daftar("validate", "--data", str(edit(small, *WRONG)), cwd=small).stdout.splitlines()
    one = daftar("validate", "--data", str(small), "--record", "P01", cwd=small)
    assert one.exit_code == 2
    assert one.stdout.splitlines()[:-1] == [line for line in whole[:-1] if " P01: " in line]
    assert one.stdout.splitlines()[-1].startswith("1 record: 1 violation, ")
    clean = daftar("validate", "--data", str(small), "--record", "police", "--strict", cwd=small)
    assert (clean.exit_code, clean.stdout) == (0, "1 record: 0 violations, 0 warnings, 0 notes.\n")
    unknown = daftar("validate", "--data", str(small), "--record", "P77", cwd=small)
    assert unknown.exit_code != 0
    assert "no record of this catalogue has the id P77" in unknown.output


def test_pyshacl_says_the_same(small: Path) -> None:
    command = ("validate", "--data", str(edit(small, *WRONG)), "--format", "json")
    assert daftar(*command, "--engine", "pyshacl", cwd=small).stdout == daftar(*command, cwd=small).stdout
