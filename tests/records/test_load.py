"""Reading a folder of records: what is accepted, and what is said about what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.paths import bundled_data_dir
from graph.records import RecordError, RecordErrors, load_catalogue

P01 = "processes/P01.yaml"


def errors_after(folder: Path, file: str, old: str, new: str) -> tuple[RecordError, ...]:
    """Spoil one place of one file and collect what is said."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordErrors) as caught:
        load_catalogue(folder)
    return caught.value.errors


def test_the_small_catalogue_is_right(small: Path) -> None:
    catalogue = load_catalogue(small)
    assert catalogue.counts() == {
        "source": 1,
        "agency": 4,
        "collective": 1,
        "instrument": 1,
        "template": 1,
        "process": 2,
        "service": 1,
        "index-entry": 3,
        "comparison": 1,
    }
    assert [record.id for record in catalogue.processes] == ["P01", "P02"]
    assert catalogue.by_id["agency", "police"].data["spellings"] == ["ناجا", "انتظامی"]
    assert [record.data["source"] for record in catalogue.index] == ["sample-1396"] * 3


def test_the_shipped_catalogue_is_right() -> None:
    counts = load_catalogue(bundled_data_dir()).counts()
    # counted in the document: 27 forms and 7 entries without one, 2 services, 35 index lines
    assert (counts["process"], counts["service"], counts["index-entry"]) == (34, 2, 35)


def test_every_value_knows_its_line(small: Path) -> None:
    record = load_catalogue(small).by_id["process", "P01"]
    lines = record.path.read_text(encoding="utf-8").splitlines()
    assert record.line == 1
    for pointer, words in {
        "/goal": "goal:",
        "/goal/summaryEn": "summaryEn: Co-ordination",
        "/stages/deliver/in-person": "in-person: {mark: no-mark, lines: 47}",
        "/partners/1/names/0": "- {text: اداره گمنام",
        "/steps/2/printed": "printed: 4",
        "/doubts/0/alternatives/1": "time]",
    }.items():
        line, column = record.place_of(pointer)
        assert lines[line - 1][column - 1 :].startswith(words.removeprefix("- ")), pointer
        assert record.line_of(pointer) == line
    assert record.line_of("/goal/nothing") == record.line_of("/goal")


def test_records_of_a_list_know_their_lines(small: Path) -> None:
    catalogue = load_catalogue(small)
    police = catalogue.by_id["agency", "police"]
    lines = police.path.read_text(encoding="utf-8").splitlines()
    assert lines[police.line - 1] == "- id: police"
    assert lines[police.line_of("/labelEn") - 1] == "  labelEn: Police"
    second = catalogue.by_id["index-entry", "I02"]
    assert second.path.read_text(encoding="utf-8").splitlines()[second.line - 1] == "  - id: I02"
    assert second.line_of("/source") == 1


