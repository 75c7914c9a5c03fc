import type { Editor } from "@tiptap/core";
import { el } from "../dom";
import { areaField, Field, formDialog } from "./dialog";

interface Uploaded {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

const MOST_BYTES = 10 * 1024 * 1024;
const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const ALT_HINT = "Say what the picture shows, for people who cannot see it. Do not name a child.";
const CONNECTION = "The picture could not be sent. Check your connection and try again.";

/** What is wrong with a file before it is sent, or empty words. The server looks again, and at the picture itself. */
export function problemWith(file: { readonly type: string; readonly size: number } | null): string {
  if (!file) return "Choose a picture";
  if (!KINDS.includes(file.type)) return "The picture must be a PNG, JPEG, WebP or GIF file";
  if (file.size > MOST_BYTES) {
    return `The picture must be 10 MB or smaller. This one has ${Math.ceil(file.size / 1024 / 1024)} MB: make it smaller and try again.`;
  }
  return "";
}

/** Ask for a picture and its description, send it, and put it into the text. */
export function addPicture(editor: Editor, url: string, csrf: string, given: File | null = null): void {
  const choose = el("input", { class: "govuk-file-upload", type: "file", accept: KINDS.join(",") });
  const file = new Field(choose, "Picture", "PNG, JPEG, WebP or GIF, at most 10 MB");
  const alt = areaField("Description", ALT_HINT, 2, 500);
  const progress = el("progress", { max: "1", hidden: true, "aria-label": "Sending the picture" });
  if (given) chooseFile(file.input, given);
  formDialog({
    heading: "Add a picture",
    content: [file.group, alt.group, progress],
    submit: "Add picture",
    returnFocus: () => editor.view.focus(),
    onSubmit: async () => {
      const picture = file.input.files?.[0] ?? null;
      const words = alt.input.value.trim();
      alt.showError(words ? "" : "Describe what the picture shows");
      file.showError(problemWith(picture));
      if (!picture || !words || problemWith(picture)) return false;
      const answer = await send(picture, url, csrf, progress);
      if (typeof answer === "string") file.showError(answer);
      else insert(editor, answer, words);
      return typeof answer !== "string";
    },
  });
}

function chooseFile(input: HTMLInputElement, file: File): void {
  const holder = new DataTransfer();
  holder.items.add(file);
  input.files = holder.files;
}

/** A picture is a block of its own: after the block with the caret, or after the table. */
function insert(editor: Editor, { src, width, height }: Uploaded, alt: string): void {
  const { $to } = editor.state.selection;
  const position = $to.depth ? $to.after(1) : $to.pos;
  editor.chain().insertContentAt(position, { type: "image", attrs: { src, alt, width, height } }).run();
}

/** Send the picture; the answer is what the server made of it, or why not, in words. */
function send(file: File, url: string, csrf: string, progress: HTMLProgressElement): Promise<Uploaded | string> {
  return new Promise((resolve) => {
    // fetch cannot tell how far an upload has come.
    const request = new XMLHttpRequest();
    const done = (answer: Uploaded | string): void => {
      progress.hidden = true;
      resolve(answer);
    };
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = false;
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => done(readAnswer(request)));
    request.addEventListener("error", () => done(CONNECTION));
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrf);
    request.setRequestHeader("Accept", "application/json");
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}

const REFUSALS: Readonly<Record<number, string>> = {
  403: "You may no longer add a picture here. Reload the page.",
  404: "You may no longer add a picture here. Reload the page.",
  413: "The picture is too big. The most is 10 MB: make it smaller and try again.",
};

function readAnswer(request: XMLHttpRequest): Uploaded | string {
  try {
    const answer = JSON.parse(request.responseText) as Partial<Uploaded> & { error?: string };
    if (request.status === 201 && answer.src) return answer as Uploaded;
    if (answer.error) return answer.error;
  } catch {
    // Not every refusal comes from the portal itself: a proxy answers in HTML.
  }
  return REFUSALS[request.status] ?? "The picture could not be stored. Try again, or tell support if it happens again.";
}
