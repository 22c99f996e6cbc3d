// The page of a course: what one has been through, and going on where one was.
import type { Device } from "./device";
import { load } from "./kept";

export function showOverview(page: HTMLElement, device: Device): void {
  const kept = load(device.owner, page.dataset.course ?? "");
  const told = device.told;
  const done = new Set([...(told?.done ?? []), ...kept.done]);
  for (const row of page.querySelectorAll<HTMLElement>("[data-lesson]")) {
    if (done.has(row.dataset.lesson ?? "")) mark(row, device.word("done"));
  }
  const isNewerHere = kept.place && (!told?.at || kept.place.at > told.at);
  const lesson = isNewerHere ? kept.place?.lesson : told?.lesson;
  const block = isNewerHere ? kept.place?.block : told?.block;
  const start = page.querySelector<HTMLAnchorElement>("a[data-start]");
  const link = page.querySelector<HTMLAnchorElement>(
    `[data-lesson="${CSS.escape(lesson ?? "")}"] a`,
  );
  if (!start || !link || !lesson) return;
  start.href = `${link.href}#b-${block}`;
  start.textContent = start.dataset.startAgain ?? device.word("goOn");
}

function mark(row: HTMLElement, word: string): void {
  if (row.hasAttribute("data-done")) return;
  row.setAttribute("data-done", "");
  const text = document.createElement("span");
  text.className = "st-done-mark";
  text.textContent = word;
  row.append(" ", text);
}
