// Builds CSS and TypeScript into the Python package. Called by the build hook: npm run build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { dropUnused } from "./shake.mjs";

const out = "../src/samtun/ui/static/samtun/build";
const watch = process.argv.includes("--watch");
const common = {
  bundle: true,
  minify: !watch,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
  outdir: out,
  target: ["chrome109", "firefox115", "safari16"],
};

// Fonts and pictures keep their names: Django's static storage adds the hash.
const css = {
  ...common,
  entryPoints: ["css/app.css", "css/course.css", "css/desk.css", "css/map.css"],
  loader: { ".woff2": "copy", ".png": "copy" },
  assetNames: "[name]",
};
const js = {
  ...common,
  entryPoints: ["ts/app.ts", "ts/course.ts", "ts/desk.ts", "ts/map.ts", "ts/theme.ts", "ts/search.ts"],
  format: "esm",
};

// The minified files carry no notices; their licences ask that these come along.
const licences = {
  "Designsystemet (Digdir)": "node_modules/@digdir/designsystemet-css/LICENSE",
  htmx: "node_modules/htmx.org/LICENSE",
  Leaflet: "node_modules/leaflet/LICENSE",
  "Young Serif, reduced to the letters used": "fonts/OFL.txt",
};

function keepLicences() {
  const texts = Object.entries(licences).map(
    ([name, path]) => `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(path, "utf8")}`,
  );
  writeFileSync(`${out}/licences.txt`, texts.join("\n\n"));
}

async function build() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const options of [css, js]) {
    const result = await esbuild.build(options);
    for (const file of result.outputFiles) keep(file);
  }
  keepLicences();
}

function keep(file) {
  const isCss = file.path.endsWith(".css");
  const content = isCss ? Buffer.from(dropUnused(file.text)) : file.contents;
  writeFileSync(file.path, content);
  const name = file.path.split("/").pop();
  const packed = gzipSync(content, { level: 9 }).length;
  console.log(`${name.padEnd(26)} ${String(content.length).padStart(7)} B ${packed} B gzip`);
}

await build();
if (watch) {
  const { watch: onChange } = await import("node:fs");
  for (const folder of ["css", "ts", "theme"]) {
    onChange(folder, () => build().catch((error) => console.error(error.message)));
  }
}
