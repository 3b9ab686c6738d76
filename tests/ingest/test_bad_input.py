"""Documents that cannot be read, or only in part: clear words, partial results, no crash."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.ingest.document import UnreadableDocumentError, load
from graph.ingest.reading import read_document
from tests.ingest.hand import NONE
from tests.ingest.offices import Office
from tests.ingest.printing import Printed, print_document

Write = Callable[[str | bytes], Path]
STRIDE = 13


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableDocumentError) as error:
        read_document(path)
    return str(error.value)


class TestRefused:
    @pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
    def test_empty(self, document: Write, content: bytes) -> None:
        path = document(content)
        message = _refused(path)
        assert message.startswith(str(path))
        assert "empty" in message or "no form" in message

    def test_not_utf8_names_file_line_and_byte(self, document: Write) -> None:
        path = document("سطر یک\n".encode() + "هدف فرایند".encode("windows-1256", "replace"))
        message = _refused(path)
        assert message.startswith(f"{path}:2:")
        assert "byte 12 is 0x" in message
        assert "UTF-8" in message

    def test_utf16(self, document: Write) -> None:
        assert "not UTF-8" in _refused(document("فرم شناسنامه".encode("utf-16")))

    def test_nul(self, document: Write) -> None:
        path = document("a\nb\nc\x00d\n")
        assert _refused(path).startswith(f"{path}:3: holds NUL")

    @pytest.mark.parametrize(
        "text",
        [
            "Minutes of the meeting of the parish council.\n1. Apologies for absence\n" * 20,
            "صورتجلسه شورای دانش آموزی - دستور جلسه: انتخاب نماینده\n" * 20,
            "{}\n",
        ],
    )
    def test_another_document(self, document: Write, text: str) -> None:
        path = document(text)
        message = _refused(path)
        assert str(path) in message
        assert "no form of this template" in message
        assert "فرم شناسنامه" in message

    def test_directory(self, tmp_path: Path) -> None:
        assert "cannot be opened" in _refused(tmp_path)

    def test_missing_file(self, tmp_path: Path) -> None:
        path = tmp_path / "nowhere.txt"
        message = _refused(path)
        assert message.startswith(str(path))
        assert "cannot be opened" in message


@pytest.fixture(scope="module")
def fields(small_document: Printed, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small document as read from a plain file."""
    path = small_document.write(tmp_path_factory.mktemp("same") / "document.txt")
    return read_document(path).json_lines()


class TestSameDocument:
    """Line ends and a byte order mark change nothing."""

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_line_ends(self, small_document: Printed, document: Write, fields: str, end: str) -> None:
        assert read_document(document(small_document.text.replace("\n", end))).json_lines() == fields

    def test_byte_order_mark(self, small_document: Printed, document: Write, fields: str) -> None:
        assert read_document(document("\ufeff" + small_document.text)).json_lines() == fields

    def test_no_last_line_end(self, small_document: Printed, document: Write, fields: str) -> None:
        assert read_document(document(small_document.text.rstrip("\n"))).json_lines() == fields


