// Rows in the tables for what a click has added, so that nothing is in the picture alone.
(function (g) {
  "use strict";
  if (!g) return;
  const { data, element, say, digits } = g;
  const columns = (id) => document.querySelectorAll(`#${id} thead th`).length;
  function cell(row, content, attributes, tag) {
    const made = element(tag || "td", "", attributes);
    made.append(...[].concat(content));
    row.append(made);
  }
  const named = (about) => about.href ? element("a", about.name, { href: about.href }) : about.name;
  function showButton(attributes, name) {
    return element("button", data.messages["graph.show"], { type: "button", class: "link-button", "aria-label": say("graph.show.named", { name }), ...attributes });
  }

  function nodeRow({ id, group, daftar: about }) {
    const row = element("tr", "", { id: about.row, "data-key": id, "data-family": group });
    cell(row, [named(about), ...(about.id ? [" ", element("span", about.id, { class: "chip id" })] : [])], { scope: "row" }, "th");
    cell(row, about.kind || about.family);
    cell(row, digits(about.drawn), { class: "n" });
    if (columns("graph-node-table") === 6) cell(row, "", { class: "n" });
    const ways = [showButton({ "data-show": id }, about.name)];
    if (about.around) ways.push(" ", element("a", data.messages["graph.around"], { href: about.around }));
    cell(row, ways, { class: "no-print" });
    cell(row, about.lines ? element("span", about.lines, { class: "ln" }) : "", { class: "lines" });
    return row;
  }

  function edgeRow(edge, tie, first) {
    const row = element("tr", "", { "data-ends": `${edge.from} ${edge.to}`, "data-edge": edge.id, "data-tie": tie.reason });
    const [from, to] = [edge.from, edge.to].map((key) => g.nodes.get(key).daftar);
    if (first) row.id = "edge-" + edge.id;
    cell(row, named(from));
    cell(row, data.reasons[tie.reason][0]);
    cell(row, named(to));
    cell(row, (tie.words || []).join("، "), { lang: "fa", dir: "rtl" });
    const basis = [tie.layer === "inferred" ? element("span", data.layers.inferred, { class: "chip infer" }) : data.layers[tie.layer]];
    if (tie.weak) basis.push(" ", element("span", data.messages["graph.weak"], { class: "chip doubt" }));
    cell(row, basis);
    cell(row, first ? showButton({ "data-show-edge": edge.id }, `${from.name} · ${to.name}`) : "", { class: "no-print" });
    cell(row, tie.lines ? element("span", tie.lines, { class: "ln" }) : "", { class: "lines" });
    return row;
  }

  g.addRows = function (nodes, edges) {
    document.querySelector("#graph-node-table tbody").append(...nodes.map(nodeRow));
    document.querySelector("#graph-edge-table tbody").append(...edges.flatMap((edge) => edge.daftar.ties.map((tie, n) => edgeRow(edge, tie, n === 0))));
  };
})(window.daftarGraph);
