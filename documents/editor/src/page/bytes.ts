/** Bytes as base64, the form in which positions travel inside JSON. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes of a base64 text, or null if it is none: it may come from a hand-made client. */
export function fromBase64(text: unknown, most = 1000): Uint8Array | null {
  if (typeof text !== "string" || text.length > most) return null;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
