// The few things every enhancement needs.

/** Calls `handle` for clicks on, or inside, elements with the attribute, also ones swapped in later. */
export function onClick(
  attribute: string,
  handle: (element: HTMLElement, event: MouseEvent) => void,
): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const element = target?.closest<HTMLElement>(`[${attribute}]`);
    if (element) handle(element, event);
  });
}

/** True for a plain click; a new tab or window is the visitor's own wish. */
export function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

let clearing: number | undefined;

/** Says something short, on the screen and to a screen reader. */
export function say(text: string | undefined): void {
  const toast = document.querySelector<HTMLElement>("[data-toast]");
  if (!toast || !text) return;
  toast.textContent = text;
  window.clearTimeout(clearing);
  clearing = window.setTimeout(() => (toast.textContent = ""), 6000);
}

/** Storage that may be switched off or full: then a choice lasts as long as the page. */
export const store = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Nothing to do: the page works without.
    }
  },
};
