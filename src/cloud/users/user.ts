/**
 * Somebody who uses the cloud: types command lines, clicks in a browser, or calls the same APIs from a program.
 * Each user is an actor of its own, `nova-client@demo`. Upstream: a person with an openrc file.
 */
import {
  actText,
  Browser,
  Folder,
  exchange,
  runCommand,
  type Act,
  type CatalogUrl,
  type CommandResult,
  type RawAnswer,
  type RawRequest,
} from "../../clients/index.js";
import { actorName } from "../../framework/index.js";
import { HttpClient } from "../../http/index.js";
import { assertText, type Cause, type Greenthread, type Op } from "../../kernel/index.js";
import type { Actor, ClientCommand, Screen } from "../../timeline/index.js";
import { ApiUser, type Account, type UserContext } from "./api-user.js";
import { screenOf } from "./screen.js";

const BINARY = "nova-client";
const BROWSER = "browser";

/**
 * A user of a cloud, as `cloud.user("demo")` finds it: clients for programs, and the command line.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * cloud.run(demo.nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * demo.command("nova delete t1").exit; // → 0
 * ```
 */
export class User extends ApiUser {
  readonly actor: Actor;
  /** Both that act for it: command lines, and a browser if there is a site for it. */
  readonly actors: readonly Actor[];
  #files: Map<string, string> | undefined;
  readonly #browser: Browser | undefined;
  /** By the actor's name. */
  readonly #programs = new Map<string, ApiUser>();

  constructor(account: Account, context: UserContext) {
    const host = account.name;
    super(account, context, { binary: BINARY, host });
    this.actor = { name: this.actorName, service: BINARY, project: "client", host };
    this.#browser = this.#openBrowser();
    const browser = { ...this.actor, name: this.#browserActor, service: BROWSER };
    this.actors = this.#browser === undefined ? [this.actor] : [this.actor, browser];
  }

  /**
   * The same account in a program of another name, which is who its requests come from in recordings:
   * `demo.as("evacuator")` asks as `evacuator@controller`. For actors of one's own.
   * @param host default `controller`
   */
  as(binary: string, host = "controller"): ApiUser {
    assertText(binary, "as", 'the name of a program, such as "keeper"');
    assertText(host, "as", "a host as the second argument");
    return this.noted(
      (user) => user.as(binary, host),
      () => {
        const key = actorName(binary, host);
        const same = (cloud: object): unknown => {
          const user = this.context.same(cloud);
          return user instanceof User ? user.as(binary, host) : undefined;
        };
        const program =
          this.#programs.get(key) ??
          new ApiUser(this.account, { ...this.context, same }, { binary, host });
        this.#programs.set(key, program);
        return program;
      },
    );
  }

  /**
   * Type a command line and wait for its end, driving the cloud.
   * @returns what it printed, and its exit code. @throws Stalled if it has no end
   */
  command(line: string): CommandResult {
    assertText(line, "command", 'a command line, such as "nova list"');
    return this.noted(
      (user) => user.command(line),
      () => this.context.kernel.finish(this.begin(line)),
    );
  }

  /** Type a command line and let no time go by. */
  begin(line: string, cause?: Cause): Greenthread<CommandResult> {
    assertText(line, "begin", 'a command line, such as "nova list"');
    return this.noted(
      (user) => user.begin(line, cause),
      () => this.#spawn(this.#run(line), line, this.actor.name, cause),
    );
  }

  /** Make a request as it is, whatever is answered, and let no time go by. */
  beginRequest(request: RawRequest, cause?: Cause): Greenthread<RawAnswer> {
    const name = `${request.method} ${request.path}`;
    return this.noted(
      (user) => user.beginRequest(request, cause),
      () => this.#spawn(this.#exchange(request), name, this.actor.name, cause),
    );
  }

  /** Do something in the browser, and let no time go by. @throws Error if there is no site to go to */
  beginAct(act: Act, cause?: Cause): Greenthread<CommandResult> {
    const browser = this.#browser;
    if (browser === undefined) {
      throw new Error("this cloud has no Horizon: name it under services, as services: [horizon]");
    }
    return this.noted(
      (user) => user.beginAct(act, cause),
      () => this.#spawn(this.#browse(browser, act), actText(act), this.#browserActor, cause),
    );
  }

  get #browserActor(): string {
    return actorName(BROWSER, this.account.name);
  }

  #openBrowser(): Browser | undefined {
    const { kernel, network, site } = this.context;
    if (site === undefined) return undefined;
    const actor = this.#browserActor;
    const { name: username, password } = this.account;
    const http = new HttpClient(network, actor);
    return new Browser({ kernel, http, actor, site, username, password });
  }

  #spawn<T>(op: Op<T>, name: string, actor: string, cause: Cause | undefined): Greenthread<T> {
    return this.context.kernel.spawn(op, { name, actor, awaited: true, cause });
  }

  *#run(line: string): Op<CommandResult> {
    const { resolve, files } = this.context;
    // What its commands write is in its folder from then on.
    this.#files ??= new Map(files);
    const folder = new Folder(`/home/${this.account.name}`, this.#files);
    const { command, result } = yield* runCommand(
      this.env,
      this.credentials,
      line,
      resolve,
      folder,
    );
    this.#tell(command, result);
    return result;
  }

  *#exchange(request: RawRequest): Op<RawAnswer> {
    const { catalog } = this.context;
    const urls = (): readonly CatalogUrl[] => catalog(this.account.project);
    const done = yield* exchange(this.env, this.credentials, request, urls);
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
    this.context.kernel.observe<ClientCommand>({
      kind: "client",
      actor,
      user: this.account.name,
      command,
      ...result,
      ...(screen !== undefined && { screen }),
    });
  }
}
