/** Pasted HTML as a small tree. Text and attribute values stay as written (entities included). */
export interface HtmlElement {
  name: string;
  readonly attributes: Map<string, string>;
  children: HtmlNode[];
}

export type HtmlNode = HtmlElement | string;

export const isElement = (node: HtmlNode | undefined): node is HtmlElement => typeof node === "object";

export function element(name: string, children: HtmlNode[], attributes: Iterable<readonly [string, string]> = []): HtmlElement {
  return { name, attributes: new Map(attributes), children };
}

const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
const CONTENT_IS_NOT_TEXT = new Set(["script", "style", "title", "xml", "template", "noscript", "iframe", "object", "svg", "math"]);
const CLOSES_ITSELF = new Set(["p", "li", "td", "th", "tr", "option"]);
/** Deeper elements become children of this depth, so that hand-made input cannot exhaust the stack. */
const DEEPEST = 60;

const NAME = /^\/?([a-z][a-z0-9:-]*)/i;
const ATTRIBUTE = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Read HTML leniently and in linear time: comments (also Word's conditional ones) and scripts are left out. */
export function parse(html: string): HtmlElement {
  const root = element("#root", []);
  const open: HtmlElement[] = [root];
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    const textEnd = next < 0 ? html.length : next;
    if (textEnd > at) addText(open, html.slice(at, textEnd));
    at = next < 0 ? textEnd : readMarkup(html, next, open);
  }
  return root;
}

function readMarkup(html: string, at: number, open: HtmlElement[]): number {
  if (html.startsWith("<!--", at)) return after(html, "-->", at + 4);
  if (html[at + 1] === "!" || html[at + 1] === "?") return after(html, ">", at + 1);
  const end = tagEnd(html, at + 1);
  const inside = end < 0 ? "" : html.slice(at + 1, end);
  const name = NAME.exec(inside.slice(0, 100))?.[1]?.toLowerCase();
  if (!name) {
    addText(open, "&lt;");
    return at + 1;
  }
  const attributes = inside.slice(name.length);
  if (inside.startsWith("/")) close(open, name);
  else if (CONTENT_IS_NOT_TEXT.has(name) && !inside.endsWith("/")) return afterElement(html, name, end + 1);
  else openElement(open, name, attributes);
  return end + 1;
}

/** Where the tag's ">" stands, quoted ones left out; -1 if this is no tag. A pasted picture makes a tag of megabytes. */
function tagEnd(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const character = html[at];
    if (character === ">") return at;
    if (character === "<") return -1;
    if (character === '"' || character === "'") {
      at = html.indexOf(character, at + 1);
      if (at < 0) return -1;
    }
    at += 1;
  }
  return -1;
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

function afterElement(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}\\s*>`, "gi");
  end.lastIndex = from;
  return end.exec(html) ? end.lastIndex : html.length;
}

function addText(open: HtmlElement[], text: string): void {
  open.at(-1)?.children.push(text);
}

function openElement(open: HtmlElement[], name: string, attributes: string): void {
  if (CLOSES_ITSELF.has(name) && open.at(-1)?.name === name) open.pop();
  const made = element(name, [], readAttributes(attributes));
  open.at(-1)?.children.push(made);
  const isSelfClosing = attributes.endsWith("/") && name.includes(":");
  if (!VOID.has(name) && !isSelfClosing && open.length < DEEPEST) open.push(made);
}

function close(open: HtmlElement[], name: string): void {
  const index = open.findLastIndex((one) => one.name === name);
  if (index > 0) open.length = index;
}

function readAttributes(source: string): [string, string][] {
  return [...source.matchAll(ATTRIBUTE)].map(([, name = "", double, single, bare]) => [
    name.toLowerCase(),
    (double ?? single ?? bare ?? "").replace(/\s+/g, " "),
  ]);
}

/** The tree as HTML again. */
export function write(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (isElement(node) ? writeElement(node) : node)).join("");
}

function writeElement({ name, attributes, children }: HtmlElement): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${value.replaceAll('"', "&quot;")}"`).join("");
  return VOID.has(name) ? `<${name}${written}>` : `<${name}${written}>${write(children)}</${name}>`;
}

/** The words inside, with non-breaking spaces as spaces and other entities as written. */
export function textOf(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node.replace(/&nbsp;|&#160;|\u00A0/g, " "))).join("");
}

/** Every element inside, outer ones before inner ones. */
export function elementsIn(nodes: readonly HtmlNode[], found: HtmlElement[] = []): HtmlElement[] {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    found.push(node);
    elementsIn(node.children, found);
  }
  return found;
}
