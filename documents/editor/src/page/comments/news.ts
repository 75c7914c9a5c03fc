import type { LiveSection } from "../live/section";

/** The section of which the server says that its threads have changed; "" for anything else. */
export function newsOf(words: string): string {
  try {
    const news = JSON.parse(words) as { type?: unknown; section?: unknown } | null;
    return news?.type === "threads" && typeof news.section === "string" ? news.section : "";
  } catch {
    return "";
  }
}

/** Say on the page's buttons how many comments are open. */
export function showCount(open: number): void {
  for (const place of document.querySelectorAll("[data-comment-count]")) place.textContent = open ? String(open) : "";
}

/** The thread that the address names with `#thread-…`; "" if none. */
export function addressed(): string {
  return /^#thread-([\w-]+)$/.exec(location.hash)?.[1] ?? "";
}

/** What a person may do in each section, as it was last seen. */
export class Levels {
  readonly #known = new Map<string, string>();

  hasChanged({ config, level, mayComment }: LiveSection): boolean {
    const now = `${level} ${mayComment}`;
    const before = this.#known.get(config.id);
    this.#known.set(config.id, now);
    return before !== undefined && before !== now;
  }
}
