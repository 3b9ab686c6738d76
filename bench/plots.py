"""Two pictures for the page: cost against size, and Daftar beside its peers."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.growth import Growth
from bench.model import Row

_SHOWN = ("build", "validation", "search", "overlap", "analyses", "queries")


def _figures(columns: int, rows: int, width: float, height: float) -> Any:
    mpl = importlib.import_module("matplotlib")  # in the dependency group "bench" only

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "daftar", "svg.fonttype": "none", "font.size": 8})
    pyplot = importlib.import_module("matplotlib.pyplot")
    return pyplot.subplots(rows, columns, figsize=(width, height), squeeze=False, layout="constrained")


def draw_growth(found: Sequence[Growth], path: Path) -> None:
    """One small picture for each measure, both axes logarithmic, with a line for n log n."""
    shown = [name for name in _SHOWN if any(one.measure == name for one in found)]
    if not shown:
        return
    figure, axes = _figures(min(3, len(shown)), -(-len(shown) // 3), 9.0, 2.9 * -(-len(shown) // 3))
    for axis, measure in zip(axes.flat, shown, strict=False):
        for one in (one for one in found if one.measure == measure):
            sizes, values = zip(*one.points, strict=True)
            axis.loglog(
                sizes, values, marker="o", markersize=3, linewidth=1, label=f"{one.name}: {one.slope:.2f}"
            )
        axis.set_title(measure)
        axis.set_xlabel("processes")
        axis.legend(fontsize=5)
    for axis in list(axes.flat)[len(shown) :]:
        axis.set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def draw_ratios(rows: Sequence[Row], path: Path) -> None:
    """Bars of Daftar's figure divided by each peer's; left of one Daftar is the faster."""
    bars = [
        (f"{row.measure}: {row.name}, {row.size:,} / {peer}", 1 / ratio if row.more_is_better else ratio)
        for row in rows
        for peer in row.peers
        if (ratio := row.ratio(peer))
    ]
    if not bars:
        return
    figure, axes = _figures(1, 1, 9.0, 0.6 + 0.19 * len(bars))
    axis = axes[0][0]
    names, ratios = zip(*reversed(bars), strict=True)
    axis.barh(names, [ratio - 1 for ratio in ratios], left=1, height=0.6)
    axis.set_xscale("log")
    axis.axvline(1, linewidth=1, color="black")
    axis.set_xlabel("Daftar's time divided by the peer's: left of 1 Daftar is faster")
    axis.tick_params(axis="y", labelsize=5)
    figure.savefig(path, metadata={"Date": None})
