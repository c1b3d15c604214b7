/**
 * Somebody who uses the cloud: types command lines, or calls the same API from a program. Each user
 * is an actor of its own, `nova-client@demo`. Upstream: a person with an openrc file.
 */
import {
  actText,
  Browser,
  Folder,
  NovaApi,
  Session,
  Transport,
  exchange,
  operatorRpc,
  runCommand,
  type Act,
  type CatalogUrl,
  type CommandResult,
  type NameResolver,
  type RawAnswer,
  type RawRequest,
} from "../clients/index.js";
import type { Bus } from "../bus/index.js";
import type { LooseRpc } from "../vintage/rpc/index.js";
import {
  Env,
  actorName,
  adminContext,
  type Flags,
  type RequestContext,
} from "../framework/index.js";
import { HttpClient, type HttpResponse, type Network } from "../http/index.js";
import type { Json } from "../python/index.js";
import { type Cause, type Greenthread, type Kernel, type Op } from "../kernel/index.js";
import type { Actor, ClientCommand, Screen } from "../timeline/index.js";
import { screenOf } from "./screen.js";

/** Who it is, as Keystone knows it. */
export interface Account {
  readonly name: string;
  readonly project: string;
  readonly password: string;
}

export interface UserContext {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly flags: Flags;
  readonly authUrl: string;
  /** Where browsers go, if there is a site: `http://controller`. */
  readonly site?: string | undefined;
  /** Ids by name, for what people write and clients do not accept. */
  readonly resolve: NameResolver;
  /** Texts of files in the folder in which commands are typed. */
  readonly files: ReadonlyMap<string, string>;
  /** Every service that Keystone is told of, as a user of `project` sees it. */
  readonly catalog: (project: string) => readonly CatalogUrl[];
}

const BINARY = "nova-client";
const BROWSER = "browser";

export class User {
  readonly actor: Actor;
  /** Both that act for it: command lines, and a browser if there is a site for it. */
  readonly actors: readonly Actor[];
  readonly nova: NovaApi;
  /** RPC as in 2011, on the exchange of Nova: what an operator can do, and no client should. */
  readonly rpc: LooseRpc<RequestContext>;
  readonly #account: Account;
  readonly #context: UserContext;
  readonly #env: Env;
  readonly #browser: Browser | undefined;
  /** By the type of the service; a login serves many requests. */
  readonly #sessions = new Map<string, Session>();

  constructor(account: Account, context: UserContext) {
    const { kernel, bus, network, flags, resolve } = context;
    const host = account.name;
    const actor = actorName(BINARY, host);
    this.actor = { name: actor, service: BINARY, project: "client", host };
    this.#account = account;
    this.#context = context;
    this.#env = new Env({
      kernel,
      binary: BINARY,
      host,
      flags,
      network,
      bus: bus.connect({ actor, exchange: "client" }),
    });
    this.nova = new NovaApi(this.#env, this.#credentials, resolve);
    this.rpc = operatorRpc(this.#env);
    this.#browser = this.#openBrowser();
    const browser = { ...this.actor, name: this.#browserActor, service: BROWSER };
    this.actors = this.#browser === undefined ? [this.actor] : [this.actor, browser];
  }

  /** A context that may do everything, for `rpc`; each is a request of its own. */
  adminContext(): RequestContext {
    return adminContext(this.#env);
  }

  /**
   * Ask a service of the catalog, by its type: `demo.request("image", "GET", "/v2/images")`. For
   * what there is no client for. @throws ClientException, EndpointNotFound
   */
  request(serviceType: string, method: string, path: string, body?: Json): Op<HttpResponse> {
    const session = this.#sessions.get(serviceType) ?? this.#session(serviceType);
    this.#sessions.set(serviceType, session);
    return session.request(method, path, body);
  }

  /** Type a command line and wait for its end, driving the cloud. @throws Stalled if it has none */
  command(line: string): CommandResult {
    return this.#context.kernel.finish(this.begin(line));
  }

  /** Type a command line and let no time go by. */
  begin(line: string, cause?: Cause): Greenthread<CommandResult> {
    return this.#context.kernel.spawn(this.#run(line), {
      name: line,
      actor: this.actor.name,
      awaited: true,
      cause,
    });
  }

  /** Make a request as it is, whatever is answered, and let no time go by. */
  beginRequest(request: RawRequest, cause?: Cause): Greenthread<RawAnswer> {
    return this.#context.kernel.spawn(this.#exchange(request), {
      name: `${request.method} ${request.path}`,
      actor: this.actor.name,
      awaited: true,
      cause,
    });
  }

  /** Do something in the browser, and let no time go by. @throws Error if there is no site to go to */
  beginAct(act: Act, cause?: Cause): Greenthread<CommandResult> {
    const browser = this.#browser;
    if (browser === undefined) {
      throw new Error("this cloud has no Horizon: name it under services, as services: [horizon]");
    }
    return this.#context.kernel.spawn(this.#browse(browser, act), {
      name: actText(act),
      actor: this.#browserActor,
      awaited: true,
      cause,
    });
  }

  get #browserActor(): string {
    return actorName(BROWSER, this.#account.name);
  }

  #openBrowser(): Browser | undefined {
    const { kernel, network, site } = this.#context;
    if (site === undefined) return undefined;
    const actor = this.#browserActor;
    const { name: username, password } = this.#account;
    const http = new HttpClient(network, actor);
    return new Browser({ kernel, http, actor, site, username, password });
  }

  #session(serviceType: string): Session {
    const transport = new Transport(this.#env, { userAgent: "novasim" });
    return new Session(transport, this.#credentials, { serviceType });
  }

  *#run(line: string): Op<CommandResult> {
    const { resolve, files } = this.#context;
    const folder = new Folder(`/home/${this.#account.name}`, files);
    const user = this.#credentials;
    const { command, result } = yield* runCommand(this.#env, user, line, resolve, folder);
    this.#tell(command, result);
    return result;
  }

  *#exchange(request: RawRequest): Op<RawAnswer> {
    const { catalog } = this.#context;
    const urls = (): readonly CatalogUrl[] => catalog(this.#account.project);
    const done = yield* exchange(this.#env, this.#credentials, request, urls);
    this.#tell(done.command, done.result);
    return done.answer;
  }

  *#browse(browser: Browser, act: Act): Op<CommandResult> {
    const { result, seen } = yield* browser.do(act);
    const screen = seen === undefined ? undefined : screenOf(seen);
    this.#tell(`horizon: ${actText(act)}`, result, this.#browserActor, screen);
    return result;
  }

  #tell(command: string, result: CommandResult, actor = this.actor.name, screen?: Screen): void {
    this.#context.kernel.observe<ClientCommand>({
      kind: "client",
      actor,
      user: this.#account.name,
      command,
      ...result,
      ...(screen !== undefined && { screen }),
    });
  }

  get #credentials() {
    const { name, password, project } = this.#account;
    return { username: name, password, tenantName: project, authUrl: this.#context.authUrl };
  }
}
