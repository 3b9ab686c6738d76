"""The messages of the graph page by what they name; written out so that a test finds every key used."""

from __future__ import annotations

from collections.abc import Mapping

from graph.view.graph_model import View

#: Name of each view and what it shows.
VIEW_KEYS: Mapping[View, tuple[str, str]] = {
    "agencies": ("graph.view.agencies", "graph.intro.agencies"),
    "dependencies": ("graph.view.dependencies", "graph.intro.dependencies"),
    "overlap": ("graph.view.overlap", "graph.intro.overlap"),
    "around": ("graph.view.around", "graph.intro.around"),
    "together": ("graph.view.together", "graph.intro.together"),
    "kinds": ("graph.view.kinds", "graph.intro.kinds"),
}
#: What a tie says, read from the one that names to the other, and read back.
TIE_KEYS: Mapping[str, tuple[str, str]] = {
    "partner": ("tie.partner", "tie.partner.in"),
    "member": ("tie.member", "tie.member.in"),
    "input": ("tie.input", "tie.input.in"),
    "rule": ("tie.rule", "tie.rule.in"),
    "issuer-rules": ("tie.issuer-rules", "tie.issuer-rules.in"),
    "issued-by": ("tie.issued-by", "tie.issued-by.in"),
    "part-of": ("tie.part-of", "tie.part-of.in"),
    "service-of": ("tie.service-of", "tie.service-of.in"),
    "form": ("tie.form", "tie.form.in"),
    "named-in-step": ("tie.named-in-step", "tie.named-in-step.in"),
    "reports-to": ("tie.reports-to", "tie.reports-to.in"),
    "sub-body-of": ("tie.sub-body-of", "tie.sub-body-of.in"),
    "members-of": ("tie.members-of", "tie.members-of.in"),
    "shares": ("tie.shares", "tie.shares.in"),
}
#: What a tie rests on.
BASIS_KEYS: Mapping[str, str] = {
    "document": "graph.layer.document",
    "curated": "graph.layer.curated",
    "reading": "graph.layer.reading",
    "inferred": "graph.layer.inferred",
}
#: What is left out of a view because nothing ties it.
ALONE_KEYS: Mapping[View, str] = {
    "dependencies": "graph.alone.dependencies",
    "overlap": "graph.alone.overlap",
    "together": "graph.alone.together",
}
#: What the script says.
SCRIPT_KEYS = (
    "graph.find.none",
    "graph.find.more",
    "graph.close",
    "graph.open",
    "graph.row",
    "graph.around",
    "graph.inside",
    "graph.inferred.long",
    "graph.weak.long",
    "graph.lines",
    "graph.links",
    "graph.shown",
    "graph.more",
    "graph.more.offline",
    "graph.more.failed",
    "graph.added",
    "graph.circle",
    "graph.and-more",
    "graph.show",
    "graph.show.named",
    "graph.weak",
    "graph.exported",
)
