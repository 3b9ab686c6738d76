// The graph of an answer: its nodes and links, bounded, and where each node stands.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { SimulationNodeDatum } from "d3-force";
import type { Cell, Rows } from "./rows.ts";

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}
export interface Links {
  readonly nodes: ReadonlyMap<string, Cell>;
  readonly links: readonly Link[];
  /** How many nodes and links there are in all. */
  readonly allNodes: number;
  readonly allLinks: number;
}
export const MOST_NODES = 120;

/** Columns of subject, predicate and object: those of a graph, or the three columns of rows of IRIs. */
function ends(rows: Rows): [number, number, number] | null {
  if (rows.statements) return [0, 1, 2];
  const whole = rows.columns.length === 3 && rows.cells.length > 0;
  return whole && rows.cells.every((row) => row.length === 3 && row.every((cell) => cell.node)) ? [0, 1, 2] : null;
}

/** Read the links between things; where there are too many things, those with most links stay. */
export function readLinks(rows: Rows): Links | null {
  const columns = ends(rows);
  if (!columns) return null;
  const nodes = new Map<string, Cell>();
  const merged = new Map<string, { from: string; to: string; labels: string[] }>();
  const degree = new Map<string, number>();
  for (const row of rows.cells) {
    const [from, by, to] = columns.map((column) => row[column]);
    if (!from?.node || !by || !to?.node) continue;
    nodes.set(from.node, from);
    nodes.set(to.node, to);
    const key = `${from.node} ${to.node}`;
    const link = merged.get(key) ?? { from: from.node, to: to.node, labels: [] };
    link.labels.push(by.text);
    merged.set(key, link);
    for (const end of [from.node, to.node]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  const kept = new Set([...nodes.keys()].sort((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0)).slice(0, MOST_NODES));
  const links = [...merged.values()].map((link) => ({ from: link.from, to: link.to, label: [...new Set(link.labels)].join(" · ") }));
  return {
    nodes: new Map([...nodes].filter(([key]) => kept.has(key))),
    links: links.filter((link) => kept.has(link.from) && kept.has(link.to)),
    allNodes: nodes.size,
    allLinks: links.length,
  };
}

interface Body extends SimulationNodeDatum {
  readonly id: string;
  readonly radius: number;
}

/**
 * Place the nodes: springs, repulsion and no overlap (d3-force), run to the end before anything is drawn.
 * d3-force starts from a fixed spiral and draws its random numbers from a fixed seed: the same answer
 * gives the same picture. `tall` makes it higher than wide.
 */
export function place(found: Links, radius: (key: string) => number, tall = false): Map<string, { x: number; y: number }> {
  const bodies: Body[] = [...found.nodes.keys()].map((id) => ({ id, radius: radius(id) }));
  const springs = found.links.map((link) => ({ source: link.from, target: link.to }));
  forceSimulation(bodies)
    .force("link", forceLink<Body, { source: string; target: string }>(springs).id((body) => body.id).distance(170))
    .force("charge", forceManyBody().strength(-700))
    .force("collide", forceCollide<Body>((body) => body.radius).iterations(3))
    .force("x", forceX().strength(tall ? 0.14 : 0.04))
    .force("y", forceY().strength(tall ? 0.04 : 0.12))
    .stop()
    .tick(300);
  return new Map(bodies.map((body) => [body.id, { x: Math.round(body.x ?? 0), y: Math.round(body.y ?? 0) }]));
}
