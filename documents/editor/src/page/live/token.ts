/** Why no token could be had: the person is signed out, may not see the report, or the portal cannot be reached. */
export type TokenProblem = "signed-out" | "permission-denied" | "unreachable";

export class TokenError extends Error {
  constructor(readonly problem: TokenProblem) {
    super(problem);
  }
}

const FRESH_FOR_MS = 5 * 60 * 1000;

/** Hands out the page's token for live editing and fetches a new one when it is old or was refused. */
export class TokenSource {
  #token: string;
  #since: number;
  #fetching: Promise<string> | null = null;
  /** Why the last fetch failed; null after one that worked. */
  problem: TokenProblem | null = null;

  constructor(
    first: string,
    private readonly url: string,
    private readonly now: () => number = Date.now,
    private readonly request: typeof fetch = (...args) => fetch(...args),
  ) {
    this.#token = first;
    this.#since = now();
  }

  /** Ask the server at the next use, whatever the age of the token. */
  expire(): void {
    this.#since = Number.NEGATIVE_INFINITY;
  }

  /** A token fit for use. Sections that ask at the same time share one request. Throws TokenError. */
  async get(): Promise<string> {
    if (this.now() - this.#since < FRESH_FOR_MS) return this.#token;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<string> {
    try {
      this.#token = await this.#ask();
      this.#since = this.now();
      this.problem = null;
      return this.#token;
    } catch (error) {
      this.problem = error instanceof TokenError ? error.problem : "unreachable";
      throw error;
    }
  }

  async #ask(): Promise<string> {
    const headers = { Accept: "application/json" };
    const answer = await this.request(this.url, { headers, redirect: "manual", credentials: "same-origin", cache: "no-store" });
    // A redirect leads to the sign-in page.
    if (answer.type === "opaqueredirect" || answer.status === 401 || (answer.status >= 300 && answer.status < 400)) {
      throw new TokenError("signed-out");
    }
    if (answer.status === 403 || answer.status === 404) throw new TokenError("permission-denied");
    if (!answer.ok) throw new TokenError("unreachable");
    return ((await answer.json()) as { token: string }).token;
  }
}