SPOILED: dict[str, tuple[str, str, str, str, str, str]] = {
    # what: file, old, new, pointer, message, hint
    "misspelt key": (
        P01,
        "goal:",
        "gaol:",
        "P01/gaol",
        'there is no key "gaol" here',
        'did you mean "goal"?',
    ),
    "missing key": (
        P01,
        "output: {text: مصوبات, lines: 21}\n",
        "",
        "P01",
        'a key is missing: "output"',
        "a process with a form has every field of the form; a blank one has a state",
    ),
    "unknown agency": (
        P01,
        "agency: police,",
        "agency: polise,",
        "P01/partners/0/names/0/agency",
        'there is no agency "polise"',
        'did you mean "police"?',
    ),
    "agency by its name": (
        P01,
        "agency: police,",
        "agency: ناجا,",
        "P01/partners/0/names/0/agency",
        'there is no agency "ناجا"',
        'write "police"',
    ),
    "collective for agency": (
        P01,
        "collective: council-members",
        "agency: council-members",
        "P01/partners/0/names/1/agency",
        'there is no agency "council-members"',
        '"council-members" is the id of another kind of record: collective',
    ),
    "unknown instrument": (
        P01,
        "instrument: council-law",
        "instrument: council-lw",
        "P01/regulations/mentions/0/instrument",
        'there is no instrument "council-lw"',
        'did you mean "council-law"?',
    ),
    "unknown template": (
        P01,
        "template: minutes-form",
        "template: minute-form",
        "P01/forms/templates/0/template",
        'there is no template "minute-form"',
        'did you mean "minutes-form"?',
    ),
    "unknown process": (
        P01,
        "requires: [P02]",
        "requires: [P07]",
        "P01/documents/requires/0",
        'there is no process "P07"',
        "add it, or write an id that is there",
    ),
    "unknown code": (
        P01,
        "type: invite",
        "type: invit",
        "P01/steps/1/type",
        '"invit" is not one of the codes',
        'did you mean "invite"?',
    ),
    "broken date": (
        P01,
        "jalali: 1396-04-20",
        "jalali: 1396-12-30",
        "P01/date/jalali",
        '"1396-12-30" is no day of the Jalali calendar',
        "1396 is no leap year, so month 12 has 29 days",
    ),
    "two-digit year": (
        P01,
        "jalali: 1396-04-20",
        "jalali: 96-04-20",
        "P01/date/jalali",
        '"96-04-20" is not a Jalali date',
        "write year-month-day with four, two and two digits: 1396-04-20",
    ),
    "date and words disagree": (
        P01,
        "jalali: 1396-04-20",
        "jalali: 1396-04-21",
        "P01/date/jalali",
        '"1396-04-21" is not what is written: "20/4/1396"',
        'write "1396-04-20"',
    ),
    "lines backwards": (
        P01,
        "lines: 15-16",
        "lines: 16-15",
        "P01/goal/lines",
        'lines "16-15" run backwards',
        'write "15-16"',
    ),
    "lines beyond the document": (
        "services/S01.yaml",
        "lines: 100-150",
        "lines: 100-250",
        "S01/form/lines",
        'lines 100-250: the document "sample-1396" has only 200 lines',
        "look up the right lines",
    ),
    "lines beyond the form": (
        P01,
        "lines: 21}",
        "lines: 91}",
        "P01/output/lines",
        "line 91: the form stands in lines 10-90",
        "look up the right lines",
    ),
    "duplicate id": (
        "agencies.yaml",
        "id: council\n",
        "id: police\n",
        "police/id",
        'the id "police" is taken (agencies.yaml:13)',
        "ids are unique",
    ),
    "own parent": (
        "agencies.yaml",
        "parent: governors-office",
        "parent: security-office",
        "security-office/parent",
        "it is its own parent: security-office > security-office",
        "one of them has another one or none",
    ),
    "step numbers": (
        P01,
        "number: 3,",
        "number: 5,",
        "P01/steps/2/number",
        'step number "5"',
        'steps count 1..n: write "3"',
    ),
    "row twice": (
        P01,
        "- row: 2",
        "- row: 1",
        "P01/partners/1/row",
        'row "1" is there twice',
        "each is there once",
    ),
    "file name": (
        "processes/P02.yaml",
        "id: P02",
        "id: P03",
        "P03/id",
        'the id "P03" is not the name of the file',
        'write "P02"',
    ),
    "Arabic letter": (
        P01,
        "text: مصوبات",
        "text: شوراي",
        "P01/output/text",
        "the letter U+064A",
        "write ی (U+06CC)",
    ),
    "trailing dot": (
        P01,
        "text: مصوبات",
        "text: مصوبات.",
        "P01/output/text",
        "a dot at the end or the beginning",
        "delete it",
    ),
    "text and summary": (
        P01,
        "  summary: هماهنگی",
        "  text: متن\n  summary: هماهنگی",
        "P01/goal",
        "text and summary exclude each other",
        "keep one",
    ),
    "nothing said": (
        P01,
        "output: {text: مصوبات, lines: 21}",
        "output: {lines: 21}",
        "P01/output",
        "nothing is said",
        "give text (as written), summary (long prose) or state (blank, dash, …)",
    ),
    "summary without English": (
        P01,
        "  summaryEn: Co-ordination between the bodies.\n",
        "",
        "P01/goal",
        "a key is missing that another one needs: summaryEn",
        "add it",
    ),
    "empty text": (
        P01,
        "output: {text: مصوبات, lines: 21}",
        'output: {text: "", lines: 21}',
        "P01/output/text",
        "the text is empty",
        "write it, give a state, or leave the key out",
    ),
    "empty field": (
        P01,
        "output: {text: مصوبات, lines: 21}",
        "output:",
        "P01/output",
        "keys and values is needed here, not nothing",
        "write it, or leave the key out",
    ),
    "settled without basis": (
        P01,
        'settled: "no"',
        'settled: "yes"',
        "P01/trigger",
        'a key is missing: "basis"',
        "a settled reading needs basis: page-geometry, only-one-possible or reviewer",
    ),
    "a reading that is no candidate": (
        P01,
        'settled: "no"',
        'settled: "no"\n  ifBoxFollows: [event]\n  ifBoxPrecedes: [time]',
        "P01/trigger/ifBoxFollows/0",
        '"event" is no candidate',
        "choose from request, time",
    ),
    "one reading without the other": (
        P01,
        'settled: "no"',
        'settled: "no"\n  ifBoxFollows: [time]',
        "P01/trigger",
        "a key is missing that another one needs: ifBoxPrecedes",
        "add it",
    ),
    "readings of a settled tick": (
        P01,
        'settled: "no"',
        'settled: "yes"\n  basis: reviewer\n  ifBoxFollows: [time]\n  ifBoxPrecedes: [time]',
        "P01/trigger/ifBoxFollows",
        "a settled trigger has one reading",
        "leave the key out",
    ),
    "identified without instrument": (
        P01,
        "kind: identified, instrument: council-law, ",
        "kind: identified, ",
        "P01/regulations/mentions/0",
        'a key is missing: "instrument"',
        "an identified mention needs instrument: its id in instruments.yaml",
    ),
    "generic with instrument": (
        P01,
        "kind: generic,",
        "kind: generic, instrument: council-law,",
        "P01/regulations/mentions/1/kind",
        '"generic": only a mention of the kind identified may name an instrument',
        "",
    ),
    "unresolved with agency": (
        P01,
        "status: unresolved}",
        "agency: police, status: unresolved}",
        "P01/partners/1/names/0",
        "an unresolved name has neither agency nor collective",
        "write another status or drop the id",
    ),
    "resolved without agency": (
        P01,
        "status: unresolved}",
        "status: reviewer}",
        "P01/partners/1/names/0",
        "a resolved name needs agency or collective",
        "write status: unresolved when it is not known",
    ),
    "steps without a form": (
        "processes/P02.yaml",
        "id: P02\n",
        "id: P02\nsteps: [{number: 1, text: گام, lines: 5}]\n",
        "P02/steps",
        "a record without a form has no such field",
        "add form: source and lines, or delete it",
    ),
    "bad id": (
        "agencies.yaml",
        "id: council\n",
        "id: The Council\n",
        "The Council/id",
        '"The Council": an id has small Latin letters, digits and single hyphens only',
        "",
    ),
    "listed twice": (
        P01,
        "audience: [citizens]",
        "audience: [citizens, citizens]",
        "P01/recipients/audience",
        '"citizens" is in the list twice',
        "keep one",
    ),
    "record that is no mapping": (
        "forms.yaml",
        "- id: minutes-form",
        "- just words\n- id: minutes-form",
        "",
        "keys and values is needed here, not a text",
        "write it, or leave the key out",
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_wrong_where_and_what_to_do(small: Path, what: str) -> None:
    file, old, new, pointer, message, hint = SPOILED[what]
    errors = errors_after(small, file, old, new)
    found = [(error.pointer, error.message, error.hint) for error in errors]
    assert (pointer, message, hint) in found
    error = errors[found.index((pointer, message, hint))]
    assert error.path == small / file
    line = (small / file).read_text(encoding="utf-8").splitlines()[error.line - 1]
    leaf = pointer.rsplit("/", 1)[-1]
    if "/" in pointer and not leaf.isdigit():
        assert line[error.column - 1 :].startswith(leaf)


def test_all_errors_are_told_and_nothing_is_loaded(small: Path) -> None:
    (small / "processes/P02.yaml").write_text("id: P02\n\tx", encoding="utf-8")
    (small / "forms.yaml").write_bytes(b"- id: \xff\n")
    errors = errors_after(small, P01, "agency: police,", "agency: polise,")
    assert {error.path.name for error in errors} >= {"P01.yaml", "P02.yaml", "forms.yaml"}


def test_the_message_names_file_line_and_column(small: Path) -> None:
    errors = errors_after(small, P01, "goal:", "gaol:")
    assert str(RecordErrors(errors)).splitlines()[0] == "2 errors in the records; nothing was loaded."
    assert f"{small / P01}:9:1: P01/gaol: there is no key" in str(RecordErrors(errors))


def test_many_errors_are_counted() -> None:
    errors = [RecordError(Path("a.yaml"), line, 1, "", "wrong") for line in range(1, 80)]
    assert str(RecordErrors(errors)).endswith("... and 29 more")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("agency.yaml", 'did you mean "agencies.yaml"?'),
        ("zzz.yml", "move it away"),
        ("processes/P03.yml", "P03.yaml"),
    ],
)
def test_a_file_that_would_be_passed_over_is_an_error(small: Path, name: str, hint: str) -> None:
    (small / name).write_text("id: x\n", encoding="utf-8")
    with pytest.raises(RecordErrors) as caught:
        load_catalogue(small)
    assert [error.path for error in caught.value.errors] == [small / name]
    assert hint in caught.value.errors[0].hint


def test_no_folder_and_no_records(tmp_path: Path) -> None:
    with pytest.raises(RecordErrors, match="there is no such folder"):
        load_catalogue(tmp_path / "nowhere")
    with pytest.raises(RecordErrors, match="there are no records in this folder"):
        load_catalogue(tmp_path)


def test_processes_come_in_the_order_of_their_numbers(small: Path) -> None:
    text = (small / "processes/P02.yaml").read_text(encoding="utf-8")
    for name in ("P100", "P20", "P9999"):
        (small / f"processes/{name}.yaml").write_text(text.replace("P02", name), encoding="utf-8")
    assert [record.id for record in load_catalogue(small).processes] == ["P01", "P02", "P20", "P100", "P9999"]


def test_many_wrong_ids_are_all_told_and_only_some_get_a_guess(small: Path) -> None:
    names = "".join(f"      - {{text: ناجا, agency: polise-{n}, status: reviewer}}\n" for n in range(400))
    errors = errors_after(small, P01, "    names:\n", "    names:\n" + names)
    assert len(errors) == 400
    assert sum("did you mean" in error.hint for error in errors) == 300
