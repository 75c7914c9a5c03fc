import { isNotBold, marksOf } from "./styles";
import { type HtmlElement, type HtmlNode, element, elementsIn, isElement, parse, textOf, write } from "./tree";
import { buildWordLists } from "./word_lists";

export interface Cleaned {
  readonly html: string;
  /** How many pictures were left out: they are added one by one, with a description. */
  readonly pictures: number;
}

/** A picture that lies in the portal; the server decides who may see it. */
const OWN_PICTURE = /^\/images\/[0-9a-f-]{36}\/$/;
const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s]+$/i;

const KEPT = new Set(
  "p h3 h4 h5 ul ol li blockquote table thead tbody tfoot tr td th strong b em i u s a br img sup hr figure".split(" "),
);
const RENAMED: Readonly<Record<string, string>> = {
  del: "s",
  strike: "s",
  ins: "u",
  caption: "p",
  figcaption: "p",
  dt: "p",
  dd: "p",
  pre: "p",
  address: "p",
};
const KEPT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href"],
  img: ["src", "alt", "width", "height"],
  td: ["colspan", "rowspan"],
  th: ["colspan", "rowspan"],
  ol: ["start"],
};
const DROPPED = new Set("button input select textarea audio video canvas map area col colgroup".split(" "));
const BLOCKS = new Set("p h3 h4 h5 ul ol li blockquote table thead tbody tfoot tr td th hr figure".split(" "));

/** Pasted HTML reduced to what a section can hold. Styles are read for their meaning, then dropped with scripts and classes. */
export function clean(html: string): Cleaned {
  const root = parse(html);
  const pictures = { left: 0 };
  const isOwn = elementsIn(root.children).some(({ attributes }) => attributes.has("data-pm-slice"));
  if (isOwn) {
    root.children = keepOwn(root.children, pictures);
  } else {
    buildWordLists(root);
    shiftHeadings(root);
    markHeaderRows(root);
    root.children = cleanAll(root.children, { pictures, inLink: false, inCell: false, marked: new Set() });
  }
  return { html: write(root.children), pictures: pictures.left };
}

interface Place {
  readonly pictures: { left: number };
  readonly inLink: boolean;
  readonly inCell: boolean;
  /** Marks that an element further out has set already. */
  readonly marked: ReadonlySet<string>;
}

function cleanAll(nodes: readonly HtmlNode[], place: Place): HtmlNode[] {
  return nodes.flatMap((node) => (isElement(node) ? cleanElement(node, place) : [node]));
}

function cleanElement(node: HtmlElement, place: Place): HtmlNode[] {
  if (DROPPED.has(node.name)) return [];
  if (node.name === "img" || node.name === "v:imagedata") return cleanPicture(node, place);
  if (isEmptyWordParagraph(node)) return [];
  const name = nameOf(node, place);
  const marks = newMarks(node, name, place);
  const inside: Place = {
    ...place,
    inLink: place.inLink || name === "a",
    inCell: place.inCell || node.name === "td" || node.name === "th",
    marked: marks.length ? new Set([...place.marked, ...marks]) : place.marked,
  };
  const children = withMarks(marks, cleanAll(node.children, inside));
  return name === null ? children : [element(name, children, keptAttributes(node, name))];
}

/** What the element becomes; null leaves only its content. */
function nameOf(node: HtmlElement, place: Place): string | null {
  const { name, attributes } = node;
  if (name === "a") return SAFE_LINK.test(attributes.get("href") ?? "") ? "a" : null;
  if (name === "b" && isNotBold(attributes.get("style") ?? "")) return null;
  if (place.inCell && /^(?:table|thead|tbody|tfoot|tr)$/.test(name)) return null;
  if (place.inCell && /^(?:td|th|h[1-6]|blockquote)$/.test(name)) return "p";
  if (name === "p" && /quote/i.test(attributes.get("class") ?? "")) return "blockquote";
  if (name === "div") return hasBlocks(node) ? null : "p";
  const renamed = RENAMED[name] ?? name;
  return KEPT.has(renamed) ? renamed : null;
}

function hasBlocks(node: HtmlElement): boolean {
  return node.children.some((child) => isElement(child) && (BLOCKS.has(child.name) || child.name === "div"));
}

