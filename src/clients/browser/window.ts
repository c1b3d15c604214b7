/**
 * The one tab of a browser: the page that it shows, and the scripts that run in it until it is left. What a person means to do
 * there is not known here. Upstream: a browser with horizon's static/horizon/js (modals, tables, tabs) at 2014.2.
 */
import type { HttpResponse } from "../../http/index.js";
import { milliseconds, sleep, type Kernel, type Op } from "../../kernel/index.js";
import type { Page, PageMessage } from "../../services/horizon/client/index.js";
import { pageOf, rowOf, toasts } from "./answers.js";
import { NotOnPage, type Pairs } from "./form.js";
import { tablesOf } from "./on-page.js";
import { RowPoller } from "./row-poller.js";
import type { Site } from "./site.js";
import { RELOAD_MS, topologyRows } from "./topology.js";

/** A page and where it is. */
export interface Shown {
  readonly path: string;
  readonly status: number;
  readonly page: Page;
  /** It lies over the page: what is done in it, a script does. */
  readonly dialogue?: true;
}

/** More than these, and a browser gives up. */
const MOST_REDIRECTS = 20;

/** What scripts say of an answer that is an error. Upstream: horizon.modals.js. */
const NOT_OPENED = "An error occurred. Please try again later.";
const NOT_SENT = "There was an error submitting the form. Please try again.";

export class BrowserWindow {
  readonly #site: Site;
  readonly #kernel: Kernel;
  readonly #actor: string;
  #shown: Shown | undefined;
  #pollers: readonly RowPoller[] = [];
  /** Pages so far: what a script of an earlier one does is for nothing. */
  #visit = 0;
  /** By group, the tab that was looked at last. Upstream: the cookie `tabs`. */
  readonly #tabs = new Map<string, string>();

  constructor(site: Site, kernel: Kernel, actor: string) {
    this.#site = site;
    this.#kernel = kernel;
    this.#actor = actor;
  }

  /** Which of its pages this is, counted from the first. */
  get visit(): number {
    return this.#visit;
  }

  get isOpen(): boolean {
    return this.#shown !== undefined;
  }

