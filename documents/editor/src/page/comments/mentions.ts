import { el, freshId } from "../dom";
import type { Mention, Mentionable } from "./types";

/** Choosing whom a comment calls: a list of boxes to tick, filled when it is opened. */
export class MentionPicker {
  readonly element = el("details", { class: "ed-call" });
  readonly #list = el("div", { class: "ed-call__list", role: "group", "aria-label": "People and organisations to mention" });
  readonly #summary = el("summary", {}, "Mention somebody");

  constructor(private readonly offered: () => Mentionable) {
    this.element.append(this.#summary, this.#list);
    this.element.addEventListener("toggle", () => {
      if (this.element.open && !this.#list.childElementCount) this.#fill();
    });
    this.#list.addEventListener("change", () => this.#tell());
  }

  get chosen(): Mention[] {
    return this.#ticked().map(({ name, value }) => (name === "user" ? { user: value } : { organisation: value }));
  }

  clear(): void {
    this.element.open = false;
    this.#list.replaceChildren();
    this.#tell();
  }

  #ticked(): HTMLInputElement[] {
    return [...this.#list.querySelectorAll<HTMLInputElement>("input:checked")];
  }

  #fill(): void {
    const { people, organisations } = this.offered();
    const rows = [
      ...organisations.map(({ id, name }) => row("organisation", id, `${name} (everyone of it)`)),
      ...people.map(({ id, name, organisation }) => row("user", id, `${name}, ${organisation}`)),
    ];
    if (rows.length) this.#list.append(...rows, el("p", { class: "jrp-soft" }, "Only those who can see this comment are listed."));
    else this.#list.append(el("p", {}, "Nobody else can see this comment, so nobody can be mentioned."));
  }

  #tell(): void {
    const count = this.#ticked().length;
    this.#summary.textContent = count ? `Mentions ${count}` : "Mention somebody";
  }
}

function row(name: "user" | "organisation", value: string, words: string): HTMLElement {
  const id = freshId("mention");
  return el("p", {}, el("input", { type: "checkbox", id, name, value }), el("label", { for: id }, words));
}
