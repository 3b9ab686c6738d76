"""Parts of forms: boxes, dates, steps, partners, stages, the index."""

from __future__ import annotations

import pytest

from graph.ingest.boxes import candidates, is_flipped, positions
from graph.ingest.dates import parse_jalali, read_date
from graph.ingest.document import heading_kind
from graph.ingest.doubts import REASONS, Doubt
from graph.ingest.index import likeness, match_forms, read_index
from graph.ingest.partners import NameSplitter, read_cells, split_rows, standing_alone
from graph.ingest.process_form import form_items, items
from graph.ingest.runs import Line, read_line
from graph.ingest.stages import read_systems
from graph.ingest.steps import read_steps, split_steps
from graph.ingest.template import template
from graph.ingest.text import TICK
from graph.ingest.values import Part, ValueReader
from tests.ingest.hand import visual

TRIGGER = template().choices["trigger"]
REQUEST, TIME, EVENT = "تقاضای گیرنده خدمت", "فرا رسیدن زمانی مشخص", "رخداد رویدادی مشخص"


def _lines(*texts: str, start: int = 1) -> list[Line]:
    """Lines in reading order, printed in visual order and read again."""
    return [read_line(number, visual(text)) for number, text in enumerate(texts, start)]


class TestBoxes:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (f"{REQUEST} {TICK} {TIME}   {EVENT}", ["request", "time"]),
            (f"{REQUEST}   {TIME} {TICK} {EVENT}", ["time", "event"]),
            (f"{TICK} {REQUEST}   {TIME}   {EVENT}", ["request"]),
            (f"{REQUEST}   {TIME}   {EVENT} {TICK}", ["event"]),
            (f"{REQUEST}   {TIME}   {EVENT}", []),
        ],
    )
    def test_candidates(self, text: str, found: list[str]) -> None:
        assert candidates(text, TRIGGER) == found

    def test_a_line_laid_out_left_to_right(self) -> None:
        text = f": تشخیص دستگاه   سایر {TICK}"
        assert is_flipped(text)
        assert candidates(text, TRIGGER) == ["agency", "other"]

    def test_positions(self) -> None:
        text = f"{REQUEST}   {TIME}"
        assert positions(text, TRIGGER) == [
            (0, len(REQUEST), "request"),
            (len(REQUEST) + 3, len(text), "time"),
        ]


class TestDates:
    @pytest.mark.parametrize(
        ("text", "date"),
        [
            ("20/4/1396", "1396-04-20"),
            ("1396/4/20", "1396-04-20"),
            ("1396-12-29", "1396-12-29"),
            ("30/12/1395", "1395-12-30"),  # 1395 was a leap year
            ("30/12/1396", None),  # 1396 was not
            ("31/7/1396", None),  # the seventh month has 30 days
            ("5/13/1396", None),
            ("0/4/1396", None),
            ("8/2/97", "1397-02-08"),
            ("93/8/11", "1393-08-11"),
            ("سال 1396", None),
        ],
    )
    def test_parse(self, text: str, date: str | None) -> None:
        assert parse_jalali(text) == date

    def test_persian_digits(self) -> None:
        doubts: list[Doubt] = []
        assert read_date([Part(3, " ۲۰/۴/۱۳۹۶ ")], doubts) == ("1396-04-20", "20/4/1396")
        assert doubts == []

    def test_impossible_date_is_doubted(self) -> None:
        doubts: list[Doubt] = []
        assert read_date([Part(9, "31/12/1396")], doubts)[0] is None
        assert [(doubt.code, doubt.line, doubt.about) for doubt in doubts] == [
            ("not-jalali", 9, "31/12/1396")
        ]

    def test_two_digit_year_is_doubted(self) -> None:
        doubts: list[Doubt] = []
        assert read_date([Part(9, "20/4/96")], doubts)[0] == "1396-04-20"
        assert [doubt.code for doubt in doubts] == ["two-digit-year"]

    def test_no_date(self) -> None:
        assert read_date([Part(1, "  ")], []) == (None, None)


