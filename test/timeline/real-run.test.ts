/** The recorder over the real kernel, bus and HTTP: what it makes of them, and that they do not feel it. */
import { HttpClient } from "../../src/http/index.js";
import { describe, expect, it } from "vitest";
import {
  Bus,
  endpoint,
  RpcClient,
  RpcServer,
  type RpcApi,
  type Serializer,
} from "../../src/bus/index.js";
import { HttpServer, Network, respond } from "../../src/http/index.js";
import { Kernel, type Detail, type Op } from "../../src/kernel/index.js";
import type { JsonObject } from "../../src/python/index.js";
import { firstDifference, matchFlow, MemoryTimeline, Recorder } from "../../src/timeline/index.js";
import { renderText } from "../../src/views/index.js";
import { HEADER } from "./fake-run.js";

const serializer: Serializer<JsonObject> = {
  serializeContext: (ctxt) => ctxt,
  deserializeContext: (wire) => wire,
  deserializeEntity: (_ctxt, value) => value,
};
const CTXT: JsonObject = { request_id: "req-1" };
const spec = (kind: "call" | "cast"): RpcApi["methods"][string] => ({ kind, version: undefined });

/** A client asks an API, which casts to a conductor, which calls a scheduler. */
function run(detail: Detail | undefined): {
  lines: readonly string[];
  end: number;
  timeline: MemoryTimeline;
} {
  const timeline = new MemoryTimeline();
  const recorder = detail === undefined ? undefined : new Recorder(timeline, detail);
  recorder?.begin(HEADER);
  const kernel = new Kernel({ seed: 3, observer: recorder });
  const bus = new Bus(kernel);
  const network = new Network(kernel);
  const clientAt = (actor: string): RpcClient<JsonObject> =>
    new RpcClient(bus.connect({ actor, exchange: "nova" }), serializer);
  const serve = (
    topic: string,
    kind: "call" | "cast",
    method: string,
    handler: () => Op<unknown>,
  ): void => {
    const api: RpcApi = { topic, version: "1.0", methods: { [method]: spec(kind) } };
    const endpoints = [endpoint(api, { [method]: handler })];
    const connection = bus.connect({ actor: `nova-${topic}@c1`, exchange: "nova" });
    new RpcServer<JsonObject>(connection, {
      topic,
      server: "c1",
      endpoints: endpoints,
      serializer,
      onError: () => undefined,
    }).start();
  };
  const toScheduler = clientAt("nova-conductor@c1");
  serve("scheduler", "call", "select_destinations", function* () {
    yield* [];
    return [{ host: "h1" }];
  });
  serve("conductor", "cast", "build_instances", function* () {
    yield* toScheduler.call({ topic: "scheduler" }, CTXT, "select_destinations", {});
  });
  const toConductor = clientAt("nova-api@c1");
  new HttpServer(network, {
    actor: "nova-api@c1",
    address: "c1:8774",
    *application() {
      yield* toConductor.cast({ topic: "conductor" }, CTXT, "build_instances", { instances: [] });
      return respond(202);
    },
  }).start();
  const http = new HttpClient(network, "nova-client");
  kernel.run(0);
  kernel.spawn(
    (function* () {
      yield* http.request("POST", "http://c1:8774/v2/t/servers", {
        body: { server: { name: "t3" } },
      });
      yield* http.request("GET", "http://c1:8774/v2/t/servers", {});
    })(),
    { name: "client", actor: "nova-client" },
  );
  kernel.settle();
  return { lines: timeline.lines, end: kernel.now, timeline };
}

describe("a recorded run", () => {
  it("shows the flow that took place", () => {
    const flow = [
      "nova-client -> nova-api POST /v2/{t}/servers 202",
      "nova-api -> nova-conductor cast build_instances",
      "nova-conductor -> nova-scheduler call select_destinations",
    ];
    expect(matchFlow(run("flow").timeline.entries, flow)).toMatchObject({ matched: true });
  });

  it("is the same bytes each time, and takes the same time unrecorded or at full detail", () => {
    const { lines, end } = run("flow");
    expect(firstDifference(lines, run("flow").lines)).toBeUndefined();
    expect([run(undefined).end, run("full").end]).toEqual([end, end]);
  });

  it("is drawn with what each message caused inside it, and the client's next request beside it", () => {
    const text = renderText(run("flow").timeline).split("\n");
    const start = (part: string): number =>
      text.find((line) => line.includes(part))?.indexOf("nova-") ?? -1;
    const parts = [
      "POST /v2/t/servers",
      "cast build_instances",
      "call select_destinations",
      "GET /v2/t/servers",
    ];
    expect(parts.map(start)).toEqual([11, 13, 15, 11]);
  });
});
