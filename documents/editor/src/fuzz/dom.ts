/** As much of a DOM as ProseMirror's DOMSerializer asks for, written as the browser's `innerHTML` writes it. */

const VOID = new Set(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]);

class Text {
  readonly nodeType = 3;

  constructor(readonly data: string) {}

  toString(): string {
    return escaped(this.data).replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  }
}

class Fragment {
  readonly nodeType: number = 11;
  readonly childNodes: (Text | Fragment)[] = [];

  appendChild<Child extends Text | Fragment>(child: Child): Child {
    if (child instanceof Fragment && !(child instanceof Element)) this.childNodes.push(...child.childNodes);
    else this.childNodes.push(child);
    return child;
  }

  toString(): string {
    return this.childNodes.join("");
  }
}

class Element extends Fragment {
  override readonly nodeType = 1;
  readonly #attributes = new Map<string, string>();

  constructor(readonly nodeName: string) {
    super();
  }

  setAttribute(name: string, value: unknown): void {
    // A browser ends each rule of a style with a semicolon.
    this.#attributes.set(name, name === "style" ? String(value).replace(/;?\s*$/, ";") : String(value));
  }

  override toString(): string {
    const attributes = [...this.#attributes].map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`);
    const open = `<${this.nodeName}${attributes.join("")}>`;
    return VOID.has(this.nodeName) ? open : `${open}${super.toString()}</${this.nodeName}>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("\u00a0", "&nbsp;");
}

/** Stands in for `document`. */
export const plainDocument = {
  createElement: (name: string) => new Element(name),
  createElementNS: (_space: string, name: string) => new Element(name),
  createTextNode: (data: string) => new Text(data),
  createDocumentFragment: () => new Fragment(),
} as unknown as Document;