function newMarks(node: HtmlElement, name: string | null, place: Place): string[] {
  if (name !== null && BLOCKS.has(name) && name !== "p") return [];
  const isLink = place.inLink || name === "a";
  const marks = marksOf(node.attributes.get("style") ?? "");
  return marks.filter((mark) => !place.marked.has(mark) && !(mark === "u" && isLink));
}

/** Marks go around the text inside blocks, never around blocks. */
function withMarks(marks: readonly string[], children: HtmlNode[]): HtmlNode[] {
  if (!marks.length || !children.length) return children;
  if (children.some((child) => isElement(child) && BLOCKS.has(child.name))) {
    return children.map((child) => {
      if (!isElement(child)) return child.trim() ? wrap(marks, [child]) : child;
      if (!BLOCKS.has(child.name)) return wrap(marks, [child]);
      child.children = withMarks(marks, child.children);
      return child;
    });
  }
  return [wrap(marks, children)];
}

function wrap(marks: readonly string[], children: HtmlNode[]): HtmlElement {
  const [first = "strong", ...rest] = marks;
  return element(first, rest.length ? [wrap(rest, children)] : children);
}

function keptAttributes({ attributes }: HtmlElement, name: string): [string, string][] {
  return [...attributes].filter(([key]) => KEPT_ATTRIBUTES[name]?.includes(key));
}

function cleanPicture(node: HtmlElement, { pictures, inCell }: Place): HtmlNode[] {
  if (node.name === "img" && OWN_PICTURE.test(node.attributes.get("src") ?? "") && !inCell) {
    return [element("img", [], keptAttributes(node, "img"))];
  }
  pictures.left += 1;
  return [];
}

/** Word separates paragraphs with empty ones; here the style does that. */
function isEmptyWordParagraph(node: HtmlElement): boolean {
  if (node.name !== "p" || !/^Mso/.test(node.attributes.get("class") ?? "")) return false;
  const holdsPicture = elementsIn(node.children).some(({ name }) => name === "img" || name === "br");
  return !holdsPicture && !textOf(node.children).trim();
}

/** The highest heading that is pasted becomes the section's highest (h3), and the others keep their distance. */
function shiftHeadings(root: HtmlElement): void {
  for (const node of elementsIn(root.children)) {
    if (node.name === "p" && /^MsoTitle/.test(node.attributes.get("class") ?? "")) node.name = "h1";
  }
  const headings = elementsIn(root.children).filter(({ name }) => /^h[1-6]$/.test(name));
  const highest = Math.min(...headings.map(({ name }) => Number(name[1])));
  for (const heading of headings) heading.name = `h${Math.min(5, Number(heading.name[1]) - highest + 3)}`;
}

/** Header cells: the rows of a table's head, or a first row that is bold throughout. */
function markHeaderRows(root: HtmlElement): void {
  for (const node of elementsIn(root.children)) {
    if (node.name === "thead") for (const cell of elementsIn(node.children)) toHeader(cell);
    if (node.name !== "table") continue;
    const first = elementsIn(node.children).find(({ name }) => name === "tr");
    const cells = (first?.children ?? []).filter(isElement);
    if (cells.length && cells.every((cell) => isBoldThroughout(cell))) cells.forEach(toHeader);
  }
}

function toHeader(cell: HtmlElement): void {
  if (cell.name === "td") cell.name = "th";
}

function isBoldThroughout(node: HtmlElement): boolean {
  if (/^(?:b|strong|th)$/.test(node.name) || marksOf(node.attributes.get("style") ?? "").includes("strong")) return true;
  const filled = node.children.filter((child) => textOf([child]).trim());
  return filled.length > 0 && filled.every((child) => isElement(child) && isBoldThroughout(child));
}

/** What was copied in a section of the portal keeps its own attributes, but still no style or handler. */
function keepOwn(nodes: readonly HtmlNode[], pictures: { left: number }): HtmlNode[] {
  return nodes.flatMap((node): HtmlNode[] => {
    if (!isElement(node)) return [node];
    if (node.name === "meta") return [];
    if (node.name === "img" && !OWN_PICTURE.test(node.attributes.get("src") ?? "")) {
      pictures.left += 1;
      return [];
    }
    const kept = [...node.attributes].filter(([key]) => key !== "style" && !key.startsWith("on"));
    return [element(node.name, keepOwn(node.children, pictures), kept)];
  });
}
