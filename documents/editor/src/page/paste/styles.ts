/** The marks that a style attribute means, as the elements that carry them. */
export type MarkName = "strong" | "em" | "u" | "s";

const BOLD = /(?:^|;)\s*font-weight\s*:\s*(?:bold|bolder|[6-9]\d\d)/i;
const NOT_BOLD = /(?:^|;)\s*font-weight\s*:\s*(?:normal|lighter|[1-5]\d\d)/i;
const ITALIC = /(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)/i;
const UNDERLINE = /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*underline/i;
const STRUCK = /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through/i;

export function marksOf(style: string): MarkName[] {
  const marks: MarkName[] = [];
  if (BOLD.test(style)) marks.push("strong");
  if (ITALIC.test(style)) marks.push("em");
  if (UNDERLINE.test(style)) marks.push("u");
  if (STRUCK.test(style)) marks.push("s");
  return marks;
}

/** Google Docs wraps everything it copies in a <b> that is not bold. */
export function isNotBold(style: string): boolean {
  return NOT_BOLD.test(style);
}

const LIST = /mso-list\s*:\s*(\S+)\s+level(\d)/i;

/** The level of Word's list paragraph (1 is the outermost), or null. */
export function wordListLevel(style: string): number | null {
  const level = LIST.exec(style)?.[2];
  return level ? Number(level) : null;
}

/** Word writes a list's bullet or number as text and marks it so. */
export function isWordMarker(style: string): boolean {
  return /mso-list\s*:\s*ignore/i.test(style);
}
