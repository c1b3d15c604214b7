/** Keystone, and a service behind the token middleware that answers with the headers it was given. */
import {
  WsgiService,
  authToken,
  authTokenFlags,
  type Env,
  type FlagValues,
  type Process,
} from "../../../src/framework/index.js";
import { HttpServer, respond, type Application, type Headers } from "../../../src/http/index.js";
import { keystone } from "../../../src/services/keystone/index.js";
import { SigningFiles } from "../../../src/services/keystone/tokens/signing.js";
import { TestBed } from "../../services/bed.js";
import { seeded } from "../../services/keystone/bed.js";

export const ME = "nova-api@controller";
export const VALIDATION = "GET keystone-all@controller/v3/auth/tokens";
export const DISCOVERY = "GET keystone-all@controller/";
export const LOGIN = "POST keystone-all@controller/v2.0/tokens";

export class GuardedBed extends TestBed {
  readonly database = seeded(this);
  readonly #files = new SigningFiles(this.kernel);
  readonly #keystone: Env;
  readonly #guarded: Env;
  #service: Process;
  #running: Process;

  /** @param keystoneFlags those of Keystone */
  constructor(flags: FlagValues = {}, keystoneFlags: FlagValues = {}) {
    super();
    this.#keystone = this.env("keystone-all", { flags: keystoneFlags });
    this.#running = this.start(keystone(this.#keystone, this.database, this.#files));
    this.#guarded = this.env("nova-api", { flags });
    this.#service = this.#started();
  }

  #started(): Process {
    const env = this.#guarded;
    const echo: Application = function* ({ headers }) {
      const refuse = headers["x-refuse"];
      if (refuse === undefined) return respond(200, headers);
      return respond(401, null, refuse === "" ? {} : { "www-authenticate": refuse });
    };
    const application = authToken(env, authTokenFlags("nova", false))(echo);
    return this.start(new WsgiService(env, { servers: [{ port: 8774, application }] }));
  }

  /** The service, from the start: what it has kept in its memory is gone. */
  restart(): void {
    this.crash(this.#service, this.#guarded);
    this.#service = this.#started();
  }

  token(user = "demo", tenantName: string | undefined = user): string {
    const auth = { passwordCredentials: { username: user, password: "secret" }, tenantName };
    const { body } = this.run(
      this.http.request("POST", "http://controller:5000/v2.0/tokens", { body: { auth } }),
    );
    return (body as { access: { token: { id: string } } }).access.token.id;
  }

  ask(token?: string, headers: Headers = {}) {
    const sent = { ...headers, ...(token !== undefined && { "X-Auth-Token": token }) };
    return this.run(this.http.request("GET", "http://controller:8774/", { headers: sent }));
  }

  /** What the middleware asks of Keystone while `act` goes on. */
  asked(act: () => void): string[] {
    const before = this.requests(ME).length;
    act();
    return this.requests(ME).slice(before);
  }

  /** `warning: words`, oldest first. */
  logs(): string[] {
    return this.of<{ kind: "log"; level: string; message: string }>("log").map(
      ({ level, message }) => `${level}: ${message}`,
    );
  }

  stopKeystone(): void {
    this.crash(this.#running, this.#keystone);
  }

  startKeystone(): void {
    this.#running = this.start(keystone(this.#keystone, this.database, this.#files));
  }

  /** Somebody who gives every request the same answer in Keystone's place. */
  replaceKeystone(status: number): HttpServer {
    this.stopKeystone();
    const broken: Application = function* () {
      return respond(status, { error: {} });
    };
    const options = { actor: "broken", address: "controller:35357", application: broken };
    const server = new HttpServer(this.network, options);
    server.start();
    return server;
  }
}
