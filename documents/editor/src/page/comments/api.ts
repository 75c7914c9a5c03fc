import type { Board, Draft, Mention, Thread } from "./types";

/** Sentences by field; those of no field are under "". */
export type Errors = Readonly<Record<string, string>>;

/** `update`: what was added to the text, where something was. */
export type Answer = { readonly thread: Thread; readonly errors: null; readonly update?: string } | { readonly thread: Thread | null; readonly errors: Errors; readonly update?: undefined };

const UNREACHABLE = "The portal cannot be reached. What you have written is kept here: try again when you are connected.";
const NOT_DONE = "The portal cannot be reached, so nothing was done. Try again when you are connected.";
const SIGNED_OUT = "You are signed out. What you have written is kept here: sign in again in another tab, then send it.";
const REFUSED = "You cannot do this any more. What you have written is kept here.";

/** What somebody hears who may not read a section any more. */
const NOTHING: Board = { threads: [], mentionable: { people: [], organisations: [] }, etag: "" };

/** The server's side of threads. Nothing here throws: what goes wrong is a sentence. */
export class ThreadsApi {
  readonly #etags = new Map<string, string>();

  constructor(
    private readonly report: string,
    private readonly csrf: string,
  ) {}

  /** The threads of the report, or of one section; null where they cannot be had, or are what they were. */
  async load(section?: string): Promise<Board | null> {
    const key = section ?? "";
    const known = this.#etags.get(key);
    try {
      const answer = await fetch(`/reports/${this.report}/threads/${section ? `?section=${section}` : ""}`, {
        headers: { Accept: "application/json", ...(known ? { "If-None-Match": known } : {}) },
      });
      if (answer.status === 403 || answer.status === 404) return NOTHING;
      if (!answer.ok || !isJson(answer)) return null;
      const etag = answer.headers.get("ETag");
      if (etag) this.#etags.set(key, etag);
      return (await answer.json()) as Board;
    } catch {
      return null;
    }
  }

  /** What was loaded is no longer what is shown: ask for it anew. */
  forget(): void {
    this.#etags.clear();
  }

  open(section: string, draft: Draft): Promise<Answer> {
    return this.#post(`/sections/${section}/threads/`, draft);
  }

  reply(thread: Thread, text: string, mentions: readonly Mention[]): Promise<Answer> {
    return this.#post(`${thread.url}comments/`, { text, mentions, only_for_us: thread.onlyFor !== null });
  }

  act(thread: Thread, verb: "resolve" | "reopen" | "share"): Promise<Answer> {
    return this.#post(`${thread.url}${verb}/`);
  }

  decide(thread: Thread, verb: "accept" | "decline" | "reopen" | "withdraw"): Promise<Answer> {
    return this.#post(`${thread.url}suggestion/${verb}/`);
  }

  /** `data`: what somebody has written, which stays in its form where it could not be sent. */
  async #post(url: string, data?: object): Promise<Answer> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf },
        body: JSON.stringify(data ?? {}),
      });
      if (!isJson(answer)) return failed(answer.redirected || answer.status === 401 ? SIGNED_OUT : REFUSED);
      const body = (await answer.json()) as unknown;
      if (answer.ok) {
        const { update, ...now } = body as Thread & { update?: string };
        return { thread: now, errors: null, ...(update ? { update } : {}) };
      }
      const { errors, thread = null } = body as { errors?: Errors; thread?: Thread };
      return { thread, errors: errors ?? { "": REFUSED } };
    } catch {
      return failed(data ? UNREACHABLE : NOT_DONE);
    }
  }
}

function isJson(answer: Response): boolean {
  return answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}

function failed(words: string): Answer {
  return { thread: null, errors: { "": words } };
}
