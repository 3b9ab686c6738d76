"""The page of figures: tables in plain words with the goal beside each figure, growth, and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.growth import Growth, growths
from bench.model import Row, Sample
from bench.plots import draw_growth, draw_ratios

_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_TITLES = {
    "build": "Build",
    "validation": "Validation",
    "queries": "Queries",
    "search": "Search",
    "overlap": "Overlap",
    "analyses": "Analyses",
    "pages": "Pages",
    "drawing": "The graph page in a browser",
    "start": "Start",
}
_HEAD = (
    "| what | processes | Daftar | spread | processor | memory | peers | goal | met |\n"
    "|---|---:|---:|---:|---:|---:|---|---|---|\n"
)


def write_page(page: Path, found: Sequence[Mapping[str, Any]]) -> None:
    """Write the figures between the marks of the page; what people wrote around them stays.

    Args:
        page: The page; made if it is not there.
        found: Results as ``bench.__main__.read_results`` gives them.
    """
    rows: list[Row] = [row for said in found for row in said["rows"]]
    pictures = page.parent / "images"
    pictures.mkdir(parents=True, exist_ok=True)
    draw_growth(growths(rows), pictures / "benchmark-growth.svg")
    draw_ratios(rows, pictures / "benchmark-ratios.svg")
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    page.write_text(with_figures(text, figures(found, rows)), encoding="utf-8")


def with_figures(text: str, new: str) -> str:
    """A page with other figures between its marks.

    Example:
        >>> with_figures("a <!-- figures: begin --> b <!-- figures: end --> c", "new").split()[-7:]
        ['-->', 'new', '<!--', 'figures:', 'end', '-->', 'c']
    """
    before, mark, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2] if mark else "\n"
    return f"{before or '# Benchmarks'}{'' if mark else chr(10) * 2}{_BEGIN}\n\n{new}\n\n{_END}{after}"


def figures(found: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> str:
    parts = [_machine(found), _missed(rows)]
    for measure, title in _TITLES.items():
        own = [row for row in rows if row.measure == measure]
        if own and measure == "pages":
            parts.append(f"## {title}\n\n{_pages(own)}")
        elif own:
            names = {row.name: number for number, row in reversed(list(enumerate(own)))}
            own.sort(key=lambda row: (names[row.name], row.size))
            parts.append(f"## {title}\n\n{_HEAD}" + "\n".join(map(_line, own)) + _notes(own))
    parts.append(_growth(growths(rows)))
    return "\n\n".join(part for part in parts if part)


def _pages(rows: Sequence[Row]) -> str:
    """Both languages of a page in one line: what matters is which page is slow or heavy."""
    by_key = {(row.name, row.size): row for row in rows}
    lines = [
        "| page | processes | Persian | English | first time | kB sent | kB read |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for (name, size), row in by_key.items():
        other = by_key.get((name.replace(", fa", ", en"), size), row)
        if name.endswith(", fa"):
            first, sent, read = (
                " / ".join(_number(one.facts[key]) if key in one.facts else "-" for one in (row, other))
                for key in ("first", "sent", "read")
            )
            times = " | ".join(shown(one.ours, "ms") for one in (row, other))
            lines.append(f"| {name[:-4]} | {size:,} | {times} | {first} ms | {sent} | {read} |")
    whole = [
        f"- {row.name}, {row.size:,} processes: {shown(row.ours, row.unit)}"
        for row in rows
        if row.unit in ("MB", "s")
    ]
    about = (
        "Goals: under 50 ms on the server, under 300 kB as read, at every size; pairs are Persian / English."
    )
    return "\n".join([about, "", *lines, "", *whole])


def _machine(found: Sequence[Mapping[str, Any]]) -> str:
    if not found:
        return "There are no figures yet."
    one = found[-1]["machine"]
    loads = [load for said in found for load in said["load"]]
    dates = sorted(said["date"] for said in found)
    states = sorted({said.get("state", "") or "unknown" for said in found})
    busy = f"\n\n**Not all of one state of the code: {', '.join(states)}.**" if len(states) > 1 else ""
    if max(loads) > one["processors"]:
        busy += "\n\n**The machine had other work at the time: times by the clock are too long.**"
    return (
        f"Measured {dates[0]} to {dates[-1]} on {one['processors']} processors and {one['memory GB']} GB, "
        f"Python {one['python']}; load average {min(loads):.1f} to {max(loads):.1f}. Figures are medians; "
        "the spread is lowest to highest; memory is the highest that the process and its children held. "
        "processor is the processor time of one run. A ratio in the column of peers is Daftar's figure "
        "divided by the peer's of the same run, by the clock and by processor time." + busy
    )


def _missed(rows: Iterable[Row]) -> str:
    lines = [
        f"- {_TITLES.get(row.measure, 'Pages')}, {row.name}, {row.size:,} processes: "
        f"{shown(row.ours, row.unit)} where the goal is {row.goal.words}"
        for row in rows
        if row.goal is not None and row.met is False
    ]
    return "## Goals missed\n\n" + ("\n".join(lines) if lines else "None of those measured.")


def _line(row: Row) -> str:
    peers = "; ".join(_peer(row, name, sample) for name, sample in row.peers.items())
    goal = row.goal.words if row.goal else ""
    met = {True: "yes", False: "**no**", None: ""}[row.met]
    memory = f"{row.ours.peak_mb:,.0f} MB" if row.ours.peak_mb and row.unit != "MB" else ""
    facts = ", ".join(f"{_number(value)} {name}" for name, value in row.facts.items())
    name = f"{row.name} ({facts})" if facts else row.name
    figure = shown(row.ours, row.unit)
    cpu = "" if row.ours.cpu is None else f"{_number(row.ours.cpu)} {row.unit}"
    cells = [name, f"{row.size:,}", figure, _spread(row.ours), cpu, memory, peers, goal, met]
    return f"| {' | '.join(cells)} |"


def _peer(row: Row, name: str, sample: Sample) -> str:
    ratio = row.ratio(name)
    if ratio is None:
        return f"{name}: {shown(sample, row.unit)}"
    both = row.ours.cpu is not None and sample.cpu
    processor = f", processor {_number((row.ours.cpu or 0) / (sample.cpu or 1))}" if both else ""
    return f"{name}: {shown(sample, row.unit)} (ratio {_number(ratio)}{processor})"


def shown(sample: Sample, unit: str) -> str:
    """A figure in words.

    Example:
        >>> shown(Sample((1.234,)), "s"), shown(Sample(stopped="time: more than 5 s"), "s")
        ('1.23 s', 'not done (time: more than 5 s)')
    """
    if sample.value is None:
        return f"not done ({sample.stopped or 'no figure'})"
    high = f", p99 {_number(sample.p99)} {unit}" if sample.p99 is not None else ""
    return f"{_number(sample.value)} {unit}".strip() + high


def _spread(sample: Sample) -> str:
    many = len(sample.values)
    return f"{_number(min(sample.values))} to {_number(max(sample.values))}, n = {many}" if many > 1 else ""


def _number(value: float) -> str:
    """Three digits that matter.

    Example:
        >>> _number(0.0123456), _number(12345.6), _number(2.0)
        ('0.0123', '12,346', '2')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _notes(rows: Iterable[Row]) -> str:
    notes = dict.fromkeys(f"{row.name}, {row.size:,}: {row.note}" for row in rows if row.note)
    return "\n\n" + "\n".join(f"- {note}" for note in notes) if notes else ""


def _growth(found: Sequence[Growth]) -> str:
    if not found:
        return ""
    head = "| measure | what | sizes | exponent | worse than n log n |\n|---|---|---|---:|---|\n"
    lines = (
        f"| {one.measure} | {one.name} | {one.points[0][0]:,} to {one.points[-1][0]:,} | {one.slope:.2f} "
        f"| {'**yes**' if one.worse else 'no'} |"
        for one in found
        if one.measure != "weights" and not one.name.endswith(", en")
    )
    about = (
        "The exponent is the slope of a straight line through the logarithms: 1 is linear, 2 quadratic. "
        "It is fitted from 1,000 processes on where two such sizes were measured; below, fixed costs hide it."
    )
    pictures = (
        "![Cost against size](images/benchmark-growth.svg)\n\n![Beside peers](images/benchmark-ratios.svg)"
    )
    return f"## Growth\n\n{about}\n\n{head}" + "\n".join(lines) + f"\n\n{pictures}"
