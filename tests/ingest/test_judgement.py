"""Repair and the language model that judges: `repair`, `seams`, `values`, `language`, `words`."""

from __future__ import annotations

import math

import pytest

from graph.ingest.doubts import Doubt
from graph.ingest.language import END, START, LanguageModel
from graph.ingest.repair import Context, Repairer
from graph.ingest.seams import ends_cut, lone_letters
from graph.ingest.text import letters
from graph.ingest.values import Part, ValueReader
from graph.ingest.words import MARK, edge_words, frequency, glued, tokens

REPAIRS = [
    # raw, right: cut between words, with and without the space at the seam, inside a word, twice
    ("منابع آب حفاظت از", "حفاظت از منابع آب"),
    ("محیط زیست استان حفاظت از", "حفاظت از محیط زیست استان"),
    ("دانش آموزان ثبت نام", "ثبت نام دانش آموزان"),
    ("ساختمان صدور پروانه", "صدور پروانه ساختمان"),
    ("شهروندانرسیدگی به شکایات", "رسیدگی به شکایات شهروندان"),
    ("های آموزشی برگزاری کلاس", "برگزاری کلاس های آموزشی"),
]
WHOLE = [
    "حفاظت از منابع آب",
    "صدور پروانه ساختمان",
    "رسیدگی به شکایات شهروندان",
    "برگزاری کلاس های آموزشی",
    "نظارت بر عملکرد شهرداری",
    "ارسال گزارش به وزارت کشور",
]


class TestRepair:
    @pytest.mark.parametrize(("raw", "right"), REPAIRS)
    def test_cut(self, repairer: Repairer, raw: str, right: str) -> None:
        choice = repairer.run(raw)
        assert letters(choice.text) == letters(right)
        assert len(choice.text.split()) in (len(right.split()), len(right.split()) - 1)  # a plural, attached
        assert choice.changed

    @pytest.mark.parametrize("text", WHOLE)
    def test_whole_text_is_left_alone(self, repairer: Repairer, text: str) -> None:
        choice = repairer.run(text)
        assert choice.text == text
        assert not choice.changed

    def test_a_near_miss_is_told(self, repairer: Repairer) -> None:
        choice = repairer.run("شهروندان رسیدگی به شکایات")
        assert "رسیدگی به شکایات شهروندان" in (choice.text, *choice.alternatives)

    @pytest.mark.parametrize("text", ["کارگروه مخاطرات فناورزاد", "حواله انبار، رسید تحویل، کارتکس کالا"])
    def test_rare_words_are_left_whole(self, repairer: Repairer, text: str) -> None:
        assert repairer.run(text).text == text

    @pytest.mark.parametrize("text", ["", "  ", "متن", "متن دو"])
    def test_short(self, repairer: Repairer, text: str) -> None:
        assert letters(repairer.run(text).text) == letters(text)

    def test_the_same_question_has_the_same_answer(self, model: LanguageModel) -> None:
        first, second = Repairer(model), Repairer(model)
        for raw, _ in REPAIRS:
            assert first.run(raw) == first.run(raw) == second.run(raw)

    def test_judging_leaves_the_model_as_it_was(self, repairer: Repairer, model: LanguageModel) -> None:
        words = tokens("حفاظت از منابع آب استان")
        before = model.score(words)
        repairer.run("منابع آب استان حفاظت از مناطق")
        assert model.score(words) == pytest.approx(before, abs=1e-9)

    def test_repeated_wording_decides(self, model: LanguageModel) -> None:
        """Two orders of words that nobody knows: the one that stands elsewhere in the document wins."""
        raw = "برنج گردان مزرعه سالم"
        other = "مزرعه سالم برنج گردان"
        repairer = Repairer(model)
        for _ in range(4):
            repairer.whole.add(other)
        assert repairer.run(raw).text == other

    def test_near_alternatives_become_doubts(self, reader: ValueReader) -> None:
        doubts: list[Doubt] = []
        for raw, _ in REPAIRS:
            reader.read("goal", [Part(5, raw)], doubts)
        assert all(doubt.alternatives for doubt in doubts)
        assert {doubt.code for doubt in doubts} <= {"order", "order-repaired"}

    def test_pieces_around_a_label(self, repairer: Repairer) -> None:
        choice = repairer.pieces(["منابع آب", "حفاظت از"])
        assert letters(choice.text) in (letters("حفاظت از منابع آب"), letters("منابع آب حفاظت از"))
        assert repairer.pieces(["متن"]).text == "متن"
        assert repairer.pieces([]).text == ""

    def test_after_an_opening(self, repairer: Repairer) -> None:
        assert repairer.after("ثبت", "بررسی درخواست نام و") == "ثبت نام و بررسی درخواست"

    def test_trusted_order_stays(self, repairer: Repairer) -> None:
        assert repairer.run("گزارش عملکرد", Context(trusted=True)).text == "گزارش عملکرد"


