// Rows of a form that can be many: one more, one less, where a place is chosen.

export function startRows(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const add = target?.closest<HTMLButtonElement>("[data-add-row]");
    const remove = target?.closest<HTMLButtonElement>("[data-remove-row]");
    if (add && addRow(add)) event.preventDefault();
    if (remove && removeRow(remove)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) showPlace(event.target);
  });
  for (const select of document.querySelectorAll<HTMLSelectElement>("[data-row] select")) {
    showPlace(select);
  }
}

function addRow(button: HTMLButtonElement): boolean {
  const rows = button.closest<HTMLElement>("[data-rows]");
  const blank = rows?.querySelector("template");
  if (!rows || !blank) return false;
  const known = [...rows.querySelectorAll<HTMLElement>(":scope > [data-row]")];
  if (known.length >= Number(button.dataset.addRow)) return false; // the server says why
  const numbers = known.map((row) => Number(row.dataset.row?.split("-")[1]));
  const next = Math.max(-1, ...numbers) + 1;
  const html = blank.innerHTML.replaceAll("__n__", String(next));
  button.insertAdjacentHTML("beforebegin", html);
  const row = button.previousElementSibling as HTMLElement;
  count(rows);
  row.querySelector<HTMLElement>("select, input:not([type=hidden]), textarea")?.focus();
  tell(rows);
  return true;
}

function removeRow(button: HTMLButtonElement): boolean {
  const row = button.closest<HTMLElement>("[data-row]");
  const rows = row?.closest<HTMLElement>("[data-rows]");
  if (!row || !rows) return false;
  // Hours tell their place by its row: the server must put that right.
  if (rows.dataset.rows === "places" && document.querySelector("[data-row^='hours-']")) return false;
  row.remove();
  count(rows);
  rows.querySelector<HTMLElement>("[data-add-row]")?.focus();
  tell(rows);
  return true;
}

function count(rows: HTMLElement): void {
  rows.querySelectorAll(":scope > [data-row] [data-row-number]").forEach((title, at) => {
    title.textContent = String(at + 1);
  });
}

/** Drafts and preview listen to what is typed; a row that comes or goes is like typing. */
function tell(rows: HTMLElement): void {
  rows.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Another place has another address: its boxes come when the page is shown again. */
function showPlace(select: HTMLSelectElement): void {
  const row = select.closest<HTMLElement>("[data-row^='places-']");
  if (!row || !select.name.endsWith("-location")) return;
  const was = row.querySelector<HTMLInputElement>("input[name$='-was']")?.value ?? "";
  const boxes = row.querySelector<HTMLElement>("[data-place-boxes]");
  if (boxes) boxes.hidden = select.value !== "" && select.value !== was;
}
