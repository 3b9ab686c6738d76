"""Tags of questions in words: who asks, and what is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.query.question_library import Question

#: Message keys of the tags that say who asks.
WHO: Mapping[str, str] = {
    "planners": "tag.planners",
    "auditors": "tag.auditors",
    "reviewers": "tag.reviewers",
}
#: Message keys of the tags that say what a question is about.
ABOUT: Mapping[str, str] = {
    "access": "tag.access",
    "agencies": "tag.agencies",
    "confidentiality": "tag.confidentiality",
    "contradictions": "tag.contradictions",
    "copies": "tag.copies",
    "counts": "tag.counts",
    "dates": "tag.dates",
    "dependencies": "tag.dependencies",
    "doubts": "tag.doubts",
    "duplicates": "tag.duplicates",
    "evidence": "tag.evidence",
    "groups": "tag.groups",
    "index": "tag.index",
    "inferred": "tag.inferred",
    "labels": "tag.labels",
    "meetings": "tag.meetings",
    "missing": "tag.missing",
    "names": "tag.names",
    "readings": "tag.readings",
    "recipients": "tag.recipients",
    "risk": "tag.risk",
    "rules": "tag.rules",
    "scope": "tag.scope",
    "search": "tag.search",
    "services": "tag.services",
    "steps": "tag.steps",
    "templates": "tag.templates",
    "triggers": "tag.triggers",
    "wording": "tag.wording",
}
TAGS: Mapping[str, str] = {**WHO, **ABOUT}


def tags_of(questions: Sequence[Question], among: Mapping[str, str]) -> tuple[str, ...]:
    """The tags that some questions have.

    Args:
        questions: The questions.
        among: Those of which, with their message keys: ``WHO`` or ``ABOUT``.

    Returns:
        Tags in the order in which they are written out above.
    """
    used = {tag for question in questions for tag in question.tags}
    return tuple(tag for tag in among if tag in used)
