import type { Answer, ThreadsApi } from "./api";
import { ask, Deciding, type DecidingHost } from "./deciding";
import type { Doing, Thread } from "./types";

export interface DoingsHost extends Omit<DecidingHost, "api"> {
  announce(words: string): void;
  focusCard(thread: Thread): void;
}

/** What the buttons of a thread do. */
export class Doings {
  readonly #deciding: Deciding;

  constructor(
    private readonly api: ThreadsApi,
    private readonly host: DoingsHost,
  ) {
    this.#deciding = new Deciding({ ...host, api });
  }

  async act(thread: Thread, doing: Exclude<Doing, "reply">): Promise<void> {
    if (doing === "accept") return void (await this.#deciding.accept(thread));
    if (doing === "share" && !(await mayShare(thread))) return;
    const { thread: now, errors } = await this.#send(thread, doing);
    if (now) this.host.show(now);
    this.host.tell(thread, errors ? Object.values(errors).join(" ") : "");
    this.host.focusCard(thread);
  }

  async all(threads: readonly Thread[], doing: "accept" | "decline"): Promise<void> {
    const who = threads[0]?.author.name ?? "";
    const verb = doing === "accept" ? "Accept" : "Decline";
    const words = "Each is decided by itself. Those whose text has changed stay open.";
    const isYes = await ask(`${verb} all ${threads.length} suggestions of ${who}?`, words, `${verb} all`);
    if (isYes) this.host.announce(await this.#deciding.all(threads, doing));
  }

  #send(thread: Thread, doing: Exclude<Doing, "reply" | "accept">): Promise<Answer> {
    if (doing === "resolve" || doing === "reopen" || doing === "share") return this.api.act(thread, doing);
    return this.api.decide(thread, doing === "reopenSuggestion" ? "reopen" : doing);
  }
}

function mayShare({ onlyFor }: Thread): Promise<boolean> {
  const now = `Only ${onlyFor?.shortName ?? "your organisation"} can see this thread now.`;
  const then = "Once shared, everyone who can read the section sees it with all its replies. This cannot be taken back.";
  return ask("Share this thread with everyone?", `${now} ${then}`, "Share with everyone");
}