  /** What is on the screen: rows as scripts have changed them. @throws NotOnPage */
  now(): Shown {
    const shown = this.#shown;
    if (shown === undefined) throw new NotOnPage("no page is open: sign in first");
    const parts = shown.page.parts.map((part) => {
      const poller = this.#pollers.find(
        ({ table }) => part.kind === "table" && table.name === part.name,
      );
      return poller === undefined
        ? part
        : { ...poller.table, ...(part.tab !== undefined && { tab: part.tab }) };
    });
    return { ...shown, page: { ...shown.page, parts } };
  }

  open(path: string): Op<Shown> {
    return this.#load("GET", path);
  }

  /** A form of the page is sent, and its answer is the page that is shown. */
  post(path: string, pairs: Pairs): Op<Shown> {
    return this.#load("POST", path, this.#site.signed(pairs));
  }

  /** The page at `path` is the one that is shown from now on. */
  *#load(method: string, path: string, pairs?: Pairs): Op<Shown> {
    for (const poller of this.#pollers) poller.leave();
    this.#pollers = [];
    this.#visit++;
    let response = yield* this.#site.ask(method, path, pairs);
    let at = path;
    for (let redirects = 0; response.status === 302 && redirects < MOST_REDIRECTS; redirects++) {
      at = response.headers["location"] ?? "/";
      response = yield* this.#site.ask("GET", at);
    }
    const shown = { path: at, status: response.status, page: pageOf(response) };
    this.#shown = shown;
    this.#runScripts(shown);
    const { location, drawing } = shown.page;
    if (drawing !== undefined) yield* this.#draw(drawing);
    return yield* location === undefined ? this.#remembered(this.now()) : this.#goOn(location);
  }

  /** A file is kept and the page stays; anything else is the next page. */
  *#goOn(path: string): Op<Shown> {
    const { status, headers } = yield* this.#site.ask("GET", path);
    return status === 302 ? yield* this.open(headers["location"] ?? "/") : this.now();
  }

  /** A page of tabs comes back to the one that was looked at last, unless another was asked for. */
  *#remembered(shown: Shown): Op<Shown> {
    const { tabs } = shown.page;
    if (tabs?.sticky !== true || /[?&]tab=/u.test(shown.path)) return shown;
    const last = this.#tabs.get(tabs.active.split("__")[0] ?? "");
    const there = tabs.list.some(({ id }) => id === last && id !== tabs.active);
    return last !== undefined && there ? yield* this.tab(last) : shown;
  }

  /** A tab is clicked: what is there is shown, what is not is asked for. */
  *tab(id: string): Op<Shown> {
    const shown = this.now();
    const { tabs } = shown.page;
    if (tabs === undefined) return shown;
    this.#tabs.set(id.split("__")[0] ?? "", id);
    let parts = shown.page.parts;
    if (tabs.list.some((tab) => tab.id === id && !tab.loaded)) {
      const query = shown.path.includes("?") ? "&" : "?";
      const answer = yield* this.#script("GET", `${shown.path}${query}tab=${id}`);
      if (answer === undefined) return this.now();
      this.#alert(answer.messages);
      parts = [...parts, ...answer.parts];
    }
    const list = tabs.list.map((tab) => (tab.id === id ? { ...tab, loaded: true } : tab));
    const { page = shown.page } = this.#shown ?? {};
    const chosen = { ...page, parts, tabs: { ...tabs, active: id, list } };
    this.#shown = { ...shown, page: chosen };
    this.#runScripts({ ...shown, page: { ...chosen, parts: parts.slice(page.parts.length) } });
    return this.now();
  }

  /** Part of a page, over the page that is shown; that page, if the answer led elsewhere. */
  *dialogue(method: string, path: string, pairs?: Pairs): Op<Shown> {
    const page = yield* this.#script(method, path, pairs);
    return page === undefined ? this.now() : { path, status: 200, page, dialogue: true };
  }

  /** What a script asks for: part of a page, or undefined if it led to another page. */
  *#script(method: string, path: string, pairs?: Pairs): Op<Page | undefined> {
    const response = yield* this.#site.script(method, path, pairs);
    const to = response.headers["x-horizon-location"];
    if (to !== undefined) {
      yield* this.open(to);
      return undefined;
    }
    const said = toasts(response);
    if (response.status >= 400) {
      if (method !== "GET") this.#alert([["danger", NOT_SENT], ...said]);
      else this.#alert(said.length > 0 ? said : [["danger", NOT_OPENED]]);
      return undefined;
    }
    const page = pageOf(response);
    return { ...page, messages: [...page.messages, ...said] };
  }

  /** More messages, on the page that is shown. */
  #alert(said: readonly PageMessage[]): void {
    if (this.#shown === undefined) return;
    const { page } = this.#shown;
    const more = said.filter(([, text]) => !page.messages.some(([, other]) => other === text));
    this.#shown = { ...this.#shown, page: { ...page, messages: [...page.messages, ...more] } };
  }

  #runScripts({ path, page }: Shown): void {
    const more = tablesOf(page)
      .filter(({ polled }) => polled)
      .map((table) => {
        const host = {
          spawn: (name: string, op: Op<void>) => this.#spawn(name, op),
          fetch: (asked: string) => this.#update(asked),
          row: rowOf,
        };
        return new RowPoller(host, path, table);
      });
    this.#pollers = [...this.#pollers, ...more];
    for (const poller of more) poller.start();
  }

  *#update(path: string): Op<HttpResponse> {
    const response = yield* this.#site.script("GET", path);
    this.#alert(toasts(response));
    return response;
  }

  /** Once, and then every ten seconds, as long as the page is there and answers come. */
  *#draw(path: string): Op<void> {
    const visit = this.#visit;
    const now = String(Math.floor(this.#kernel.now / 1000));
    const rows = topologyRows(yield* this.#site.script("GET", `${path}?${now}`));
    const shown = this.#shown;
    if (rows === undefined || shown === undefined || visit !== this.#visit) return;
    const parts = shown.page.parts.map((part) =>
      part.kind === "table" ? { ...part, rows } : part,
    );
    this.#shown = { ...shown, page: { ...shown.page, parts } };
    this.#spawn("draw topology", this.#drawLater(path, visit));
  }

  *#drawLater(path: string, visit: number): Op<void> {
    yield* sleep(milliseconds(RELOAD_MS));
    if (visit === this.#visit) yield* this.#draw(path);
  }

  /** What nobody waits for. */
  #spawn(name: string, op: Op<void>): void {
    this.#kernel.spawn(op, { name, actor: this.#actor, daemon: true });
  }
}
