/**
 * A whole cloud with everything that there is, and one server in each state that matters, at which
 * junk is thrown. What methods and routes there are is read from the running cloud; what a message
 * or a body looks like when it is right, from what was sent while the servers were made.
 */
import type { Connection, RpcApi } from "../../src/bus/index.js";
import type { MethodSpec } from "../../src/bus/contract.js";
import { Cloud } from "../../src/cloud/cloud.js";
import { contextSerializer } from "../../src/framework/index.js";
import type { DbChange } from "../../src/framework/observations.js";
import { seconds, type Observation, type Op } from "../../src/kernel/index.js";
import { Exception, textOf, type Json, type JsonObject } from "../../src/python/index.js";
import { LooseRpc } from "../../src/vintage/rpc/index.js";
import { contracts } from "../docs/rpc.js";
import { Digest } from "./digest.js";

/** How many in a suite; `npm run junk -- 20000` asks for more. */
export const COUNT = Number(process.env["JUNK"] ?? "600");
/** How many at one cloud: enough that one leaves something for the next to find. */
export const BATCH = 40;
export const SEED = Number(process.env["JUNK_SEED"] ?? "7");

const SERVICES = [
  "nova-exampleservice",
  "nova-network",
  "neutron-l3-agent",
  "neutron-lbaas-agent",
  "cinder",
] as const;

const FLOW = [
  "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private",
  "nova boot t2 --flavor m1.nano --image cirros --nic net-id=private",
  "nova boot t3 --flavor m1.nano --image cirros --nic net-id=private",
  "nova shelve t2",
  "nova stop t3",
  "nova start t3",
  "nova unshelve t2",
  "nova delete t3",
] as const;

/** A method that can be asked for on the bus, of one server. */
export interface Target {
  readonly topic: string;
  readonly server: string;
  readonly exchange: string;
  readonly namespace: string | undefined;
  readonly version: string;
  readonly method: string;
  readonly spec: MethodSpec;
}

/** Arguments that were right, and the request that they were sent for. */
export interface Sample {
  readonly args: JsonObject;
  readonly request: string | undefined;
}

/** One message. */
export interface Junk {
  readonly target: Target;
  readonly kind: "call" | "cast";
  readonly args: JsonObject;
  readonly version: string | undefined;
  readonly namespace: string | undefined;
  readonly method: string;
  /** The request that it claims to be part of. */
  readonly request: string | undefined;
}

/** Keeps the bytes of everything that happens, and the arguments of each method that was right. */
class Watch extends Digest {
  readonly samples = new Map<string, Sample[]>();
  readonly bodies = new Map<string, Json[]>();
  readonly ids = new Set<string>();
  /** By table and column, the types of what was written while all was well; then they are set. */
  readonly #types = new Map<string, Set<string>>();
  readonly misfits = new Set<string>();
  learning = true;
  lastError = "";

  override observe(time: number, what: Observation): number {
    const entry = what as unknown as JsonObject;
    const { kind, args, body, request } = entry;
    const [method, path] = [textOf(entry, "method"), textOf(entry, "path")];
    if (
      (kind === "rpc.call" || kind === "rpc.cast" || kind === "rpc.fanout") &&
      args !== undefined
    ) {
      add(this.samples, method, {
        args: args as JsonObject,
        request: typeof request === "string" ? request : undefined,
      });
    }
    if (kind === "rest.request" && typeof body === "object" && body !== null) {
      add(this.bodies, shapeOf(method, path), body);
    }
    if (kind === "db" && typeof entry["key"] === "string" && this.ids.size < 60) {
      this.ids.add(entry["key"]);
    }
    if (kind === "db") this.#look(entry as unknown as DbChange);
    if (kind === "log" && entry["level"] === "error") this.lastError = textOf(entry, "message");
    return super.observe(time, what);
  }

  #look({ project, table, changes }: DbChange): void {
    for (const [column, [, value]] of Object.entries(changes)) {
      // What is JSON in a column may be any.
      if (value === null || (typeof value === "object" && !Array.isArray(value))) continue;
      const name = `${project}.${table}.${column}`;
      const type = Array.isArray(value) ? "list" : typeof value;
      const types = this.#types.get(name) ?? new Set();
      if (this.learning) this.#types.set(name, types.add(type));
      else if (types.size > 0 && !types.has(type)) this.misfits.add(`${name} is a ${type}`);
    }
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key) ?? [];
  if (list.length < 4) list.push(value);
  map.set(key, list);
}

