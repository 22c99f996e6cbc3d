// The map's code, style and tiles are fetched when the visitor asks for the map, not before.
import { onClick, say } from "./dom";

interface MapModule {
  showMap(container: HTMLElement): Promise<void>;
}

export function startMapButton(): void {
  onClick("data-map", (button) => {
    const container = document.getElementById(button.dataset.map ?? "");
    if (!container || !button.dataset.script) return;
    if (container.childElementCount > 0) {
      container.hidden = !container.hidden;
      button.setAttribute("aria-expanded", String(!container.hidden));
      return;
    }
    void open(button, container);
  });
  // The visitor asked for the map on the page before; one question is enough.
  document.querySelector<HTMLElement>("[data-map][data-open]")?.click();
}

async function open(button: HTMLElement, container: HTMLElement): Promise<void> {
  button.setAttribute("aria-busy", "true");
  try {
    await addStyle(button.dataset.style ?? "");
    const module = (await import(button.dataset.script ?? "")) as MapModule;
    await module.showMap(container);
    button.setAttribute("aria-expanded", "true");
  } catch {
    say(button.dataset.failed); // the list beside it knows all that the map would show
  }
  button.removeAttribute("aria-busy");
}

function addStyle(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(href));
    document.head.append(link);
  });
}
