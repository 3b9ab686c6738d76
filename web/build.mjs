// Bundles the scripts of the pages into ../api/static/built and puts the fonts beside them; with --tests, the unit
// tests into .tests/.
import { build } from "esbuild";
import { copyFileSync, readdirSync } from "node:fs";

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
    entryPoints: {
      editor: "src/main.ts",
      matrix: "src/matrix.ts",
      menus: "src/menus.ts",
      suggest: "src/suggest.ts",
      offline: "src/offline.ts",
      "site-suggest": "src/site_suggest.ts",
      "site-lists": "src/site_lists.ts",
    },
    outdir: "../api/static/built",
    format: "iife",
    minify: true,
    // the licences of all that is bundled stand in editor.js.LEGAL.txt; see licences.mjs
    legalComments: "none",
  });
  for (const [name, weight] of [["Regular", 400], ["Bold", 700]]) {
    const face = `node_modules/vazirmatn/fonts/webfonts/Vazirmatn-${name}.woff2`;
    copyFileSync(face, `../api/static/built/vazirmatn-${weight}.woff2`);
  }
  await import("./licences.mjs");
}
