/**
 * Keystone and neutron-server with one shared network, compute hosts with L2 agents when asked for,
 * and somebody at Nova's address who takes down the events that come.
 */
import { NetworkNamespaces } from "../../../src/hardware/network-namespaces.js";
import { HttpServer, respond, type HttpResponse } from "../../../src/http/index.js";
import { milliseconds } from "../../../src/kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../src/python/index.js";
import type { Process, Env } from "../../../src/framework/index.js";
import type { AuthRequest } from "../../../src/framework/apiclient/index.js";
import { authenticate, TokenStore } from "../../../src/services/keystone/client.js";
import { KeystoneDatabase, keystone } from "../../../src/services/keystone/index.js";
import { seedIdentity, seedUser } from "../../../src/services/keystone/seed.js";
import { NeutronClient, userToken } from "../../../src/services/neutron/client/index.js";
import { NeutronDatabase } from "../../../src/services/neutron/db/database.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { dhcpAgent } from "../../../src/services/neutron/dhcp/agent.js";
import { ovsAgent } from "../../../src/services/neutron/ovs/agent.js";
import { IntegrationBridge } from "../../../src/hardware/integration-bridge.js";
import { seedNetwork, type SeedNetwork } from "../../../src/services/neutron/seed.js";
import { TestBed, type TestBedOptions } from "../bed.js";

const AUTH_URL = "http://controller:35357/v2.0";
const URL = "http://controller:9696";

export const SERVER = "00000000-0000-4000-8000-000000000001";

export interface Host {
  readonly bridge: IntegrationBridge;
  readonly agent: Process;
  readonly env: Env;
}

const authOf = (username: string, tenantName: string): AuthRequest => ({
  tenantName,
  passwordCredentials: { username, password: "secret" },
});

/** As the project presets them. */
const ML2 = {
  mechanism_drivers: ["openvswitch"],
  tenant_network_types: ["vlan"],
  network_vlan_ranges: ["physnet1:1000:2999"],
};

export class NeutronBed extends TestBed {
  readonly keystone: KeystoneDatabase;
  readonly database: NeutronDatabase;
  readonly network1: string;
  readonly subnet1: string;
  readonly demo: { readonly token: string; readonly project: string };
  readonly admin: NeutronClient;
  readonly user: NeutronClient;
  readonly serverEnv: Env;
  server: Process;
  #adminToken: string | undefined;
  /** Bodies of POST os-server-external-events. */
  readonly events: JsonObject[][] = [];
  /** What Nova answers with. */
  novaAnswers: (events: readonly JsonObject[]) => HttpResponse = (events) =>
    respond(200, { events: events.map((event) => ({ ...event, code: 200 })) });

  constructor(options: TestBedOptions & { readonly seedNetwork?: Partial<SeedNetwork> } = {}) {
    super({ ...options, flags: { ...ML2, ...options.flags } });
    this.keystone = new KeystoneDatabase(this.kernel);
    seedIdentity(this.keystone);
    for (const name of ["nova", "neutron"]) {
      seedUser(this.keystone, { name, project: "service", roles: ["admin"] });
    }
    const owner = seedUser(this.keystone, { name: "admin", roles: ["admin"] }).project.uuid;
    seedUser(this.keystone, { name: "demo" });
    seedUser(this.keystone, { name: "other" });
    this.database = new NeutronDatabase(this.kernel);
    const spec = { name: "private", cidr: "192.168.1.0/24", tenantId: owner };
    const { network, subnet } = seedNetwork(this.database, { ...spec, ...options.seedNetwork });
    this.network1 = network.uuid;
    this.subnet1 = subnet.uuid;
    this.start(keystone(this.env("keystone"), this.keystone));
    this.serverEnv = this.env("neutron-server");
    this.server = this.start(neutronServer(this.serverEnv, this.database));
    this.#nova();
    this.demo = this.login("demo");
    this.user = this.as(this.demo.token);
    const tokens = new TokenStore(this.http, AUTH_URL, authOf("neutron", "service"), "a token");
    this.admin = new NeutronClient({ http: this.http, url: URL, tokens });
  }

  login(name: string): { token: string; project: string } {
    const access = this.run(authenticate(this.http, AUTH_URL, authOf(name, name)));
    return { token: access.token, project: access.tenantId ?? "" };
  }

  as(token: string): NeutronClient {
    return new NeutronClient({ http: this.http, url: URL, tokens: userToken(token) });
  }

  /** A compute host with a running L2 agent that has reported. */
  host(name: string, bridge = new IntegrationBridge(name, this.kernel)): Host {
    const env = this.env("neutron-openvswitch-agent", {
      host: name,
      exchange: "neutron",
    });
    const wirePort = { min: milliseconds(100), max: milliseconds(300) };
    const agent = this.start(ovsAgent(env, bridge, wirePort));
    this.kernel.settle();
    return { bridge, agent, env };
  }

  dhcp(): Env {
    const env = this.env("neutron-dhcp-agent", { exchange: "neutron" });
    this.start(dhcpAgent(env, new NetworkNamespaces()));
    this.kernel.settle();
    return env;
  }

  /** A port as nova-compute makes it. */
  port(host: string, values: JsonObject = {}): JsonObject {
    return this.run(
      this.admin.create("ports", {
        network_id: this.network1,
        device_id: SERVER,
        device_owner: "compute:None",
        tenant_id: this.demo.project,
        "binding:host_id": host,
        ...values,
      }),
    );
  }

  /** A request with any body, and whatever answer there is. */
  ask(method: string, path: string, token: string, body?: Json): HttpResponse {
    const headers = { "x-auth-token": token };
    return this.run(this.http.request(method, `${URL}${path}`, { headers, body }));
  }

  /** What an admin, or whose token it is, is answered: `201`, or `400 HTTPBadRequest: the text`. */
  said(method: string, path: string, body?: Json, token = this.adminToken): string {
    const response = this.ask(method, `/v2.0/${path}`, token, body);
    if (response.status < 400) return String(response.status);
    const { body: answer } = response;
    const error = isObject(answer) ? (answer["NeutronError"] ?? answer["NotImplementedError"]) : {};
    if (!isObject(error) || error["type"] === undefined) {
      return `${String(response.status)} ${JSON.stringify(answer)}`;
    }
    return `${String(response.status)} ${textOf(error, "type")}: ${textOf(error, "message")}`;
  }

  /** The token of somebody who may do everything. */
  get adminToken(): string {
    return (this.#adminToken ??= this.login("admin").token);
  }

  /** Methods called on `q-plugin` so far, reports aside. */
  calls(): string[] {
    return this.of<Rpc>("rpc.call")
      .map(({ method }) => method)
      .filter((method) => method !== "report_state");
  }

  /** Statuses that a port went through after its birth. */
  statuses(id: string): unknown[] {
    return this.of<Db>("db")
      .filter(({ op, table, key }) => op === "update" && table === "ports" && key === id)
      .filter(({ changes }) => changes["status"] !== undefined)
      .map(({ changes }) => changes["status"]?.[1]);
  }

  #nova(): void {
    const application = function* (bed: NeutronBed, request: { body: Json }) {
      const { events } = request.body as { events: JsonObject[] };
      bed.events.push(events);
      return bed.novaAnswers(events);
    };
    new HttpServer(this.network, {
      actor: "nova-api@controller",
      address: "controller:8774",
      application: (request) => application(this, request),
    }).start();
  }
}

interface Rpc {
  readonly kind: "rpc.call";
  readonly method: string;
}

interface Db {
  readonly kind: "db";
  readonly op: string;
  readonly table: string;
  readonly key: string | number;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}
