// Finding by name, and the legend that hides kinds of things and of ties, in the picture and in the tables.
(function (g) {
  "use strict";
  if (!g) return;
  const { data, state, fold, $ } = g;
  const find = $("graph-find"), found = $("graph-found"), status = $("graph-find-status"), most = 8;
  const texts = new Map();
  g.indexNames = function (nodes) {
    for (const { id, group, daftar } of nodes) {
      const spellings = group === "process" ? [] : g.around.get(id).flatMap(([, e]) => e.daftar.ties.flatMap((tie) => tie.words || []));
      texts.set(id, fold([daftar.name, daftar.other, daftar.id, ...spellings].join(" ")));
    }
  };
  g.indexNames(data.nodes);

  function search() {
    const wanted = fold(find.value).split(" ").filter(Boolean);
    const all = wanted.length ? [...texts].filter(([, text]) => wanted.every((w) => text.includes(w))) : [];
    found.replaceChildren(...all.slice(0, most).map(([key]) => {
      const item = g.element("li", "");
      item.append(g.nodeButton(key));
      return item;
    }));
    status.textContent = wanted.length && !all.length ? data.messages["graph.find.none"]
      : all.length > most ? g.say("graph.find.more", { n: g.digits(all.length - most) }) : "";
    return all;
  }
  find.addEventListener("input", search);
  $("graph-find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const hits = search();
    if (hits.length) g.choose(hits[0][0], true);
  });

  const boxes = () => document.querySelectorAll("input[data-family], input[data-reason]");
  g.filter = function () {
    for (const box of boxes()) {
      const { family, reason } = box.dataset;
      box.checked = family ? !state.hide.has(family) : !state.off.has(reason);
    }
    for (const row of document.querySelectorAll("tr[data-key]")) row.hidden = g.gone(row.dataset.key);
    for (const row of document.querySelectorAll("tr[data-ends]")) row.hidden = row.dataset.ends.split(" ").some(g.gone) || state.off.has(row.dataset.tie);
    if (g.chosen && g.gone(g.chosen)) g.choose(null, false);
    else if (g.chosenEdge && g.edgeGone(g.edges.get(g.chosenEdge))) g.chooseEdge(null, false);
    else { g.repaint(); g.show(); g.writeState(); }
  };
  for (const box of boxes()) {
    box.addEventListener("change", () => {
      const { family, reason } = box.dataset, set = family ? state.hide : state.off;
      if (box.checked) set.delete(family || reason); else set.add(family || reason);
      g.filter();
    });
  }
})(window.daftarGraph);
