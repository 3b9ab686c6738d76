"""What validation found, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")

_WORDS: dict[str, dict[Severity, str]] = {
    "fa": {"violation": "نادرست", "warning": "هشدار", "info": "آگاهی"},
    "en": {"violation": "violation", "warning": "warning", "info": "note"},
}
_LINES = {"fa": ("سطر", "سطرهای"), "en": ("line", "lines")}


@dataclass(frozen=True)
class Finding:
    """One thing that a shape or a check found.

    Args:
        severity: How grave it is.
        shape: The id of the shape or check, as `S06-unresolved`.
        message_fa: What is wrong and what to do, in Persian.
        message_en: The same in English.
        focus: The IRI of the node it is about.
        value: The value it is about, as text, if there is one.
        record: The record's id, if the node belongs to a record.
        path: The file to mend.
        line: The line of that file, from 1; 0 where only the file is known.
        source_lines: The lines of the source document, as `86-88`; empty where there are none.
        component: What kind of constraint it is, as SHACL names it.
    """

    severity: Severity
    shape: str
    message_fa: str
    message_en: str
    focus: str
    value: str
    record: str
    path: Path
    line: int
    source_lines: str
    component: str = "SPARQLConstraintComponent"

    def message(self, language: str) -> str:
        """Give the message in Persian (`fa`) or English (any other tag)."""
        return self.message_fa if language == "fa" else self.message_en

    def text(self, language: str = "en") -> str:
        """Write the finding on one line: place, severity, words, document lines and id.

        Args:
            language: `fa` or `en`.

        Returns:
            The line, without a line feed.
        """
        known = language if language in _WORDS else "en"
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        record = f" {self.record}" if self.record else ""
        one, many = _LINES[known]
        several = any(mark in self.source_lines for mark in "-,")
        lines = f" ({many if several else one} {self.source_lines})" if self.source_lines else ""
        return f"{place}: {_WORDS[known][self.severity]}{record}: {self.message(known)}{lines} [{self.shape}]"


@dataclass(frozen=True)
class Report:
    """All findings of one validation, gravest first, then by record and place.

    Args:
        findings: The findings.
    """

    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Give the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; warnings and notes do not count."""
        return not self.of("violation")

    def text(self, language: str = "en") -> str:
        """Write all findings, one a line."""
        return "\n".join(finding.text(language) for finding in self.findings)
