/** The cloud as it stands now: what has a state, and which processes are up on which host. */
import type { Actor } from "../../timeline/index.js";
import { count } from "../../views/words.js";
import { el, word } from "../dom.js";
import type { Board, Standing } from "./board.js";

/** Of more things of a kind the newest are shown. */
const MOST = 60;
/** Rows that are a part of something else's story, folded unless they fail. */
const SMALL: ReadonlySet<string> = new Set(["port", "image"]);

export class Overview {
  readonly element = el("div", { class: "overview" });
  readonly #choose: (thread: number) => void;

  /** @param choose shows the thread that changed something last */
  constructor(choose: (thread: number) => void) {
    this.#choose = choose;
  }

  draw(board: Board): void {
    const open = new Set(
      [...this.element.querySelectorAll<HTMLDetailsElement>("details[open]")].map(
        ({ dataset }) => dataset["of"],
      ),
    );
    const focused = this.element.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-id")
      : undefined;
    const kinds = new Map<string, Standing[]>();
    for (const one of board.all) kinds.set(one.thing, [...(kinds.get(one.thing) ?? []), one]);
    const servers = kinds.get("server") ?? [];
    kinds.delete("server");
    this.element.replaceChildren(
      el("h2", {}, "Servers"),
      servers.length === 0
        ? el("p", { class: "muted" }, "There is none yet.")
        : this.#list(servers),
      ...[...kinds].map(([kind, list]) => this.#folded(kind, list, open.has(kind))),
      el("h2", {}, "Services"),
      ...hosts(board),
    );
    if (focused !== undefined && focused !== null) {
      this.element.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #folded(kind: string, list: readonly Standing[], open: boolean): HTMLElement {
    const failed = list.filter(({ mood }) => mood === "error").length;
    const words = `${count(list.length, kind)}${failed > 0 ? `, ✗ ${String(failed)} in error` : ""}`;
    const made = el(
      "details",
      { open: open || (failed > 0 && !SMALL.has(kind)) },
      el("summary", {}, words),
      this.#list(list),
    );
    made.dataset["of"] = kind;
    return made;
  }

  #list(list: readonly Standing[]): HTMLElement {
    const shown = list.slice(-MOST);
    const rows = shown.map(({ id, name, state, mood, host, thread }) => {
      const words = [
        el("span", { class: `dot is-${mood}` }),
        el("b", {}, word(name)),
        el("span", { class: "standing" }, mood === "error" ? "✗ " : "", word(state)),
        el("span", { class: "muted" }, word(host)),
      ];
      if (thread === undefined) return el("li", {}, el("span", { class: "thing" }, ...words));
      const made = el("button", { type: "button", class: "thing", "data-id": id }, ...words);
      made.title = "Show what changed it last";
      made.addEventListener("click", () => this.#choose(thread));
      return el("li", {}, made);
    });
    const more = list.length - shown.length;
    return el(
      "ul",
      { class: "things" },
      ...(more > 0 ? [el("li", { class: "muted" }, `${String(more)} older ones`)] : []),
      ...rows,
    );
  }
}

/** By host; those on no host are whoever asks. */
function hosts(board: Board): readonly HTMLElement[] {
  const dead = new Set(board.dead);
  const byHost = new Map<string, Actor[]>();
  for (const actor of board.actors) {
    if (actor.project === "client" || actor.service.endsWith("-client")) continue;
    byHost.set(actor.host, [...(byHost.get(actor.host) ?? []), actor]);
  }
  return [...byHost].map(([host, actors]) => {
    const down = actors.filter(({ name }) => dead.has(name)).length;
    const facts = down === 0 ? "all up" : `${String(down)} down`;
    return el(
      "section",
      { class: "host" },
      el("h3", {}, word(host), " ", el("span", { class: down === 0 ? "muted" : "bad" }, facts)),
      el(
        "ul",
        { class: "processes" },
        ...actors.map(({ name, service }) => {
          const gone = dead.has(name);
          return el(
            "li",
            { class: gone ? "bad" : undefined },
            gone ? "✕ " : "",
            word(service),
            gone ? " is down" : "",
          );
        }),
      ),
    );
  });
}
