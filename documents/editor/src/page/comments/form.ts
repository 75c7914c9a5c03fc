import { el, freshId } from "../dom";

/** A box to write in, with its label. */
export function writingBox(label: string, rows: number, hidden = ""): { readonly group: HTMLElement; readonly box: HTMLTextAreaElement } {
  const id = freshId("write");
  const box = el("textarea", { id, rows: String(rows) });
  const words = hidden ? [label, el("span", { class: "govuk-visually-hidden" }, ` ${hidden}`)] : [label];
  return { group: el("div", { class: "ed-write" }, el("label", { for: id }, ...words), box), box };
}

export function choice(label: string, options: readonly (readonly [string, string])[]): { readonly group: HTMLElement; readonly list: HTMLSelectElement } {
  const id = freshId("choice");
  const list = el("select", { id }, ...options.map(([value, words]) => el("option", { value }, words)));
  return { group: el("div", { class: "ed-write" }, el("label", { for: id }, label), list), list };
}

export function small(words: string, action: () => void, { isMain = false, about = "" } = {}): HTMLButtonElement {
  const hidden = about ? [el("span", { class: "govuk-visually-hidden" }, ` ${about}`)] : [];
  const made = el("button", { type: "button", class: `ed-mini${isMain ? " ed-mini--main" : ""}` }, words, ...hidden);
  made.addEventListener("click", action);
  return made;
}

/** A place for what went wrong, said at once. */
export class Trouble {
  readonly element = el("p", { class: "ed-trouble", role: "alert" });

  show(...sentences: readonly string[]): void {
    this.element.textContent = sentences.join(" ");
  }
}

/** Run what a button starts once at a time, the button saying so meanwhile. */
export async function once(pressed: HTMLButtonElement, action: () => Promise<unknown>): Promise<void> {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  try {
    await action();
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
}
