// Filters lie open where there is room, and tidy up the address of a search form.

export function startFilters(): void {
  const roomy = matchMedia("(min-width: 60rem)");
  const fit = (): void => {
    for (const filters of document.querySelectorAll<HTMLDetailsElement>("details.st-filters")) {
      filters.open = roomy.matches;
    }
  };
  roomy.addEventListener("change", fit);
  fit();
  document.addEventListener("formdata", (event) => dropEmpty(event.formData));
}

/** An address says what was chosen and nothing else. */
export function dropEmpty(data: FormData): void {
  for (const [name, value] of [...data.entries()]) {
    if (value === "") data.delete(name);
  }
}
