// What is typed is kept as a draft; when the session has ended, in this tab until one is back.
// sessionStorage, not localStorage: it is gone with the tab, and others may use the machine.
import { afterPause, fieldsOf } from "./form";

const KEY = `samtun-form:${location.pathname}`;

export function startDraft(form: HTMLFormElement): void {
  const url = form.dataset.draftUrl;
  const state = form.querySelector<HTMLElement>("[data-draft-state]");
  if (!url || !state) return;
  offerStash(form);
  let isSending = false;
  let isWaiting = false;
  afterPause(form, 1500, () => void keep());
  form.addEventListener("submit", () => stash(fieldsOf(form).toString()));

  async function keep(): Promise<void> {
    if (isSending) {
      isWaiting = true;
      return;
    }
    isSending = true;
    const fields = fieldsOf(form);
    try {
      say(await send(fields), fields);
    } catch {
      stash(fields.toString());
      say("not-saved", fields);
      window.setTimeout(() => void keep(), 10_000);
    }
    isSending = false;
    if (isWaiting) {
      isWaiting = false;
      void keep();
    }
  }

  async function send(fields: URLSearchParams): Promise<string> {
    const answer = await fetch(url as string, { method: "POST", body: fields });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) {
      stash(fields.toString());
      return answer.status < 500 ? "signed-out" : "not-saved";
    }
    const said = (await answer.json()) as { saved?: string; error?: string; draft?: string };
    if (said.draft) setDraft(form, said.draft);
    if (said.saved) stash(null);
    return said.saved ?? said.error ?? "";
  }

  function say(said: string, fields: URLSearchParams): void {
    if (!fields || !state) return;
    const known: Record<string, string | undefined> = {
      "signed-out": form.dataset.signedOut,
      "not-saved": form.dataset.notSaved,
    };
    state.textContent = said in known ? (known[said] ?? "") : time(said);
    if (said === "signed-out") state.append(" ", signIn());
  }

  function time(said: string): string {
    return /\d/.test(said) && said.length < 12 ? (form.dataset.saved ?? "%s").replace("%s", said) : said;
  }
}

/** Loading the page again leads to signing in, and back here. */
function signIn(): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = document.querySelector("[data-offer-form]")?.getAttribute("data-sign-in") ?? "→";
  return link;
}

function setDraft(form: HTMLFormElement, draft: string): void {
  const box = form.querySelector<HTMLInputElement>("input[name=draft]");
  if (box) box.value = draft;
}

function stash(fields: string | null): void {
  try {
    if (fields === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, fields);
  } catch {
    // Full or switched off: then the draft on the server is all there is.
  }
}

function stashed(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? sessionStorage.getItem(keyOfNew());
  } catch {
    return null;
  }
}

/** A new offer gets an address of its own when it is saved. */
function keyOfNew(): string {
  return KEY.replace(/[0-9a-f-]{36}\/$/, "nytt/");
}

/** Offers what was written before the session ended; forgets it once it has been saved. */
function offerStash(form: HTMLFormElement): void {
  const kept = stashed();
  if (!kept) return;
  const fields = new URLSearchParams(kept);
  const saved = new URLSearchParams(location.search).get("lagret");
  const sheet = form.querySelector<HTMLInputElement>("input[name=sheet]")?.value;
  const isNew = !sessionStorage.getItem(KEY);
  if (saved === fields.get("sheet") || (!isNew && sheet === fields.get("sheet"))) {
    sessionStorage.removeItem(KEY);
    sessionStorage.removeItem(keyOfNew());
    if (saved) history.replaceState(null, "", location.pathname);
    return;
  }
  const offer = form.querySelector<HTMLElement>("[data-stash]");
  if (!offer || isNew) return;
  offer.hidden = false;
  offer.querySelector("[data-stash-drop]")?.addEventListener("click", () => {
    stash(null);
    offer.hidden = true;
  });
  offer.querySelector("[data-stash-use]")?.addEventListener("click", () => use(form, fields));
}

/** Lets the server show the page with what was written, as for any button. */
function use(form: HTMLFormElement, fields: URLSearchParams): void {
  const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const carrier = document.createElement("form");
  carrier.method = "post";
  carrier.hidden = true;
  fields.set("csrfmiddlewaretoken", token);
  fields.set("do", "refresh");
  for (const [name, value] of fields) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    carrier.append(box);
  }
  document.body.append(carrier);
  carrier.submit();
}
