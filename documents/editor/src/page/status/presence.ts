import { colourClass } from "../colours";

/** A person in a section, from an awareness state whose `user` the server wrote. */
export interface Present {
  readonly name: string;
  readonly organisation: string;
  readonly shortName: string;
  readonly initials: string;
  /** A class such as "o-kb". */
  readonly colour: string;
}

export interface PresentSomewhere extends Present {
  /** The title of the section. */
  readonly section: string;
  readonly isWriting: boolean;
}

const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 200) : "");

/** The person of an awareness state, or null for a state without one. */
export function personOf(state: unknown): Present | null {
  const user = state && typeof state === "object" && "user" in state ? state.user : null;
  if (!user || typeof user !== "object") return null;
  const given = user as Record<string, unknown>;
  const name = text(given["name"]);
  if (!name) return null;
  const organisation = text(given["organisation"]);
  const shortName = text(given["shortName"]) || organisation;
  return { name, organisation, shortName, initials: text(given["initials"]).slice(0, 3), colour: colourClass(given["colour"]) };
}

/** Two tabs of one person are one person. */
export function keyOf(person: Present): string {
  return `${person.name}\n${person.shortName}`;
}

/** Each other person once, where they write if they write; in order of name. `me` is a key. */
export function others(everyone: Iterable<PresentSomewhere>, me: string): PresentSomewhere[] {
  const found = new Map<string, PresentSomewhere>();
  for (const person of everyone) {
    const key = keyOf(person);
    if (key !== me && (person.isWriting || !found.has(key))) found.set(key, person);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
}

/** "4 others here". */
export function countWords(count: number): string {
  if (count === 0) return "Nobody else here";
  return count === 1 ? "1 other here" : `${count} others here`;
}

/** "writing in 10 Analysis". */
export function doingWords(person: PresentSomewhere): string {
  return `${person.isWriting ? "writing in" : "reading"} ${person.section}`;
}

/** One sentence for a screen reader about who came and who went; empty if nobody did. */
export function changeWords(before: ReadonlyMap<string, Present>, after: ReadonlyMap<string, Present>): string {
  const came = [...after].filter(([key]) => !before.has(key)).map(([, person]) => `${person.name}, ${person.shortName}`);
  const went = [...before].filter(([key]) => !after.has(key)).map(([, person]) => person.name);
  const sentences = [sentence(came, "joined"), sentence(went, "left")];
  return sentences.filter(Boolean).join(" ");
}

const MOST_NAMES = 3;

function sentence(names: readonly string[], verb: string): string {
  if (!names.length) return "";
  return names.length > MOST_NAMES ? `${names.length} people ${verb}.` : `${names.join("; ")} ${verb}.`;
}
