import { isWordMarker, wordListLevel } from "./styles";
import { type HtmlElement, type HtmlNode, element, elementsIn, isElement, textOf } from "./tree";

interface Item {
  readonly level: number;
  readonly marker: string;
  readonly paragraph: HtmlElement;
}

/** Word writes list items as paragraphs: make each run of them a nested list, everywhere below. */
export function buildWordLists(parent: HtmlElement): void {
  const children: HtmlNode[] = [];
  let run: Item[] = [];
  const flush = (): void => {
    if (run.length) children.push(...nest(run));
    run = [];
  };
  for (const child of parent.children) {
    const item = itemOf(child);
    if (item) run.push(item);
    else if (run.length && !isElement(child) && !child.trim()) continue;
    else {
      flush();
      if (isElement(child)) buildWordLists(child);
      children.push(child);
    }
  }
  flush();
  parent.children = children;
}

function itemOf(node: HtmlNode): Item | null {
  if (!isElement(node) || node.name !== "p") return null;
  const level = wordListLevel(node.attributes.get("style") ?? "");
  return level === null ? null : { level, marker: takeMarker(node), paragraph: node };
}

function takeMarker(paragraph: HtmlElement): string {
  for (const holder of [paragraph, ...elementsIn(paragraph.children)]) {
    const index = holder.children.findIndex((child) => isElement(child) && isWordMarker(child.attributes.get("style") ?? ""));
    if (index >= 0) return textOf(holder.children.splice(index, 1)).trim();
  }
  return "";
}

/** "1.", "(a)" and "iv)" count; Word's second bullet is a bare "o". */
function isNumber(marker: string): boolean {
  return /^\(?(?:\d+|[a-z]{1,5})[.)]/i.test(marker);
}

function nest(items: readonly Item[]): HtmlElement[] {
  const lists: HtmlElement[] = [];
  const open: { list: HtmlElement; level: number }[] = [];
  for (const item of items) {
    const name = isNumber(item.marker) ? "ol" : "ul";
    while ((open.at(-1)?.level ?? 0) > item.level) open.pop();
    const top = open.at(-1);
    if (top?.level === item.level && top.list.name !== name) open.pop();
    if (open.at(-1)?.level !== item.level) openList(lists, open, name, item);
    open.at(-1)?.list.children.push(element("li", [item.paragraph]));
  }
  return lists;
}

function openList(lists: HtmlElement[], open: { list: HtmlElement; level: number }[], name: string, item: Item): void {
  const start = /^\(?(\d+)/.exec(item.marker)?.[1];
  const list = element(name, [], start && start !== "1" ? [["start", start]] : []);
  const parent = open.at(-1)?.list.children.at(-1);
  if (isElement(parent)) parent.children.push(list);
  else lists.push(list);
  open.push({ list, level: item.level });
}
