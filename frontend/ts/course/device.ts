// Whose this device is now: what the page needs to know before anything is kept or sent.
import { NOBODY, account, adopt, coursesOf, enter, leave } from "./kept";
import { Sender, type Outcome } from "./sending";

interface Told {
  who: string;
  token: string;
  module?: string | null;
  lesson?: string;
  block?: string;
  at?: string | null;
  done?: string[];
  answers?: Record<string, unknown>;
}

const ASKED = "samtun-course-asked";

/** The words and the place of the quiet status; everything works without it. */
export class Device {
  owner = NOBODY;
  told: Told | null = null;
  sender: Sender | null = null;

  constructor(readonly element: HTMLElement) {}

  private get url(): string {
    return this.element.dataset.device ?? "";
  }

  /** A word of the page, e.g. `word("kept")`. */
  word(name: string): string {
    return this.element.dataset[name] ?? "";
  }

  /** Who has signed in: asked only where the page, or this device, has reason to believe so. */
  async start(course: string, module: string, mayBeSignedIn: boolean): Promise<void> {
    if (!mayBeSignedIn) {
      leave();
      return;
    }
    this.owner = account() || NOBODY;
    const query = new URLSearchParams({ kurs: course, modul: module });
    try {
      const response = await fetch(`${this.url}?${query}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status === 401) {
        leave();
        this.owner = NOBODY;
        return;
      }
      if (!response.ok) return;
      this.told = (await response.json()) as Told;
    } catch {
      return; // no line: what is done goes to the account of last time, or waits for one
    }
    this.owner = this.told.who;
    enter(this.owner);
    this.sender = new Sender(this.url, this.owner, this.told.token, (how) => this.show(how));
    void this.sender.soon();
    this.ask();
  }

  /** A shared device: what was done before signing in is only somebody's when they say so. */
  private ask(): void {
    const question = this.element.querySelector<HTMLElement>("[data-device-question]");
    if (!question || !coursesOf(NOBODY).length || wasAsked(this.owner)) return;
    question.hidden = false;
    question.querySelector("[data-device-yes]")?.addEventListener("click", () => {
      adopt(this.owner);
      question.hidden = true;
      void this.sender?.soon();
      this.say(this.word("adopted"));
    });
    question.querySelector("[data-device-no]")?.addEventListener("click", () => {
      rememberAsked(this.owner);
      question.hidden = true;
    });
  }

  show(how: Outcome): void {
    if (how === "sent") this.say(this.word("sent"));
    if (how === "no-line") this.say(this.word("kept"));
    if (how === "signed-out") this.say(this.word("signedOut"));
  }

  say(text: string): void {
    const status = this.element.querySelector<HTMLElement>("[data-device-status]");
    if (status && status.textContent !== text) status.textContent = text;
  }
}

function wasAsked(owner: string): boolean {
  try {
    return sessionStorage.getItem(ASKED) === owner;
  } catch {
    return false;
  }
}

function rememberAsked(owner: string): void {
  try {
    sessionStorage.setItem(ASKED, owner);
  } catch {
    // Asked again on the next page, then.
  }
}