/** A path without what is particular in it. */
export const shapeOf = (method: string, path: string): string =>
  `${method} ${path.replace(/[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gu, "{id}")}`;

export class JunkBed {
  readonly cloud: Cloud;
  readonly #watch = new Watch();
  readonly #connection: Connection;

  constructor() {
    this.cloud = new Cloud({
      computes: 2,
      seed: 7,
      observer: this.#watch,
      services: SERVICES,
      flags: { "nova-compute": { shelved_offload_time: 0 }, agent: { tunnel_types: ["gre"] } },
    });
    this.#connection = this.cloud.bus.connect({ actor: "junk", exchange: "client" });
    const demo = this.cloud.user("demo");
    for (const line of FLOW) {
      demo.command(line);
      this.cloud.settle();
    }
    this.#balance();
    this.#watch.learning = false;
  }

  /** A pool with a member behind an address. */
  #balance(): void {
    const demo = this.cloud.user("demo");
    const ask = (method: string, path: string, body?: JsonObject): JsonObject => {
      const { body: answer } = this.cloud.run(
        demo.request("network", method, `/v2.0/${path}`, body),
      );
      this.cloud.settle();
      return answer as JsonObject;
    };
    const made = (kind: string, values: JsonObject): string =>
      textOf(ask("POST", `lb/${kind}s`, { [kind]: values })[kind] as JsonObject, "id");
    const [subnet] = ask("GET", "subnets")["subnets"] as readonly JsonObject[];
    const subnet_id = textOf(subnet as JsonObject, "id");
    const pool_id = made("pool", { protocol: "HTTP", lb_method: "ROUND_ROBIN", subnet_id });
    made("vip", { protocol: "HTTP", protocol_port: 80, subnet_id, pool_id });
    made("member", { address: "192.168.1.3", protocol_port: 80, pool_id });
  }

  /** Of everything that has happened. */
  get digest(): string {
    return this.#watch.digest;
  }

  /** Columns that hold what no column of that type holds. */
  misfits(): readonly string[] {
    return [...this.#watch.misfits];
  }

  /** Ids of what there is: servers, ports, groups, tokens. */
  get ids(): readonly string[] {
    return [...this.#watch.ids];
  }

  /** What was logged last as an error. */
  get lastError(): string {
    return this.#watch.lastError;
  }

  /** Arguments that were right, by method. */
  get samples(): ReadonlyMap<string, readonly Sample[]> {
    return this.#watch.samples;
  }

  get bodies(): ReadonlyMap<string, readonly Json[]> {
    return this.#watch.bodies;
  }

  /** Every method of every contract that is served, once for each server. */
  async targets(): Promise<Target[]> {
    const { contracts: written, base } = await contracts();
    const apis = new Map<object, RpcApi>([...written, base].map(({ api }) => [api.methods, api]));
    return this.cloud.bus.servers().flatMap(({ actor, topic, server, contracts: served }) =>
      served.flatMap((methods) => {
        const { namespace, version } = apis.get(methods) as RpcApi;
        const project = actor.split("-", 1)[0] ?? "";
        const exchange = project === "neutron" || project === "cinder" ? project : "nova";
        return Object.entries<MethodSpec>(methods).map(([method, spec]) => {
          return { topic, server, exchange, namespace, version, method, spec };
        });
      }),
    );
  }

  /** Send it, and let the cloud do what it does. @returns the error that the caller is told, or null */
  send({ target, kind, args, version, namespace, method, request }: Junk): string | null {
    const { exchange, topic, server } = target;
    const rpc = new LooseRpc(this.#connection, contextSerializer, { exchange });
    const admin = this.cloud.user("demo").adminContext();
    const ctxt = request === undefined ? admin : admin.with({ request_id: request });
    const message = { method, args, version, namespace };
    const to = `${topic}.${server}`;
    return this.cloud.run(
      (function* (): Op<string | null> {
        try {
          if (kind === "cast") yield* rpc.cast(ctxt, to, message);
          else yield* rpc.call(ctxt, to, message, seconds(5));
          return null;
        } catch (error) {
          if (!(error instanceof Exception)) throw error;
          return `${error.name}: ${error.message}`;
        }
      })(),
    );
  }
}
