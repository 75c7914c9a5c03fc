import { el } from "../dom";
import { freshId } from "../dom";
import { KEPT } from "../words";
import type { KeptWhy } from "./endings";

/** The words that a section could not save, shown above it until the person says that they have them. */
export class Kept {
  #open = 0;

  /** Whether words are still shown that exist nowhere else. */
  get isEmpty(): boolean {
    return this.#open === 0;
  }

  /** Say what happened, and show the words if there are any. */
  show(before: HTMLElement, why: KeptWhy, words: string): void {
    before.parentElement?.querySelector(":scope > [data-kept-notice]")?.remove();
    const { heading, meaning } = KEPT[why];
    const kept = words ? " Your unsaved words are kept below: copy them." : "";
    const sentence = el("p", {}, el("strong", {}, heading), ` ${meaning}${kept}`);
    const notice = el("div", { class: `jrp-note ${words ? "jrp-note--red" : "jrp-note--amber"} ed-kept`, role: "alert" }, sentence);
    if (words) notice.append(...this.#words(notice, words));
    else notice.dataset["keptNotice"] = "";
    before.before(notice);
  }

  #words(notice: HTMLElement, words: string): HTMLElement[] {
    const id = freshId("kept");
    const area = el("textarea", { class: "govuk-textarea", id, readonly: true, rows: "5" });
    area.value = words;
    const copied = el("span", { role: "status", class: "jrp-soft" });
    const copy = el("button", { type: "button", class: "ed-mini" }, "Copy the words");
    copy.addEventListener("click", () => void this.#copy(area, copied));
    const done = el("button", { type: "button", class: "ed-mini" }, "I have them: close this");
    done.addEventListener("click", () => {
      this.#open -= 1;
      notice.remove();
    });
    this.#open += 1;
    return [el("label", { class: "govuk-label", for: id }, "Your unsaved words"), area, el("p", { class: "ed-acts" }, copy, done, copied)];
  }

  async #copy(area: HTMLTextAreaElement, answer: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(area.value);
      answer.textContent = "Copied.";
    } catch {
      area.select();
      answer.textContent = "The words are selected: copy them with your keyboard.";
    }
  }
}
