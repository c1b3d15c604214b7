/**
 * A bus to test against: clients, servers whose handlers are given as plain functions, and all that
 * was observed. Contexts are plain JSON here; request contexts have tests of their own.
 */
import {
  Bus,
  RpcClient,
  RpcServer,
  endpoint,
  type BusOptions,
  type Connection,
  type ConnectionOptions,
  type Endpoint,
  type RpcApi,
  type RpcServerOptions,
  type Serializer,
} from "../../src/bus/index.js";
import { FaultBoard } from "../../src/faults/index.js";
import {
  Kernel,
  type Cause,
  type Detail,
  type Micros,
  type Observation,
  type Observer,
  type Op,
} from "../../src/kernel/index.js";
import type { JsonObject } from "../../src/python/index.js";

/** An observation as it was published; its place in `World.entries` is its cause number. */
export interface Entry {
  readonly at: Micros;
  readonly what: Observation & Readonly<Record<string, unknown>>;
  readonly detail: Detail;
  readonly cause: Cause;
}

/** A handler's arguments are whatever its test sends. */
export type Args = Readonly<Record<string, unknown>>;
export type Handlers = Readonly<Record<string, (ctxt: JsonObject, args: Args) => Op<unknown>>>;

export const CTXT: JsonObject = { request_id: "req-1", user: "a" };

export const plain: Serializer<JsonObject> = {
  serializeContext: (ctxt) => ctxt,
  deserializeContext: (wire) => wire,
  deserializeEntity: (_ctxt, value) => value,
};

export interface ServeOptions extends Partial<RpcServerOptions<JsonObject>> {
  readonly exchange?: string;
  readonly namespace?: string;
  readonly version?: string;
  readonly connection?: Connection;
}

export class World implements Observer {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly faults: FaultBoard;
  readonly entries: Entry[] = [];

  constructor(options: BusOptions & { seed?: number } = {}) {
    const { seed = 1, ...busOptions } = options;
    this.kernel = new Kernel({ seed, observer: this });
    this.bus = new Bus(this.kernel, busOptions);
    this.faults = new FaultBoard({ bus: this.bus });
  }

  observe(at: Micros, what: Observation, detail: Detail, cause: Cause): Cause {
    // Copied, as an observer must: what it is given may change.
    const kept = structuredClone(what) as Entry["what"];
    return this.entries.push({ at, what: kept, detail, cause }) - 1;
  }

  connect(actor: string, options: Partial<ConnectionOptions> = {}): Connection {
    return this.bus.connect({ actor, exchange: "nova", ...options });
  }

  client(options: Partial<ConnectionOptions> & { actor?: string } = {}): RpcClient<JsonObject> {
    const { actor = "client@h", ...link } = options;
    return new RpcClient(this.connect(actor, link), plain);
  }

  /** A client whose link is at hand. */
  linkedClient(actor: string): { client: RpcClient<JsonObject>; connection: Connection } {
    const connection = this.connect(actor);
    return { client: new RpcClient(connection, plain), connection };
  }

  /** A server of `topic` on `host`, started. */
  serve(topic: string, host: string, handlers: Handlers, options: ServeOptions = {}) {
    const { connection = this.connect(`${topic}@${host}`, options), ...rest } = options;
    const endpoints = [endpointOf(topic, handlers, options)];
    const server = new RpcServer(connection, {
      topic,
      server: host,
      serializer: plain,
      endpoints,
      onError: () => undefined,
      ...rest,
    });
    server.start();
    return { server, connection };
  }

  run<T>(op: Op<T>): T {
    return this.kernel.complete(op, { name: "test", actor: "test" });
  }

  /** Observations of a kind, as they were published. */
  of(kind: string): Entry["what"][] {
    return this.entries.map(({ what }) => what).filter((what) => what.kind === kind);
  }

  /** What waits where, `queue: depth`. */
  depths(): string[] {
    return this.bus
      .queues()
      .filter(({ depth }) => depth > 0)
      .map(({ name, depth }) => `${name}: ${String(depth)}`);
  }
}

/** An endpoint made from handlers, under a contract that lists them all as calls. */
export function endpointOf(
  topic: string,
  handlers: Handlers,
  { namespace, version = "1.0" }: { namespace?: string; version?: string } = {},
): Endpoint<JsonObject> {
  const names = Object.keys(handlers);
  const api: RpcApi = {
    topic,
    version,
    ...(namespace !== undefined && { namespace }),
    methods: Object.fromEntries(names.map((name) => [name, { kind: "call", version: undefined }])),
  };
  return endpoint(api, handlers);
}
