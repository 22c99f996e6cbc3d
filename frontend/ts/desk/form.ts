// The form of an offer: rows without reloading, copies between languages, drafts, live preview.
// Without JavaScript every button of it works by showing the page again.
import { startDraft } from "./formdraft";
import { startPreview } from "./formpreview";
import { startRows } from "./formrows";

export function startForm(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-offer-form]");
  startRows();
  startCopies();
  if (!form) return;
  keepEnterFromSending(form);
  startDraft(form);
  startPreview(form);
}

/** A text from another language, into the box beside it. */
function startCopies(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-take-from]");
    const from = box(button?.dataset.takeFrom);
    const to = box(button?.dataset.takeTo);
    if (!from || !to) return;
    to.value = from.value;
    to.focus();
    to.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function box(id: string | undefined): HTMLInputElement | HTMLTextAreaElement | null {
  return id ? (document.getElementById(id) as HTMLInputElement | null) : null;
}

/** Enter in a box would show the page again; here it is shown as one types. */
function keepEnterFromSending(form: HTMLFormElement): void {
  form.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key !== "Enter" || !(target instanceof HTMLInputElement)) return;
    if (!["checkbox", "radio", "submit", "button"].includes(target.type)) event.preventDefault();
  });
}

/** All boxes as the server reads them, with those that are empty. */
export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type)) {
      if (element.checked && element.name) fields.append(element.name, element.value);
    } else if (
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
    ) {
      if (element.name) fields.append(element.name, element.value);
    }
  }
  return fields;
}

/** Calls `act` when nothing has been typed for so many milliseconds. */
export function afterPause(form: HTMLFormElement, milliseconds: number, act: () => void): void {
  let waiting: number | undefined;
  const wait = (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(act, milliseconds);
  };
  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
}
