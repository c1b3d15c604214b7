/**
 * The live page: a cloud that is served, while it is used. What comes in is listed as it comes, and what is chosen of it, or
 * the last of it that changed something, is drawn by the parts of the page of a recording.
 */
import { count } from "../../views/words.js";
import { button, el } from "../dom.js";
import { Column } from "./column.js";
import { FaultsPane } from "./faults.js";
import { Log } from "./log.js";
import { Growing } from "./model-of.js";
import { Overview } from "./overview.js";
import { Session } from "./session.js";
import { follow, type Begun, type Link } from "./stream.js";
import type { Thread } from "./thread.js";
import { welcome } from "./welcome.js";
import { Workbench } from "./workbench.js";

/** A picture that changes faster than this, in milliseconds, nobody can look at. */
const PATIENCE = 350;
const HIDDEN = 1_000;

class Watching {
  readonly #log = new Log({ choose: (thread) => this.#choose(thread) });
  readonly #overview = new Overview((seq) => {
    const thread = this.#session?.thread(seq);
    if (thread !== undefined) this.#choose(thread);
  });
  readonly #faults = new FaultsPane((inForce) => {
    this.#column.badge("faults", inForce === 0 ? "" : `⚡ ${String(inForce)}`, "bad");
  });
  readonly #column: Column;
  readonly #workbench: Workbench;
  readonly #changed = new Set<Thread>();
  #session: Session | undefined;
  #link: Link = "connecting";
  #shown: Thread | undefined;
  #growing: Growing | undefined;
  #following = true;
  #newest: Thread | undefined;
  #drawing = false;
  #shownAt = 0;
  #faultsSeen = -1;

  constructor() {
    const panes = {
      requests: this.#log.element,
      cloud: this.#overview.element,
      faults: this.#faults.element,
    };
    this.#column = new Column(panes, {
      follow: (on) => this.#follow(on),
      only: (changes) => this.#log.only(changes),
      open: () => this.#soon(),
    });
    this.#column.following(true);
    this.#workbench = new Workbench(this.#column.element);
    document.body.replaceChildren(skip(), this.#column.element);
    // Whoever works in the sequence is not to be led away from it.
    for (const what of ["pointerdown", "keydown"] as const) {
      addEventListener(what, () => {
        if (this.#workbench.focused) this.#follow(false);
      });
    }
    follow("/novasim/events", {
      begin: (begun) => this.#begin(begun),
      lines: (lines) => this.#read(lines),
      link: (link) => {
        this.#link = link;
        this.#soon();
      },
    });
  }

  #begin(begun: Begun): void {
    this.#session = new Session(begun);
    this.#log.clear();
    this.#changed.clear();
    [this.#shown, this.#growing, this.#newest] = [undefined, undefined, undefined];
    this.#follow(true);
    this.#faultsSeen = -1;
    const title = el("header", {}, el("h1", {}, "A cloud that is served"));
    this.#workbench.put([title], [welcome(begun.about)]);
    document.documentElement.dataset["ready"] = "true";
    this.#soon();
  }

  #read(lines: readonly string[]): void {
    const session = this.#session;
    if (session === undefined) return;
    for (const line of lines) {
      const thread = session.read(line);
      if (thread === undefined) continue;
      this.#changed.add(thread);
      const led = this.#newest?.changes === true && !thread.changes;
      if (thread.seq > (this.#newest?.seq ?? -1) && !led) this.#newest = thread;
    }
    session.trim(this.#shown);
    this.#soon();
  }

  /** Draws what has changed before the next picture. */
  #soon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    const draw = (): void => {
      this.#drawing = false;
      this.#draw();
    };
    // A page that nobody sees is not drawn, and must not gather what it would draw.
    if (document.hidden) setTimeout(draw, HIDDEN);
    else requestAnimationFrame(draw);
  }

  #draw(): void {
    const session = this.#session;
    this.#column.tell(this.#link, session?.ended);
    if (session === undefined) return;
    this.#column.count(session.total, session.now);
    this.#log.show(this.#changed);
    this.#tellCloud(session);
    if (session.faults !== this.#faultsSeen) {
      this.#faultsSeen = session.faults;
      this.#faults.ask();
    }
    const grown = this.#shown !== undefined && this.#changed.has(this.#shown);
    this.#changed.clear();
    if (grown && this.#growing?.grow() === true) this.#workbench.app?.grow();
    if (this.#following && this.#newest !== this.#shown) this.#lead();
  }

  #tellCloud({ board }: Session): void {
    const servers = board.all.filter(({ thing, mood }) => thing === "server" && mood !== "gone");
    const failed = servers.some(({ mood }) => mood === "error");
    const down = board.dead.length;
    const there = servers.length === 0 ? "" : count(servers.length, "server");
    const words = down > 0 ? `✕ ${String(down)} down` : failed ? `✗ ${there}` : there;
    this.#column.badge("cloud", words, failed || down > 0 ? "bad" : "muted");
    if (this.#column.pane === "cloud") this.#overview.draw(board);
  }

  /** Shows the newest, but not more often than somebody can look. */
  #lead(): void {
    const wait = this.#shownAt + PATIENCE - performance.now();
    if (wait > 0) setTimeout(() => this.#soon(), wait);
    else this.#show(this.#newest);
  }

  #choose(thread: Thread): void {
    this.#follow(false);
    this.#show(thread);
    document.body.dataset["pane"] = "thread";
  }

  #show(thread: Thread | undefined): void {
    const session = this.#session;
    if (session === undefined || thread === undefined || thread === this.#shown) return;
    this.#log.mark(thread);
    this.#shown = thread;
    this.#shownAt = performance.now();
    if (thread.entries.length === 0) {
      this.#growing = undefined;
      this.#workbench.put(
        [el("header", {}, back(), el("h1", {}, thread.title))],
        [
          el(
            "main",
            { class: "welcome" },
            el(
              "p",
              {},
              thread.refused === "" ? "Nothing has followed from this yet." : thread.refused,
            ),
          ),
        ],
      );
      return;
    }
    this.#growing = new Growing(session.header, session.board, thread);
    this.#workbench.show(this.#growing.model, back());
  }

  #follow(on: boolean): void {
    if (on === this.#following) return;
    this.#following = on;
    this.#column.following(on);
    if (on) {
      this.#log.toEnd();
      this.#soon();
    }
  }
}

/** In a narrow place list and sequence take turns. */
const back = (): HTMLElement =>
  button("‹ List", "‹ List of requests", () => delete document.body.dataset["pane"], {
    class: "back",
  });

function skip(): HTMLElement {
  const made = el("a", { class: "skip", href: "#sequence" }, "To the sequence");
  made.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>(".canvas")?.focus();
  });
  return made;
}

new Watching();
