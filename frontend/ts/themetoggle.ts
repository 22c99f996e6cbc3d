// Daylight or evening; remembered only once the visitor has chosen.
import { onClick, store } from "./dom";

export function startThemeToggle(): void {
  const dusk = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isEvening = (): boolean => {
    const scheme = root.dataset.colorScheme;
    return scheme === "dark" || (scheme !== "light" && dusk.matches);
  };
  const show = (): void => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(isEvening()));
    }
  };
  onClick("data-theme-toggle", () => {
    const next = isEvening() ? "light" : "dark";
    const followsSystem = (next === "dark") === dusk.matches;
    root.dataset.colorScheme = followsSystem ? "auto" : next;
    store.write("samtun-colour", followsSystem ? null : next);
    show();
  });
  dusk.addEventListener("change", show);
  show();
}
