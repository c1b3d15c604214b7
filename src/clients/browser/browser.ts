/**
 * A person's browser at Horizon: one tab, its cookies, the page that it shows and the scripts that run in it. It follows
 * redirects and sends forms back with the token that the site gave it. Images, styles and scripts themselves are not asked for.
 * Upstream: a browser with horizon's static/horizon/js (modals, tables) at 2014.2.
 */
import { ConnectionError, type HttpClient, type HttpResponse } from "../../http/index.js";
import { milliseconds, seconds, sleep, type Kernel, type Op } from "../../kernel/index.js";
import { quotePlus } from "../../python/index.js";
import {
  cookieHeader,
  storeCookies,
  type FormPart,
  type Page,
  type PageMessage,
} from "../../services/horizon/client/index.js";
import type { CommandResult } from "../shell/console.js";
import type { Act, Through } from "./act.js";
import { pageOf, rowOf, stepErrors, toasts } from "./answers.js";
import { filled, NotOnPage, type Pairs } from "./form.js";
import { actionOf, formOf, rowNamed, tablesOf, tabNamed } from "./on-page.js";
import { pageText, showsError } from "./page-text.js";
import { RowPoller } from "./row-poller.js";
import { RELOAD_MS, topologyRows } from "./topology.js";

export interface BrowserOptions {
  readonly kernel: Kernel;
  readonly http: HttpClient;
  readonly actor: string;
  /** `http://controller`. */
  readonly site: string;
  readonly username: string;
  readonly password: string;
}

/** A page and where it is. */
interface Shown {
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

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const SCRIPT = { "x-requested-with": "XMLHttpRequest" };

/** `curl`'s: nobody was there. */
const NO_ANSWER = 7;

export class Browser {
  readonly #options: BrowserOptions;
  readonly #cookies = new Map<string, string>();
  #shown: Shown | undefined;
  #pollers: readonly RowPoller[] = [];
  /** Pages so far: what a script of an earlier one does is for nothing. */
  #visit = 0;
  /** How the page that is shown was come to, if by the page of a row. */
  #trail = "";
  /** By group, the tab that was looked at last. Upstream: the cookie `tabs`. */
  readonly #tabs = new Map<string, string>();

  constructor(options: BrowserOptions) {
    this.#options = options;
  }

  /** Do it, and tell what is on the screen then. Nothing is thrown for what a person can do wrong. */
  *do(act: Act): Op<CommandResult> {
    try {
      return this.#screen(yield* this.#acted(act), act);
    } catch (error) {
      if (error instanceof NotOnPage) return { stdout: "", stderr: `${error.message}\n`, exit: 2 };
      if (!(error instanceof ConnectionError)) throw error;
      return { stdout: "", stderr: `${error.message}\n`, exit: NO_ANSWER };
    }
  }

  *#acted(act: Act): Op<Shown> {
    switch (act.kind) {
      case "sign in": {
        const { username = this.#options.username, password = this.#options.password } = act;
        const { page, path } = yield* this.#open("/");
        const form = formOf(page);
        if (form === undefined) return { page, path, status: 200 };
        return yield* this.#submit(form, filled(form, { username, password }));
      }
      case "sign out":
        return yield* this.#open("/auth/logout/");
      case "open":
        return yield* this.#open(act.path);
      case "follow":
        return yield* this.#through(act.path, act.through);
      case "tab": {
        const { path, through } = act;
        const shown = yield* through === undefined ? this.#at(path) : this.#through(path, through);
        return yield* this.#tab(tabNamed(shown.page, act.tab, path).id);
      }
      case "switch project":
        return yield* this.#open(`/auth/switch/${act.project}/?next=/project/`);
      case "look":
        return this.#now();
      case "watch":
        return yield* this.#watch(act);
      case "click":
        return yield* this.#click(act);
      default:
        return act satisfies never;
    }
  }

  /** What is on the screen: rows as scripts have changed them. */
  #now(): Shown {
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

