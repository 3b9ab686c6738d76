// The interactive graph: vis-network draws, the server has placed the nodes, and every word is written as a text node.
(function () {
  "use strict";
  const block = document.getElementById("graph-data");
  if (!block || !window.vis) return;
  const data = JSON.parse(block.textContent);
  const $ = (id) => document.getElementById(id);
  const canvas = $("graph-canvas"), panel = $("graph-panel"), find = $("graph-find");
  const found = $("graph-found"), status = $("graph-find-status");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const darkQuery = matchMedia("(prefers-color-scheme: dark)");
  const digits = (n) => data.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(n);
  const say = (key, values) => data.messages[key].replace(/\{(\w+)\}/g, (_, k) => values[k]);
  const byKey = new Map(data.nodes.map((n) => [n.id, n]));
  const around = new Map(data.nodes.map((n) => [n.id, []]));
  for (const edge of data.edges) {
    around.get(edge.from).push([edge.to, edge]);
    around.get(edge.to).push([edge.from, edge]);
  }
  const hiddenFamilies = new Set();
  let chosen = null;

  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    return made;
  }

  // Colours come from the server's table, one for light and one for dark; what is not chosen fades.
  function look(node, faded) {
    const dark = darkQuery.matches, family = data.families[node.group];
    const ink = dark ? "#e9ebe5" : "#1d2422", quiet = dark ? "#40504f" : "#cfcabb";
    const paper = family.shape === "box" || family.shape === "ellipse";
    const fill = faded && !paper ? quiet : family[dark ? "dark" : "light"];
    const border = faded ? quiet : paper ? (dark ? "#8fa3a3" : "#6d6a58") : fill;
    return {
      id: node.id, hidden: hiddenFamilies.has(node.group), borderWidth: node.id === chosen ? 3 : 1,
      color: { background: fill, border: node.id === chosen ? ink : border,
               highlight: { background: fill, border: ink }, hover: { background: fill, border: ink } },
      font: { ...node.font, color: faded ? (dark ? "#6d7b7a" : "#9a9685") : ink, strokeColor: dark ? "#182124" : "#fffefb" },
      shapeProperties: { borderDashes: node.group === "collective" ? [6, 4] : false },
    };
  }
  function edgeLook(edge, faded) {
    const dark = darkQuery.matches;
    const colour = faded ? (dark ? "#243034" : "#eeebdf") : edge.dashes ? (dark ? "#bfb4f5" : "#4b3d8f") : (dark ? "#607276" : "#b3ad97");
    return { id: edge.id, color: { color: colour, highlight: colour, hover: colour }, width: !faded && chosen ? 2.2 : 1 };
  }
  const near = () => chosen ? new Set([chosen, ...around.get(chosen).map(([key]) => key)]) : null;

  const start = (list, style) => list.map((item) => {
    const { daftar, ...rest } = item;
    return Object.assign(rest, style(item, false));
  });
  const nodes = new vis.DataSet(start(data.nodes, look)), edges = new vis.DataSet(start(data.edges, edgeLook));
  const face = getComputedStyle(document.body).fontFamily;
  const network = new vis.Network(canvas, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false },
    groups: { useDefaultGroups: false },
    interaction: { hover: true, keyboard: false, tooltipDelay: 1e6, hideEdgesOnDrag: data.edges.length > 800, navigationButtons: false },
    nodes: { font: { face, strokeWidth: 5 }, margin: 8, borderWidthSelected: 3, scaling: { label: { enabled: false, drawThreshold: 5 } } },
    edges: { smooth: false, selectionWidth: 0, hoverWidth: 0 },
  });
  const motion = still ? false : { duration: 350, easingFunction: "easeInOutQuad" };

  function repaint() {
    const keep = near();
    nodes.update(data.nodes.map((n) => look(n, keep && !keep.has(n.id))));
    edges.update(data.edges.map((e) => edgeLook(e, chosen && e.from !== chosen && e.to !== chosen)));
  }

  function nodeButton(key) {
    const made = element("button", byKey.get(key).daftar.name, { type: "button", class: "link-button" });
    made.addEventListener("click", () => choose(key, true));
    return made;
  }

  function detail(key) {
    const node = byKey.get(key), about = node.daftar, other = data.lang === "fa" ? "en" : "fa";
    const parts = [element("h2", about.name)];
    if (about.other) parts.push(element("p", about.other, { class: "muted small", lang: other, dir: other === "fa" ? "rtl" : "ltr" }));
    const line = element("p", "", { class: "small" });
    line.append([about.id, about.kind || about.family, about.lines && say("graph.lines", { lines: about.lines })].filter(Boolean).join(" · "));
    parts.push(line);
    const links = element("p", "", { class: "small" });
    if (about.href) links.append(element("a", data.messages["graph.open"], { href: about.href }), " · ");
    links.append(element("a", data.messages["graph.row"], { href: "#" + about.row }));
    const ties = around.get(key), list = element("ul", "", { class: "plain" });
    parts.push(links, element("p", say(ties.length === 1 ? "graph.links.one" : "graph.links.other", { n: digits(ties.length) }), { class: "muted small" }));
    for (const [neighbour, edge] of ties) {
      const item = element("li", ""), tie = edge.daftar;
      item.append(nodeButton(neighbour));
      for (const [text, lines] of tie.evidence) {
        const words = element("div", "", { class: "small muted" });
        words.append(element("span", "«" + text + "»", { lang: "fa", dir: "rtl" }));
        if (lines) words.append(" ", element("span", say("graph.lines", { lines }), { class: "ln" }));
        item.append(words);
      }
      if (tie.inferred) item.append(element("div", data.messages["graph.inferred.long"], { class: "chip infer" }));
      list.append(item);
    }
    parts.push(list);
    const close = element("button", "×", { type: "button", class: "close quiet", "aria-label": data.messages["graph.close"] });
    close.addEventListener("click", () => choose(null, false));
    panel.replaceChildren(close, ...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
  }

  function choose(key, focus) {
    chosen = key && byKey.has(key) ? key : null;
    for (const row of document.querySelectorAll("tr[data-key]")) row.setAttribute("aria-current", String(row.dataset.key === chosen));
    repaint();
    if (!chosen) {
      network.unselectAll();
      panel.replaceChildren();
      panel.hidden = true;
      return;
    }
    network.selectNodes([chosen], false);
    detail(chosen);
    if (focus) network.focus(chosen, { scale: Math.max(network.getScale(), 0.7), animation: motion });
  }

  // The same folding as the server's search, small: letters, digits, marks.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}\u0640\u0621]/gu, "")
    .replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/ة/g, "ه")
    .replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 1632).replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 1776)
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const texts = data.nodes.map((n) => [n.id, fold([n.daftar.name, n.daftar.other, n.daftar.id,
    ...around.get(n.id).filter(() => n.group !== "process").flatMap(([, e]) => e.daftar.evidence.map(([t]) => t))].join(" "))]);
  function search() {
    const wanted = fold(find.value).split(" ").filter(Boolean);
    const hits = wanted.length ? texts.filter(([, text]) => wanted.every((w) => text.includes(w))).slice(0, 8) : [];
    found.replaceChildren(...hits.map(([key]) => {
      const item = element("li", "");
      item.append(nodeButton(key));
      return item;
    }));
    status.textContent = wanted.length && !hits.length ? data.messages["graph.find.none"] : "";
    return hits;
  }
  find.addEventListener("input", search);
  $("graph-find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const hits = search();
    if (hits.length) choose(hits[0][0], true);
  });

  function filter() {
    hiddenFamilies.clear();
    for (const box of document.querySelectorAll("input[data-family]")) if (!box.checked) hiddenFamilies.add(box.dataset.family);
    const gone = (key) => byKey.has(key) && hiddenFamilies.has(byKey.get(key).group);
    for (const row of document.querySelectorAll("tr[data-key]")) row.hidden = gone(row.dataset.key);
    for (const row of document.querySelectorAll("tr[data-ends]")) row.hidden = row.dataset.ends.split(" ").some(gone);
    if (chosen && gone(chosen)) choose(null, false); else repaint();
  }
  for (const box of document.querySelectorAll("input[data-family]")) box.addEventListener("change", filter);

  network.on("click", (event) => choose(event.nodes[0] || null, false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) {
      choose(button.dataset.show, true);
      $("graph").scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
      panel.focus({ preventScroll: true });
    }
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) {
      if (zoom.dataset.zoom === "fit") network.fit({ animation: motion });
      else network.moveTo({ scale: network.getScale() * (zoom.dataset.zoom === "in" ? 1.3 : 1 / 1.3), animation: motion });
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) choose(null, false); });
  darkQuery.addEventListener("change", repaint);
  network.once("afterDrawing", () => { canvas.dataset.ready = "true"; });
  network.fit({ animation: false });
  const asked = decodeURIComponent(location.hash.replace(/^#node=/, ""));
  if (byKey.has(asked)) choose(asked, true);
  window.daftarGraph = { choose, network };
})();
