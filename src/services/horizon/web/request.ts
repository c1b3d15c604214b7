/**
 * A request while Horizon serves it, with what Django and Horizon's middleware hang on it: the session, who is logged in, the
 * messages for the person, what has been asked for already. One thread serves it, so that calls to services come one after
 * another. Upstream: Django 1.6 (HttpRequest), horizon/utils/memoized.py, horizon/messages.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { parseQuery, type HttpRequest, type Query } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { User } from "../auth/user.js";
import { cookiesOf, type Cookie, type PageMessage } from "../client/index.js";
import type { MessageTag } from "../client/index.js";
import { Session, type SignedCookies } from "./session.js";

/** The name of the query's key that leads back. */
export const REDIRECT_FIELD_NAME = "next";

export class HorizonRequest {
  readonly env: Env;
  readonly http: HttpRequest;
  readonly cookies: ReadonlyMap<string, string>;
  readonly post: Query;
  readonly session: Session;
  readonly signed: SignedCookies;
  /** What is for the person to read, on this page or on the next. */
  readonly messages: PageMessage[];
  /** What the answer sets beside session and messages. */
  readonly setCookies: Cookie[] = [];
  readonly projects: ProjectCache;
  readonly #memo = new Map<string, unknown>();
  #user: User | undefined;

  constructor(env: Env, http: HttpRequest, signed: SignedCookies, projects: ProjectCache) {
    this.env = env;
    this.http = http;
    this.cookies = cookiesOf(http.headers["cookie"]);
    this.post = parseQuery(typeof http.body === "string" ? http.body : "");
    this.signed = signed;
    this.session = new Session(signed.read(this.cookies.get("sessionid")));
    this.projects = projects;
    this.messages = storedMessages(this.cookies.get("messages"));
    this.#user = User.of(this.session.data);
  }

  get method(): string {
    return this.http.method;
  }

  get path(): string {
    return this.http.path;
  }

  get query(): Query {
    return this.http.query;
  }

  /** With the query. */
  get fullPath(): string {
    return `${this.path}${this.query.toString()}`;
  }

  get ajax(): boolean {
    return this.http.headers["x-requested-with"] === "XMLHttpRequest";
  }

  /** Whoever is logged in. */
  get login(): User | undefined {
    return this.#user;
  }

  /** The same in a view that only they get to. */
  get user(): User {
    if (this.#user === undefined) throw new Error("nobody is logged in");
    return this.#user;
  }

  logIn(user: User | undefined): void {
    this.#user = user;
  }

  /** See that the browser has a token for forms. Upstream: django/middleware/csrf.py (get_token). */
  withCsrfToken(): void {
    if (this.cookies.has("csrftoken")) return;
    if (this.setCookies.some(([name]) => name === "csrftoken")) return;
    this.setCookies.push(["csrftoken", this.signed.csrfToken()]);
  }

  /** Queue a message; the same one is not queued twice. */
  message(tag: MessageTag, text: string): void {
    if (!this.messages.some(([, other]) => other === text)) this.messages.push([tag, text]);
  }

  /** What `op` answers, asked for once in a request. What fails is asked for again. */
  *memoized<T>(key: string, op: () => Op<T>): Op<T> {
    if (this.#memo.has(key)) return this.#memo.get(key) as T;
    const value = yield* op();
    this.#memo.set(key, value);
    return value;
  }
}

/** Projects by token, for the life of the process. Upstream: openstack_auth/utils.py (_PROJECT_CACHE). */
export type ProjectCache = Map<string, readonly { readonly id: string; readonly name: string }[]>;

function storedMessages(cookie: string | undefined): PageMessage[] {
  if (cookie === undefined) return [];
  try {
    return JSON.parse(cookie) as PageMessage[];
  } catch {
    return [];
  }
}