class TestSteps:
    def _read(self, reader: ValueReader, *texts: str) -> tuple[list[str], str | None, list[Doubt]]:
        doubts: list[Doubt] = []
        steps, note, _ = read_steps(_lines(*texts), reader, doubts)
        return steps, note, doubts

    @pytest.mark.parametrize(
        "texts",
        [
            ("1ـ ثبت درخواست", "2ـ صدور مجوز"),
            ("1 - ثبت درخواست", "2 - صدور مجوز"),
            ("1) ثبت درخواست", "2) صدور مجوز"),
            ("1. ثبت درخواست", "2. صدور مجوز"),
            ("۱- ثبت درخواست", "۲- صدور مجوز"),
            ("2- صدور مجوز", "1- ثبت درخواست"),
            ("1ـ ثبت درخواست   2ـ صدور مجوز",),
        ],
    )
    def test_ways_of_numbering(self, reader: ValueReader, texts: tuple[str, ...]) -> None:
        steps, note, _ = self._read(reader, *texts)
        assert (steps, note) == (["ثبت درخواست", "صدور مجوز"], None)

    def test_number_at_the_left_end(self, reader: ValueReader) -> None:
        steps, _, _ = read_steps([read_line(1, " 1- ثبت درخواست"), read_line(2, " 2- صدور مجوز")], reader, [])
        assert steps == ["ثبت درخواست", "صدور مجوز"]

    def test_wrapped_step(self, reader: ValueReader) -> None:
        steps, _, _ = self._read(reader, "1- ثبت درخواست", "و بررسی مدارک", "2- صدور مجوز")
        assert steps == ["ثبت درخواست و بررسی مدارک", "صدور مجوز"]

    def test_a_number_inside_a_step(self, reader: ValueReader) -> None:
        steps, _, _ = self._read(reader, "1- طرح در کمیسیون ماده 13 استان", "2- صدور مجوز")
        assert steps == ["طرح در کمیسیون ماده 13 استان", "صدور مجوز"]

    def test_note_instead_of_steps(self, reader: ValueReader) -> None:
        steps, note, _ = self._read(reader, "گام ها پیشنهاد خواهد شد.")
        assert (steps, note) == ([], "گام ها پیشنهاد خواهد شد")

    def test_missing_number_is_doubted(self, reader: ValueReader) -> None:
        _, _, doubts = self._read(reader, "1- ثبت درخواست", "3- صدور مجوز")
        assert [(doubt.code, doubt.about) for doubt in doubts] == [("step-numbers", "1, 3")]

    def test_places(self) -> None:
        steps = split_steps(_lines("1- ثبت", "و بررسی", "2- صدور", start=40))
        assert [[part.line for part in step.parts] for step in steps] == [[40, 41], [42]]


class TestPartners:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("ناجا- سپاه-اطلاعات", ["ناجا", "سپاه", "اطلاعات"]),
            ("راه و شهرسازی، بنیاد مسکن", ["راه و شهرسازی", "بنیاد مسکن"]),
            ("بانک مسکن / دیوان محاسبات", ["بانک مسکن", "دیوان محاسبات"]),
            ("ناجا –سپاه –اطلاعات", ["ناجا", "سپاه", "اطلاعات"]),
            ("ارتش سپاه", ["ارتش", "سپاه"]),
            ("ارتش و سپاه", ["ارتش", "سپاه"]),
            ("دادگستری سایر اعضای کارگروه", ["دادگستری", "سایر اعضای کارگروه"]),
            ("کلیه دستگاه های عضو", ["کلیه دستگاه های عضو"]),
            ("شهرداری (نمونه - شهر)، ناجا", ["شهرداری (نمونه - شهر)", "ناجا"]),
            ("، ناجا ،", ["ناجا"]),
            ("", []),
        ],
    )
    def test_split(self, text: str, names: list[str]) -> None:
        assert NameSplitter().split(text) == names

    def test_short_name_of_the_police(self) -> None:
        assert NameSplitter().split("ناجا سپاه") == ["ناجا", "سپاه"]

    def test_names_seen_alone_elsewhere(self) -> None:
        seen = standing_alone(["بنیاد نمونه", "بنیاد نمونه - ناجا", "ستاد نمونه، ناجا", "ستاد نمونه"])
        assert NameSplitter(seen).split("بنیاد نمونه ستاد نمونه") == ["بنیاد نمونه", "ستاد نمونه"]
        assert NameSplitter().split("بنیاد نمونه ستاد نمونه") == ["بنیاد نمونه ستاد نمونه"]

    def test_rows_end_with_their_boxes(self, reader: ValueReader) -> None:
        lines = [
            read_line(1, "سپاه -ناجا"),
            read_line(2, f"  مراجعه کننده       دستگاه               اطلاعات -{''}"),
            read_line(4, f"{TICK}  مراجعه کننده       دستگاه               مرزبانی"),
            read_line(6, "  مراجعه کننده       دستگاه               "),
        ]
        rows = split_rows(lines)
        assert [[part.line for part in row.parts] for row in rows] == [[1, 2], [4]]
        assert [row.marks for row in rows] == [0, 1]
        assert len(read_cells(rows, reader, [])) == 2

    def test_other_columns_are_no_names(self, reader: ValueReader) -> None:
        line = "  مراجعه کننده       دستگاه          -   نام، سن   سامانه سیدا  آموزش و پرورش"
        (row,) = split_rows([read_line(1, line)])
        assert read_cells([row], reader, []) == ["آموزش و پرورش"]
        assert "سامانه سیدا" in row.others

    def test_words_for_no_system_are_no_names(self, reader: ValueReader) -> None:
        line = "  مراجعه کننده       دستگاه          غیرالکترونیکی  غیرالکترونیکی  هلال احمر"
        assert read_cells(split_rows([read_line(1, line)]), reader, []) == ["هلال احمر"]


