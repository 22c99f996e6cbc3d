// What this device keeps of courses, one entry for each course and owner. It works without storage
// too, as long as the page is open; what has not been sent is never thrown away to save room.

export interface Happening {
  id: string;
  kind: "answer" | "place" | "finish";
  course: string;
  module: string;
  lesson: string;
  block: string;
  language: string;
  number: number;
  value?: unknown;
  at: string;
}

export interface Place {
  module: string;
  lesson: string;
  block: string;
  at: string;
}

/** Of one course. `answers`: the newest to each block, so that they can be shown again. */
export interface Kept {
  v: 1;
  place: Place | null;
  done: string[];
  answers: Record<string, unknown>;
  queue: Happening[];
}

/** Who has not signed in. */
export const NOBODY = "anyone";
const PREFIX = "samtun-course:";
const ACCOUNT = "samtun-course-account";
const MOST = 400_000; // letters of one course
const memory = new Map<string, string>();
const gone = new Set<string>(); // what has arrived from this page, though it could not be written
let isRefused = false;

/** Whether the browser let the newest change be kept beyond this page. */
export const isKeptBeyondPage = (): boolean => !isRefused;

function read(key: string): string | null {
  const here = memory.get(key);
  return here === undefined ? readStored(key) : here;
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    memory.delete(key);
    isRefused = false;
  } catch {
    isRefused = true; // storage is switched off, or full
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
}

function keys(): string[] {
  const found = new Set(memory.keys());
  try {
    for (let i = 0; i < localStorage.length; i++) found.add(localStorage.key(i) ?? "");
  } catch {
    // Only what is in memory, then.
  }
  return [...found].filter((key) => key.startsWith(PREFIX));
}

const keyOf = (owner: string, course: string): string => `${PREFIX}${owner}:${course}`;
const empty = (): Kept => ({ v: 1, place: null, done: [], answers: {}, queue: [] });

export function load(owner: string, course: string): Kept {
  const key = keyOf(owner, course);
  const here = memory.get(key);
  const stored = parsed(readStored(key));
  return here === undefined ? (stored ?? empty()) : together(parsed(here) ?? empty(), stored);
}

function parsed(text: string | null): Kept | null {
  try {
    const found: unknown = JSON.parse(text ?? "null");
    return isKept(found) ? found : null;
  } catch {
    return null; // not ours, or cut off: as if there were none
  }
}

/** What this page could not write, and what another tab has written meanwhile. */
function together(here: Kept, stored: Kept | null): Kept {
  if (!stored) return here;
  const known = new Set(here.queue.map((one) => one.id));
  const others = stored.queue.filter((one) => !known.has(one.id) && !gone.has(one.id));
  return {
    v: 1,
    place: newer(here.place, stored.place),
    done: [...new Set([...stored.done, ...here.done])],
    answers: { ...stored.answers, ...here.answers },
    queue: [...others, ...here.queue].sort((one, other) => (one.at < other.at ? -1 : 1)),
  };
}

const newer = (one: Place | null, other: Place | null): Place | null =>
  one && other ? (one.at < other.at ? other : one) : (one ?? other);

function isKept(found: unknown): found is Kept {
  const kept = found as Kept | null;
  return (
    kept?.v === 1 &&
    Array.isArray(kept.queue) &&
    Array.isArray(kept.done) &&
    typeof kept.answers === "object" &&
    kept.answers !== null
  );
}

export function change(owner: string, course: string, make: (kept: Kept) => void): void {
  const kept = load(owner, course);
  make(kept);
  const isEmpty =
    !kept.queue.length && !kept.place && !kept.done.length && !Object.keys(kept.answers).length;
  write(keyOf(owner, course), isEmpty ? null : bounded(kept));
}

/** What can be fetched again gives room to what has not been sent. */
function bounded(kept: Kept): string {
  const text = JSON.stringify(kept);
  return text.length <= MOST ? text : JSON.stringify({ ...kept, answers: {} });
}

/** The courses that `owner` has something of on this device. */
export function coursesOf(owner: string): string[] {
  const start = keyOf(owner, "");
  return keys()
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length));
}

/** Adds what happened; of places only the last is worth sending. */
export function add(owner: string, happening: Happening): void {
  change(owner, happening.course, (kept) => {
    if (happening.kind === "place") {
      kept.queue = kept.queue.filter((one) => one.kind !== "place");
      const { module, lesson, block, at } = happening;
      kept.place = { module, lesson, block, at };
    }
    if (happening.kind === "finish") kept.done = [...new Set([...kept.done, happening.lesson])];
    if (happening.kind === "answer") kept.answers[happening.block] = happening.value;
    kept.queue.push(happening);
  });
}

/** What has not been sent, oldest first. */
export function unsent(owner: string): Happening[] {
  return coursesOf(owner).flatMap((course) => load(owner, course).queue);
}

/** These have arrived (or never can): nothing of them is sent again. */
export function settle(owner: string, ids: Set<string>): void {
  for (const id of ids) gone.add(id);
  for (const course of coursesOf(owner)) {
    change(owner, course, (kept) => {
      kept.queue = kept.queue.filter((one) => !ids.has(one.id));
    });
  }
}

/** What nobody in particular did here becomes `owner`'s. */
export function adopt(owner: string): void {
  for (const course of coursesOf(NOBODY)) {
    const found = load(NOBODY, course);
    change(owner, course, (kept) => {
      kept.queue.push(...found.queue);
      kept.done = [...new Set([...kept.done, ...found.done])];
      kept.answers = { ...kept.answers, ...found.answers };
      if (found.place && (!kept.place || kept.place.at < found.place.at)) kept.place = found.place;
    });
    // Where there is no room for it in the new place it stays in the old one as well: what is sent
    // twice counts once.
    if (!isRefused) write(keyOf(NOBODY, course), null);
  }
}

/** The account that this device was last signed in with. */
export const account = (): string => read(ACCOUNT) ?? "";

/** Somebody has signed in; what the one before had read leaves the device. */
export function enter(owner: string): void {
  if (account() !== owner) leave();
  write(ACCOUNT, owner);
}

/** Somebody has signed out. Only what has not arrived stays, for them alone, until they are back. */
export function leave(): void {
  const owner = account();
  if (!owner) return;
  for (const course of coursesOf(owner)) {
    change(owner, course, (kept) => {
      kept.place = null;
      kept.done = [];
      kept.answers = {};
    });
  }
  write(ACCOUNT, null);
}
