import { type Attributes, el, freshId } from "../dom";

/** A modal dialog with a heading, made for one question and removed when it closes. */
export class Dialog {
  readonly element: HTMLDialogElement;
  readonly #back: Element | null = document.activeElement;

  constructor(heading: string, content: readonly (Node | string)[], returnFocus?: () => void) {
    const id = freshId("dialog");
    const title = el("h2", { class: "govuk-heading-m", id }, heading);
    this.element = el("dialog", { class: "jrp-dialog", "aria-labelledby": id }, title, ...content);
    this.element.addEventListener("close", () => {
      this.element.remove();
      if (returnFocus) returnFocus();
      else if (this.#back instanceof HTMLElement) this.#back.focus();
    });
    document.body.append(this.element);
  }

  open(): void {
    this.element.showModal();
  }

  close(): void {
    this.element.close();
  }
}

export function button(words: string, action: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el("button", { type: "button", class: "govuk-button govuk-button--secondary", ...attributes }, words);
  made.addEventListener("click", action);
  return made;
}

/** A labelled field with a hint and a place for its error, in the pattern of GOV.UK. */
export class Field<T extends HTMLInputElement | HTMLTextAreaElement> {
  readonly group: HTMLDivElement;
  readonly #error: HTMLParagraphElement;
  readonly #hintId: string | null;

  constructor(
    readonly input: T,
    label: string,
    hint = "",
  ) {
    const id = freshId("field");
    input.id = id;
    this.#hintId = hint ? `${id}-hint` : null;
    this.#error = el("p", { class: "govuk-error-message", id: `${id}-error`, hidden: true });
    const hintElement = this.#hintId ? [el("div", { class: "govuk-hint", id: this.#hintId }, hint)] : [];
    const labelElement = el("label", { class: "govuk-label", for: id }, label);
    this.group = el("div", { class: "govuk-form-group" }, labelElement, ...hintElement, this.#error, input);
    this.showError("");
  }

  /** Show an error, linked to the field, and go there; empty words take it away. */
  showError(words: string): void {
    this.#error.hidden = !words;
    this.#error.replaceChildren(...(words ? [el("span", { class: "govuk-visually-hidden" }, "Error: "), words] : []));
    this.group.classList.toggle("govuk-form-group--error", Boolean(words));
    this.input.classList.toggle(`${this.input.classList[0]}--error`, Boolean(words));
    this.input.setAttribute("aria-invalid", String(Boolean(words)));
    const described = [this.#hintId, words ? this.#error.id : null].filter(Boolean).join(" ");
    if (described) this.input.setAttribute("aria-describedby", described);
    else this.input.removeAttribute("aria-describedby");
    if (words) this.input.focus();
  }
}

/** A field for one line. */
export function lineField(label: string, hint = "", attributes: Attributes = {}): Field<HTMLInputElement> {
  const input = el("input", { class: "govuk-input", type: "text", autocomplete: "off", ...attributes });
  return new Field(input, label, hint);
}

/** A field for several lines of at most so many characters. */
export function areaField(label: string, hint: string, rows: number, most: number): Field<HTMLTextAreaElement> {
  const input = el("textarea", { class: "govuk-textarea", rows: String(rows), maxlength: String(most) });
  return new Field(input, label, hint);
}

export interface FormDialog {
  readonly heading: string;
  readonly content: readonly (Node | string)[];
  readonly submit: string;
  /** Whether the dialog may close. */
  readonly onSubmit: () => boolean | Promise<boolean>;
  /** Buttons between the main one and Cancel. */
  readonly more?: (dialog: Dialog) => readonly HTMLButtonElement[];
  readonly returnFocus: () => void;
}

/** A dialog that asks something. Cancel and Escape change nothing. */
export function formDialog(setup: FormDialog): Dialog {
  const submit = el("button", { type: "submit", class: "govuk-button" }, setup.submit);
  const buttons = el("div", { class: "govuk-button-group" }, submit);
  const form = el("form", { novalidate: true }, ...setup.content, buttons);
  const dialog = new Dialog(setup.heading, [form], setup.returnFocus);
  buttons.append(...(setup.more?.(dialog) ?? []), button("Cancel", () => dialog.close()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void finish(setup, dialog, submit);
  });
  dialog.open();
  return dialog;
}

async function finish(setup: FormDialog, dialog: Dialog, submit: HTMLButtonElement): Promise<void> {
  if (submit.getAttribute("aria-disabled") === "true") return;
  submit.setAttribute("aria-disabled", "true");
  try {
    if (await setup.onSubmit()) dialog.close();
  } finally {
    submit.removeAttribute("aria-disabled");
  }
}

/** Tell something that must not be missed. */
export function tell(heading: string, words: string): void {
  const dialog = new Dialog(heading, [el("p", { class: "govuk-body" }, words)]);
  dialog.element.append(button("Close", () => dialog.close(), { class: "govuk-button" }));
  dialog.open();
}
