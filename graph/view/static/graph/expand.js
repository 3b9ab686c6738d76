// Drawing more of what a thing is tied to: asked of the server on a site, taken from the file offline.
(function (g) {
  "use strict";
  if (!g) return;
  const { data, state } = g, reserve = data.reserve;
  const pending = new Map();
  const held = new Map(reserve ? reserve.nodes.map((n) => [n.id, n]) : []);
  for (const edge of reserve ? reserve.edges : []) pending.set(edge.id, edge);
  const undrawn = (key) => (reserve.around[key] || []).filter((other) => !g.nodes.has(other));

  // How many more things can be drawn for one, as far as is known here.
  g.canAdd = (key) => data.more ? g.nodes.get(key).daftar.total - g.nodes.get(key).daftar.drawn : reserve ? undrawn(key).length : 0;

  // Up to `wanted` undrawn neighbours, the best founded first.
  async function ask(key, wanted) {
    if (!data.more) return undrawn(key).slice(0, wanted).map((other) => held.get(other));
    const found = [];
    for (let start = 0; start !== null && found.length < wanted;) {
      const answer = await fetch(`${data.more}?of=${encodeURIComponent(key)}&start=${start}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const page = await answer.json();
      for (const edge of page.edges) pending.set(edge.id, edge);
      found.push(...page.nodes.filter((node) => !g.nodes.has(node.id)));
      start = page.next;
    }
    return found.slice(0, wanted);
  }

  function size(node) {
    const lines = node.label.split("\n"), font = node.font.size, inside = node.shape === "box" || node.shape === "ellipse";
    const wide = Math.max(...lines.map((line) => line.length)) * font * 0.55 + 40;
    return { w: inside ? wide : Math.max(wide, 2 * node.size), h: lines.length * font * 1.25 + (inside ? 24 : lines.length * font * 1.25 + 2 * node.size + 8) };
  }
  // The first free place on a spiral around a thing; the same picture always gives the same place.
  function place(node, middle, taken) {
    const { w, h } = size(node);
    for (let step = 1; ; step++) {
      const angle = step * 2.399963, far = 90 + 34 * Math.sqrt(step);
      const x = Math.round(middle.x + far * 1.5 * Math.cos(angle)), y = Math.round(middle.y + far * Math.sin(angle));
      if (step > 4000 || !taken.some((t) => Math.abs(t.x - x) < (t.w + w) / 2 && Math.abs(t.y - y) < (t.h + h) / 2)) {
        taken.push({ x, y, w, h });
        return { x, y };
      }
    }
  }

  function add(key, fresh) {
    const places = g.network.getPositions();
    const taken = [...g.nodes.values()].map((n) => ({ ...places[n.id], ...size(n) }));
    for (const node of fresh) Object.assign(node, state.at.get(node.id) || place(node, places[key], taken));
    const edges = g.know(fresh, [...pending.values()]);
    for (const node of fresh) {
      const tied = new Set(g.around.get(node.id).map(([other]) => other));
      node.daftar.drawn = tied.size;
    }
    const news = new Set(fresh.map((n) => n.id));
    for (const node of g.nodes.values()) {
      if (!news.has(node.id)) node.daftar.drawn += new Set(g.around.get(node.id).map(([other]) => other).filter((other) => news.has(other))).size;
    }
    g.draw(fresh, edges);
    g.addRows(fresh, edges);
    g.indexNames(fresh);
  }

  g.expand = async function (key, wanted) {
    let fresh;
    try {
      fresh = await ask(key, wanted || data.atOnce);
    } catch {
      g.said(data.messages["graph.more.failed"]);
      return;
    }
    add(key, fresh);
    if (!wanted) {
      state.open.set(key, (state.open.get(key) || 0) + fresh.length);
      g.said(g.counted("graph.added", fresh.length));
      g.filter();
      const again = g.panel.querySelector("[data-more]");
      (again || g.panel).focus({ preventScroll: true });
    }
  };

  // Draws again what the address says was added.
  g.reopen = async function () {
    const left = [...state.open];
    for (let rounds = left.length; rounds > 0 && left.length; rounds--) {
      const ready = left.findIndex(([key]) => g.nodes.has(key));
      if (ready < 0) break;
      const [[key, count]] = left.splice(ready, 1);
      await g.expand(key, count);
    }
  };
})(window.daftarGraph);
