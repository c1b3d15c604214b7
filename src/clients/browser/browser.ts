/**
 * A person at Horizon: what they click and fill in leads from page to page, by what they see there. How a page is asked for
 * and which scripts run in it, the window says. Images, styles and scripts themselves are not asked for.
 * Upstream: whoever sits in front of it.
 */
import { ConnectionError, type HttpClient } from "../../http/index.js";
import { seconds, sleep, type Kernel, type Op } from "../../kernel/index.js";
import type { FormPart } from "../../services/horizon/client/index.js";
import type { CommandResult } from "../shell/console.js";
import type { Act, Entry, Through } from "./act.js";
import { asWritten, sendDialogue } from "./dialogue.js";
import { filled, NotOnPage, type Pairs } from "./form.js";
import { actionOf, formOf, rowNamed, tabNamed } from "./on-page.js";
import { pageText, showsError } from "./page-text.js";
import type { Seen } from "./seen.js";
import { Site } from "./site.js";
import { BrowserWindow, type Shown } from "./window.js";

export interface BrowserOptions {
  readonly kernel: Kernel;
  readonly http: HttpClient;
  readonly actor: string;
  /** `http://controller`. */
  readonly site: string;
  readonly username: string;
  readonly password: string;
}

/** What came of an act, in words and as what is on the screen then. */
export interface ActResult {
  readonly result: CommandResult;
  readonly seen?: Seen;
}

/** `curl`'s: nobody was there. */
const NO_ANSWER = 7;

export class Browser {
  readonly #options: BrowserOptions;
  readonly #site: Site;
  readonly #window: BrowserWindow;
  /** How a page was come to, if by the page of a row, and which of the window's pages it is. */
  #trail: { readonly way: string; readonly visit: number } | undefined;
  /** The form that was sent last in this act. */
  #sent: FormPart | undefined;

  constructor(options: BrowserOptions) {
    const { http, site, kernel, actor } = options;
    this.#options = options;
    this.#site = new Site(http, site);
    this.#window = new BrowserWindow(this.#site, kernel, actor);
  }

  /** Do it, and tell what is on the screen then. Nothing is thrown for what a person can do wrong. */
  *do(act: Act): Op<ActResult> {
    this.#sent = undefined;
    try {
      return this.#told(yield* this.#acted(act), act);
    } catch (error) {
      if (error instanceof NotOnPage) return failed(`${error.message}\n`, 2);
      if (!(error instanceof ConnectionError)) throw error;
      return failed(`${error.message}\n`, NO_ANSWER);
    }
  }

  *#acted(act: Act): Op<Shown> {
    const window = this.#window;
    switch (act.kind) {
      case "sign in": {
        const { username = this.#options.username, password = this.#options.password } = act;
        const shown = yield* window.open("/");
        const form = formOf(shown.page);
        if (form === undefined) return shown;
        return yield* window.post(form.action, this.#fill(form, { username, password }));
      }
      case "sign out":
        return yield* window.open("/auth/logout/");
      case "open":
        return yield* window.open(act.path);
      case "follow":
        return yield* this.#through(act.path, act.through);
      case "tab": {
        const { path, through } = act;
        const shown = yield* through === undefined ? this.#at(path) : this.#through(path, through);
        return yield* window.tab(tabNamed(shown.page, act.tab, path).id);
      }
      case "switch project":
        return yield* window.open(`/auth/switch/${act.project}/?next=/project/`);
      case "look":
        return window.now();
      case "watch":
        return yield* this.#watch(act);
      case "click":
        return yield* this.#click(act);
      default:
        return act satisfies never;
    }
  }

  *#watch({ row, within }: Act & { readonly kind: "watch" }): Op<Shown> {
    const { kernel } = this.#options;
    const end = kernel.now + within;
    const busy = (): boolean =>
      this.#window
        .now()
        .page.parts.some(
          (part) =>
            part.kind === "table" &&
            part.polled &&
            part.rows.some(
              ({ name, status }) => status === "unknown" && (row === undefined || name === row),
            ),
        );
    while (busy() && kernel.now < end) yield* sleep(seconds(1));
    if (busy()) throw new NotOnPage(`watched in vain: ${row ?? "a row"} is still under way`);
    return this.#window.now();
  }

