// Leaving in a hurry: the button, or Escape three times within two seconds.

const PRESSES = 3;
const WITHIN_MS = 2000;

export function startExit(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-quick-exit]");
  if (!link) return;
  const leave = (): void => {
    document.body.hidden = true; // blank at once, even where the network is slow
    document.title = " ";
    location.replace(link.href); // replaces this page, so that "back" does not return to it
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses: number[] = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((moment) => now - moment < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });
}
