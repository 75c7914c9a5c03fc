import { el } from "../dom";

export interface MenuItem {
  readonly words: string;
  readonly run: () => void;
}

/** Open a menu under its button. Arrow keys move, letters find, Escape and a click elsewhere close. */
export function openMenu(opener: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const menu = el("div", { class: "ed-menu", role: "menu", "aria-label": label, popover: "auto" });
  const buttons = items.map((item) => {
    const made = el("button", { type: "button", role: "menuitem", tabindex: "-1" }, item.words);
    made.addEventListener("click", () => {
      menu.hidePopover();
      item.run();
    });
    return made;
  });
  menu.append(...buttons);
  menu.addEventListener("keydown", (event) => moveInMenu(event, buttons));
  menu.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "closed") closed(menu, opener);
  });
  (opener.closest("main") ?? document.body).append(menu);
  opener.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, opener);
  buttons[0]?.focus();
}

function closed(menu: HTMLElement, opener: HTMLElement): void {
  const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
  menu.remove();
  opener.setAttribute("aria-expanded", "false");
  if (hadFocus) opener.focus();
}

function place(menu: HTMLElement, opener: HTMLElement): void {
  const box = opener.getBoundingClientRect();
  const left = Math.max(4, Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 4));
  const top = Math.min(box.bottom + 2, Math.max(4, window.innerHeight - menu.offsetHeight - 4));
  Object.assign(menu.style, { position: "fixed", margin: "0", inset: "auto", left: `${left}px`, top: `${top}px` });
}

function moveInMenu(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const target = targetOf(event, at, buttons);
  if (event.key === "Tab") (event.currentTarget as HTMLElement).hidePopover();
  if (target === null) return;
  event.preventDefault();
  buttons.at(target % buttons.length)?.focus();
}

function targetOf({ key }: KeyboardEvent, at: number, buttons: readonly HTMLButtonElement[]): number | null {
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at - 1;
  if (key === "Home") return 0;
  if (key === "End") return -1;
  if (key.length !== 1 || key === " ") return null;
  const order = [...buttons.keys()].map((offset) => (at + 1 + offset) % buttons.length);
  return order.find((index) => buttons[index]?.textContent?.toLowerCase().startsWith(key.toLowerCase())) ?? null;
}
