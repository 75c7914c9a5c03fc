import type { Extensions } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { Footnote } from "./footnote";
import { Paste } from "./paste";
import { OwnLink, Picture, Quote, SectionDocument, SectionHeading, SectionItem, SectionOrderedList } from "./nodes";
import { SectionCell, SectionHeaderCell, SectionRow, SectionTable } from "./tables";

/** What a section can hold, and how the editor behaves around it; all but working together, which the binding adds. */
export function extensions(): Extensions {
  return [
    StarterKit.configure({
      document: false,
      heading: false,
      blockquote: false,
      listItem: false,
      orderedList: false,
      link: false,
      undoRedo: false,
      // It would write to a section that is only opened.
      trailingNode: false,
      codeBlock: false,
      code: false,
      strike: false,
      horizontalRule: false,
      dropcursor: { color: false, class: "ed-dropcursor" },
    }),
    SectionDocument,
    SectionHeading.configure({ levels: [2, 3, 4] }),
    Quote,
    SectionItem,
    SectionOrderedList,
    OwnLink,
    Picture,
    Footnote,
    SectionTable,
    SectionRow,
    SectionCell,
    SectionHeaderCell,
    Paste,
  ];
}
