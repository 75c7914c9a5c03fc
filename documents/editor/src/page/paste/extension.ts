import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { clean } from "./clean";

export interface PasteHandlers {
  /** The paste was not taken, and why; the clipboard still holds it. */
  refused(words: string): void;
  /** The paste was taken, but something was left out. */
  leftOut(words: string): void;
  /** Pictures were pasted or dropped as files. */
  pictures(files: readonly File[]): void;
}

/** What can be pasted at once: as an update it stays under what the server takes in one message (4 MiB). */
export const MOST_CHARACTERS = 2_200_000;
const MOST_BYTES = 3_000_000;

/** Why a paste of this text is refused, or null if it is not. */
export function refusal(text: string): string | null {
  if (text.length <= MOST_CHARACTERS && new TextEncoder().encode(text).length <= MOST_BYTES) return null;
  const [count, most] = [text.length, MOST_CHARACTERS].map((number) => number.toLocaleString("en-GB"));
  return `The text you pasted has ${count} characters. Paste it in parts, each well under ${most} characters. Nothing was changed.`;
}

/** What a person should know about pictures that a paste left out, or null. */
export function leftOutWords(pictures: number): string | null {
  if (!pictures) return null;
  const count = pictures === 1 ? "1 picture was" : `${pictures} pictures were`;
  return `${count} left out of the text you pasted. Add a picture with the Picture button, so that it has a description.`;
}

/** Cleans what is pasted or dropped, refuses what is too long, and hands pictures to the picture dialog. */
export function pasteExtension(handlers: PasteHandlers): Extension {
  return Extension.create({
    name: "pastedText",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          transformPastedHTML: (html) => cleanAndTell(html, handlers),
          handlePaste: (_view, event) => takeOver(event.clipboardData, handlers),
          handleDrop: (_view, event, _slice, moved) => !moved && takeOver(event.dataTransfer, handlers),
        },
      }),
    ],
  });
}

function cleanAndTell(html: string, handlers: PasteHandlers): string {
  const cleaned = clean(html);
  const words = leftOutWords(cleaned.pictures);
  if (words) handlers.leftOut(words);
  return cleaned.html;
}

function takeOver(data: DataTransfer | null, handlers: PasteHandlers): boolean {
  if (!data) return false;
  const plain = data.getData("text/plain");
  const words = refusal(plain);
  if (words) {
    handlers.refused(words);
    return true;
  }
  // Word puts a picture of the text beside the text: a file counts only where there are no words.
  const files = [...data.files].filter((file) => file.type.startsWith("image/"));
  if (plain || data.getData("text/html") || !files.length) return false;
  handlers.pictures(files);
  return true;
}
