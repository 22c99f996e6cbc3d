// Between the fields of a lesson's form and the value that is kept of an answer: the same values as
// the server reads from the same form.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fields = (form: HTMLFormElement): Field[] =>
  [...form.elements].filter(
    (one): one is Field =>
      (one instanceof HTMLInputElement && one.type !== "hidden") ||
      one instanceof HTMLSelectElement ||
      one instanceof HTMLTextAreaElement,
  );

export function valueOf(form: HTMLFormElement): unknown {
  const all = fields(form);
  if (form.dataset.quiz === "order") return inOrder(all);
  if (form.dataset.quiz === "match") return pairs(all);
  const [first] = all;
  if (!first) return "";
  const chosen = all.filter((one) => one instanceof HTMLInputElement && one.checked);
  if (first.type === "checkbox") return chosen.map((one) => one.value);
  if (first.type === "radio") return chosen[0]?.value ?? "";
  return first.value;
}

const optionOf = (field: Field): string => field.name.replace(/^(order|match)-/, "");

function inOrder(all: Field[]): string[] {
  return all
    .filter((one) => one.value)
    .sort((one, other) => Number(one.value) - Number(other.value))
    .map(optionOf);
}

function pairs(all: Field[]): Record<string, string> {
  const chosen = all.filter((one) => one.value);
  return Object.fromEntries(chosen.map((one) => [optionOf(one), one.value]));
}

/** Whether there is anything in it. */
export function isAnswered(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value) return Object.keys(value).length > 0;
  return typeof value === "string" && value.trim() !== "";
}

/** Puts back what was answered before. */
export function fill(form: HTMLFormElement, value: unknown): void {
  for (const field of fields(form)) {
    const option = optionOf(field);
    if (form.dataset.quiz === "order") {
      const place = Array.isArray(value) ? value.indexOf(option) + 1 : 0;
      field.value = place ? String(place) : "";
    } else if (form.dataset.quiz === "match") {
      const partner = (value as Record<string, unknown> | null)?.[option];
      field.value = typeof partner === "string" ? partner : "";
    } else if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
      field.checked = Array.isArray(value) ? value.includes(field.value) : value === field.value;
    } else if (typeof value === "string") field.value = value;
  }
}
