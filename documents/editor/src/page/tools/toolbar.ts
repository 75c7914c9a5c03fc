import type { Editor } from "@tiptap/core";
import { applyStyle, COMMANDS, styleOf, TABLE_COMMANDS } from "./commands";
import { openMenu } from "./menu";

type Tool = HTMLButtonElement | HTMLSelectElement;

export interface ToolbarHandlers {
  /** The editor that the tools act on: the one last used, if it can be written in. */
  current(): Editor | null;
  /** Commands that ask something first, by `data-command`. */
  readonly dialogs: Readonly<Record<string, (editor: Editor) => void>>;
  /** Commands that need no editor to write in, by `data-command`. */
  readonly always: Readonly<Record<string, { readonly run: () => void; readonly can: () => boolean }>>;
}

/** The writing tools: one tab stop with arrow keys, buttons that show what holds at the caret. */
export class Toolbar {
  readonly #tools: readonly Tool[];
  #isDue = false;
  #wasUsed = false;

  constructor(
    root: HTMLElement,
    private readonly handlers: ToolbarHandlers,
  ) {
    this.#tools = [...root.querySelectorAll<Tool>("[data-command]")];
    this.#tools.forEach((tool, index) => (tool.tabIndex = index ? -1 : 0));
    for (const tool of this.#tools) this.#connect(tool);
    root.addEventListener("keydown", (event) => this.#move(event));
    root.addEventListener("focusin", (event) => {
      this.#wasUsed = true;
      this.#makeStop(event.target as Tool);
    });
    root.hidden = false;
    this.#refreshNow();
  }

  focus(): void {
    this.#tools.find((tool) => tool.tabIndex === 0)?.focus();
  }

  /** Show anew what holds at the caret, once a frame at most. */
  refresh(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#refreshNow();
    });
  }

  #connect(tool: Tool): void {
    if (tool instanceof HTMLSelectElement) return this.#connectStyles(tool);
    // The caret stays in the text while a button is pressed with the mouse.
    tool.addEventListener("mousedown", (event) => event.preventDefault());
    tool.addEventListener("click", () => this.#press(tool));
    if (tool.dataset["command"] === "table") {
      tool.setAttribute("aria-haspopup", "menu");
      tool.setAttribute("aria-expanded", "false");
    }
  }

  /** With the keyboard, each arrow chooses: the focus must not leave. With the mouse, a person wants to write on. */
  #connectStyles(list: HTMLSelectElement): void {
    let byPointer = false;
    list.addEventListener("pointerdown", () => (byPointer = true));
    list.addEventListener("keydown", () => (byPointer = false));
    list.addEventListener("change", () =>
      this.#withEditor((editor) => {
        applyStyle(editor, list.value);
        if (byPointer) editor.view.focus();
      }),
    );
  }

  #withEditor(action: (editor: Editor) => void): void {
    const editor = this.handlers.current();
    if (editor) action(editor);
    this.refresh();
  }

  #press(tool: HTMLButtonElement): void {
    const name = tool.dataset["command"] ?? "";
    if (tool.getAttribute("aria-disabled") === "true") return;
    const always = this.handlers.always[name];
    if (always) return always.run();
    this.#withEditor((editor) => {
      if (name === "table") this.#openTableMenu(tool, editor);
      else (this.handlers.dialogs[name] ?? COMMANDS[name]?.run)?.(editor);
    });
  }

  #openTableMenu(tool: HTMLButtonElement, editor: Editor): void {
    const possible = TABLE_COMMANDS.filter((command) => command.can?.(editor) ?? true);
    openMenu(tool, "Table", possible.map(({ words, run }) => ({ words, run: () => this.#withEditor(run) })));
  }

  #refreshNow(): void {
    const editor = this.handlers.current();
    for (const tool of this.#tools) this.#show(tool, editor);
    const stop = this.#tools.find((tool) => tool.tabIndex === 0);
    const reachable = this.#reachable();
    if (reachable[0] && (!this.#wasUsed || !stop || !reachable.includes(stop))) this.#makeStop(reachable[0]);
  }

  #reachable(): Tool[] {
    return this.#tools.filter((tool) => !tool.disabled && tool.getClientRects().length > 0);
  }

  #show(tool: Tool, editor: Editor | null): void {
    const name = tool.dataset["command"] ?? "";
    const always = this.handlers.always[name];
    if (always) return setPossible(tool, always.can());
    const command = COMMANDS[name];
    const isPossible = editor !== null && (command?.can?.(editor) ?? true);
    setPossible(tool, isPossible);
    if (tool instanceof HTMLSelectElement) {
      if (editor) tool.value = styleOf(editor);
    } else if (command?.isOn || name === "link") {
      const isOn = editor !== null && (command?.isOn?.(editor) ?? editor.isActive(name));
      tool.setAttribute("aria-pressed", String(isOn));
    }
  }

  #makeStop(target: Tool): void {
    if (!this.#tools.includes(target)) return;
    for (const tool of this.#tools) tool.tabIndex = tool === target ? 0 : -1;
  }

  #move(event: KeyboardEvent): void {
    const reachable = this.#reachable();
    const at = reachable.indexOf(document.activeElement as Tool);
    const targets: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const target = targets[event.key];
    if (event.key === "Escape") this.handlers.current()?.view.focus();
    if (target === undefined || at < 0) return;
    event.preventDefault();
    reachable.at(target % reachable.length)?.focus();
  }
}

/** A button with focus is not disabled for real, or the focus would be lost. */
function setPossible(tool: Tool, isPossible: boolean): void {
  const hasFocus = document.activeElement === tool;
  tool.disabled = !isPossible && !hasFocus;
  if (isPossible) tool.removeAttribute("aria-disabled");
  else tool.setAttribute("aria-disabled", "true");
}
