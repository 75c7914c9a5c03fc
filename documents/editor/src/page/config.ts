export type Level = "read" | "comment" | "write";

export interface SectionConfig {
  /** The name of the section's document on the wire. */
  readonly document: string;
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly imageUrl: string;
}

export interface Person {
  readonly name: string;
  readonly initials: string;
  readonly organisation: string;
  readonly colour: string;
}

export interface PageConfig {
  readonly url: string;
  readonly token: string;
  readonly tokenUrl: string;
  readonly user: Person;
  readonly sections: readonly SectionConfig[];
}

/** What the server wrote into the page, or null on a page without live text. */
export function readConfig(page: Document): PageConfig | null {
  const text = page.getElementById("coedit-config")?.textContent;
  return text ? (JSON.parse(text) as PageConfig) : null;
}

/** The token against forged requests: its cookie cannot be read from here, so the page carries a copy. */
export function csrfToken(page: Document): string {
  return page.querySelector<HTMLElement>("[data-csrf]")?.dataset["csrf"] ?? "";
}
