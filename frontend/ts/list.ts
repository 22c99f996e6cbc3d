// My list: kept in this browser only, and shared as an address. The server stores nothing.
import { isPlain, onClick, say, store } from "./dom";

/** Slugs in the order they were added; anything that is not one is left out. */
export function parse(text: string | null | undefined): string[] {
  const slugs = (text ?? "").split(",").filter((slug) => /^[\w-]{1,200}$/.test(slug));
  return [...new Set(slugs)];
}

export function startList(): void {
  const link = document.querySelector<HTMLAnchorElement>("a[data-my-list]");
  const region = link?.dataset.myList;
  if (!link || !region) return;
  const key = `samtun-list-${region}`;
  const bare = new URL(link.href, location.href);
  bare.search = "";

  const slugs = (): string[] => parse(store.read(key));
  const address = (): string => {
    const chosen = slugs();
    return chosen.length ? `${bare.pathname}?t=${chosen.join(",")}` : bare.pathname;
  };
  const keep = (chosen: string[]): void => {
    store.write(key, chosen.length ? chosen.join(",") : null);
    show();
  };
  const show = (): void => {
    const chosen = slugs();
    link.href = address();
    const count = link.querySelector<HTMLElement>("[data-my-list-count]");
    if (count) {
      count.hidden = chosen.length === 0;
      count.textContent = String(chosen.length);
    }
    for (const button of document.querySelectorAll<HTMLElement>("[data-list-add]")) {
      label(button, chosen.includes(button.dataset.listAdd ?? ""));
    }
  };

  onClick("data-list-add", (button, event) => {
    const slug = button.dataset.listAdd;
    if (!slug || !isPlain(event)) return;
    event.preventDefault();
    const chosen = slugs();
    const isIn = chosen.includes(slug);
    keep(isIn ? chosen.filter((other) => other !== slug) : [...chosen, slug]);
    say(isIn ? link.dataset.removed : link.dataset.added);
  });
  onClick("data-list-remove", (button) => {
    keep(slugs().filter((slug) => slug !== button.dataset.listRemove));
  });
  onClick("data-list-keep", () => {
    keep([...new Set([...slugs(), ...parse(new URLSearchParams(location.search).get("t"))])]);
    say(link.dataset.added);
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.key !== " " || !target?.matches("[data-list-add][role=button]")) return;
    event.preventDefault();
    target.click();
  });
  document.addEventListener("htmx:after:swap", show);
  window.addEventListener("storage", show); // another tab changed the list
  window.addEventListener("pageshow", show); // came back with the browser's back button
  show();
  openOwnList(bare, address());
}

/** The list page without an address of its own shows what this browser has kept. */
function openOwnList(bare: URL, address: string): void {
  const isListPage = location.pathname === bare.pathname;
  const isEmpty = !new URLSearchParams(location.search).has("t");
  if (isListPage && isEmpty && address !== bare.pathname) location.replace(address);
}

function label(button: HTMLElement, isIn: boolean): void {
  button.setAttribute("role", "button");
  button.setAttribute("aria-pressed", String(isIn));
  const text = button.querySelector<HTMLElement>("[data-list-label]");
  const said = document.querySelector<HTMLElement>("a[data-my-list]")?.dataset;
  if (text && said) text.textContent = (isIn ? said.isIn : said.isOut) ?? text.textContent;
}
