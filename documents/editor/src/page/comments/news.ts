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
