"""Authority: the names that the reviewed records know, for resolving names in drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.ingest.text import letters


@dataclass(frozen=True, slots=True)
class Authority:
    """Names that are known, by their letters.

    Attributes:
        agencies: Letters of a spelling to the id of an agency.
        collectives: Letters of a spelling to the id of a collective.
        records: Data of every record, by id.
    """

    agencies: dict[str, str]
    collectives: dict[str, str]
    records: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, agencies: list[dict[str, Any]], collectives: list[dict[str, Any]]) -> Authority:
        """Index the records of the authority files by every spelling.

        Args:
            agencies: Data of agency records.
            collectives: Data of collective records.
        """
        records = {data["id"]: data for data in (*agencies, *collectives)}
        return cls(_by_letters(agencies), _by_letters(collectives), records)

    def used_by(self, files: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Pick the records that drafts point at, and those that these point at.

        Lines are left out: they are lines of another document.

        Args:
            files: Draft records.

        Returns:
            Data of agencies, and of collectives.
        """
        wanted, seen = _pointed_at(files), set[str]()
        while wanted - seen:
            fresh = wanted - seen
            seen |= fresh
            wanted |= {
                self.records[name][key]
                for name in fresh
                for key in ("parent", "membersOf", "restOf")
                if key in self.records[name]
            }
        kept = [{k: v for k, v in self.records[n].items() if k != "lines"} for n in self.records if n in seen]
        groups = set(self.collectives.values())
        return [d for d in kept if d["id"] not in groups], [d for d in kept if d["id"] in groups]


def _by_letters(records: list[dict[str, Any]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for data in records:
        for word in (data["label"], *data.get("spellings", [])):
            table.setdefault(letters(word), data["id"])
    return table


def _pointed_at(value: Any) -> set[str]:
    """Ids of agencies and collectives anywhere in drafts."""
    if isinstance(value, list):
        return set().union(*map(_pointed_at, value))
    if not isinstance(value, dict):
        return set()
    own = {value[key] for key in ("agency", "collective") if isinstance(value.get(key), str)}
    return own.union(*map(_pointed_at, value.values()))
