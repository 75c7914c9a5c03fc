import type { LiveSection } from "./live/section";

const SCROLLED_MS = 400;

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

/** Make sections live when they come near the window. */
export function reachNear(sections: readonly LiveSection[]): void {
  const sectionOf = new Map(sections.map((section) => [section.root as Element, section]));
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) sectionOf.get(target)?.reach();
    },
    { rootMargin: "400px" },
  );
  for (const { root } of sections) watcher.observe(root);
}

/** Run something now and then while the page is scrolled. */
export function afterScrolling(run: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, SCROLLED_MS);
  };
  document.addEventListener("scroll", soon, { passive: true });
}

/** The next section in that direction that this person can write in. */
export function neighbour(sections: readonly LiveSection[], from: LiveSection, isForward: boolean): LiveSection | null {
  const index = sections.indexOf(from);
  const ahead = isForward ? sections.slice(index + 1) : sections.slice(0, index).reverse();
  return ahead.find((section) => section.mayWrite) ?? null;
}

export interface Area {
  readonly contains: (element: Element | null) => boolean;
  readonly enter: () => void;
}

export function within(root: HTMLElement | null): (element: Element | null) => boolean {
  return (element) => root?.contains(element) ?? false;
}

/** F6 goes round the areas of the page, with Shift the other way; Alt F10 goes to the tools, Ctrl / shows the keys. */
export function areaKeys(areas: readonly Area[], { toTools, showHelp }: { toTools: () => void; showHelp: () => void }): void {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
    let action: (() => void) | undefined;
    if (event.key === "F10" && event.altKey) action = toTools;
    else if (event.key === "/" && (event.ctrlKey || event.metaKey)) action = showHelp;
    else if (event.key === "F6" && !hasModifier) action = nextArea(areas, event.shiftKey ? -1 : 1)?.enter;
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function nextArea(areas: readonly Area[], step: 1 | -1): Area | undefined {
  const at = areas.findIndex(({ contains }) => contains(document.activeElement));
  return areas[at < 0 ? 0 : (at + step + areas.length) % areas.length];
}
