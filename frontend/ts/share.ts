// Print, copy the address, share through the device. The buttons show only where they work.
import { onClick, say } from "./dom";

export function startShare(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-share]")) {
    button.hidden = typeof navigator.share !== "function";
  }
  onClick("data-print", () => window.print());
  onClick("data-copy", (button) => {
    const done = (): void => say(button.dataset.done);
    void navigator.clipboard?.writeText(button.dataset.copy || location.href).then(done, () => {});
  });
  onClick("data-share", (button) => {
    const url = button.dataset.share || location.href;
    void navigator.share({ title: document.title, url }).catch(() => {}); // closed without sharing
  });
}
