"""For each shape and check one thing done wrong to the made-up catalogue: the update, and the node to name.

`G` stands for the graph of process P01. Prefixes and base are those of conftest.
"""

from __future__ import annotations

G = "<graph/record/P01>"


def add(triples: str, graph: str = G) -> str:
    return f"INSERT DATA {{ GRAPH {graph} {{ {triples} }} }}"


def drop(subject: str, predicate: str) -> str:
    pattern = f"GRAPH ?g {{ {subject} {predicate} ?o }}"
    return f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}"


def put(subject: str, predicate: str, value: str) -> str:
    pattern = f"GRAPH ?g {{ {subject} {predicate} ?o }}"
    return f"DELETE {{ {pattern} }} INSERT {{ {pattern.replace('?o', value)} }} WHERE {{ {pattern} }}"


def code(path: str) -> str:
    return f"<https://w3id.org/daftar/code/{path}>"


P, FORM, SERVICE = "<process/P01>", "<form/P01>", "<service/S01>"
NAME, STEP, CELL = (
    "<process/P01/partner-1-1>",
    "<process/P01/step-02>",
    "<process/P01/stage-deliver-electronic>",
)
TICK, LAW, GENERIC = "<process/P01/trigger>", "<process/P01/regulation-2>", "<process/P01/regulation-4>"
GOAL, STATE = "<process/P01/field-goal>", "<process/P01/state-identifier>"
POLICE, GROUP = "<agency/police>", "<collective/council-members>"

SHAPES: dict[str, tuple[str, str]] = {
    "S01-identifier": (put(P, "dct:identifier", '"eight"'), P),
    "S01-title": (add(f'{P} dct:title "عنوان دیگر"@fa'), P),
    "S02-documents": (add(f"{FORM} df:documents <process/P03>"), FORM),
    "S02-issued": (put(FORM, "dct:issued", '"2021-03-20"'), FORM),
    "S02-jalali": (drop(FORM, "df:jalaliDate"), FORM),
    "S02-jalali-shape": (put(FORM, "df:jalaliDate", '"1399-12-30"^^xsd:date'), FORM),
    "S02-source": (put(FORM, "prov:hadPrimarySource", "<agency/police>"), FORM),
    "S02-line-start": (drop(GOAL, "df:sourceLineStart"), GOAL),
    "S02-line-end": (put(STEP, "df:sourceLineEnd", '"forty"'), STEP),
    "S03-owner": (drop(P, "cv:hasCompetentAuthority"), FORM),
    "S03-cells": (f"DELETE WHERE {{ GRAPH {G} {{ {P} df:hasStageAccess {CELL} }} }}", FORM),
    "S24-parent-written": (drop(SERVICE, "df:parentProcessAsWritten"), "<form/S01>"),
    "S24-parent": (drop(SERVICE, "df:serviceOfProcess"), "<form/S01>"),
    "S05-as-written": (drop(NAME, "df:asWritten"), NAME),
    "S05-one-process": (add(f"<process/P03> cv:hasParticipation {NAME}"), NAME),
    "S05-participant": (add(f"{NAME} cv:hasParticipant <agency/health>", "<graph/resolution>"), NAME),
    "S05-status": (drop(NAME, "df:resolutionStatus"), NAME),
    "S06-unresolved": (put(NAME, "df:resolutionStatus", code("resolution-status/unresolved")), NAME),
    "S06-status-agrees": (drop(NAME, "cv:hasParticipant"), NAME),
    "S09-number": (put(STEP, "df:stepNumber", "0"), STEP),
    "S09-text": (drop(STEP, "dct:description"), STEP),
    "S09-plan": (put(STEP, "p-plan:isStepOfPlan", SERVICE), STEP),
    "S09-type": (drop(STEP, "df:stepType"), STEP),
    "S10-stage": (drop(CELL, "df:stage"), CELL),
    "S10-mode": (add(f"{CELL} df:deliveryMode {code('delivery-mode/in-person')}"), CELL),
    "S10-box": (drop(CELL, "df:boxState"), CELL),
    "S11-field": (drop(GOAL, "df:field"), GOAL),
    "S11-candidate": (drop(TICK, "df:candidate"), TICK),
    "S11-reading": (put(TICK, "df:reading", code("reading/guessed")), TICK),
    "S11-two-candidates": (put(TICK, "df:candidate", code("trigger/time")), TICK),
    "S11-none-selected": (add(f"{TICK} df:selected {code('trigger/time')}", "<graph/resolution>"), TICK),
    "S11-basis": (drop("<process/P01/scope>", "df:readingBasis"), "<process/P01/scope>"),
    "S12-kind": (drop(LAW, "df:mentionKind"), LAW),
    "S12-generic": (add(f"{GENERIC} df:resolvesTo <instrument/example-law>", "<graph/resolution>"), GENERIC),
    "S12-identified": (drop(LAW, "df:resolvesTo"), LAW),
    "S12-issuer": (drop("<process/P01/regulation-3>", "df:instrumentsOf"), "<process/P01/regulation-3>"),
    "S04-reading-words": (drop(GOAL, "df:asWritten"), GOAL),
    "S04-summary-digest": (drop("<process/P02/field-goal>", "df:textDigest"), "<process/P02/field-goal>"),
    "S04-state": (drop(STATE, "df:state"), STATE),
    "S04-doubt": (drop("<process/P01/doubt-1>", "dct:description"), "<process/P01/doubt-1>"),
    "S14-label": (add(f'{POLICE} skos:prefLabel "شهربانی"@fa', "<graph/agencies>"), POLICE),
    "S14-kind": (drop(POLICE, "org:classification"), POLICE),
    "S14-parent": (put("<agency/border-guard>", "org:subOrganizationOf", P), "<agency/border-guard>"),
    "S14-parent-basis": (drop("<agency/border-guard>", "df:parentBasis"), "<agency/border-guard>"),
    "S14-alias": (
        add("<agency/police/alias-1> df:denotesAgency <agency/health>", "<graph/agencies>"),
        "<agency/police/alias-1>",
    ),
    "S14-surface": (drop("<agency/police/alias-1>", "df:surface"), "<agency/police/alias-1>"),
    "S13-kind": (drop("<instrument/example-law>", "eli:type_document"), "<instrument/example-law>"),
    "S13-issuer": (drop("<instrument/example-document>", "eli:passed_by"), "<instrument/example-document>"),
    "S21-kind": (drop(GROUP, "df:collectiveKind"), GROUP),
    "S21-members-of": (drop(GROUP, "df:membersOf"), GROUP),
    "S21-rest-of": (put(GROUP, "df:collectiveKind", code("collective-kind/rest-of")), GROUP),
    "S20-compares": (
        "DELETE DATA { GRAPH <graph/comparisons> { <comparison/alike> df:compares <process/P02> } }",
        "<comparison/alike>",
    ),
    "S20-decision": (drop("<comparison/alike>", "df:decision"), "<comparison/alike>"),
    "S19-denotes": (drop("<index/I01>", "df:denotes"), "<index/I01>"),
    "S19-claim": (put("<index/I01>", "df:statesNoForm", '"no"'), "<index/I01>"),
    "S16-label": (
        f'DELETE DATA {{ GRAPH <graph/codes> {{ {code("stage/start")} skos:prefLabel "start"@en }} }}',
        code("stage/start"),
    ),
    "S16-scheme": (drop(code("stage/start"), "skos:inScheme"), code("stage/start")),
    "S16-notation": (drop(code("stage/start"), "skos:notation"), code("stage/start")),
}

