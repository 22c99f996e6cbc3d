// Keeps the one built file that the bundle reads; the token folders are working material.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const DARK_BY_CHOICE = /\[data-color-scheme="dark"\] \{[^}]*\}/g;
const DARK_BY_SYSTEM = /@media \(prefers-color-scheme: dark\)/g;
const LIGHT_BY_SYSTEM = /@media \(prefers-color-scheme: light\) \{\s*[^{]*\{[^}]*\}\s*\}/g;

const css = readFileSync("design-tokens-build/samtun.css", "utf8")
  .replace(/[ \t]+$/gm, "")
  .replace(LIGHT_BY_SYSTEM, "") // light is what :root already says
  .replace(DARK_BY_CHOICE, (rule) => `@media screen {\n${rule}\n}`) // paper is never dark
  .replace(DARK_BY_SYSTEM, "@media screen and (prefers-color-scheme: dark)");
writeFileSync("theme/samtun.css", css);
for (const folder of ["design-tokens", "design-tokens-build"]) {
  rmSync(folder, { recursive: true, force: true });
}