class TestInPart:
    def test_only_an_index(self, small_document: Printed, document: Write) -> None:
        start = small_document.forms()[0]["line"] - 1
        path = document("\n".join(small_document.lines[:start]))
        reading = read_document(path)
        assert [entry["title"] for entry in reading.index] == [
            answer["title"] for answer in small_document.answers if answer["kind"] == "index"
        ]
        assert all(entry["matches_form_line"] is None for entry in reading.index)
        assert reading.forms == ()
        assert any("no form follows the index" in gap for gap in reading.gaps())

    @pytest.mark.slow
    def test_cut_off_anywhere(self, small_document: Printed, document: Write) -> None:
        """Cut at every thirteenth line: what was read stays right, what is missing is said."""
        form = small_document.forms()[0]
        steps = next(
            number
            for number, line in enumerate(small_document.lines, 1)
            if number > form["line"] and line.strip() == "9-"
        )
        for end in range(form["line"], len(small_document.lines), STRIDE):
            reading = read_document(document("\n".join(small_document.lines[:end]) + "\n"))
            assert len(reading.forms) in (1, 2)
            assert reading.forms[0]["line"] == form["line"]
            assert all(item["line_end"] <= end for item in reading.forms)
            doubted = {doubt.field for item in reading.forms for doubt in item["_doubts"]}
            if end < steps:
                assert "steps" in doubted, end
                assert any("section 9" in gap for gap in reading.gaps()), end
                assert reading.forms[0]["steps"] == []

    def test_cut_in_the_middle_of_a_label(self, small_office: Office, document: Write) -> None:
        printed = print_document(small_office, 0, NONE)
        first = printed.forms()[0]["line"]
        head = "\n".join(printed.lines[: first + 2])
        reading = read_document(document(head))
        assert reading.forms[0]["goal"] is None
        assert reading.forms[0]["partners"] == []
        assert {"goal", "output", "partners", "steps"} <= {
            doubt.field for doubt in reading.forms[0]["_doubts"]
        }

    def test_heading_alone(self, document: Write) -> None:
        reading = read_document(document("فرم شناسنامه فرایندهای استانداری\n"))
        (form,) = reading.forms
        assert form["title"] is None
        assert form["steps"] == []
        assert reading.gaps()


class TestVeryLongLine:
    """One line of 100 kB, in a value and outside of any form."""

    def _timed(self, path: Path) -> tuple[float, str]:
        start = time.thread_time()
        reading = read_document(path)
        return time.thread_time() - start, str(reading.forms[0]["goal"])

    def _with_goal(self, office: Office, goal: str) -> str:
        printed = print_document(office, 0, NONE)
        right = printed.forms()[0]["goal"]
        place = next(number for number, line in enumerate(printed.lines) if ":هدف فرایند" in line)
        lines = [*printed.lines[:place], f"  {goal}  :هدف فرایند", *printed.lines[place + 1 :]]
        assert right
        return "\n".join(lines)

    def test_of_words(self, small_office: Office, document: Write) -> None:
        goal = "بررسی درخواست و ثبت نام داوطلبان استان " * 1450
        assert len(goal.encode()) > 100_000
        taken, read = self._timed(document(self._with_goal(small_office, goal)))
        assert sorted(read.replace(" ", "")) == sorted(goal.replace(" ", ""))
        assert taken < 30

    @pytest.mark.parametrize("char", ["ب", "7", "a", "-", "(", "\uf052", "ـ"])
    def test_of_one_character(self, small_office: Office, document: Write, char: str) -> None:
        taken, _ = self._timed(document(self._with_goal(small_office, char * 100_000)))
        assert taken < 30

    def test_outside_of_any_form(self, document: Write) -> None:
        path = document("بررسی درخواست " * 4000)
        start = time.thread_time()
        assert "no form of this template" in _refused(path)
        assert time.thread_time() - start < 20


def test_checksum_is_of_the_bytes(document: Write) -> None:
    # printf 'a\n' | sha256sum
    assert load(document("a\n")).sha256 == "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"


def test_progress_is_told(small_document: Printed, document: Write) -> None:
    told: list[tuple[int, int]] = []
    read_document(document(small_document.text), lambda done, count: told.append((done, count)))
    assert told == [(1, 2), (2, 2)]


class TestCutInsideALetter:
    def test_the_rest_is_read_and_the_gap_is_told(
        self, small_document: Printed, document: Callable[[str | bytes], Path]
    ) -> None:
        data = small_document.text.encode()
        end = next(place for place in range(len(data) // 2, len(data)) if data[place] & 0xC0 == 0x80)
        reading = read_document(document(data[:end]))
        assert reading.forms
        assert any("cut off" in gap for gap in reading.gaps())