# Every property that takes codes: a code of another list is out of place.
CODED = {
    "process-class": ("df:processClass", P),
    "process-scope": ("df:processScope", P),
    "trigger": ("df:trigger", P),
    "trigger-reading-a": ("df:triggerReadingA", P),
    "trigger-reading-b": ("df:triggerReadingB", P),
    "service-type": ("df:serviceType", SERVICE),
    "service-nature": ("df:serviceNature", SERVICE),
    "service-level": ("df:serviceLevel", SERVICE),
    "life-event": ("df:lifeEvent", SERVICE),
    "frequency": ("df:frequency", SERVICE),
    "step-type": ("df:stepType", STEP),
    "stage": ("df:stage", CELL),
    "delivery-mode": ("df:deliveryMode", CELL),
    "box-state": ("df:boxState", CELL),
    "reading-basis": ("df:readingBasis", "<process/P01/scope>"),
    "field": ("df:field", GOAL),
    "state": ("df:state", STATE),
    "mention-kind": ("df:mentionKind", LAW),
    "resolution-status": ("df:resolutionStatus", NAME),
    "collective-kind": ("df:collectiveKind", GROUP),
    "confidentiality": ("df:confidentiality", GENERIC),
    "decision": ("df:decision", "<comparison/alike>"),
    "parent-basis": ("df:parentBasis", "<agency/border-guard>"),
    "documentation-status": ("df:documentationStatus", P),
    "steps-delegated-to": ("df:stepsDelegatedTo", "<process/P02>"),
    "says-confidential": ("df:saysConfidential", P),
    "audience": ("dct:audience", P),
    "role": ("cv:role", NAME),
    "type-document": ("eli:type_document", "<instrument/example-law>"),
    "classification": ("org:classification", POLICE),
}
SHAPES |= {
    f"S15-{name}": (add(f"{subject} {prop} {code('channel/sms')}"), subject)
    for name, (prop, subject) in CODED.items()
}

