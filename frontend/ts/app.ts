// Progressive enhancement only: every page works without this file.
import { startExit } from "./exit";
import { startFilters } from "./filters";
import { startList } from "./list";
import { startMapButton } from "./mapbutton";
import { startNear } from "./near";
import { startShare } from "./share";
import { startThemeToggle } from "./themetoggle";

for (const start of [
  startExit,
  startThemeToggle,
  startList,
  startShare,
  startNear,
  startMapButton,
  startFilters,
]) {
  start();
}
