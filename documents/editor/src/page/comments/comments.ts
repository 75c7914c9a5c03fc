import type { Editor, Extension } from "@tiptap/core";
import type { LiveSection } from "../live/section";
import { ThreadsApi } from "./api";
import { Beginning } from "./beginning";
import { ThreadBoard } from "./board";
import type { CardHost } from "./card";
import { Doings } from "./doings";
import { type Filter, passes } from "./filter";
import { small } from "./form";
import { showList } from "./list";
import { Rail } from "./rail";
import { addressed, Levels } from "./news";
import { nameOf, type Places, SectionTalk, type TalkHost } from "./section_talk";
import { isOpen, type Thread } from "./types";

/** What comments need from the page around them. */
export interface CommentsPage {
  readonly report: string;
  readonly csrf: string;
  /** The short name of the organisation for which this person is here; "" if none. */
  readonly organisation: string;
  sections(): readonly LiveSection[];
  /** The section in which this person was last. */
  current(): LiveSection | null;
  announce(words: string): void;
  /** How many comments wait has changed. */
  counted(open: number): void;
}

const NEWS_MS = 100;
/** The window is wide enough for the list to stand beside the text. */
const BESIDE = "(min-width: 75em)";
const SEEN_LATER = "The portal could not be reached, so the comments may not be complete.";

/** All that is said about a report: loaded, shown beside each section, kept up to date. */
export class Comments implements TalkHost {
  readonly #api: ThreadsApi;
  readonly #board = new ThreadBoard();
  readonly #talks = new Map<string, SectionTalk>();
  readonly #rails = new Map<string, Rail>();
  readonly #levels = new Levels();
  readonly #news = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #doings: Doings;
  readonly #beginning: Beginning;
  #filter: Filter;
  #now: string | null = null;
  #isLoaded = false;

