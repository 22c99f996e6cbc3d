// Lists of the desk: choosing all on the page, and how many are chosen.

export function startTables(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-choose]").forEach(choosing);
}

function choosing(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>(".st-choose input[type=checkbox]")];
  const corner = form.querySelector("thead tr > :first-child");
  if (!boxes.length || !corner) return;
  const all = boxForAll(form.dataset.choose ?? "");
  const counter = document.createElement("span");
  counter.className = "st-chosen";
  counter.setAttribute("role", "status");
  corner.replaceChildren(all);
  form.append(counter);
  const tell = (): void => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    counter.textContent = chosen
      ? (form.dataset.chosen ?? "").replace("%(count)s", String(chosen))
      : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}

function boxForAll(label: string): HTMLInputElement {
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "ds-input";
  all.setAttribute("aria-label", label);
  return all;
}