class TestSeams:
    def test_ends_cut(self) -> None:
        assert ends_cut("امنیتـ")
        assert not ends_cut("امنیت ـ")

    def test_lone_letters(self) -> None:
        assert lone_letters("ت خدم و آ") == 1

    def test_pieces_of_one_word_are_joined(self, repairer: Repairer) -> None:
        assert repairer.seams.join(["گردش", "گران خارجی"]) == "گردشگران خارجی"
        assert repairer.seams.join(["سازمان", "ها"]) in ("سازمانها", "سازمان ها")
        assert repairer.seams.join(["حفاظت از", "منابع"]) == "حفاظت از منابع"


class TestWords:
    def test_marks_for_signs_and_numbers(self) -> None:
        assert tokens("ماده 13، بند") == ["ماده", MARK, MARK, "بند"]

    @pytest.mark.parametrize(
        ("left", "right"), [("سازمانها", "سازمان ها"), ("تأمین", "تامین"), ("امورکمیسیون", "امور کمیسیون")]
    )
    def test_spellings_are_counted_alike(self, left: str, right: str) -> None:
        assert tokens(left) == tokens(right)

    def test_glued(self) -> None:
        assert glued("امورکمیسیون") == 1
        assert glued("امور کمیسیون") == 0

    def test_frequency(self) -> None:
        assert frequency("استان") > frequency("کارتابل") >= 0
        assert frequency("ژژژژژژ") == 0

    def test_edges(self) -> None:
        assert "از" in edge_words()["no-end"]


class TestLanguage:
    @pytest.fixture
    def tiny(self) -> LanguageModel:
        return LanguageModel(["الف بابا داده", "بابا داده", "داده الف"])

    def test_probabilities_sum_to_at_most_one(self, tiny: LanguageModel) -> None:
        words = [*{word for text in ("الف بابا داده",) for word in tokens(text)}, MARK]
        assert sum(math.exp(tiny.word(word)) for word in words) <= 1
        for before in words:
            assert sum(math.exp(tiny.step(before, word)) for word in words) <= 1, before
            assert 0 < math.exp(tiny.step(before, END)) <= 1

    def test_probabilities_of_the_lexicon_sum_to_at_most_one(self, model: LanguageModel) -> None:
        words = sorted(model._base - {START, END})
        for before in ("حفاظت", "صدور", "استان"):
            assert sum(math.exp(model.step(before, word)) for word in words) <= 1 + 1e-9

    def test_a_seen_pair_is_likelier(self, tiny: LanguageModel) -> None:
        assert tiny.step("بابا", "داده") > tiny.step("بابا", "الف")

    def test_leave_one_out(self, tiny: LanguageModel) -> None:
        """Learning a line and taking it out again changes nothing: it is no evidence for itself."""
        line = tokens("داده بابا الف")
        before = [tiny.score(line), tiny.step("داده", "بابا"), tiny.word("الف")]
        tiny.learn(line)
        assert tiny.step("داده", "بابا") > before[1]
        tiny.learn(line, -1.0)
        assert [tiny.score(line), tiny.step("داده", "بابا"), tiny.word("الف")] == pytest.approx(before)

    def test_unknown_words_cost_more_the_longer_they_are(self, tiny: LanguageModel) -> None:
        assert tiny.word("ژخضظثقفغ") > tiny.word("ژخضظثقفغژخضظ")

    def test_fragments_are_not_cheap(self, tiny: LanguageModel) -> None:
        assert tiny.word("ژخ") == tiny.word("ژخضظ")

    def test_empty_sequence(self, tiny: LanguageModel) -> None:
        assert tiny.score([]) == 0.0

    def test_trust(self, tiny: LanguageModel) -> None:
        assert not tiny.knows("ژخضظ")
        tiny.trust([["ژخضظ"], ["ژخضظ"], ["ژخضظ"]])
        assert tiny.knows("ژخضظ")
        assert not tiny.attested("ژخضظ")
