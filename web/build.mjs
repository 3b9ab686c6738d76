// Bundles the editor into ../api/static/built; with --tests, the unit tests into .tests/.
import { build } from "esbuild";
import { readdirSync } from "node:fs";

const common = { bundle: true, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: ".tests",
    outExtension: { ".js": ".mjs" },
    platform: "node",
  });
} else {
  await build({
    ...common,
    entryPoints: { editor: "src/main.ts", offline: "src/offline.ts" },
    outdir: "../api/static/built",
    format: "iife",
    minify: true,
    // the licences of all that is bundled stand in editor.js.LEGAL.txt; see licences.mjs
    legalComments: "none",
  });
  await import("./licences.mjs");
}
