// A lesson: answers without a new page, the place one is at, and going on when one is done.
import { fill, isAnswered, valueOf } from "./answers";
import type { Device } from "./device";
import { type Happening, add, isKeptBeyondPage, load } from "./kept";

const SETTLE = 2_000; // so long one stands at a block before it is the place

export class Lesson {
  private block = "";
  private placing: number | undefined;
  private readonly waiting = new Set<HTMLFormElement>();
  private isLeaving = false;

  constructor(
    private readonly main: HTMLElement,
    private readonly device: Device,
  ) {}

  start(): void {
    for (const form of this.main.querySelectorAll<HTMLFormElement>("form[data-answer]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.answer(form);
      });
    }
    const finish = this.main.querySelector<HTMLFormElement>("form[data-finish]");
    finish?.addEventListener("submit", (event) => {
      if (this.isLeaving) return;
      event.preventDefault();
      void this.finish(finish, event.submitter);
    });
    window.addEventListener("online", () => void this.gradeAgain());
  }

  /** Once it is known whose device it is. */
  resume(): void {
    this.restore();
    this.watch();
  }

  private happened(kind: Happening["kind"], block: string, value?: unknown): void {
    const { course = "", module = "", lesson = "", language = "nb", version } = this.main.dataset;
    add(this.device.owner, {
      id: crypto.randomUUID(),
      kind,
      course,
      module,
      lesson,
      block,
      language,
      number: Number(version),
      value,
      at: new Date().toISOString(),
    });
    this.device.say(this.device.word(isKeptBeyondPage() ? "kept" : "notKept"));
  }

  /** What was answered before, here or on another device, stands in its form again. */
  private restore(): void {
    const here = load(this.device.owner, this.main.dataset.course ?? "");
    const answers = { ...this.device.told?.answers, ...here.answers };
    for (const section of this.main.querySelectorAll<HTMLElement>("[data-block]")) {
      const form = section.querySelector<HTMLFormElement>("form[data-answer]");
      const value = answers[section.dataset.block ?? ""];
      if (form && value !== undefined && !isAnswered(valueOf(form))) fill(form, value);
    }
  }

  /** The block in the upper part of the screen is where one is. */
  private watch(): void {
    const blocks = this.main.querySelectorAll<HTMLElement>("[data-block]");
    this.here(location.hash.replace("#b-", "") || (blocks[0]?.dataset.block ?? ""));
    if (!("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.filter((one) => one.isIntersecting).pop()?.target;
        if (seen instanceof HTMLElement) this.here(seen.dataset.block ?? "");
      },
      { rootMargin: "-15% 0px -70% 0px" },
    );
    for (const block of blocks) observer.observe(block);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.placing) this.keepPlace();
    });
  }

  private here(block: string): void {
    if (!block || block === this.block) return;
    this.block = block;
    window.clearTimeout(this.placing);
    this.placing = window.setTimeout(() => this.keepPlace(), SETTLE);
  }

  private keepPlace(): void {
    window.clearTimeout(this.placing);
    this.placing = undefined;
    this.happened("place", this.block);
    void this.device.sender?.soon();
  }

  private async answer(form: HTMLFormElement): Promise<void> {
    const section = form.closest<HTMLElement>("[data-block]");
    const block = section?.dataset.block ?? "";
    const value = valueOf(form);
    const isQuiz = section?.dataset.kind === "quiz";
    if (isQuiz && !isAnswered(value)) return this.grade(form);
    this.happened("answer", block, value);
    this.here(block);
    void this.device.sender?.soon();
    if (isQuiz) return this.grade(form);
    tell(form, this.device.word(isKeptBeyondPage() ? "keptAnswer" : "notKept"));
  }

  /** The server says how it went; only what it says is put into the page, the form stays. */
  private async grade(form: HTMLFormElement): Promise<void> {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) data.append(name, String(value));
    data.append("bare_svar", "1"); // it is kept by way of the device
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: data,
        signal: AbortSignal.timeout(15_000),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const id = form.closest("[data-block]")?.id ?? "";
      const graded = page.getElementById(id)?.querySelector<HTMLFormElement>("form[data-answer]");
      if (!response.ok || !graded) throw new Error(String(response.status));
      this.waiting.delete(form);
      showGrades(form, graded);
    } catch {
      this.waiting.add(form);
      tell(form, this.device.word("offline"));
    }
  }

  private async gradeAgain(): Promise<void> {
    for (const form of [...this.waiting]) await this.grade(form);
  }

  private async finish(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
    this.happened("finish", "");
    const how = this.device.sender ? await this.device.sender.soon() : await reach(form.action);
    if (how === "no-line") {
      this.device.say(this.device.word("finishedOffline"));
      return;
    }
    this.isLeaving = true;
    form.requestSubmit(by);
  }
}

async function reach(url: string): Promise<"sent" | "no-line"> {
  try {
    await fetch(url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(8_000) });
    return "sent";
  } catch {
    return "no-line";
  }
}

function tell(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>("[data-feedback]");
  if (!place) return;
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line);
}

/** The status region stays the same element, so that a screen reader says what is new in it. */
function showGrades(form: HTMLFormElement, graded: HTMLFormElement): void {
  for (const option of form.querySelectorAll<HTMLElement>("[data-option]")) {
    const key = CSS.escape(option.dataset.option ?? "");
    const now = graded.querySelector<HTMLElement>(`[data-option="${key}"]`);
    option.toggleAttribute("data-right", now?.hasAttribute("data-right") ?? false);
    option.toggleAttribute("data-wrong", now?.hasAttribute("data-wrong") ?? false);
    option.querySelector(".st-option-feedback")?.remove();
    const feedback = now?.querySelector(".st-option-feedback");
    if (feedback) option.append(feedback);
  }
  const button = form.querySelector("button[type=submit]");
  const label = graded.querySelector("button[type=submit]")?.textContent;
  if (button && label) button.textContent = label;
  const said = graded.querySelector("[data-feedback]");
  form.querySelector("[data-feedback]")?.replaceChildren(...(said?.childNodes ?? []));
}
