// Writes the licences of the packages that are bundled beside the bundle: their terms ask for it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const tools = /^node_modules\/(@?esbuild|@types|typescript|@typescript|undici-types)(\/|$)/;
const parts = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path || entry.dev || tools.test(path)) continue;
  const file = readdirSync(path).find((name) => /^(licen[cs]e|ofl)/i.test(name));
  if (!file) throw new Error(`${path} has no file with its licence`);
  const name = path.replace(/^node_modules\//, "");
  parts.push(`${name} ${entry.version}\n\n${readFileSync(`${path}/${file}`, "utf8").trim()}\n`);
}
writeFileSync("../api/static/built/editor.js.LEGAL.txt", parts.join(`\n${"-".repeat(70)}\n\n`));
