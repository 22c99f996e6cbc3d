// Where the visitor is: asked for only on click, rounded to about a hundred metres, never stored.
import { onClick, say } from "./dom";

const DECIMALS = 3;

export function startNear(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-near]")) {
    button.hidden = !("geolocation" in navigator);
  }
  onClick("data-near", (button) => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(button, coords),
      () => {
        button.removeAttribute("aria-busy");
        say(button.dataset.failed);
      },
      { maximumAge: 600_000, timeout: 15_000 },
    );
  });
}

/** The place becomes part of the address like any other filter. */
function go(button: HTMLElement, coords: GeolocationCoordinates): void {
  const address = new URL(button.dataset.near || location.href, location.href);
  const point = [coords.latitude, coords.longitude].map((part) => part.toFixed(DECIMALS));
  address.searchParams.set(button.dataset.parameter ?? "near", point.join(","));
  location.assign(address);
}
