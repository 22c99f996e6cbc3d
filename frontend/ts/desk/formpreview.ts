// How the offer will look, as it is typed.
import { afterPause, fieldsOf } from "./form";

export function startPreview(form: HTMLFormElement): void {
  const aside = document.getElementById("aside");
  const url = form.dataset.previewUrl;
  if (!aside || !url) return;
  let latest = 0;
  afterPause(form, 700, () => void show());

  async function show(): Promise<void> {
    const mine = ++latest;
    try {
      const answer = await fetch(url as string, { method: "POST", body: fieldsOf(form) });
      if (!answer.ok || answer.redirected || mine !== latest) return;
      const html = await answer.text();
      if (mine === latest) (aside as HTMLElement).innerHTML = html;
    } catch {
      // No network: the preview stays as it was; the draft says that it is not saved.
    }
  }
}
