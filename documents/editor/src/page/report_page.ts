import type { Editor, Extension } from "@tiptap/core";
import { Comments } from "./comments/comments";
import { newsOf, showCount } from "./comments/news";
import { csrfToken, type PageConfig } from "./config";
import { goTo, wireDock } from "./dock";
import { el, icon } from "./dom";
import { enterFrom, type Direction } from "./live/keys";
import { Kept } from "./live/kept";
import { ReportSocket } from "./live/provider";
import { LiveSection, type SectionHost } from "./live/section";
import { TokenSource } from "./live/token";
import { afterScrolling, areaKeys, markPlace, neighbour, reachNear, sectionInView, within } from "./navigation";
import type { PasteHandlers } from "./paste/extension";
import { Announcer } from "./status/announcer";
import { keyOf, others } from "./status/presence";
import { PresenceList } from "./status/presence_list";
import { SaveTracker } from "./status/save";
import { SaveView } from "./status/save_line";
import { tell } from "./tools/dialog";
import { editFootnote } from "./tools/footnotes";
import { showHelp } from "./tools/help";
import { editLink } from "./tools/links";
import { addPicture } from "./tools/pictures";
import { Toolbar } from "./tools/toolbar";
import { colourClass } from "./colours";

const HINT_ID = "ed-tab-hint";
const TICK_MS = 200;

const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) ?? el("div");

/** The report as one live document: its sections, tools, save state and who else is here. */
export class ReportPage implements SectionHost {
  readonly socket: ReportSocket;
  readonly tokens: TokenSource;
  readonly kept = new Kept();
  readonly hintId = HINT_ID;
  readonly dialogs = {
    link: (editor: Editor) => editLink(editor),
    footnote: (editor: Editor, position: number | null) => editFootnote(editor, position),
  };
  readonly #sections: readonly LiveSection[];
  readonly #contents = document.querySelector<HTMLElement>("nav.ed-side");
  readonly #announcer = new Announcer(document.body);
  readonly #tracker = new SaveTracker();
  readonly #saveView: SaveView;
  readonly #presence: PresenceList;
  readonly #comments: Comments;
  #toolbar: Toolbar | null = null;
  readonly #csrf = csrfToken(document);
  #used: LiveSection | null = null;
  #place: LiveSection | null = null;
  #isConnected = false;
  #isSignedOut = false;

  constructor(private readonly config: PageConfig) {
    this.tokens = new TokenSource(config.token, config.tokenUrl);
    this.socket = new ReportSocket({ url: config.url });
    this.#sections = this.#findSections();
    this.#comments = this.#makeComments();
    const dock = wireDock(find("main"), this.#contents, () => this.#goToPlace(), () => this.#comments.list());
    this.#saveView = new SaveView([find("[data-save]"), dock.save], find("[data-banner]"), this.#announcer, () => this.#tryNow());
    this.#presence = new PresenceList(find("[data-presence]"), [dock.presence], this.#announcer, () => this.#others());
  }

  start(): void {
    this.#addHint();
    this.#watchConnection();
    this.#watchPlaces();
    this.#watchClosing();
    this.#wireKeys();
    this.#showTools();
    this.#sections.find((section) => section.mayWrite)?.reach();
    this.#openOneByOne();
    void this.#comments.start();
    setInterval(() => this.progressed(), TICK_MS);
  }

  progressed(): void {
    const open = this.#sections.filter((section) => section.isOpen);
    const facts = {
      connected: this.#isConnected && navigator.onLine,
      signedOut: this.#isSignedOut,
      settled: open.length > 0 && open.every((section) => section.isSettled),
      waiting: this.#waiting(),
      kept: !this.kept.isEmpty,
    };
    const state = this.#tracker.update(facts, Date.now());
    this.#saveView.show(state, this.#sections.some((section) => section.mayWrite || section.waiting > 0));
  }

  changed(section: LiveSection): void {
    this.#comments.changed(section);
    if (section !== this.#used && this.#used) return;
    this.#showTools();
    this.#toolbar?.refresh();
  }

  focused(section: LiveSection): void {
    this.#used = section;
    this.#moveTo(section);
    this.#toolbar?.refresh();
  }

  presenceChanged(): void {
    this.#presence.refresh();
  }

  comments(section: LiveSection): Extension {
    return this.#comments.extension(section);
  }

  told(words: string): void {
    this.#comments.news(newsOf(words));
  }

  announce(words: string): void {
    this.#announcer.say(words);
  }

  frozen(): void {
    const place = find("[data-banner]");
    if (place.querySelector("[data-frozen]")) return;
    const words = el("p", {}, el("strong", {}, "The report was frozen."), " You can read it, but nobody can change it now.");
    place.append(el("div", { class: "ed-wrap", "data-frozen": true }, el("div", { class: "ed-banner" }, icon("lock"), words)));
  }

  signedOut(): void {
    this.#isSignedOut = true;
    this.progressed();
  }

  leave(section: LiveSection, direction: Direction, x: number | null): boolean {
    const next = neighbour(this.#sections, section, direction === "down" || direction === "right");
    next?.reach((editor) => enterFrom(editor, direction, x));
    return next !== null;
  }

  readonly paste = (section: LiveSection): PasteHandlers => ({
    refused: (words) => tell("Too long to paste at once", words),
    leftOut: (words) => tell("Some pictures were left out", words),
    pictures: ([first]) => section.editor && first && addPicture(section.editor, section.config.imageUrl, this.#csrf, first),
  });

  #makeComments(): Comments {
    return new Comments({
      report: find("[data-report]").dataset["report"] ?? "",
      csrf: this.#csrf,
      organisation: this.config.user.organisation,
      sections: () => this.#sections,
      current: () => this.#place,
      announce: (words) => this.announce(words),
      counted: showCount,
    });
  }

  #findSections(): LiveSection[] {
    return this.config.sections.flatMap((config) => {
      const root = document.querySelector<HTMLElement>(`[data-section="${CSS.escape(config.id)}"]`);
      const body = root?.querySelector<HTMLElement>("[data-body]");
      return root && body ? [new LiveSection(config, root, body, this)] : [];
    });
  }

  /** The tools show while there is something to write in; access may come and go. */
  #showTools(): void {
    const root = find("[data-tools]");
    const hasTools = this.#sections.some((section) => section.mayComment);
    if (hasTools) this.#toolbar ??= this.#makeToolbar(root);
    root.hidden = !hasTools;
  }

  #makeToolbar(root: HTMLElement): Toolbar {
    return new Toolbar(root, {
      current: () => this.#currentEditor(),
      dialogs: {
        link: (editor) => editLink(editor),
        footnote: (editor) => editFootnote(editor, null),
        image: (editor) => addPicture(editor, this.#current()?.config.imageUrl ?? "", this.#csrf),
      },
      always: {
        help: { run: showHelp, can: () => true },
        comment: { run: () => this.#comments.begin(this.#place, false), can: () => this.#place?.mayComment ?? false },
        suggest: { run: () => this.#comments.begin(this.#place, true), can: () => this.#place?.mayComment ?? false },
      },
    });
  }

  #current(): LiveSection | null {
    return this.#used ?? this.#sections.find((section) => section.mayWrite && section.editor) ?? null;
  }

  #currentEditor(): Editor | null {
    const section = this.#current();
    return section?.mayWrite ? section.editor : null;
  }

  #addHint(): void {
    const words = "In the text, Tab moves between the cells of a table and makes inner list items. Press Escape, then Tab, to leave the text.";
    (this.#contents?.querySelector(".jrp-toc") ?? find("main")).append(el("p", { class: "jrp-soft jrp-small ed-keyhint", id: HINT_ID }, words));
  }

  #waiting(): number {
    return this.#sections.reduce((sum, section) => sum + section.waiting, 0);
  }

