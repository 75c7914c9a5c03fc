import { type Filter, passes } from "./filter";
import { type Board as Loaded, isOpen, type Mentionable, type Thread } from "./types";

const NOBODY: Mentionable = { people: [], organisations: [] };

/** The threads that this person may see, as they were last heard of. */
export class ThreadBoard {
  readonly #threads = new Map<string, Thread>();
  #mentionable = NOBODY;
  #readers: Readonly<Record<string, readonly string[]>> = {};

  get all(): readonly Thread[] {
    return [...this.#threads.values()];
  }

  get(id: string): Thread | undefined {
    return this.#threads.get(id);
  }

  /** The threads of a section, the oldest first. */
  of(section: string): Thread[] {
    return this.all.filter((thread) => thread.section === section).sort((one, two) => one.at.localeCompare(two.at));
  }

  matching(filter: Filter): Thread[] {
    return this.all.filter((thread) => passes(thread, filter));
  }

  openIn(section: string): number {
    return this.of(section).filter(isOpen).length;
  }

  put(thread: Thread): void {
    this.#threads.set(thread.id, thread);
  }

  /** Take what was loaded: of one section, or all. */
  take({ threads, mentionable, readers }: Loaded, section?: string): void {
    for (const { id } of section ? this.of(section) : this.all) this.#threads.delete(id);
    for (const thread of threads) this.#threads.set(thread.id, thread);
    // What is loaded for one section names only who can read that.
    if (!section) this.#mentionable = mentionable;
    this.#readers = { ...this.#readers, ...readers };
  }

  /** Who can be called in a thread about this section, or in this organisation's own. */
  mentionable(section: string, onlyFor: string | null): Mentionable {
    const readers = this.#readers[section];
    const may = (organisation: string | undefined): boolean =>
      organisation === undefined || (onlyFor ? organisation === onlyFor : (readers?.includes(organisation) ?? true));
    return {
      people: this.#mentionable.people.filter(({ organisationId }) => may(organisationId)),
      organisations: this.#mentionable.organisations.filter(({ id }) => may(id)),
    };
  }
}
