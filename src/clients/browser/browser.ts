/**
 * A person's browser at Horizon: one tab, its cookies, the page that it shows and the scripts that run in it. It follows
 * redirects and sends forms back with the token that the site gave it. Images, styles and scripts themselves are not asked for.
 * Upstream: a browser with horizon's static/horizon/js (modals, tables) at 2014.2.
 */
import { ConnectionError, type HttpClient, type HttpResponse } from "../../http/index.js";
import { seconds, sleep, type Kernel, type Op } from "../../kernel/index.js";
import { quotePlus } from "../../python/index.js";
import {
  cookieHeader,
  storeCookies,
  type FormPart,
  type Page,
  type PageAction,
  type PageMessage,
  type PageRow,
  type TablePart,
} from "../../services/horizon/client/index.js";
import { didYouMean } from "../../text/nearest.js";
import type { CommandResult } from "../shell/console.js";
import type { Act } from "./act.js";
import { filled, NotOnPage, type Pairs } from "./form.js";
import { pageText, showsError } from "./page-text.js";
import { RowPoller } from "./row-poller.js";

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
    const parts = shown.page.parts.map(
      (part) =>
        this.#pollers.find(({ table }) => part.kind === "table" && table.name === part.name)
          ?.table ?? part,
    );
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
    let shown = this.#shown === undefined ? undefined : this.#now();
    if (shown?.path !== act.path) shown = yield* this.#open(act.path);
    const rows = act.rows.map((name) => rowNamed(shown.page, name, act));
    const action = actionOf(shown.page, act, rows);
    if (action.post !== undefined) {
      const value = action.post;
      const ids = rows.length > 1 ? rows.map(({ id }) => ["object_ids", id] as const) : [];
      return yield* this.#post(shown.path, [...ids, ["action", value]]);
    }
    const href = action.href ?? act.path;
    if (action.modal !== true) return yield* this.#open(href);
    const dialogue = yield* this.#script("GET", href);
    if (dialogue === undefined) return this.#now();
    const form = formOf(dialogue);
    if (form === undefined) return this.#now();
    if (act.fields === undefined) return { path: href, status: 200, page: dialogue };
    return yield* this.#submitDialogue(form, filled(form, act.fields));
  }

  /** The form of a dialogue is sent by a script, which is told where to go. */
  *#submitDialogue(form: FormPart, pairs: Pairs): Op<Shown> {
    const again = yield* this.#script("POST", form.action, this.#signed(pairs));
    return again === undefined ? this.#now() : { path: form.action, status: 200, page: again };
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
    let response = yield* this.#ask(method, path, pairs);
    let at = path;
    for (let redirects = 0; response.status === 302 && redirects < MOST_REDIRECTS; redirects++) {
      at = response.headers["location"] ?? "/";
      response = yield* this.#ask("GET", at);
    }
    const shown = { path: at, status: response.status, page: pageOf(response) };
    this.#shown = shown;
    this.#runScripts(shown);
    return shown;
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
    const tables = page.parts.filter((part): part is TablePart => part.kind === "table");
    this.#pollers = tables
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
    for (const poller of this.#pollers) poller.start();
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

const NO_PAGE: Page = { title: "", messages: [], parts: [] };

function pageOf({ body }: HttpResponse): Page {
  return isPage(body) ? body : NO_PAGE;
}

/** What comes from Horizon is one, unless a fault has put something else in its place. */
const isPage = (body: unknown): body is Page =>
  typeof body === "object" &&
  body !== null &&
  "title" in body &&
  "messages" in body &&
  "parts" in body;

const isRow = (body: unknown): body is PageRow =>
  typeof body === "object" && body !== null && "id" in body && "cells" in body;

const rowOf = ({ body }: HttpResponse): PageRow | undefined => (isRow(body) ? body : undefined);

/** Upstream: `X-Horizon-Messages`. */
function toasts({ headers }: HttpResponse): PageMessage[] {
  const text = headers["x-horizon-messages"];
  if (text === undefined) return [];
  return (JSON.parse(text) as (readonly [PageMessage[0], string, string])[]).map(([tag, words]) => [
    tag,
    words,
  ]);
}

const formOf = ({ parts }: Page): FormPart | undefined =>
  parts.find((part): part is FormPart => part.kind === "form");

const tablesOf = ({ parts }: Page, name: string | undefined): TablePart[] =>
  parts.filter(
    (part): part is TablePart =>
      part.kind === "table" && (name === undefined || part.name === name),
  );

/** @throws NotOnPage */
function rowNamed(page: Page, name: string, { table, path }: Act & { kind: "click" }): PageRow {
  const rows = tablesOf(page, table).flatMap((one) => one.rows);
  const row = rows.find((one) => one.name === name) ?? rows.find((one) => one.id === name);
  if (row !== undefined) return row;
  const names = rows.map((one) => one.name);
  const there = names.length === 0 ? "It has no rows." : `It has ${names.join(", ")}.`;
  throw new NotOnPage(`there is no row "${name}" at ${path}. ${didYouMean(name, names) ?? there}`);
}

/** @throws NotOnPage */
function actionOf(
  page: Page,
  { action, table, path }: Act & { kind: "click" },
  rows: readonly PageRow[],
): PageAction {
  const [row] = rows;
  const offered =
    row === undefined || rows.length > 1
      ? tablesOf(page, table).flatMap((one) => one.actions)
      : row.actions;
  const plural = action.flatMap((text) => [text, `${text}s`]);
  const found = offered.find(({ text }) =>
    plural.includes(text.replace(/ \(Quota exceeded\)$/u, "")),
  );
  const where = row === undefined ? path : row.name;
  if (found === undefined) {
    const texts = offered.map(({ text }) => text).join(", ");
    throw new NotOnPage(`"${action[0] ?? ""}" is not offered for ${where}: there is ${texts}`);
  }
  if (found.disabled === true) throw new NotOnPage(`"${found.text}" cannot be clicked`);
  return found;
}
