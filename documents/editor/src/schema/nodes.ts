import { mergeAttributes, Node } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Heading } from "@tiptap/extension-heading";
import { Image } from "@tiptap/extension-image";
import { Link } from "@tiptap/extension-link";
import { ListItem, OrderedList } from "@tiptap/extension-list";
import { isOwnPicture, isSafeLink } from "./links";

/** What stands inside quotations, items and cells: words and lists, never headings, pictures or tables. */
export const WORDS = "(paragraph | bulletList | orderedList)";

export const SectionDocument = Node.create({ name: "doc", topNode: true, content: "(block | topblock)+" });

/** The section's title is level 1 on the page's outline of it; levels 2 to 4 are drawn as h3 to h5. */
export const SectionHeading = Heading.extend({
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () => [2, 3, 4].map((level) => ({ tag: `h${level + 1}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${Number(node.attrs["level"]) + 1}`, HTMLAttributes, 0],
});

export const Quote = Blockquote.extend({ content: `${WORDS}+` });

export const SectionItem = ListItem.extend({ content: `paragraph ${WORDS}*` });

export const SectionOrderedList = OrderedList.extend({
  addAttributes: () => ({ start: { default: 1, parseHTML: (element) => Number(element.getAttribute("start")) || 1 } }),
});

export const OwnLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
}).configure({
  openOnClick: false,
  defaultProtocol: "https",
  HTMLAttributes: { rel: "noopener noreferrer" },
  isAllowedUri: (href) => isSafeLink(href),
});

const wholeNumber = (element: HTMLElement, name: string): number | null => Number(element.getAttribute(name)) || null;

/** A picture that lies in the portal, as a block of its own. */
export const Picture = Image.extend({
  group: "topblock",
  addAttributes: () => ({
    src: { default: null },
    alt: { default: "" },
    width: { default: null, parseHTML: (element) => wholeNumber(element, "width") },
    height: { default: null, parseHTML: (element) => wholeNumber(element, "height") },
  }),
  parseHTML: () => [
    { tag: "img[src]", getAttrs: (element) => (isOwnPicture(element.getAttribute("src")) ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => {
    const { src, ...others } = HTMLAttributes;
    return ["img", mergeAttributes(others, isOwnPicture(src) ? { src } : {})];
  },
  addInputRules: () => [],
});
