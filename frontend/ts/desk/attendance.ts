// Attendance: a tap shows at once, is sent in the background, and again until it arrives. What
// waits is kept in this browser: numbers and identifiers, never a name; gone when it has been sent.
import { store } from "../dom";

type Waiting = Record<string, { url: string; body: string }>;

const AGAIN = 8000;

export function startAttendance(): void {
  const page = document.querySelector<HTMLElement>("[data-attendance]");
  if (page) taking(page);
}

function taking(page: HTMLElement): void {
  const key = `samtun-attendance:${page.dataset.attendance ?? ""}`;
  const waiting = JSON.parse(store.read(key) ?? "{}") as Waiting;
  const note = page.querySelector<HTMLElement>("[data-unsent]");
  let isSending = false;

  const keep = (): void => store.write(key, Object.keys(waiting).length ? JSON.stringify(waiting) : null);
  const tell = (text: string | undefined): void => {
    if (!note) return;
    note.hidden = !text;
    note.textContent = text ?? "";
  };

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    try {
      for (let row = Object.keys(waiting)[0]; row; row = Object.keys(waiting)[0]) {
        const sent = waiting[row];
        if (!sent || !(await arrives(sent.url, sent.body))) break;
        if (waiting[row] === sent) delete waiting[row]; // a newer tap waits its turn
        keep();
        tell(undefined);
      }
    } finally {
      isSending = false;
    }
  }

  async function arrives(url: string, body: string): Promise<boolean> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        redirect: "error", // signed out: the page must be loaded again
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "X-CSRFToken": page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "",
          "X-Requested-With": "fetch",
        },
      });
      if (answer.status === 204) return true;
      if (answer.status < 500) {
        for (const row of Object.keys(waiting)) delete waiting[row];
        keep();
        tell(answer.status === 409 ? await answer.text() : note?.dataset.refused);
        return false;
      }
    } catch {
      // The line is gone, or we are signed out: it waits.
    }
    tell(note?.dataset.text);
    return false;
  }

  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const row = form.closest<HTMLElement>("[data-row]");
    const button = (event as SubmitEvent).submitter;
    if (!row || !button) return;
    event.preventDefault();
    change(row, button);
    waiting[row.id] = { url: form.action, body: said(form, row) };
    keep();
    total(page);
    void send();
  });

  for (const [id, { body }] of Object.entries(waiting)) {
    const row = document.getElementById(id);
    if (row) show(row, new URLSearchParams(body));
  }
  total(page);
  window.addEventListener("online", () => void send());
  window.setInterval(() => void send(), AGAIN);
  void send();
}

/** What the row says after the button was pressed. */
function change(row: HTMLElement, button: HTMLElement): void {
  const field = button.dataset.field ?? "present";
  const now = Number(row.dataset[field] ?? 0);
  const next =
    button.dataset.step === undefined
      ? (button.dataset.set ?? "")
      : String(Math.max(0, now + Number(button.dataset.step)));
  const values = new URLSearchParams({ ...(row.dataset as Record<string, string>), [field]: next });
  if (field === "people") {
    values.set("first_time", String(Math.min(Number(next), Number(values.get("first_time")))));
  } else if (field === "first_time") {
    values.set("people", String(Math.max(Number(next), Number(values.get("people")))));
  }
  show(row, values);
}

function show(row: HTMLElement, values: URLSearchParams): void {
  for (const field of ["present", "people", "first_time"]) {
    const value = values.get(field);
    if (value === null || row.dataset[field] === undefined) continue;
    const hadFocus = row.contains(document.activeElement);
    row.dataset[field] = value;
    const output = row.querySelector(`[data-value=${field}]`);
    if (output) output.textContent = value;
    const gone = document.activeElement instanceof HTMLElement && !document.activeElement.offsetParent;
    if (hadFocus && gone) {
      [...row.querySelectorAll<HTMLElement>("button")].find((one) => one.offsetParent)?.focus();
    }
  }
}

function said(form: HTMLFormElement, row: HTMLElement): string {
  const body = new URLSearchParams();
  for (const name of ["party", "municipality", "ansatt"]) {
    const field = form.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (field) body.set(name, field.value);
  }
  for (const name of ["present", "people", "first_time"]) {
    const value = row.dataset[name];
    if (value !== undefined) body.set(name, value);
  }
  return body.toString();
}

function total(page: HTMLElement): void {
  for (const output of page.querySelectorAll<HTMLElement>("[data-sum]")) {
    const field = output.dataset.sum ?? "";
    let sum = 0;
    for (const row of page.querySelectorAll<HTMLElement>("[data-row]")) sum += Number(row.dataset[field] ?? 0);
    output.textContent = String(sum);
  }
}