  #watchConnection(): void {
    this.socket.on("status", ({ status }: { status: string }) => {
      const wasConnected = this.#isConnected;
      this.#isConnected = status === "connected";
      if (this.#isConnected && !wasConnected) this.#comments.reload();
      this.#presence.setConnected(this.#isConnected);
      this.progressed();
    });
    window.addEventListener("offline", () => this.progressed());
    // The browser notices late that an old connection is dead.
    window.addEventListener("online", () => this.socket.drop());
  }

  #tryNow(): void {
    if (this.#isSignedOut) {
      this.#isSignedOut = false;
      this.tokens.expire();
      for (const section of this.#sections) section.retry();
    } else if (this.#isConnected) {
      this.socket.drop();
    }
    void this.socket.connect();
    this.progressed();
  }

  #watchClosing(): void {
    window.addEventListener("beforeunload", (event) => {
      if (this.#waiting() > 0 || !this.kept.isEmpty || this.#comments.hasUnsent) event.preventDefault();
    });
  }

  /** Sections go live when they come near; where the reader is, the others see them. */
  #watchPlaces(): void {
    reachNear(this.#sections);
    afterScrolling(() => this.#lookAround());
    this.#lookAround();
  }

  #lookAround(): void {
    const focused = this.#sections.find(({ root }) => root.contains(document.activeElement));
    const place = focused ?? sectionInView(this.#sections);
    if (place) this.#moveTo(place);
  }

  #moveTo(section: LiveSection): void {
    section.open();
    if (section !== this.#place) {
      this.#place?.setPresent(false);
      markPlace(this.#contents, section);
    }
    this.#place = section;
    section.setPresent(true);
  }

  /** Connect the other sections while nothing else is to do, so that the list of people is complete. */
  #openOneByOne(): void {
    const opened = this.#sections.filter((section) => section.isOpen);
    const next = this.#sections.find((section) => !section.isOpen && !section.isReady);
    if (next && opened.every((section) => section.isReady)) next.open();
    if (next) setTimeout(() => this.#openOneByOne(), 50);
  }

  #others(): ReturnType<typeof others> {
    const { name, initials, organisation, colour } = this.config.user;
    const me = keyOf({ name, initials, organisation, shortName: organisation, colour: colourClass(colour) });
    return others(this.#sections.flatMap((section) => [...section.present()]), me);
  }

  #goToPlace(): void {
    const place = this.#used ?? this.#place;
    if (!place) return;
    if (place.mayWrite && place.editor) place.editor.view.focus();
    else goTo(`#${place.root.id}`);
  }

  #wireKeys(): void {
    const enterText = (): void => {
      const section = this.#used ?? this.#sections.find((one) => one.mayWrite) ?? this.#sections[0];
      section?.reach((editor) => (section.mayComment ? editor.view.focus() : editor.view.dom.focus()));
    };
    const toTools = (): void => this.#toolbar?.focus();
    const places = [
      { contains: within(this.#contents), enter: () => this.#contents?.querySelector<HTMLElement>("[aria-current], a")?.focus() },
      { contains: (element: Element | null) => within(find(".ed-doc"))(element) && !this.#comments.contains(element), enter: enterText },
      { contains: (element: Element | null) => this.#comments.contains(element), enter: () => this.#comments.enter() },
      { contains: within(find("[data-tools]")), enter: toTools },
    ];
    document.addEventListener("visibilitychange", () => {
      // Somebody who has just signed in again in another tab.
      if (this.#isSignedOut && document.visibilityState === "visible") this.#tryNow();
    });
    areaKeys(places, { toTools, showHelp });
  }
}
