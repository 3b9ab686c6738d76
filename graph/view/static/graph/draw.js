// Colours, sizes and the drawing itself.
(function (g) {
  "use strict";
  if (!g) return;
  const { data, state } = g;
  const papers = new Set(["box", "ellipse"]);
  g.ink = () => g.dark.matches
    ? { text: "#e9ebe5", quiet: "#40504f", pale: "#6d7b7a", border: "#8fa3a3", halo: "#182124", line: "#607276", faint: "#243034", guess: "#bfb4f5", circle: "#f0a39b" }
    : { text: "#1d2422", quiet: "#cfcabb", pale: "#9a9685", border: "#6d6a58", halo: "#fffefb", line: "#b3ad97", faint: "#eeebdf", guess: "#4b3d8f", circle: "#8a2b27" };

  const gone = g.gone = (key) => g.nodes.has(key) && state.hide.has(g.nodes.get(key).group);
  g.edgeGone = (edge) => gone(edge.from) || gone(edge.to) || edge.daftar.ties.every((tie) => state.off.has(tie.reason));

  // Colours come from the server's table, one for light and one for dark; what is not chosen fades.
  function look(node, faded) {
    const family = data.families[node.group], ink = g.ink();
    const paper = papers.has(node.shape);
    const fill = faded && !paper ? ink.quiet : family[g.dark.matches ? "dark" : "light"];
    const border = faded ? ink.quiet : paper ? ink.border : fill;
    const marked = node.id === g.chosen || node.id === data.middle;
    return {
      id: node.id, hidden: gone(node.id), borderWidth: marked ? 3 : 1,
      color: { background: fill, border: node.id === g.chosen ? ink.text : border,
               highlight: { background: fill, border: ink.text }, hover: { background: fill, border: ink.text } },
      font: { ...node.font, color: faded ? ink.pale : ink.text, strokeColor: ink.halo },
    };
  }
  g.edgeColour = (edge, ink) => edge.daftar.circle ? ink.circle : edge.dashes ? ink.guess : ink.line;
  function edgeLook(edge, faded) {
    const ink = g.ink(), colour = faded ? ink.faint : g.edgeColour(edge, ink);
    const strong = !faded && (g.chosen || g.chosenEdge), width = edge.width || (edge.daftar.circle ? 2.5 : 1);
    return {
      id: edge.id, hidden: g.edgeGone(edge), color: { color: colour, highlight: colour, hover: colour },
      width: strong ? Math.max(2.2, width) : width,
      font: { size: 15, color: faded ? ink.pale : ink.text, strokeColor: ink.halo, strokeWidth: 5 },
    };
  }
  function near() {
    if (g.chosenEdge) { const e = g.edges.get(g.chosenEdge); return new Set([e.from, e.to]); }
    return g.chosen ? new Set([g.chosen, ...g.around.get(g.chosen).map(([key]) => key)]) : null;
  }
  const faint = (edge) => g.chosenEdge ? edge.id !== g.chosenEdge : g.chosen && edge.from !== g.chosen && edge.to !== g.chosen;

  const start = (list, style) => list.map((item) => {
    const { daftar, ...rest } = item;
    return Object.assign(rest, style(item, false), state.at.get(item.id) || {});
  });
  const nodes = new vis.DataSet(start(data.nodes, look)), edges = new vis.DataSet(start(data.edges, edgeLook));
  const face = g.face = getComputedStyle(document.body).fontFamily;
  g.network = new vis.Network(g.canvas, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false },
    groups: { useDefaultGroups: false },
    interaction: { hover: data.nodes.length <= 400, keyboard: false, tooltipDelay: 1e6, hideEdgesOnDrag: data.edges.length > 800, navigationButtons: false },
    nodes: { font: { face, strokeWidth: 5 }, margin: 8, borderWidthSelected: 3, scaling: { label: { enabled: false, drawThreshold: 5 } } },
    edges: { smooth: false, selectionWidth: 0, hoverWidth: 0, arrows: { to: { scaleFactor: 0.7 } }, font: { face, align: "horizontal" } },
  });
  g.motion = g.still ? false : { duration: 350, easingFunction: "easeInOutQuad" };

  g.repaint = function () {
    const keep = near();
    nodes.update([...g.nodes.values()].map((n) => look(n, keep && !keep.has(n.id))));
    edges.update([...g.edges.values()].map((e) => edgeLook(e, faint(e))));
  };
  g.draw = function (newNodes, newEdges) {
    nodes.add(start(newNodes, look));
    edges.add(start(newEdges, edgeLook));
  };
})(window.daftarGraph);