CHECKS: dict[str, tuple[str, str]] = {
    "S01-persian-name": (put(P, "dct:title", '"Title"@en'), P),
    "S03-cell-twice": (
        add(
            f"{P} df:hasStageAccess <process/P01/x> . <process/P01/x> df:stage {code('stage/inform')} ; "
            f"df:deliveryMode {code('delivery-mode/electronic')}"
        ),
        P,
    ),
    "S04-process-field": (drop(GOAL, "df:field"), P),
    "S04-service-field": (drop("<service/S01/field-visits>", "df:field"), SERVICE),
    "S05-alias": (put(NAME, "df:asWritten", '"نظمیه"@fa'), NAME),
    "S05-alias-shared": (
        add(
            '<agency/health/alias-9> df:surface "ناجا"@fa ; df:denotesAgency <agency/health>',
            "<graph/agencies>",
        ),
        "<agency/health>",
    ),
    "S07-shortcut-unsupported": (
        add(f"{P} df:involvesAgency <agency/health>", "<graph/inferred/involves-agency>"),
        P,
    ),
    "S07-shortcut-missing": ("DELETE WHERE { GRAPH <graph/inferred/involves-agency> { ?s ?p ?o } }", P),
    "S08-conclusion-asserted": (add(f"{P} df:involvesAgency <agency/health>"), P),
    "S08-evidence-inferred": (add(f'{NAME} df:asWritten "ناجا"@fa', "<graph/inferred/follows>"), NAME),
    "S09-gap": (put("<process/P01/step-03>", "df:stepNumber", "4"), P),
    "S09-plan-agrees": (put(STEP, "p-plan:isStepOfPlan", "<process/P02>"), STEP),
    "S09-next": (
        add(f"{STEP} df:nextStep <process/P01/step-01>", "<graph/inferred/next-step>"),
        STEP,
    ),
    "S10-says-not-electronic": (add(f'{CELL} df:mediumText "مکاتبه - به صورت دستی"@fa'), CELL),
    "S10-no-reason": (
        drop("<process/P01/stage-inform-in-person>", "df:inPersonReason"),
        "<process/P01/stage-inform-in-person>",
    ),
    "S11-shortcut-agrees": (
        add(f"{P} df:trigger {code('trigger/time')}", "<graph/inferred/settled-selection>"),
        P,
    ),
    "S13-generic-instrument": (
        put("<instrument/example-law>", "dct:title", '"دستورالعمل های مرتبط"@fa'),
        "<instrument/example-law>",
    ),
    "S13-false-hub": (
        add(
            "<process/P02> df:hasMention <process/P02/m> . "
            '<process/P02/m> df:resolvesTo <instrument/example-law> ; df:asWritten "قوانین مرتبط"@fa'
        ),
        "<instrument/example-law>",
    ),
    "S21-membership-cited": (
        add(
            "<agency/state-council/m> org:organization <agency/state-council> ; org:member <agency/health>",
            "<graph/agencies>",
        ),
        "<agency/state-council>",
    ),
    "S14-cycle": (add(f"{POLICE} org:subOrganizationOf <agency/border-guard>", "<graph/agencies>"), POLICE),
    "S15-unknown-code": (put(STEP, "df:stepType", code("step-type/daydream")), STEP),
    "S16-notation-twice": (put(code("stage/start"), "skos:notation", '"inform"'), code("stage/start")),
    "S16-notation-iri": (put(code("stage/start"), "skos:notation", '"begin"'), code("stage/start")),
    "S17-letters": (put(GOAL, "df:asWritten", '"\\u0643ار"@fa'), GOAL),
    "S17-spaces": (put(GOAL, "df:asWritten", '"دو  فاصله"@fa'), GOAL),
    "S18-english-among-records": (add(f'{P} dct:description "Ours"@en'), P),
    "S18-no-persian": (add(f'{P} dct:description "Ours"@en', "<graph/labels-en>"), P),
    "S19-says-no-form": (put("<index/I01>", "df:statesNoForm", "true"), "<index/I01>"),
    "S19-silent": (put("<index/I03>", "df:statesNoForm", "false"), "<index/I03>"),
    "S19-not-announced": (drop("<index/I01>", "df:denotes"), P),
    "S20-same-title": (put("<process/P03>", "dct:title", '"پایش مرز"@fa'), "<process/P03>"),
    "S20-same-lists": (
        add(
            "<process/P03> df:hasStep <process/P03/t> ; cv:hasParticipation <process/P03/v> . "
            '<process/P03/t> df:stepNumber 1 ; dct:description "گام"@fa . '
            "<process/P03/v> cv:hasParticipant <agency/health> . "
            '<process/P04> dct:identifier "P04" . '
            "<process/P04> df:hasStep <process/P04/u> ; cv:hasParticipation <process/P04/w> . "
            '<process/P04/u> df:stepNumber 1 ; dct:description "گام"@fa . '
            "<process/P04/w> cv:hasParticipant <agency/health>"
        ),
        "<process/P04>",
    ),
    "S20-undecided": (
        add(f"<comparison/other> df:decision {code('decision/undecided')}", "<graph/comparisons>"),
        "<comparison/other>",
    ),
    "S22-not-marked": (drop(GENERIC, "df:confidentiality"), GENERIC),
    "S22-marked": (add(f"{GOAL} df:confidentiality {code('confidentiality/confidential')}"), GOAL),
    "S23-old-date": (put(FORM, "dct:issued", '"1399-12-30"^^xsd:date'), FORM),
}
