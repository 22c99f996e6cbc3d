// The one screen of a group session: a timer that counts down, notes that save themselves and wait
// for a weak line, and what another screen or a phone has changed. Without this the planned hours
// stand there, and buttons do the rest. What waits to be sent is kept in this browser, and is gone
// when it has been sent.
import { store } from "../dom";

type Waiting = Record<string, { url: string; text: string; base: string }>;
type Live = { state: string; step: number; count: number; names: string[]; note: string; base: string };

const AGAIN = 8000;
const LIVE = 4000;
const PAUSE = 1200;

export function startSession(): void {
  const page = document.querySelector<HTMLElement>("[data-session]");
  if (!page) return;
  const timer = page.querySelector<HTMLElement>("[data-timer]");
  if (timer) counting(timer);
  const note = page.querySelector<HTMLFormElement>("[data-note]");
  const notes = writing(page, note);
  living(page, notes);
}

/** Minutes and seconds left; at the end it says so once. */
function counting(timer: HTMLElement): void {
  const left = timer.querySelector<HTMLElement>("[data-left]");
  const said = timer.querySelector<HTMLElement>("[data-timer-said]");
  const began = Date.parse(timer.dataset.began ?? "");
  const ends = began + Number(timer.dataset.minutes) * 60_000;
  if (!left || Number.isNaN(ends)) return;
  left.hidden = false;
  let wasOver = Date.now() >= ends;
  const show = (): void => {
    const seconds = Math.round((ends - Date.now()) / 1000);
    const isOver = seconds <= 0;
    const shown = Math.abs(seconds);
    left.textContent = `${isOver && shown ? "+" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    timer.classList.toggle("st-timer-over", isOver);
    if (isOver && !wasOver && said) said.textContent = timer.dataset.over ?? "";
    wasOver = isOver;
  };
  show();
  window.setInterval(show, 1000);
}

type Notes = { isDirty: () => boolean; arrived: (live: Live) => void; flush: () => Promise<void> };

function writing(page: HTMLElement, form: HTMLFormElement | null): Notes {
  const key = `samtun-session:${page.dataset.session ?? ""}`;
  const waiting = JSON.parse(store.read(key) ?? "{}") as Waiting;
  const area = form?.querySelector("textarea") ?? null;
  const base = form?.querySelector<HTMLInputElement>("[name=fra]") ?? null;
  const said = form?.querySelector<HTMLElement>("[data-said]") ?? null;
  const both = form?.querySelector<HTMLElement>("[data-both]") ?? null;
  const here = form?.dataset.note ?? "";
  let isSending = false;
  let isApart = false; // two have written: nothing is sent until one has chosen
  let soon: number | undefined;
  let theirBase = "";

  // Another tab keeps what it waits with in the same place: only what is of this step is changed.
  const keep = (step: string, gone?: Waiting[string]): void => {
    const kept = JSON.parse(store.read(key) ?? "{}") as Waiting;
    const own = waiting[step];
    if (own) kept[step] = own;
    else if (!gone || kept[step]?.text === gone.text) delete kept[step];
    store.write(key, Object.keys(kept).length ? JSON.stringify(kept) : null);
  };
  const tell = (text: string | undefined): void => {
    if (said) said.textContent = text ?? "";
  };
  const hold = (): void => {
    if (!area || !base || !form) return;
    waiting[here] = { url: form.action, text: area.value, base: base.value };
    keep(here);
  };

  /** Of other steps another tab may have written more since, or sent it. */
  const renew = (): void => {
    const kept = JSON.parse(store.read(key) ?? "{}") as Waiting;
    for (const step of Object.keys(waiting)) {
      const now = kept[step];
      if (step === here || now?.text === waiting[step]?.text) continue;
      if (now) waiting[step] = now;
      else delete waiting[step];
    }
  };

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    renew();
    try {
      for (const step of Object.keys(waiting)) {
        const sent = waiting[step];
        if (!sent || (step === here && isApart)) continue;
        if (!(await arrives(step, sent))) break;
      }
    } finally {
      isSending = false;
    }
    const newer = waiting[here];
    if (newer && base && !isApart && newer.base !== base.value) {
      newer.base = base.value; // written on while the one before was on its way
      keep(here);
      void send();
    }
  }

  async function arrives(step: string, sent: Waiting[string]): Promise<boolean> {
    try {
      const answer = await fetch(sent.url, {
        method: "POST",
        body: new URLSearchParams({ punkt: step, tekst: sent.text, fra: sent.base }),
        redirect: "error", // signed out: the page must be loaded again
        headers: { "X-CSRFToken": token(page), "X-Requested-With": "fetch" },
      });
      if (answer.ok) {
        const kept = (await answer.json()) as { base: string };
        if (waiting[step] === sent) delete waiting[step]; // a newer one waits its turn
        keep(step, sent);
        if (step === here && base) base.value = kept.base;
        tell(form?.dataset.saved);
        return true;
      }
      if (answer.status === 409) {
        const found = (await answer.json()) as { theirs: string; base: string };
        if (step === here) apart(found.theirs, found.base);
        else if (found.theirs === sent.text) {
          if (waiting[step] === sent) delete waiting[step]; // another tab has sent it
        } else if (waiting[step] === sent) {
          // Nobody sees that note now: both are kept, one after the other.
          waiting[step] = { url: sent.url, text: `${found.theirs}\n${sent.text}`, base: found.base };
        }
        keep(step, sent);
        return step !== here;
      }
      if (answer.status < 500) {
        tell(form?.dataset.refused);
        return false;
      }
    } catch {
      // The line is gone, or we are signed out: it waits.
    }
    tell(form?.dataset.waits);
    return false;
  }

  function apart(theirs: string, from: string): void {
    isApart = true;
    theirBase = from;
    const shown = both?.querySelector<HTMLElement>("[data-theirs]");
    if (shown) shown.textContent = theirs;
    if (both) both.hidden = false;
  }

  both?.addEventListener("click", (event) => {
    const choice = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-keep]") : null;
    if (!choice || !area || !base) return;
    const theirs = both.querySelector("[data-theirs]")?.textContent ?? "";
    if (choice.dataset.keep === "theirs") area.value = theirs;
    if (choice.dataset.keep === "both") area.value = `${theirs}\n${area.value}`;
    base.value = theirBase;
    isApart = false;
    both.hidden = true;
    hold();
    area.focus();
    void send();
  });

  area?.addEventListener("input", () => {
    tell("");
    hold();
    window.clearTimeout(soon);
    soon = window.setTimeout(() => void send(), PAUSE);
  });
  area?.addEventListener("blur", () => void send());
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    hold();
    void send();
  });

  // To another point: what was just written goes first, or waits in this browser.
  for (const way of page.querySelectorAll<HTMLFormElement>("form")) {
    if (way === form) continue;
    way.addEventListener("submit", (event) => {
      if (!waiting[here] || way.dataset.sent) return;
      event.preventDefault();
      way.dataset.sent = "1";
      const button = (event as SubmitEvent).submitter;
      const late = new Promise<void>((go) => window.setTimeout(go, 1500));
      void Promise.race([send(), late]).then(() => way.requestSubmit(button));
    });
  }

  const kept = waiting[here];
  if (kept && area) area.value = kept.text;
  window.addEventListener("online", () => void send());
  window.setInterval(() => void send(), AGAIN);
  void send();

  return {
    isDirty: () => Boolean(waiting[here]) || isApart,
    flush: send,
    arrived: (live) => {
      if (!area || !base || waiting[here] || isApart || isSending) return;
      if (live.base === base.value || document.activeElement === area) return;
      area.value = live.note;
      base.value = live.base;
    },
  };
}

function token(page: HTMLElement): string {
  return page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Who has come, and whether another screen has gone on or ended it. */
function living(page: HTMLElement, notes: Notes): void {
  const url = page.dataset.live;
  const moved = page.querySelector<HTMLElement>("[data-moved]");
  const count = page.querySelector<HTMLElement>("[data-count]");
  const names = page.querySelector<HTMLElement>("[data-names]");
  if (!url) return;

  async function ask(address: string): Promise<void> {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { redirect: "error", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return;
      const live = (await answer.json()) as Live;
      if (count && count.textContent !== String(live.count)) count.textContent = String(live.count);
      const said = live.names.join(", ");
      if (names && names.textContent !== said) names.textContent = said;
      if (live.state !== "open" || String(live.step) !== page.dataset.step) away();
      else notes.arrived(live);
    } catch {
      // The line is gone: the next time.
    }
  }

  /** Follow along at once, unless somebody is in the middle of writing. */
  function away(): void {
    const isWriting = document.activeElement instanceof HTMLInputElement && document.activeElement.value !== "";
    if (notes.isDirty() || isWriting) {
      if (moved) moved.hidden = false;
    } else {
      window.location.reload();
    }
  }

  window.setInterval(() => void ask(url), LIVE);
  document.addEventListener("visibilitychange", () => void ask(url));
}
