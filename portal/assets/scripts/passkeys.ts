// Passkeys: asks the browser to make one or to use one, and sends what it says with the form.
// A form says what it needs: data-passkey="create" or "get", and data-passkey-options: where the server's options are,
// as "#id" of a JSON script of the page, or as the address that gives them.

type Json = Record<string, unknown>;

const PROBLEMS: Record<string, string> = {
  NotAllowedError: "No passkey was used: it was cancelled, took too long, or there is none on this device. Try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address. Open the portal by its name, over a secure connection.",
};
const OTHER_PROBLEM = "Your browser could not use a passkey. Try again, or use another way.";

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Options as they came, with what must be bytes as bytes. */
function decoded(options: Json): Json {
  const named = (list: unknown) => (list as { id: string }[]).map((item) => ({ ...item, id: bytes(item.id) }));
  const result: Json = { ...options, challenge: bytes(options.challenge as string) };
  if (options.user) result.user = { ...(options.user as Json), id: bytes((options.user as { id: string }).id) };
  for (const key of ["excludeCredentials", "allowCredentials"]) if (options[key]) result[key] = named(options[key]);
  return result;
}

function encoded(credential: PublicKeyCredential): Json {
  const answer: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value: unknown = (credential.response as unknown as Json)[name];
    if (value instanceof ArrayBuffer) answer[name] = text(value);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form: HTMLFormElement): Promise<Json> {
  const where = form.dataset.passkeyOptions ?? "";
  if (where.startsWith("#")) return unwrapped(JSON.parse(document.querySelector(where)?.textContent ?? "{}"));
  const response = await fetch(where, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) throw new Error(`The options were not given: ${response.status}`);
  return unwrapped(((await response.json()) as { request_options: Json }).request_options);
}

function unwrapped(options: Json): Json {
  return (options.publicKey as Json | undefined) ?? options;
}

async function ask(form: HTMLFormElement): Promise<PublicKeyCredential | null> {
  const publicKey = decoded(await optionsOf(form)) as unknown;
  const found =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
      : await navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions });
  return found as PublicKeyCredential | null;
}

function tell(form: HTMLFormElement, problem: string): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!place) return;
  place.textContent = problem;
  place.hidden = !problem;
  if (problem) place.focus();
}

async function send(form: HTMLFormElement): Promise<void> {
  tell(form, "");
  try {
    const credential = await ask(form);
    const field = form.elements.namedItem("credential");
    if (!credential || !(field instanceof HTMLInputElement)) throw new Error("No passkey was given.");
    field.value = JSON.stringify(encoded(credential));
    form.submit();
  } catch (error) {
    tell(form, PROBLEMS[(error as Error).name] ?? OTHER_PROBLEM);
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  if (!("PublicKeyCredential" in window)) {
    tell(form, "This browser has no passkeys. Use another way.");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
}
