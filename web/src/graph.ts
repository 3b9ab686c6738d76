// Drawing the graph of an answer with vis-network, which the site serves; the places are computed before.
import { place } from "./links.ts";
import type { Links } from "./links.ts";
import { byId, data, say } from "./page.ts";

interface Network {
  on(event: "click", heard: (event: { nodes: string[] }) => void): void;
  once(event: "afterDrawing", heard: () => void): void;
  fit(options: object): void;
  getScale(): number;
  moveTo(options: object): void;
  destroy(): void;
}
interface Vis {
  Network: new (canvas: HTMLElement, data: object, options: object) => Network;
}
declare global {
  interface Window {
    vis?: Vis;
  }
}

const WRAP = 22;
let drawn: Network | null = null;

function vis(): Promise<Vis> {
  if (window.vis) return Promise.resolve(window.vis);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/static/vendor/vis-network.min.js";
    script.onload = () => (window.vis ? resolve(window.vis) : reject(new Error("vis-network is not there")));
    script.onerror = () => reject(new Error("vis-network cannot be loaded"));
    document.head.append(script);
  });
}

function wrap(text: string): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1] ?? "";
    if (last && last.length + 1 + word.length > WRAP) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  return (lines.length > 3 ? [...lines.slice(0, 3), "…"] : lines).join("\n");
}

/** Draw the graph; `describe` is asked to look at a node more closely. */
export async function drawGraph(found: Links, describe: (iri: string) => void): Promise<void> {
  const library = await vis();
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const labels = new Map([...found.nodes].map(([key, cell]) => [key, wrap(cell.text || key)]));
  const radius = (key: string): number => {
    const lines = (labels.get(key) ?? "").split("\n");
    return 20 + Math.max(...lines.map((line) => line.length)) * 4.2;
  };
  const canvas = byId("answer-canvas");
  const places = place(found, radius, canvas.clientHeight > canvas.clientWidth);
  const face = getComputedStyle(document.body).fontFamily;
  const nodes = [...labels].map(([id, label]) => ({ id, label, ...places.get(id) }));
  const dense = found.links.length > 60;
  const edges = found.links.map((link, id) => ({ id, from: link.from, to: link.to, ...(dense ? {} : { label: wrap(link.label) }) }));
  drawn?.destroy();
  delete canvas.dataset["ready"];
  drawn = new library.Network(canvas, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false, keyboard: false, tooltipDelay: 1e6 },
    nodes: {
      shape: "box",
      margin: 8,
      color: { background: colour("--read-bg"), border: colour("--read"), highlight: { background: colour("--mark"), border: colour("--ink") } },
      font: { face, size: 15, color: colour("--ink") },
    },
    edges: {
      arrows: "to",
      smooth: false,
      color: { color: colour("--ink-2"), highlight: colour("--accent") },
      font: { face, size: 11, color: colour("--ink-2"), strokeColor: colour("--surface"), strokeWidth: 4 },
    },
  });
  drawn.once("afterDrawing", () => (canvas.dataset["ready"] = "true"));
  drawn.fit({ animation: false });
  drawn.on("click", (event) => choose(found, event.nodes[0], describe));
  caption(found);
}

function caption(found: Links): void {
  const nodes = found.nodes.size;
  const cut = nodes < found.allNodes ? ` ${say("editor.shown", { n: nodes, total: found.allNodes })}` : "";
  const text = nodes ? say("editor.graph.caption", { nodes: found.allNodes, links: found.allLinks, edges: found.allLinks }) : say("editor.graph.none");
  byId("answer-graph-caption").textContent = text + cut;
}

function choose(found: Links, key: string | undefined, describe: (iri: string) => void): void {
  const chosen = byId("answer-chosen");
  const cell = key === undefined ? undefined : found.nodes.get(key);
  if (!cell) return chosen.replaceChildren();
  const parts: Node[] = [];
  const name = Object.assign(document.createElement(cell.href ? "a" : "b"), { textContent: cell.text });
  if (cell.href) name.setAttribute("href", cell.href);
  parts.push(name);
  if (!cell.node.startsWith("_:")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "DESCRIBE" });
    button.addEventListener("click", () => describe(cell.node));
    parts.push(document.createTextNode(" "), button);
  }
  chosen.lang = data.lang;
  chosen.replaceChildren(...parts);
}

/** React to the buttons beside the graph. */
export function zoom(how: string): void {
  if (how === "fit") drawn?.fit({ animation: false });
  else if (drawn) drawn.moveTo({ scale: drawn.getScale() * (how === "in" ? 1.3 : 1 / 1.3) });
}
