// The interactive graph: vis-network draws, the server has placed the nodes, and every word is written as a text node.
// The files of this folder run one after the other and share this object.
window.daftarGraph = (function () {
  "use strict";
  const block = document.getElementById("graph-data");
  if (!block || !window.vis) return null;
  const data = JSON.parse(block.textContent);
  const $ = (id) => document.getElementById(id);
  const digits = (n) => data.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(n);
  const say = (key, values) => data.messages[key].replace(/\{(\w+)\}/g, (_, k) => values[k]);
  // Both languages have one form for 1 and one for all other numbers.
  const counted = (key, n) => say(key + (n === 1 ? ".one" : ".other"), { n: digits(n) });

  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    return made;
  }

  // The same folding as the server's search, small: letters, digits, marks.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}\u0640\u0621]/gu, "")
    .replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/ة/g, "ه")
    .replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 1632).replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 1776)
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const g = {
    data, $, digits, say, counted, element, fold,
    canvas: $("graph-canvas"), panel: $("graph-panel"),
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    dark: matchMedia("(prefers-color-scheme: dark)"),
    nodes: new Map(), edges: new Map(), around: new Map(),
    chosen: null, chosenEdge: null,
    said: (text) => { $("graph-said").textContent = text; },
  };

  // Takes things that are drawn from now on into the tables of the script; returns the edges that are new.
  g.know = function (nodes, edges) {
    for (const node of nodes) {
      g.nodes.set(node.id, node);
      g.around.set(node.id, []);
    }
    const fresh = edges.filter((e) => !g.edges.has(e.id) && g.nodes.has(e.from) && g.nodes.has(e.to));
    for (const edge of fresh) {
      g.edges.set(edge.id, edge);
      g.around.get(edge.from).push([edge.to, edge]);
      g.around.get(edge.to).push([edge.from, edge]);
    }
    return fresh;
  };
  g.know(data.nodes, data.edges);
  return g;
})();
