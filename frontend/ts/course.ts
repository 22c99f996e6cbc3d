// Courses: what one does is kept on the device and sent when there is a line. All pages work without.
import { Device } from "./course/device";
import { account } from "./course/kept";
import { Lesson } from "./course/lesson";
import { showOverview } from "./course/overview";

async function start(): Promise<void> {
  const element = document.querySelector<HTMLElement>("[data-device]");
  const page = document.querySelector<HTMLElement>("[data-course]");
  if (!element) return;
  const isLesson = Boolean(page?.dataset.lesson);
  const hasToken = document.querySelector("input[name=csrfmiddlewaretoken]") !== null;
  const device = new Device(element);
  const lesson = page && isLesson ? new Lesson(page, device) : null;
  const mayBeSignedIn = hasToken || (!isLesson && account() !== "");
  const ready = device.start(page?.dataset.course ?? "", page?.dataset.module ?? "", mayBeSignedIn);
  lesson?.start(); // at once: an answer may come before we know whose device it is
  await ready;
  lesson?.resume();
  if (page && !isLesson) showOverview(page, device);
}

void start();
