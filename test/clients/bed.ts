/**
 * A whole cloud from a client's side: the real services, a user who types, and every request that
 * reached them. What a real service cannot be made to answer is in `fake-nova-api.ts`.
 */
import { HttpClient } from "../../src/http/index.js";
import { runCommand, type CommandResult, type NameResolver } from "../../src/clients/index.js";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import { Env, Flags } from "../../src/framework/index.js";
import type { HttpResponse } from "../../src/http/index.js";
import type { Op } from "../../src/kernel/index.js";
import type { Json } from "../../src/python/index.js";
import type { MemoryTimeline } from "../../src/timeline/index.js";

/** How a server's address is asked for, so that it is known beforehand. */
export const ADDRESS = "192.168.1.82";

type RestRequest = Extract<MemoryTimeline["entries"][number], { kind: "rest.request" }>;

export class Bed {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly image: string;
  readonly network: string;
  readonly #env: Env;
  /** Requests of before are none of the test's. */
  #from = 0;

  /** With a server `t2` of flavor m1.nano that is ACTIVE, unless `servers` names others. */
  constructor({ servers = ["t2"], ...options }: CloudSetup & { servers?: string[] } = {}) {
    this.cloud = new Cloud(options);
    const actor = "nova-client@test";
    this.#env = new Env({
      kernel: this.cloud.kernel,
      binary: "nova-client",
      host: "test",
      flags: new Flags({}),
      bus: this.cloud.bus.connect({ actor, exchange: "client" }),
      network: this.cloud.network,
    });
    this.tenant = this.id("project", "admin");
    this.image = this.id("image", "cirros");
    this.network = this.id("network", "private");
    for (const name of servers) this.boot(name, servers.length === 1 ? ADDRESS : undefined);
    this.mark();
  }

  get env(): Env {
    return this.#env;
  }

  id(kind: string, name: string): string {
    const id = this.cloud.id(kind, name);
    if (id === undefined) throw new Error(`there is no ${kind} ${name}`);
    return id;
  }

  get server(): string {
    return this.id("server", "t2");
  }

  /** A server that is through with its build. */
  boot(name: string, address?: string): void {
    const fixed = address === undefined ? "" : `,v4-fixed-ip=${address}`;
    const nic = `net-id=${this.network}${fixed}`;
    this.run(`nova boot '${name}' --flavor 42 --image ${this.image} --nic ${nic}`);
    this.cloud.settle();
  }

  /** One command line of the user `admin`, until it has ended. */
  run(line: string, resolve: NameResolver = () => undefined): CommandResult {
    return this.do(runCommand(this.#env, ADMIN, line, resolve)).result;
  }

  do<T>(op: Op<T>): T {
    const name = "test";
    return this.cloud.kernel.finish(
      this.cloud.kernel.spawn(op, { name, actor: "nova-client@test", awaited: true }),
    );
  }

  /** A request by hand, as `admin`. */
  http(method: string, url: string, body?: Json, token = this.login()): HttpResponse {
    const headers = token === "" ? {} : { "x-auth-token": token };
    return this.do(
      new HttpClient(this.cloud.network, "curl").request(method, url, { headers, body }),
    );
  }

  /** A token of `admin`. */
  login(): string {
    const auth = {
      tenantName: "admin",
      passwordCredentials: { username: "admin", password: "secret" },
    };
    const url = `${ADMIN.authUrl}/tokens`;
    const client = new HttpClient(this.cloud.network, "curl");
    const { body } = this.do(client.request("POST", url, { body: { auth } }));
    return (body as { access: { token: { id: string } } }).access.token.id;
  }

  /** Look only at requests from now on. */
  mark(): void {
    this.#from = this.cloud.timeline.entries.length;
  }

  get #sent(): RestRequest[] {
    return this.cloud.timeline.entries
      .slice(this.#from)
      .filter((entry) => entry.kind === "rest.request")
      .filter(({ from }) => from.startsWith("nova-client@"));
  }

  /** Every request of clients: `GET /servers`, with the version and the tenant's id left out. */
  get requests(): string[] {
    return this.#sent.map(
      ({ method, path }) => `${method} ${path.replace(/^\/v2\/[0-9a-f]{32}/, "")}`,
    );
  }

  /** The bodies of those that had one. */
  get bodies(): Json[] {
    return this.#sent.flatMap(({ body }) =>
      body === undefined || body === null ? [] : [body as Json],
    );
  }

  get headers(): Readonly<Record<string, string>>[] {
    return this.#sent.map(({ headers }) => headers);
  }
}

export const ADMIN = {
  username: "admin",
  password: "secret",
  tenantName: "admin",
  authUrl: "http://controller:5000/v2.0",
};
