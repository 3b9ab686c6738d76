"""Characters, runs, labels, the template: `text`, `runs`, `labels`, `template`, `anchors`."""

from __future__ import annotations

import pytest

from graph.ingest import labels as label_tools
from graph.ingest.anchors import anchor, labels_on, section_number
from graph.ingest.runs import read_line, split_runs
from graph.ingest.template import Label, template
from graph.ingest.text import BOX, TICK, ascii_digits, clean_value, is_blank, letters, normalise


def _label(text: str, key: str = "x") -> Label:
    return Label(key, text, letters(text))


class TestText:
    @pytest.mark.parametrize(
        ("raw", "right"),
        [
            ("كميته", "کمیته"),
            ("\ufeffكار\u200fي", "کاری"),
            ("\ufefb", "لا"),  # lam-alef ligature
            ("الف\u00a0ب\tج", "الف ب ج"),
            ("\uf052 \uf0fe", f"{TICK} {TICK}"),
            ("\uf0a8", BOX),
            ("ا\u0653", "آ"),  # NFC
            ("کـار", "کـار"),  # the tatweel stays for now
        ],
    )
    def test_normalise(self, raw: str, right: str) -> None:
        assert normalise(raw) == right

    @pytest.mark.parametrize(
        ("raw", "right"),
        [
            ("  .کار  گروه . ", "کار گروه"),
            ("مـتـن", "متن"),
            ("----", None),
            (" ــــ ", None),
            ("", None),
            ("(محرمانه )متن", "(محرمانه) متن"),
            ("متن( محرمانه)", "متن (محرمانه)"),
            (f"{TICK} متن", "متن"),
        ],
    )
    def test_clean_value(self, raw: str, right: str | None) -> None:
        assert clean_value(raw) == right

    def test_letters_forget_spaces_marks_and_signs(self) -> None:
        assert letters("تأمین - (امنیّت) ۲") == letters("تامین‌امنیت2")

    def test_digits(self) -> None:
        assert ascii_digits("۱۳۹۶/٠٤/20") == "1396/04/20"

    def test_blank(self) -> None:
        assert is_blank(" – ـــ … ")
        assert not is_blank("-2")


class TestRuns:
    @pytest.mark.parametrize(
        ("raw", "right"),
        [
            ("سپاه-ناجا", "ناجا-سپاه"),
            ("20/4/1396 :تاریخ - 3", "3 - تاریخ: 20/4/1396"),
            ("http://a.ir/b  :آدرس", "آدرس: http://a.ir/b"),
            (")محرمانه( گزارش", "گزارش (محرمانه)"),
            ("است 12 ماده", "ماده 12 است"),
        ],
    )
    def test_reading_order(self, raw: str, right: str) -> None:
        text = read_line(1, raw).text
        assert text.translate(str.maketrans("()", ")(")).replace(" ", "") == right.replace(
            " ", ""
        ) or text.replace(" ", "") == right.replace(" ", "")

    def test_telephone_number(self) -> None:
        assert "051-37610101" in read_line(1, "051-37610101 :تلفن").text

    def test_kinds(self) -> None:
        kinds = [run.kind for run in split_runs(f"الف 12/5{TICK}( GIS 2010 ")]
        assert kinds == ["arabic", "number", "mark", "sign", "space", "latin", "space"]

    def test_nothing_is_lost(self) -> None:
        raw = f"  متن، 12- (a) {TICK} ـ  "
        assert "".join(run.text for run in split_runs(raw)) == raw

    def test_columns_are_put_in_order(self) -> None:
        line = read_line(1, "سامانه نمونه     نام نمونه")
        assert line.columns.split("   ") == ["نام نمونه", "سامانه نمونه"]

    def test_ticks_and_blank_lines(self) -> None:
        assert read_line(1, "\uf052 الف \uf0fe").ticks == 2
        assert read_line(1, " \t").blank


class TestLabels:
    GOAL = _label("هدف فرایند", "goal")
    LONG = _label("قوانین و مقررات بالادستی")

    @pytest.mark.parametrize(
        "text",
        ["هدف فرایند", "هدففرایند", "فرایندهدف", "هـدف فرايند", "فرایند هدف"],
    )
    def test_found(self, text: str) -> None:
        found = label_tools.find(text, self.GOAL)
        assert found is not None
        assert found.score >= 96
        assert not letters(found.rest)

    def test_text_around_a_label(self) -> None:
        found = label_tools.find("یک دو هدف فرایند سه", self.GOAL)
        assert found is not None
        assert (found.before.strip(), found.after.strip()) == ("یک دو", "سه")

    def test_parts_that_stand_apart(self) -> None:
        found = label_tools.find("بالادستی متن قوانین و مقررات", self.LONG)
        assert found is not None
        assert found.rest == "متن"

    def test_a_letter_short(self) -> None:
        assert label_tools.find("قوانین و مقررات بالادست", self.LONG) is not None

    @pytest.mark.parametrize("text", ["", "هدف", "اهداف فرایندها", "عنوان فرایند"])
    def test_not_found(self, text: str) -> None:
        assert label_tools.find(text, self.GOAL) is None

    def test_fragment(self) -> None:
        heading = (_label("عناوین گام های فرایند"),)
        assert label_tools.is_fragment("ی فرایند", heading)
        assert not label_tools.is_fragment("گزارش", heading)
        assert not label_tools.is_fragment("", heading)

    def test_without(self) -> None:
        assert label_tools.without("هدف فرایند چنین است", (self.GOAL,)) == "چنین است"


class TestTemplate:
    def test_labels_are_longest_first(self) -> None:
        sizes = [len(label.letters) for label in template().process]
        assert sizes == sorted(sizes, reverse=True)

    def test_every_text_of_the_contract_has_a_label(self) -> None:
        process = {label.key for label in template().process}
        assert {"title", "identifier", "goal", "recipients", "output", "documents", "regulations"} <= process
        assert {"forms", "url", "system", "date", "owner_body", "owner_office", "class", "trigger"} <= process
        assert set(template().choices["trigger"][0].__slots__) == {"key", "text", "letters"}


class TestAnchors:
    LABELS = (_label("هدف فرایند", "goal"), _label("خروجی فرایند", "output"))

    def test_value_and_its_other_lines(self) -> None:
        lines = [
            read_line(5, "یک دو  :هدف فرایند"),
            read_line(6, "سه چهار"),
            read_line(8, "پنج  :خروجی فرایند"),
        ]
        found = anchor(lines, self.LABELS, frozenset(), ())
        assert [(part.line, part.text.strip()) for part in found.fields["goal"]] == [
            (5, "یک دو"),
            (6, "سه چهار"),
        ]
        assert [part.line for part in found.fields["output"]] == [8]
        assert found.lines == {"goal": 5, "output": 8}

    def test_a_web_address_is_not_parted_at_its_colon(self) -> None:
        (match,) = labels_on("هدف فرایند: http://a.ir", self.LABELS, {})
        assert match.value.strip() == "http://a.ir"

    def test_a_label_stands_once_on_a_form(self) -> None:
        assert labels_on("هدف فرایند: متن", self.LABELS, {"goal": 3}) == []

    @pytest.mark.parametrize(
        ("raw", "number"), [("5 - ", 5), (" 9- ", 9), ("- 7", 7), ("7 روز", None), ("", None)]
    )
    def test_section_number(self, raw: str, number: int | None) -> None:
        assert section_number(read_line(1, raw)) == number