  constructor(private readonly page: CommentsPage) {
    this.#api = new ThreadsApi(page.report, page.csrf);
    this.#filter = { whose: "all", isOpen: false, kind: "", section: "", organisation: page.organisation };
    this.#doings = new Doings(this.#api, {
      announce: (words) => page.announce(words),
      focusCard: ({ id, section }) => this.#rails.get(section)?.card(id)?.focus(),
      editorOf: (thread) => this.#editorOf(thread),
      held: (thread, work) => this.#sectionOf(thread)?.hold(work) ?? work(),
      show: (thread) => this.#put(thread),
      tell: (thread, words, doing) => this.#tell(thread.id, words, doing),
    });
    this.#beginning = new Beginning({
      api: this.#api,
      board: this.#board,
      organisation: page.organisation,
      rail: ({ config }) => this.#rails.get(config.id),
      talk: (section) => this.#talk(section),
      refresh: ({ config }) => this.#refresh(config.id),
      announce: (words) => page.announce(words),
    });
  }

  /** Whether something is written that was not sent. */
  get hasUnsent(): boolean {
    return [...this.#rails.values()].some((rail) => rail.hasUnsent);
  }

  async start(): Promise<void> {
    for (const section of this.page.sections()) this.#makeRail(section);
    this.#isLoaded = await this.#load();
    if (!this.#isLoaded) this.page.announce(SEEN_LATER);
    this.#goToAddress();
    window.addEventListener("hashchange", () => this.#goToAddress());
  }

  /** For a section's editor. */
  extension(section: LiveSection): Extension {
    return this.#talk(section).extension();
  }

  /** Threads of a section have changed. */
  news(section: string): void {
    if (!section) return;
    clearTimeout(this.#news.get(section));
    this.#news.set(section, setTimeout(() => void this.#load(section), NEWS_MS));
  }

  /** News may have been missed while there was no connection. */
  reload(): void {
    if (this.#isLoaded) void this.#load();
  }

  /** What this person may do in a section may have changed. */
  changed(section: LiveSection): void {
    if (!this.#levels.hasChanged(section)) return;
    this.#api.forget();
    this.news(section.config.id);
  }

  begin(section: LiveSection | null, isSuggestion: boolean): void {
    if (section) this.#beginning.begin(section, isSuggestion);
  }

  /** The list of all threads, with the filter. */
  list(): void {
    showList({
      filter: this.#filter,
      sections: this.page.sections().map(({ config }) => ({ id: config.id, title: config.title })),
      matching: (filter) => this.#board.matching(filter),
      filtered: (filter) => this.#filterBy(filter),
      goTo: (thread) => this.#goToCard(thread.id),
    });
  }

  contains(element: Element | null): boolean {
    return [...this.#rails.values()].some((rail) => rail.element.contains(element));
  }

  /** Go to the comments: to the thread about the words at the caret, else to the first beside the text. */
  enter(): void {
    const section = this.page.current();
    const id = section && this.#talk(section).atCaret;
    if (id) return this.#goToCard(id);
    (section ? this.#rails.get(section.config.id) : undefined)?.focus();
  }

  // What a section's marks ask for.

  threads(section: string): readonly Thread[] {
    return this.#board.of(section);
  }

  thread(id: string): Thread | undefined {
    return this.#board.get(id);
  }

  composed({ config }: LiveSection): ReturnType<TalkHost["composed"]> {
    return this.#rails.get(config.id)?.composed ?? null;
  }

  isNow(id: string): boolean {
    return this.#now === id;
  }

  placesChanged(section: LiveSection): void {
    this.#rails.get(section.config.id)?.locate(this.#talk(section).places());
  }

  pressed(section: LiveSection, id: string): void {
    const card = this.#rails.get(section.config.id)?.card(id);
    // Under the text, the list would come instead of the words that were pressed.
    if (!card || !window.matchMedia(BESIDE).matches) return;
    card.element.open = true;
    card.element.scrollIntoView({ block: "nearest" });
  }

  undone(id: string): void {
    const thread = this.#board.get(id);
    if (!thread?.may.reopenSuggestion) return;
    const again = small("Open the suggestion again", () => void this.#doings.act(thread, "reopenSuggestion"));
    this.#rails.get(thread.section)?.card(id)?.tell("You have taken the accepted words back. ", again);
    this.page.announce("You have taken the accepted words back. The suggestion can be opened again beside the text.");
  }

  #talk(section: LiveSection): SectionTalk {
    let talk = this.#talks.get(section.config.id);
    if (!talk) {
      talk = new SectionTalk(section, this);
      this.#talks.set(section.config.id, talk);
    }
    return talk;
  }

  #makeRail(section: LiveSection): void {
    const element = section.root.querySelector<HTMLElement>(".ed-rail");
    if (!element) return;
    const rail = new Rail(element, {
      section: nameOf(section),
      card: this.#cardHost(section),
      mayComment: () => section.mayComment,
      begin: () => this.#beginning.write(section, null, false),
      showAll: () => this.#filterBy({ ...this.#filter, whose: "all", isOpen: false, kind: "", section: "" }),
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#leave(section, rail);
    });
    this.#rails.set(section.config.id, rail);
  }

  #cardHost(section: LiveSection): CardHost {
    return {
      isRestricted: section.root.querySelector(".ed-lockline") !== null,
      mentionable: ({ onlyFor }) => this.#board.mentionable(section.config.id, onlyFor?.id ?? null),
      reply: async (thread, text, mentions) => {
        const answer = await this.#api.reply(thread, text, mentions);
        if (answer.thread) this.#put(answer.thread);
        if (!answer.errors) this.page.announce("Your reply was sent.");
        return answer;
      },
      toggled: (thread, isShown) => this.#toggled(thread, isShown),
      goTo: (thread) => void this.#goToText(thread),
      act: (thread, doing) => this.#doings.act(thread, doing),
      alike: (thread) => this.#board.all.filter((one) => one.may.accept && one.author.name === thread.author.name),
      decideAll: (threads, doing) => this.#doings.all(threads, doing),
    };
  }

  async #load(section?: string): Promise<boolean> {
    const board = await this.#api.load(section);
    if (!board) return false;
    this.#board.take(board, section);
    for (const one of section ? [section] : this.#rails.keys()) this.#refresh(one);
    return true;
  }

  #put(thread: Thread): void {
    this.#board.put(thread);
    this.#refresh(thread.section);
  }

  /** Show a section's threads as they are now. */
  #refresh(id: string): void {
    const rail = this.#rails.get(id);
    const talk = this.#talks.get(id);
    talk?.follow();
    const all = this.#board.of(id);
    const shown = all.filter((thread) => passes(thread, this.#filter) || thread.id === this.#now);
    const places: Places = talk?.places() ?? new Map();
    // What is nowhere comes last.
    const order = ({ id: one }: Thread): number => places.get(one)?.from ?? Number.MAX_SAFE_INTEGER;
    rail?.show(shown.sort((one, two) => order(one) - order(two)), all, this.#now);
    rail?.locate(places);
    this.page.counted(this.#board.all.filter(isOpen).length);
  }

  #filterBy(filter: Filter): void {
    this.#filter = filter;
    for (const id of this.#rails.keys()) this.#refresh(id);
  }

  #tell(id: string, words: string, doing?: HTMLElement | undefined): void {
    const section = this.#board.get(id)?.section ?? "";
    this.#rails.get(section)?.card(id)?.tell(...[words, doing ?? ""].filter(Boolean));
  }

  #toggled(thread: Thread, isShown: boolean): void {
    if (isShown) this.#now = thread.id;
    else if (this.#now === thread.id) this.#now = null;
    this.#talks.get(thread.section)?.redraw();
  }

  #sectionOf(thread: Thread): LiveSection | undefined {
    return this.page.sections().find(({ config }) => config.id === thread.section);
  }

  /** The live editor of a thread's section, in which this person can write. */
  #editorOf(thread: Thread): Promise<Editor | null> {
    const section = this.#sectionOf(thread);
    if (!section?.mayWrite) return Promise.resolve(null);
    return this.#talk(section).reached();
  }

  async #goToText(thread: Thread): Promise<void> {
    const section = this.#sectionOf(thread);
    if (!section) return;
    await this.#talk(section).reached();
    if (!this.#talk(section).goTo(thread)) this.#tell(thread.id, "These words are no longer in the text.");
  }

  #goToCard(id: string): void {
    const thread = this.#board.get(id);
    if (!thread) return;
    this.#now = id;
    this.#refresh(thread.section);
    this.#sectionOf(thread)?.root.scrollIntoView();
    this.#rails.get(thread.section)?.card(id)?.focus();
  }

  /** `#thread-<id>` in the address goes to that thread. */
  #goToAddress(): void {
    this.#goToCard(addressed());
  }

  /** Back to the text: to the words of the thread, else to where the caret was. */
  #leave(section: LiveSection, rail: Rail): void {
    const thread = rail.current?.thread;
    if (thread && this.#talk(section).goTo(thread)) return;
    section.reach((editor) => editor.view.focus());
  }
}
