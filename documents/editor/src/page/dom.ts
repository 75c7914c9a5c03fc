export type Attributes = Readonly<Record<string, string | boolean>>;

/** Make an element. A `true` attribute is written empty, a `false` one is left out; nothing is parsed as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  tick: ["M4 12.5l5 5L20 6.5"],
  busy: ["M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5"],
  warning: ["M12 3.5L22 20.5H2z", "M12 10v5M12 17.8v.1"],
  people: ["M9 4.5a3.5 3.5 0 0 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6", "M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.3.8 3.5 2.7 3.5 5.5"],
  chevron: ["M6 9l6 6 6-6"],
  lock: ["M5 11h14v9H5z", "M8 11V8a4 4 0 0 1 8 0v3"],
} as const;

export type IconName = keyof typeof DRAWINGS;

/** One of the house's line drawings, hidden from screen readers: words stand beside it. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "jrp-i");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of DRAWINGS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

let made = 0;

/** An id that no other element of the page has. */
export function freshId(prefix: string): string {
  made += 1;
  return `${prefix}-${made}`;
}
