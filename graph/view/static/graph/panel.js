// The details of what is chosen, with the evidence; choosing a thing or a tie.
(function (g) {
  "use strict";
  if (!g) return;
  const { data, panel, element, say, digits } = g;
  const other = data.lang === "fa" ? "en" : "fa";

  g.nodeButton = function (key) {
    const made = element("button", g.nodes.get(key).daftar.name, { type: "button", class: "link-button" });
    made.addEventListener("click", () => { g.choose(key, true); panel.focus({ preventScroll: true }); });
    return made;
  };

  // Goes to a row of the tables without losing what the address says.
  function rowLink(id) {
    const made = element("a", data.messages["graph.row"], { href: "#" + id });
    made.addEventListener("click", (event) => {
      const row = document.getElementById(id);
      event.preventDefault();
      row.tabIndex = -1;
      row.scrollIntoView({ behavior: g.still ? "auto" : "smooth", block: "center" });
      row.focus({ preventScroll: true });
    });
    return made;
  }

  function evidence(tie, reason) {
    const made = element("div", "", { class: "small tie" });
    made.append(element("span", reason, { class: "why" }));
    if (tie.shared) {
      const rest = tie.count - tie.shared.length;
      const names = [...tie.shared, ...(rest ? [say("graph.and-more", { n: digits(rest) })] : [])];
      made.append(" ", element("b", digits(tie.count)), ": " + names.join(data.lang === "fa" ? "، " : ", "));
    }
    for (const words of tie.words || []) made.append(" ", element("span", "«" + words + "»", { lang: "fa", dir: "rtl" }));
    if (tie.lines) made.append(" ", element("span", say("graph.lines", { lines: tie.lines }), { class: "ln" }));
    const chip = tie.layer === "inferred" ? "infer" : "";
    if (!tie.shared) made.append(" ", element("span", data.layers[tie.layer], { class: ("chip " + chip).trim() }));
    if (tie.weak) made.append(" ", element("span", data.messages["graph.weak.long"], { class: "chip doubt" }));
    return made;
  }

  function links(about) {
    const line = element("p", "", { class: "small" }), add = (link) => line.append(line.childNodes.length ? " · " : "", link);
    if (about.href) add(element("a", data.messages["graph.open"], { href: about.href }));
    if (about.around && data.middle !== g.chosen) add(element("a", data.messages["graph.around"], { href: about.around }));
    if (about.inside) add(element("a", data.messages["graph.inside"], { href: about.inside }));
    add(rowLink(about.row));
    return line;
  }

  function more(key, about) {
    const line = element("p", "", { class: "small more" });
    if (!about.total) return line;
    line.append(say("graph.shown", { n: digits(about.drawn), all: digits(about.total) }));
    if (about.drawn >= about.total) return line;
    const left = g.canAdd(key);
    if (!left) line.append(" ", element("span", data.messages["graph.more.offline"], { class: "muted" }));
    else {
      const made = element("button", say("graph.more", { n: digits(Math.min(left, data.atOnce)) }), { type: "button", class: "quiet", "data-more": key });
      made.addEventListener("click", () => g.expand(key));
      line.append(" ", made);
    }
    return line;
  }

  function nodeDetail(key) {
    const about = g.nodes.get(key).daftar, ties = g.around.get(key).filter(([, e]) => !g.edgeGone(e));
    const parts = [element("h2", about.name)];
    if (about.other) parts.push(element("p", about.other, { class: "muted small", lang: other, dir: other === "fa" ? "rtl" : "ltr" }));
    parts.push(element("p", [about.id, about.kind || about.family, about.lines && say("graph.lines", { lines: about.lines })].filter(Boolean).join(" · "), { class: "small" }));
    parts.push(links(about), more(key, about));
    parts.push(element("p", g.counted("graph.links", ties.length), { class: "muted small" }));
    const list = element("ul", "", { class: "plain" });
    for (const [neighbour, edge] of ties) {
      const item = element("li", "");
      item.append(g.nodeButton(neighbour));
      if (edge.daftar.circle) item.append(" ", element("span", data.messages["graph.circle"], { class: "chip seal" }));
      for (const tie of edge.daftar.ties) item.append(evidence(tie, data.reasons[tie.reason][edge.from === key ? 0 : 1]));
      list.append(item);
    }
    return [...parts, list];
  }

  function edgeDetail(id) {
    const edge = g.edges.get(id), title = element("h2", ""), parts = [title];
    title.append(g.nodes.get(edge.from).daftar.name, edge.daftar.directed ? (data.lang === "fa" ? " ← " : " → ") : " · ", g.nodes.get(edge.to).daftar.name);
    for (const tie of edge.daftar.ties) parts.push(evidence(tie, data.reasons[tie.reason][0]));
    const line = element("p", "", { class: "small" });
    line.append(g.nodeButton(edge.from), " · ", g.nodeButton(edge.to));
    if (document.getElementById("edge-" + id)) line.append(" · ", rowLink("edge-" + id));
    return [...parts, line];
  }

  function show() {
    const parts = g.chosen ? nodeDetail(g.chosen) : g.chosenEdge ? edgeDetail(g.chosenEdge) : null;
    panel.hidden = !parts;
    if (!parts) { panel.replaceChildren(); return; }
    const close = element("button", "×", { type: "button", class: "close quiet", "aria-label": data.messages["graph.close"] });
    close.addEventListener("click", () => g.choose(null, false));
    panel.replaceChildren(close, ...parts);
    panel.scrollTop = 0;
  }

  function changed() {
    for (const row of document.querySelectorAll("tr[data-key]")) row.setAttribute("aria-current", String(row.dataset.key === g.chosen));
    for (const row of document.querySelectorAll("tr[data-edge]")) row.setAttribute("aria-current", String(row.dataset.edge === g.chosenEdge));
    g.repaint();
    show();
    g.writeState();
  }
  g.show = show;
  g.choose = function (key, focus) {
    g.chosen = key && g.nodes.has(key) ? key : null;
    g.chosenEdge = null;
    changed();
    if (!g.chosen) { g.network.unselectAll(); return; }
    g.network.selectNodes([g.chosen], false);
    if (focus) g.network.focus(g.chosen, { scale: Math.max(g.network.getScale(), 0.7), animation: g.motion });
  };
  g.chooseEdge = function (id, focus) {
    g.chosen = null;
    g.chosenEdge = g.edges.has(id) ? id : null;
    changed();
    g.network.unselectAll();
    if (g.chosenEdge && focus) {
      const { from, to } = g.edges.get(id);
      g.network.fit({ nodes: [from, to], maxZoomLevel: 1, animation: g.motion });
    }
  };
})(window.daftarGraph);
