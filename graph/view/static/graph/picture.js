// The picture as it stands, to take away: SVG with its words as text, and PNG drawn from that SVG.
(function (g) {
  "use strict";
  if (!g) return;
  const NS = "http://www.w3.org/2000/svg", margin = 40, widest = 8000;
  // Paper is white, whatever the screen shows.
  const ink = { text: "#1d2422", border: "#6d6a58", line: "#8d8772", guess: "#4b3d8f", circle: "#8a2b27" };
  // XML knows no control characters.
  const clean = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  function shape(tag, attributes, text) {
    const made = document.createElementNS(NS, tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text) made.textContent = clean(text);
    return made;
  }

  function words(label, x, top, font) {
    const rtl = /[\u0590-\u08ff\ufb1d-\ufefc]/.test(label);
    const made = shape("text", { x, "text-anchor": "middle", "font-size": font, fill: ink.text, stroke: "#ffffff", "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke", direction: rtl ? "rtl" : "ltr" });
    label.split("\n").forEach((line, n) => made.append(shape("tspan", { x, y: Math.round(top + (n + 0.85) * font * 1.2) }, line)));
    return made;
  }

  const polygons = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
    hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
    triangle: [[0, -1.05], [0.98, 0.72], [-0.98, 0.72]],
    triangleDown: [[0, 1.05], [0.98, -0.72], [-0.98, -0.72]],
    star: [...Array(10).keys()].map((n) => { const r = n % 2 ? 0.5 : 1.15; return [r * Math.sin(n * Math.PI / 5), -r * Math.cos(n * Math.PI / 5)]; }),
  };

  function nodeShape(node, { x, y }, box) {
    const made = shape("g", {}), fill = g.data.families[node.group].light, font = node.font.size;
    made.append(shape("title", {}, node.daftar.name));
    const look = { fill, stroke: ink.border, "stroke-width": 1.2 }, dash = node.shapeProperties;
    if (node.shape === "box") {
      made.append(shape("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, rx: dash.borderRadius, ...look, ...(dash.borderDashes ? { "stroke-dasharray": "6 4" } : {}) }));
    } else if (node.shape === "ellipse") {
      made.append(shape("ellipse", { cx: x, cy: y, rx: (box.right - box.left) / 2, ry: (box.bottom - box.top) / 2, ...look, "stroke-dasharray": "6 4" }));
    } else if (polygons[node.shape]) {
      made.append(shape("polygon", { points: polygons[node.shape].map(([a, b]) => `${(x + a * node.size).toFixed(1)},${(y + b * node.size).toFixed(1)}`).join(" "), fill }));
    } else {
      made.append(shape("circle", { cx: x, cy: y, r: node.size, fill }));
    }
    const inside = node.shape === "box" || node.shape === "ellipse", high = node.label.split("\n").length * font * 1.2;
    made.append(words(node.label, x, inside ? y - high / 2 : y + node.size + 4, font));
    return made;
  }

  // Where a line from one thing meets the border of the other, so that an arrow's point is seen.
  function meet(from, to, node, box) {
    const dx = to.x - from.x, dy = to.y - from.y, inside = node.shape === "box" || node.shape === "ellipse";
    const w = inside ? (box.right - box.left) / 2 : node.size, h = inside ? (box.bottom - box.top) / 2 : node.size;
    const part = Math.min(dx ? w / Math.abs(dx) : Infinity, dy ? h / Math.abs(dy) : Infinity, 1);
    return { x: to.x - dx * part, y: to.y - dy * part };
  }

  function edgeShape(edge, places, boxOf) {
    const from = places[edge.from], to = places[edge.to], colour = g.edgeColour(edge, ink);
    const end = edge.arrows ? meet(from, to, g.nodes.get(edge.to), boxOf(edge.to)) : to;
    const made = shape("g", {});
    made.append(shape("line", { x1: from.x, y1: from.y, x2: end.x.toFixed(1), y2: end.y.toFixed(1), stroke: colour, "stroke-width": edge.width || (edge.daftar.circle ? 2.5 : 1.2), ...(edge.dashes ? { "stroke-dasharray": "5 5" } : {}) }));
    if (edge.arrows) {
      const angle = Math.atan2(to.y - from.y, to.x - from.x), wing = (turn) => `${(end.x - 11 * Math.cos(angle + turn)).toFixed(1)},${(end.y - 11 * Math.sin(angle + turn)).toFixed(1)}`;
      made.append(shape("polygon", { points: `${end.x.toFixed(1)},${end.y.toFixed(1)} ${wing(0.4)} ${wing(-0.4)}`, fill: colour }));
    }
    if (edge.label) made.append(words(edge.label, (from.x + to.x) / 2, (from.y + to.y) / 2 - 10, 15));
    return made;
  }

  g.svg = function () {
    const nodes = [...g.nodes.values()].filter((n) => !g.gone(n.id)), places = g.network.getPositions();
    // vis-network counts the radius of the corners twice
    const bare = (n) => {
      const b = g.network.getBoundingBox(n.id), r = n.shape === "box" ? n.shapeProperties.borderRadius : 0;
      return { left: b.left + r, right: b.right - r, top: b.top + r, bottom: b.bottom - r };
    };
    const boxes = new Map(nodes.map((n) => [n.id, bare(n)]));
    const sides = boxes.size ? [...boxes.values()] : [{ left: 0, right: 0, top: 0, bottom: 0 }];
    const left = Math.floor(Math.min(...sides.map((b) => b.left))) - margin, top = Math.floor(Math.min(...sides.map((b) => b.top))) - margin;
    const width = Math.ceil(Math.max(...sides.map((b) => b.right))) + margin - left;
    const height = Math.ceil(Math.max(...sides.map((b) => b.bottom))) + margin - top;
    const root = shape("svg", { viewBox: `${left} ${top} ${width} ${height}`, width, height, lang: g.data.lang, "font-family": g.face });
    root.append(shape("title", {}, document.title), shape("rect", { x: left, y: top, width, height, fill: "#ffffff" }));
    for (const edge of g.edges.values()) if (!g.edgeGone(edge)) root.append(edgeShape(edge, places, (key) => boxes.get(key)));
    for (const node of nodes) root.append(nodeShape(node, places[node.id], boxes.get(node.id)));
    return { text: '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(root) + "\n", width, height };
  };

  function save(blob, name) {
    const address = URL.createObjectURL(blob), link = g.element("a", "", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    g.said(g.say("graph.exported", { name }));
  }

  g.takeAway = async function (form) {
    const name = `daftar-${g.data.view}`, picture = g.svg();
    if (form === "svg") { save(new Blob([picture.text], { type: "image/svg+xml" }), name + ".svg"); return; }
    const scale = Math.min(2, widest / Math.max(picture.width, picture.height));
    const paper = document.createElement("canvas"), image = new Image();
    paper.width = Math.round(picture.width * scale);
    paper.height = Math.round(picture.height * scale);
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
    await image.decode();
    paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
    paper.toBlob((blob) => save(blob, name + ".png"), "image/png");
  };
})(window.daftarGraph);
