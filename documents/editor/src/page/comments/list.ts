import { el } from "../dom";
import { button, Dialog } from "../tools/dialog";
import { type Filter, isNarrowed } from "./filter";
import { choice, small } from "./form";
import { about, audience, peek } from "./sentences";
import { isOpen, KINDS, type Thread } from "./types";

export interface ListHost {
  readonly filter: Filter;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  matching(filter: Filter): readonly Thread[];
  /** The filter has changed: the lists beside the text follow it. */
  filtered(filter: Filter): void;
  goTo(thread: Thread): void;
}

const MOST_ROWS = 200;

/** All threads in one list, by section, with what narrows it. */
export function showList(host: ListHost): void {
  let { filter } = host;
  let goesTo: Thread | null = null;
  const found = el("div", { class: "ed-found" });
  const count = el("p", { role: "status" });
  const draw = (): void => {
    const threads = host.matching(filter);
    count.textContent = `${threads.length} of ${host.matching({ ...filter, whose: "all", isOpen: false, kind: "", section: "" }).length} shown, ${threads.filter(isOpen).length} of them open.`;
    found.replaceChildren(...host.sections.flatMap((section) => rows(section.title, threads.filter((thread) => thread.section === section.id), pick)));
  };
  const pick = (thread: Thread): void => {
    goesTo = thread;
    dialog.close();
  };
  const change = (part: Partial<Filter>): void => {
    filter = { ...filter, ...part };
    host.filtered(filter);
    draw();
  };
  const dialog = new Dialog("Comments", [fields(host, filter, change), count, found], undefined);
  dialog.element.classList.add("ed-list");
  dialog.element.append(button("Close", () => dialog.close(), { class: "govuk-button" }));
  dialog.element.addEventListener("close", () => goesTo && host.goTo(goesTo));
  draw();
  dialog.open();
}

function fields({ sections, filter: now }: ListHost, filter: Filter, change: (part: Partial<Filter>) => void): HTMLElement {
  const whose = choice("Whose", [["all", "Everyone’s"], ["mine", "Mine"], ["ours", `${filter.organisation || "My organisation"}’s`]]);
  const state = choice("State", [["", "Open and closed"], ["open", "Open"]]);
  const kind = choice("Kind", [["", "All kinds"], ...KINDS, ["suggestion", "Suggestions"]]);
  const section = choice("Section", [["", "All sections"], ...sections.map(({ id, title }) => [id, title] as const)]);
  whose.list.value = now.whose;
  state.list.value = now.isOpen ? "open" : "";
  kind.list.value = now.kind;
  section.list.value = now.section;
  whose.list.addEventListener("change", () => change({ whose: whose.list.value as Filter["whose"] }));
  state.list.addEventListener("change", () => change({ isOpen: state.list.value === "open" }));
  kind.list.addEventListener("change", () => change({ kind: kind.list.value }));
  section.list.addEventListener("change", () => change({ section: section.list.value }));
  const again = small("Show all", () => {
    for (const { list } of [whose, state, kind, section]) list.selectedIndex = 0;
    change({ whose: "all", isOpen: false, kind: "", section: "" });
  });
  again.hidden = !isNarrowed(now);
  return el("div", { class: "ed-filter" }, whose.group, state.group, kind.group, section.group, again);
}

function rows(title: string, threads: readonly Thread[], pick: (thread: Thread) => void): HTMLElement[] {
  if (!threads.length) return [];
  const open = threads.filter(isOpen).length;
  const heading = el("h3", {}, `${title}: ${open} open, ${threads.length} in all`);
  const listed = threads.slice(0, MOST_ROWS).map((thread) => {
    const words = el("p", {}, el("strong", {}, thread.author.name), ` · ${about(thread)} · ${audience(thread, false)}`);
    return el("li", {}, words, el("p", { class: "jrp-soft" }, peek(thread)), small("Go to", () => pick(thread), { about: `the comment of ${thread.author.name}: ${peek(thread)}` }));
  });
  return [heading, el("ul", { class: "jrp-plain" }, ...listed)];
}
