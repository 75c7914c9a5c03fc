import type { LiveSection } from "./live/section";

/** The section that stands a third down the window: where a reader is. */
export function sectionInView(sections: readonly LiveSection[]): LiveSection | null {
  const line = window.innerHeight / 3;
  let found = sections[0] ?? null;
  for (const section of sections) {
    if (section.root.getBoundingClientRect().top <= line) found = section;
  }
  return found;
}

/** Mark a section in the contents as the place where the person is. */
export function markPlace(contents: HTMLElement | null, section: LiveSection): void {
  contents?.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  contents?.querySelector(`a[href="#${CSS.escape(section.root.id)}"]`)?.setAttribute("aria-current", "true");
}

/** The next section in that direction that this person can write in. */
export function neighbour(sections: readonly LiveSection[], from: LiveSection, isForward: boolean): LiveSection | null {
  const index = sections.indexOf(from);
  const ahead = isForward ? sections.slice(index + 1) : sections.slice(0, index).reverse();
  return ahead.find((section) => section.mayWrite) ?? null;
}

/** F6 goes round these places, with Shift the other way; Alt F10 goes to the tools. */
export function areaKeys(places: readonly { readonly root: HTMLElement; readonly enter: () => void }[], toTools: () => void): void {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "F10" && event.altKey) {
      event.preventDefault();
      toTools();
    }
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const at = places.findIndex(({ root }) => root.contains(document.activeElement));
    const step = event.shiftKey ? -1 : 1;
    const next = at < 0 ? 0 : (at + step + places.length) % places.length;
    places[next]?.enter();
  });
}
