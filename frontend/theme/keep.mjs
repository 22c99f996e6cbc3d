// Keeps the one built file that the bundle reads; the token folders are working material.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";

copyFileSync("design-tokens-build/samtun.css", "theme/samtun.css");
const css = readFileSync("theme/samtun.css", "utf8");
writeFileSync("theme/samtun.css", css.replace(/[ \t]+$/gm, ""));
for (const folder of ["design-tokens", "design-tokens-build"]) {
  rmSync(folder, { recursive: true, force: true });
}
