// Listens to the reader, and brings the picture to what the address says.
(function (g) {
  "use strict";
  if (!g) return;
  const { network, panel, state, data, $ } = g;

  network.on("click", (event) => {
    if (event.nodes.length || !event.edges.length) g.choose(event.nodes[0] || null, false);
    else g.chooseEdge(event.edges[0], false);
  });
  network.on("dragEnd", (event) => {
    if (!event.nodes.length) return;
    const places = network.getPositions(event.nodes);
    for (const key of event.nodes) state.at.set(key, { x: Math.round(places[key].x), y: Math.round(places[key].y) });
    g.writeState();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show], [data-show-edge]");
    if (button) {
      if (button.dataset.show) g.choose(button.dataset.show, true); else g.chooseEdge(button.dataset.showEdge, true);
      $("graph").scrollIntoView({ behavior: g.still ? "auto" : "smooth", block: "start" });
      panel.focus({ preventScroll: true });
    }
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) {
      if (zoom.dataset.zoom === "fit") network.fit({ animation: g.motion });
      else network.moveTo({ scale: network.getScale() * (zoom.dataset.zoom === "in" ? 1.3 : 1 / 1.3), animation: g.motion });
    }
    const out = event.target.closest("[data-export]");
    if (out) g.takeAway(out.dataset.export);
    if (event.target.closest("[data-reset]")) {
      state.at.clear();
      state.open.clear();
      g.writeState();
      location.reload();
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && (g.chosen || g.chosenEdge)) g.choose(null, false); });
  g.dark.addEventListener("change", g.repaint);
  window.addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    if (data.more) { location.reload(); return; }
    // a page that is one file may hold what its reader wrote: only what is chosen changes
    const now = { ...state };
    g.readState();
    const { node, edge } = state;
    Object.assign(state, now);
    if (edge) g.chooseEdge(edge, true); else g.choose(node, true);
  });

  async function begin() {
    const asked = { node: state.node, edge: state.edge };
    await g.reopen();
    if (state.hide.size || state.off.size) g.filter();
    if (g.nodes.has(asked.node)) g.choose(asked.node, true);
    else if (g.edges.has(asked.edge)) g.chooseEdge(asked.edge, true);
    else g.writeState();
    g.canvas.dataset.settled = "true";
  }
  network.once("afterDrawing", () => { g.canvas.dataset.ready = "true"; });
  network.fit({ animation: false });
  begin();
})(window.daftarGraph);
