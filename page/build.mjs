// Builds the page: one style sheet, one script, and the page that names them.
// The same sources and the locked packages give the same bytes.
import { copyFile, mkdir } from "node:fs/promises";
import { build } from "esbuild";

const target = process.argv[2] ?? "../kpr_validator/web/static";

await mkdir(target, { recursive: true });
await build({
  entryPoints: { app: "src/app.ts" },
  outdir: target,
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  loader: { ".css": "text" },
  banner: { js: "// Built from page/src by `make page`: change it there." },
});
await build({
  entryPoints: { app: "src/app.css" },
  outdir: target,
  bundle: true,
  charset: "utf8",
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  target: ["chrome120", "firefox120", "safari17"],
});
await copyFile("src/index.html", `${target}/index.html`);
