import { el } from "./dom";
import { button, Dialog } from "./tools/dialog";

/** The parts of the dock that the page keeps up to date. */
export interface Dock {
  readonly save: HTMLElement;
  readonly presence: HTMLElement;
}

/** The bar at the foot of narrow screens: save state, contents, my place. */
export function wireDock(main: HTMLElement, contents: HTMLElement | null, goToPlace: () => void, showComments: () => void): Dock {
  const dock = document.querySelector<HTMLElement>("[data-dock]") ?? makeDock(main);
  const find = (name: string): HTMLElement => dock.querySelector<HTMLElement>(`[${name}]`) ?? el("span", { [name]: true });
  find("data-open-contents").addEventListener("click", (event) => {
    event.preventDefault();
    if (contents) openContents(contents);
  });
  find("data-my-place").addEventListener("click", (event) => {
    event.preventDefault();
    goToPlace();
  });
  for (const opener of document.querySelectorAll("[data-open-comments]")) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      showComments();
    });
  }
  return { save: find("data-dock-save"), presence: find("data-dock-presence") };
}

function makeDock(main: HTMLElement): HTMLElement {
  const lines = el("p", {}, el("span", { class: "ed-save", "data-dock-save": true }), el("span", { "data-dock-presence": true }));
  const contents = el("a", { href: "#contents", "data-open-contents": true }, "Contents");
  const links = el("div", {}, contents, el("a", { href: "#main", "data-my-place": true }, "My place"));
  const dock = el("nav", { class: "ed-dock", "aria-label": "In this report", "data-dock": true }, lines, links);
  main.append(dock);
  return dock;
}

/** The contents as a full page; a link closes it and goes to the section. */
function openContents(contents: HTMLElement): void {
  let goesTo = "";
  const list = contents.querySelector("ol")?.cloneNode(true) as HTMLElement | undefined;
  const more = contents.querySelector(".ed-more")?.cloneNode(true) as HTMLElement | undefined;
  const inside = el("nav", { class: "jrp-toc", "aria-label": "Contents" }, ...[list, more].filter((part) => part !== undefined));
  const dialog = new Dialog("Contents", [inside]);
  dialog.element.classList.add("ed-contents");
  dialog.element.prepend(button("Close contents", () => dialog.close(), { class: "ed-mini" }));
  inside.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (!link) return;
    event.preventDefault();
    goesTo = link.hash;
    dialog.close();
  });
  dialog.element.addEventListener("close", () => goTo(goesTo));
  dialog.open();
}

/** Scroll to a section and put the focus on its heading. */
export function goTo(hash: string): void {
  const section = hash ? document.getElementById(hash.slice(1)) : null;
  if (!section) return;
  section.scrollIntoView();
  const heading = section.querySelector<HTMLElement>("h2");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}
