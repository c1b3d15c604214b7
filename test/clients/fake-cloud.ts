/**
 * Keystone and nova-api as far as a client can tell: answers shaped as nova §5 and the identity API
 * say, from a few tables. No service of the project takes part.
 */
import { Bus } from "../../src/bus/index.js";
import {
  runCommand,
  type ClientUser,
  type CommandResult,
  type NameResolver,
} from "../../src/clients/index.js";
import { Flags, Env } from "../../src/framework/index.js";
import {
  HttpServer,
  Network,
  Router,
  respond,
  type Addressed,
  type Application,
  type HttpRequest,
  type HttpResponse,
  type Params,
} from "../../src/http/index.js";
import { Kernel, type Op } from "../../src/kernel/index.js";
import type { Json, JsonObject } from "../../src/python/index.js";

interface FakeRoute extends Addressed {
  readonly handler: (request: HttpRequest, params: Params) => Op<HttpResponse>;
}

export const TENANT = "d7beb7f28e0b4f41901215000339361d";
export const IMAGE = "44c37b90-0ec3-460a-bdf2-bd8bb98c9fdf";
export const NETWORK = "b745b2c6-db16-40ab-8ad7-af6da0e5e699";
export const SERVER = "00be783d-bef5-46b1-bfdc-316618c76e92";
export const NEW_SERVER = "5ad7a0b2-3e08-4f0c-a3b4-0b50a1d7f0aa";
export const REQUEST = "req-4be7dc9a-21da-4050-9310-3ee58ca93569";

const NANO = {
  id: "42",
  name: "m1.nano",
  ram: 64,
  disk: 0,
  vcpus: 1,
  swap: "",
  rxtx_factor: 1,
  "OS-FLV-EXT-DATA:ephemeral": 0,
  "OS-FLV-DISABLED:disabled": false,
  "os-flavor-access:is_public": true,
  links: [],
};

export const server = (id: string, name: string, more: JsonObject = {}): JsonObject => ({
  id,
  name,
  status: "ACTIVE",
  tenant_id: TENANT,
  user_id: "u1",
  metadata: {},
  image: { id: IMAGE, links: [] },
  flavor: { id: "42", links: [] },
  created: "2014-09-18T04:03:09Z",
  addresses: { private: [{ addr: "192.168.1.82", version: 4 }] },
  links: [],
  key_name: null,
  security_groups: [{ name: "default" }, { name: "default" }],
  "OS-EXT-STS:task_state": null,
  "OS-EXT-STS:vm_state": "active",
  "OS-EXT-STS:power_state": 1,
  "os-extended-volumes:volumes_attached": [],
  ...more,
});

const DAEMON: JsonObject = {
  id: 1,
  binary: "nova-compute",
  host: "compute-1",
  zone: "nova",
  status: "enabled",
  state: "up",
  updated_at: "2014-09-18T04:03:09.000000",
  disabled_reason: null,
};

export class FakeCloud {
  readonly kernel = new Kernel();
  readonly network = new Network(this.kernel);
  readonly env: Env;
  readonly user: ClientUser = {
    username: "admin",
    password: "secret",
    tenantName: "admin",
    authUrl: "http://controller:5000/v2.0",
  };
  readonly servers = new Map<string, JsonObject>();
  readonly images: JsonObject[] = [
    { id: IMAGE, name: "cirros", status: "ACTIVE", metadata: { os: "linux" }, links: [] },
  ];
  readonly flavors: JsonObject[] = [NANO];
  /** Every request that arrived: `GET /v2/{tenant}/servers`, with the tenant's id left out. */
  readonly requests: string[] = [];
  readonly bodies: Json[] = [];
  readonly headers: Readonly<Record<string, string>>[] = [];
  /** Answers to give instead, by `GET /servers`; used up. */
  readonly faults = new Map<string, HttpResponse>();
  /** What a server becomes each time it is read. */
  statuses: string[] = [];
  valid = "";
  /** No token is good enough. */
  rejecting = false;
  extraEndpoints: JsonObject[] = [];
  readonly nova: HttpServer;
  #tokens = 0;

  constructor() {
    const actor = "nova-client@admin";
    this.env = new Env({
      kernel: this.kernel,
      binary: "nova-client",
      host: "admin",
      flags: new Flags({}),
      bus: new Bus(this.kernel).connect({ actor, exchange: "nova" }),
      network: this.network,
    });
    this.servers.set(SERVER, server(SERVER, "t2"));
    const application =
      (routes: readonly FakeRoute[]) =>
      (request: HttpRequest): Op<HttpResponse> =>
        this.#serve(new Router(routes), request);
    const keystone = application([
      { method: "POST", path: "/v2.0/tokens", handler: (request) => this.#login(request) },
    ]);
    this.#listen("keystone@controller", 5000, keystone);
    this.nova = this.#listen("nova-api@controller", 8774, application(this.#compute()));
  }

  /** Run one command line and let it end. */
  run(line: string, resolve: NameResolver = () => undefined): CommandResult {
    return this.do(runCommand(this.env, this.user, line, resolve)).result;
  }

  do<T>(op: Op<T>): T {
    const thread = this.kernel.spawn(op, { name: "test", actor: "nova-client@admin" });
    this.kernel.settle();
    return thread.result;
  }

  /** `GET /servers` will meet this answer, once. */
  fail(request: string, status: number, key: string, message: string): void {
    const body = { [key]: { code: status, message } };
    this.faults.set(request, respond(status, body, { "x-compute-request-id": REQUEST }));
  }

  #listen(actor: string, port: number, application: Application): HttpServer {
    const listening = new HttpServer(this.network, {
      actor,
      address: `controller:${String(port)}`,
      application,
    });
    listening.start();
    return listening;
  }