  *#click(act: Act & { readonly kind: "click" }): Op<Shown> {
    const { path, through, table } = act;
    const shown = yield* through === undefined ? this.#at(path) : this.#through(path, through);
    const rows = act.rows.map((name) => rowNamed(shown.page, name, path, table));
    const action = actionOf(shown.page, act, rows);
    if (action.post !== undefined) {
      const value = action.post;
      const ids = rows.length > 1 ? rows.map(({ id }) => ["object_ids", id] as const) : [];
      const pairs: Pairs = [...ids, ["action", value]];
      if (shown.dialogue !== true) return yield* this.#window.post(shown.path, pairs);
      return yield* this.#window.dialogue("POST", shown.path, this.#site.signed(pairs));
    }
    const href = action.href ?? path;
    if (action.modal !== true) return yield* this.#window.open(href);
    const dialogue = yield* this.#window.dialogue("GET", href);
    const form = dialogue.dialogue === true ? formOf(dialogue.page) : undefined;
    if (form === undefined || act.fields === undefined) return dialogue;
    const sent = yield* sendDialogue(this.#site, this.#window, form, this.#fill(form, act.fields));
    const next = sent.dialogue === true ? formOf(sent.page) : undefined;
    // Another form, and not the same one with what is wrong in it.
    if (act.then === undefined || next === undefined || next.action === form.action) return sent;
    return yield* sendDialogue(this.#site, this.#window, next, this.#fill(next, act.then));
  }

  /** @throws NotOnPage */
  #fill(form: FormPart, entries: Readonly<Record<string, Entry>>): Pairs {
    const pairs = filled(form, entries);
    this.#sent = asWritten(form, pairs);
    return pairs;
  }

  /** The page at `path`, which may be the one that is shown. */
  *#at(path: string): Op<Shown> {
    const shown = this.#window.isOpen ? this.#window.now() : undefined;
    return shown?.path === path ? shown : yield* this.#window.open(path);
  }

  /** The page, or the dialogue, that a row at `path` leads to. */
  *#through(path: string, { table, row: name, action }: Through): Op<Shown> {
    const way = JSON.stringify([path, table, name, action]);
    const window = this.#window;
    if (this.#trail?.way === way && this.#trail.visit === window.visit) return window.now();
    const list = yield* this.#at(path);
    const row = rowNamed(list.page, name, path, table);
    const link =
      action === undefined
        ? { href: row.href, modal: undefined }
        : actionOf(list.page, { action, path }, [row]);
    if (link.href === undefined) throw new NotOnPage(`"${name}" leads nowhere at ${path}`);
    if (link.modal === true) return yield* window.dialogue("GET", link.href);
    const shown = yield* window.open(link.href);
    this.#trail = { way, visit: window.visit };
    return shown;
  }

  #told(shown: Shown, act: Act): ActResult {
    const { status, page } = shown;
    const out = act.kind !== "sign out" && page.title === "Login";
    const wrong = status >= 400 || showsError(page) || out;
    const under = shown.dialogue === true && this.#window.isOpen ? this.#window.now() : shown;
    return {
      result: { stdout: pageText(page), stderr: "", exit: wrong ? 1 : 0 },
      seen: {
        url: `${this.#site.url}${under.path}`,
        page: under.page,
        ...(shown.dialogue === true && { over: page }),
        ...(this.#sent !== undefined && { sent: this.#sent }),
      },
    };
  }
}

const failed = (stderr: string, exit: number): ActResult => ({
  result: { stdout: "", stderr, exit },
});
