import { mergeAttributes, Node } from "@tiptap/core";

/** A footnote: one character in the text that carries its words. Its number is counted by the stylesheet. */
export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    id: attribute("data-id"),
    text: attribute("data-text"),
  }),
  parseHTML: () => [{ tag: "sup[data-footnote]" }],
  renderHTML: ({ HTMLAttributes }) => {
    const words = String(HTMLAttributes["data-text"]);
    return ["sup", mergeAttributes(HTMLAttributes, { class: "ed-noteref", "data-footnote": "", title: words })];
  },
});

function attribute(name: string) {
  return {
    default: "",
    parseHTML: (element: HTMLElement) => element.getAttribute(name) ?? "",
    renderHTML: (attributes: Record<string, unknown>) => ({ [name]: String(attributes[name.replace("data-", "")] ?? "") }),
  };
}