  *#serve(router: Router<FakeRoute>, request: HttpRequest): Op<HttpResponse> {
    const short = request.path.replace(`/v2/${TENANT}`, "");
    const line = `${request.method} ${short}`;
    this.requests.push(`${line}${request.query.toString()}`);
    this.headers.push(request.headers);
    if (request.body !== null) this.bodies.push(request.body);
    const fault = this.faults.get(line);
    this.faults.delete(line);
    if (fault !== undefined) return fault;
    if (
      request.path.startsWith("/v2/") &&
      (this.rejecting || request.headers["x-auth-token"] !== this.valid)
    ) {
      return respond(401, "Authentication required");
    }
    const found = router.match(request.method, request.path);
    if (found.route === undefined) return respond(found.status);
    return yield* found.route.handler(request, found.params);
  }

  *#login({ body }: HttpRequest): Op<HttpResponse> {
    const { auth } = body as { auth: { passwordCredentials?: { password: string } } };
    if (auth.passwordCredentials?.password !== "secret") {
      return respond(401, { error: { code: 401, message: "Could not find user", title: "x" } });
    }
    this.valid = `token-${String(++this.#tokens)}`;
    const publicURL = `http://controller:8774/v2/${TENANT}`;
    const endpoints = [{ region: "RegionOne", publicURL }, ...this.extraEndpoints];
    const token = { id: this.valid, expires: "2014-09-18T05:03:09Z", tenant: { id: TENANT } };
    const serviceCatalog = [{ type: "compute", name: "nova", endpoints }];
    return respond(200, { access: { token, serviceCatalog, user: { id: "u1" } } });
  }

  #compute(): FakeRoute[] {
    const at = (method: string, path: string, handler: FakeRoute["handler"]) => ({
      method,
      path: `/v2/{tenant}${path}`,
      handler,
    });
    const one = (key: string, find: (id: string) => JsonObject | undefined) =>
      function* (_: HttpRequest, params: Readonly<Record<string, string>>) {
        const found = find(params["id"] ?? "");
        if (found !== undefined) return respond(200, { [key]: found });
        const message = `The ${key} could not be found.`;
        return respond(404, { itemNotFound: { code: 404, message } }, REQUEST_HEADER);
      };
    const all = (key: string, list: (request: HttpRequest) => JsonObject[]) =>
      function* (request: HttpRequest) {
        return respond(200, { [key]: list(request) });
      };
    const named = ({ query }: HttpRequest): JsonObject[] => {
      const wanted = query.get("name") ?? "";
      return [...this.servers.values()].filter(({ name }) => (name as string).includes(wanted));
    };
    return [
      at("GET", "/servers", all("servers", named)),
      at("GET", "/servers/detail", all("servers", named)),
      at(
        "GET",
        "/servers/{id}",
        one("server", (id) => this.#readServer(id)),
      ),
      at("POST", "/servers", (request) => this.#boot(request)),
      at("POST", "/os-volumes_boot", (request) => this.#boot(request)),
      at("POST", "/servers/{id}/action", function* () {
        return respond(202, null, REQUEST_HEADER);
      }),
      at("DELETE", "/servers/{id}", (_, { id = "" }) => this.#delete(id)),
      at(
        "GET",
        "/flavors",
        all("flavors", () => this.flavors),
      ),
      at(
        "GET",
        "/flavors/detail",
        all("flavors", () => this.flavors),
      ),
      at(
        "GET",
        "/flavors/{id}",
        one("flavor", (id) => this.flavors.find((f) => f["id"] === id)),
      ),
      at(
        "GET",
        "/flavors/{id}/os-extra_specs",
        one("extra_specs", () => ({ "hw:cpu": "1" })),
      ),
      at(
        "GET",
        "/images",
        all("images", () => this.images),
      ),
      at(
        "GET",
        "/images/detail",
        all("images", () => this.images),
      ),
      at(
        "GET",
        "/images/{id}",
        one("image", (id) => this.images.find((i) => i["id"] === id)),
      ),
      at(
        "GET",
        "/os-services",
        all("services", () => [DAEMON]),
      ),
    ];
  }

  #readServer(id: string): JsonObject | undefined {
    const found = this.servers.get(id);
    const status = this.statuses.shift();
    if (found === undefined || status === undefined) return found;
    const fault = { code: 500, message: "No valid host was found. ", created: "now" };
    const now = { ...found, status, ...(status === "ERROR" ? { fault } : { progress: 50 }) };
    this.servers.set(id, now);
    return now;
  }

  *#boot({ body }: HttpRequest): Op<HttpResponse> {
    const { name } = (body as { server: { name: string } }).server;
    this.servers.set(NEW_SERVER, server(NEW_SERVER, name, { status: "BUILD" }));
    const answer = { id: NEW_SERVER, links: [], adminPass: "pOGK5Pz5Yasd" };
    return respond(202, { server: answer }, REQUEST_HEADER);
  }

  *#delete(id: string): Op<HttpResponse> {
    this.servers.delete(id);
    return respond(204, null, REQUEST_HEADER);
  }
}

const REQUEST_HEADER = { "x-compute-request-id": REQUEST };
