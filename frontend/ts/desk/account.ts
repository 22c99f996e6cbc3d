// Passkeys: the browser's own dialogue. Errors in a form: the reader is led to them.

type Kind = "create" | "get" | "login";

interface Options {
  creation_options?: { publicKey: PublicKeyCredentialCreationOptionsJSON };
  request_options?: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

export function startAccount(): void {
  document.querySelector<HTMLElement>("[data-error-summary]")?.focus();
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void use(form);
    });
  }
}

async function use(form: HTMLFormElement): Promise<void> {
  const problem = unable(form);
  if (problem) return tell(form, problem);
  tell(form, "");
  try {
    const credential = await ask(form);
    const field = form.elements.namedItem("credential");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    tell(form, words(form).stopped);
  }
}

/** What the browser's dialogue gives, ready to be sent; throws when the person stops it. */
async function ask(form: HTMLFormElement): Promise<object> {
  const kind = form.dataset.passkey as Kind;
  const options = kind === "login" ? await fetched(form) : embedded();
  const credential =
    kind === "create"
      ? await navigator.credentials.create({ publicKey: creation(options) })
      : await navigator.credentials.get({ publicKey: request(options) });
  if (!(credential instanceof PublicKeyCredential)) throw new Error("none");
  return toJson(credential);
}

async function fetched(form: HTMLFormElement): Promise<Options> {
  const answer = await fetch(form.dataset.options ?? "", {
    headers: { accept: "application/json" },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Options;
}

function embedded(): Options {
  return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}") as Options;
}

function creation(options: Options): PublicKeyCredentialCreationOptions {
  const told = options.creation_options?.publicKey;
  if (!told) throw new Error("no options");
  return {
    ...told,
    challenge: bytes(told.challenge),
    user: { ...told.user, id: bytes(told.user.id) },
    excludeCredentials: (told.excludeCredentials ?? []).map(known),
  } as PublicKeyCredentialCreationOptions;
}

function request(options: Options): PublicKeyCredentialRequestOptions {
  const told = options.request_options?.publicKey;
  if (!told) throw new Error("no options");
  return {
    ...told,
    challenge: bytes(told.challenge),
    allowCredentials: (told.allowCredentials ?? []).map(known),
  } as PublicKeyCredentialRequestOptions;
}

function known(one: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor {
  return { ...one, id: bytes(one.id), type: "public-key" } as PublicKeyCredentialDescriptor;
}

/** As the standard's toJSON, which not every browser has yet. */
function toJson(credential: PublicKeyCredential): object {
  const response = credential.response as AuthenticatorAttestationResponse &
    AuthenticatorAssertionResponse;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"] as const;
  const parts: Record<string, unknown> = {};
  for (const name of [...names, "userHandle"] as const) {
    const value = response[name];
    if (value) parts[name] = text(value);
  }
  if (typeof response.getTransports === "function") parts.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const padded = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Why a passkey cannot be used here; browsers want an address with a name, and TLS. */
function unable(form: HTMLFormElement): string {
  if (/^[\d.]+$|:/.test(location.hostname)) return words(form).number;
  const isAble = window.isSecureContext && typeof PublicKeyCredential === "function";
  return isAble ? "" : words(form).unable;
}

function words(form: HTMLFormElement): { stopped: string; unable: string; number: string } {
  const said = form.querySelector<HTMLElement>("[data-passkey-words]")?.dataset ?? {};
  return { stopped: said.stopped ?? "", unable: said.unable ?? "", number: said.number ?? "" };
}

function tell(form: HTMLFormElement, problem: string): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!place) return;
  place.hidden = problem === "";
  place.textContent = problem;
}