class TestSystems:
    def test_rows(self, reader: ValueReader) -> None:
        doubts: list[Doubt] = []
        lines = [read_line(4, f"  {TICK}      کد ملی   سامانه نمونه "), read_line(6, "        ")]
        (row,) = read_systems(lines, reader, doubts)
        assert (row["name"], row["fields"], row["marks"]) == ("سامانه نمونه", "کد ملی", ["tick"])
        assert [(doubt.code, doubt.line) for doubt in doubts] == [("tick-column", 4)]

    def test_a_tick_alone(self, reader: ValueReader) -> None:
        (row,) = read_systems([read_line(1, f"     {TICK} ")], reader, [])
        assert (row["name"], row["fields"], row["marks"]) == (None, None, ["tick"])


class TestItems:
    def test_separators(self) -> None:
        assert items("فرم یک، فرم دو - فرم سه / فرم چهار") == ["فرم یک", "فرم دو", "فرم سه", "فرم چهار"]

    def test_a_date_is_not_parted(self) -> None:
        assert items("قانون نمونه مصوب 1/3/1375") == ["قانون نمونه مصوب 1/3/1375"]

    @pytest.mark.parametrize("text", [None, "", "فرم خاص ندارد", "از طریق مکاتبه"])
    def test_no_forms(self, text: str | None) -> None:
        assert form_items(text) == []


class TestIndex:
    def test_entries(self, reader: ValueReader) -> None:
        lines = (
            *_lines(" - فرایند صدور مجوز تردد", "", " - فرایند ثبت نام موردی (بدون شناسنامه)"),
            read_line(5, "صدور پروانه : عنوان خدمت - "),
            read_line(6, "سر برگ"),
        )
        entries = read_index(lines, reader)
        assert [(e["line"], e["entry"], e["title"], e["case_based"], e["without_form"]) for e in entries] == [
            (1, "process", "صدور مجوز تردد", False, False),
            (3, "process", "ثبت نام", True, True),
            (5, "service", "صدور پروانه", False, False),
        ]

    def test_match_is_one_to_one_and_of_one_kind(self) -> None:
        entries = [
            {"entry": "process", "title": "نظارت بر بازار", "matches_form_line": None},
            {"entry": "process", "title": "نظارت بر بازار", "matches_form_line": None},
            {"entry": "service", "title": "نظارت بر بازار", "matches_form_line": None},
        ]
        match_forms(entries, [{"kind": "process", "title": "نظارت بر بازار", "line": 40}])
        lines: list[object] = [entry["matches_form_line"] for entry in entries]
        assert lines == [40, None, None]

    def test_likeness(self) -> None:
        assert likeness("امورکمیسیون مرز", "امور کمیسیون مرز") == 100
        assert likeness("صدور مجوز", "پرداخت خسارت") < 60


class TestHeadings:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("فرم شناسنامه فرایندهای استانداری", "process"),
            ("استانداری فرم شناسنامه خدمات", "service"),
            ("فرم شناسنامه", None),
            ("این فرم شناسنامه فرایندهای استانداری را همه بخوانند", None),
        ],
    )
    def test_kind(self, text: str, kind: str | None) -> None:
        assert heading_kind(text) == kind


def test_every_reason_is_said_in_both_languages() -> None:
    for code, (english, persian) in REASONS.items():
        assert english.isascii() or "«" in english, code
        assert any("\u0600" <= char <= "\u06ff" for char in persian), code
        assert english.count("{}") == persian.count("{}"), code