  *#watch({ row, within }: Act & { readonly kind: "watch" }): Op<Shown> {
    const { kernel } = this.#options;
    const end = kernel.now + within;
    const busy = (): boolean =>
      this.#now().page.parts.some(
        (part) =>
          part.kind === "table" &&
          part.polled &&
          part.rows.some(
            ({ name, status }) => status === "unknown" && (row === undefined || name === row),
          ),
      );
    while (busy() && kernel.now < end) yield* sleep(seconds(1));
    if (busy()) throw new NotOnPage(`watched in vain: ${row ?? "a row"} is still under way`);
    return this.#now();
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
      if (shown.dialogue !== true) return yield* this.#post(shown.path, pairs);
      return yield* this.#dialogue("POST", shown.path, this.#signed(pairs));
    }
    const href = action.href ?? path;
    if (action.modal !== true) return yield* this.#open(href);
    const dialogue = yield* this.#dialogue("GET", href);
    const form = dialogue.dialogue === true ? formOf(dialogue.page) : undefined;
    if (form === undefined || act.fields === undefined) return dialogue;
    return yield* this.#submitDialogue(form, filled(form, act.fields));
  }

  /** The page at `path`, which may be the one that is shown. */
  *#at(path: string): Op<Shown> {
    const shown = this.#shown === undefined ? undefined : this.#now();
    return shown?.path === path ? shown : yield* this.#open(path);
  }

  /** The page, or the dialogue, that a row at `path` leads to. */
  *#through(path: string, { table, row: name, action }: Through): Op<Shown> {
    const trail = JSON.stringify([path, table, name, action]);
    if (this.#trail === trail) return this.#now();
    const list = yield* this.#at(path);
    const row = rowNamed(list.page, name, path, table);
    const link =
      action === undefined
        ? { href: row.href, modal: undefined }
        : actionOf(list.page, { action, path }, [row]);
    if (link.href === undefined) throw new NotOnPage(`"${name}" leads nowhere at ${path}`);
    if (link.modal === true) return yield* this.#dialogue("GET", link.href);
    const shown = yield* this.#open(link.href);
    this.#trail = trail;
    return shown;
  }

  /** A tab is clicked: what is there is shown, what is not is asked for. */
  *#tab(id: string): Op<Shown> {
    const shown = this.#now();
    const { tabs } = shown.page;
    if (tabs === undefined) return shown;
    this.#tabs.set(id.split("__")[0] ?? "", id);
    let parts = shown.page.parts;
    if (tabs.list.some((tab) => tab.id === id && !tab.loaded)) {
      const query = shown.path.includes("?") ? "&" : "?";
      const answer = yield* this.#script("GET", `${shown.path}${query}tab=${id}`);
      if (answer === undefined) return this.#now();
      this.#alert(answer.messages);
      parts = [...parts, ...answer.parts];
    }
    const list = tabs.list.map((tab) => (tab.id === id ? { ...tab, loaded: true } : tab));
    const { page = shown.page } = this.#shown ?? {};
    const chosen = { ...page, parts, tabs: { ...tabs, active: id, list } };
    this.#shown = { ...shown, page: chosen };
    this.#runScripts({ ...shown, page: { ...chosen, parts: parts.slice(page.parts.length) } });
    return this.#now();
  }

  /** Part of a page, over the page that is shown; that page, if the answer led elsewhere. */
  *#dialogue(method: string, path: string, pairs?: Pairs): Op<Shown> {
    const page = yield* this.#script(method, path, pairs);
    return page === undefined ? this.#now() : { path, status: 200, page, dialogue: true };
  }

  /** The form of a dialogue is sent by a script, which is told where to go. */
  *#submitDialogue(form: FormPart, pairs: Pairs): Op<Shown> {
    const signed = this.#signed(pairs);
    // `Next` has the step validated; upstream: horizon.modals.js (init_wizard).
    for (let step = 0; step < (form.wizard ?? 1) - 1; step++) {
      const headers = {
        ...SCRIPT,
        "x-horizon-validate-step-start": String(step),
        "x-horizon-validate-step-end": String(step),
      };
      const wrong = stepErrors(yield* this.#ask("POST", form.action, signed, headers));
      if (wrong.size > 0) return this.#refused(form, pairs, wrong);
    }
    return yield* this.#dialogue("POST", form.action, signed);
  }

  /** The dialogue as it was filled in, with what is wrong in one of its steps. */
  #refused(form: FormPart, pairs: Pairs, wrong: ReadonlyMap<string, readonly string[]>): Shown {
    const fields = form.fields.map((field) => {
      const errors = wrong.get(field.name);
      const written = pairs.find(([name]) => name === field.name)?.[1];
      return {
        ...field,
        ...(written !== undefined && field.multiple !== true && { initial: written }),
        ...(errors !== undefined && { errors }),
      };
    });
    const part = { ...form, fields, errors: wrong.get("__all__") ?? [] };
    const page = { title: form.title, messages: [], parts: [part] };
    return { path: form.action, status: 200, page, dialogue: true };
  }

  *#submit(form: FormPart, pairs: Pairs): Op<Shown> {
    return yield* this.#post(form.action, pairs);
  }

  *#post(path: string, pairs: Pairs): Op<Shown> {
    return yield* this.#load("POST", path, this.#signed(pairs));
  }

  #signed(pairs: Pairs): Pairs {
    return [["csrfmiddlewaretoken", this.#cookies.get("csrftoken") ?? ""], ...pairs];
  }

  *#open(path: string): Op<Shown> {
    return yield* this.#load("GET", path);
  }

  /** The page at `path` is the one that is shown from now on. */
  *#load(method: string, path: string, pairs?: Pairs): Op<Shown> {
    for (const poller of this.#pollers) poller.leave();
    this.#pollers = [];
    this.#trail = "";
    this.#visit++;
    let response = yield* this.#ask(method, path, pairs);
    let at = path;
    for (let redirects = 0; response.status === 302 && redirects < MOST_REDIRECTS; redirects++) {
      at = response.headers["location"] ?? "/";
      response = yield* this.#ask("GET", at);
    }
    const shown = { path: at, status: response.status, page: pageOf(response) };
    this.#shown = shown;
    this.#runScripts(shown);
    const { location, drawing } = shown.page;
    if (drawing !== undefined) yield* this.#draw(drawing);
    return yield* location === undefined ? this.#remembered(this.#now()) : this.#goOn(location);
  }

  /** Once, and then every ten seconds, as long as the page is there and answers come. */
  *#draw(path: string): Op<void> {
    const visit = this.#visit;
    const { kernel, actor } = this.#options;
    const now = String(Math.floor(kernel.now / 1000));
    const rows = topologyRows(yield* this.#ask("GET", `${path}?${now}`, undefined, SCRIPT));
    const shown = this.#shown;
    if (rows === undefined || shown === undefined || visit !== this.#visit) return;
    const parts = shown.page.parts.map((part) =>
      part.kind === "table" ? { ...part, rows } : part,
    );
    this.#shown = { ...shown, page: { ...shown.page, parts } };
    kernel.spawn(this.#drawLater(path, visit), { name: "draw topology", actor, daemon: true });
  }

  *#drawLater(path: string, visit: number): Op<void> {
    yield* sleep(milliseconds(RELOAD_MS));
    if (visit === this.#visit) yield* this.#draw(path);
  }

  /** A file is kept and the page stays; anything else is the next page. */
  *#goOn(path: string): Op<Shown> {
    const { status, headers } = yield* this.#ask("GET", path);
    return status === 302 ? yield* this.#open(headers["location"] ?? "/") : this.#now();
  }

  /** A page of tabs comes back to the one that was looked at last, unless another was asked for. */
  *#remembered(shown: Shown): Op<Shown> {
    const { tabs } = shown.page;
    if (tabs?.sticky !== true || /[?&]tab=/u.test(shown.path)) return shown;
    const last = this.#tabs.get(tabs.active.split("__")[0] ?? "");
    const there = tabs.list.some(({ id }) => id === last && id !== tabs.active);
    return last !== undefined && there ? yield* this.#tab(last) : shown;
  }

  /** What a script asks for: part of a page, or undefined if it led to another page. */
  *#script(method: string, path: string, pairs?: Pairs): Op<Page | undefined> {
    const response = yield* this.#ask(method, path, pairs, SCRIPT);
    const to = response.headers["x-horizon-location"];
    if (to !== undefined) {
      yield* this.#open(to);
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

  *#ask(
    method: string,
    path: string,
    pairs?: Pairs,
    headers: Readonly<Record<string, string>> = {},
  ): Op<HttpResponse> {
    const { http, site } = this.#options;
    const body = pairs?.map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`).join("&");
    const cookie = cookieHeader(this.#cookies);
    const response = yield* http.request(method, `${site}${path}`, {
      headers: {
        ...headers,
        ...(cookie !== "" && { cookie }),
        ...(body !== undefined && FORM),
      },
      ...(body !== undefined && { body }),
    });
    storeCookies(this.#cookies, response.headers["set-cookie"]);
    return response;
  }

  #runScripts({ path, page }: Shown): void {
    const { kernel, actor } = this.#options;
    const more = tablesOf(page)
      .filter(({ polled }) => polled)
      .map((table) => {
        const host = {
          spawn: (name: string, op: Op<void>) => {
            kernel.spawn(op, { name, actor, daemon: true });
          },
          fetch: (asked: string) => this.#update(asked),
          row: rowOf,
        };
        return new RowPoller(host, path, table);
      });
    this.#pollers = [...this.#pollers, ...more];
    for (const poller of more) poller.start();
  }

  *#update(path: string): Op<HttpResponse> {
    const response = yield* this.#ask("GET", path, undefined, SCRIPT);
    this.#alert(toasts(response));
    return response;
  }

  #screen({ status, page }: Shown, act: Act): CommandResult {
    const out = act.kind !== "sign out" && page.title === "Login";
    const wrong = status >= 400 || showsError(page) || out;
    return { stdout: pageText(page), stderr: "", exit: wrong ? 1 : 0 };
  }
}
