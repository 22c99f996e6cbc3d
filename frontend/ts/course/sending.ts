// Sends what the device has kept, again and again until it has arrived. Each thing has an id of its
// own, so sending it twice counts once.
import { settle, unsent } from "./kept";

export type Outcome = "sent" | "nothing" | "no-line" | "signed-out";

const BATCH = 50;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
const PATIENCE = 15_000;

interface Answer {
  kept: string[];
  refused: Record<string, string>;
  completed: string[];
}

export class Sender {
  private wait = FIRST_WAIT;
  private timer: number | undefined;
  private running: Promise<Outcome> | null = null;

  constructor(
    private readonly url: string,
    private readonly owner: string,
    private readonly token: string,
    private readonly told: (outcome: Outcome) => void,
  ) {
    window.addEventListener("online", () => void this.soon());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.soon();
    });
    window.addEventListener("pageshow", () => void this.soon());
  }

  /** Sends now, unless that is going on already; then what is new goes along right after. */
  async soon(): Promise<Outcome> {
    window.clearTimeout(this.timer);
    this.running = (this.running ?? Promise.resolve()).then(() => this.all());
    const outcome = await this.running;
    if (outcome === "no-line") this.later();
    else this.wait = FIRST_WAIT;
    this.told(outcome);
    return outcome;
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.soon(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private async all(): Promise<Outcome> {
    let outcome: Outcome = "nothing";
    for (let rest = unsent(this.owner); rest.length; rest = unsent(this.owner)) {
      const batch = rest.slice(0, BATCH);
      outcome = await this.one(batch.map((one) => one.id), JSON.stringify(batch));
      if (outcome !== "sent") return outcome;
    }
    return outcome;
  }

  private async one(ids: string[], body: string): Promise<Outcome> {
    try {
      const response = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        signal: AbortSignal.timeout(PATIENCE),
        redirect: "error",
      });
      if (response.status === 401 || response.status === 403) return "signed-out";
      if (!response.ok) return "no-line"; // the server has trouble: later, then
      const answer = (await response.json()) as Answer;
      const over = [...answer.kept, ...Object.keys(answer.refused)];
      const settled = new Set(over.filter((id) => ids.includes(id)));
      settle(this.owner, settled);
      return settled.size ? "sent" : "no-line";
    } catch {
      return "no-line";
    }
  }
}
