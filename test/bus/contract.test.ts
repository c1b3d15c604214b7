/**
 * One contract types both ends. Each `@ts-expect-error` is a law: were the line beneath it accepted,
 * the type check of the tests would fail.
 */
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  RpcClient,
  call,
  cast,
  clientOf,
  defineRpcApi,
  endpoint,
  type Serves,
} from "../../src/bus/index.js";
import { seconds, type Op } from "../../src/kernel/index.js";
import type { JsonObject } from "../../src/python/index.js";
import { CTXT, World, plain } from "./bed.js";

const api = defineRpcApi({
  topic: "scheduler",
  namespace: "ns",
  version: "3.4",
  clientVersion: "3.0",
  methods: {
    select: call<{ ram: number }, { host: string }[]>(),
    forget: cast<{ host: string }>("3.2"),
  },
});
type Api = typeof api;

class Manager implements Serves<Api, JsonObject> {
  readonly forgotten: string[] = [];
  *select(_ctxt: JsonObject, { ram }: { ram: number }): Op<{ host: string }[]> {
    return [{ host: `h${String(ram)}` }];
  }
  *forget(_ctxt: JsonObject, { host }: { host: string }): Op<void> {
    this.forgotten.push(host);
  }
}

function world() {
  const made = new World();
  const manager = new Manager();
  made.serve("scheduler", "h1", {}, { endpoints: [endpoint(api, manager)] });
  const client = clientOf(api, new RpcClient(made.connect("client@h"), plain));
  return { world: made, manager, client };
}

describe("a server of a contract", () => {
  it("is on the list of the bus with the contract's own methods, until it is gone", () => {
    const { world: w } = world();
    const second = w.serve("scheduler", "h2", {}, { endpoints: [endpoint(api, new Manager())] });
    expect(w.bus.servers()).toMatchObject([
      { topic: "scheduler", server: "h1" },
      { topic: "scheduler", server: "h2" },
    ]);
    expect(w.bus.servers().every(({ contracts }) => contracts[0] === api.methods)).toBe(true);
    second.server.stop();
    expect(w.bus.servers().map(({ server }) => server)).toEqual(["h1"]);
  });
});

describe("a client made from a contract", () => {
  it("calls and casts with the topic, namespace and version of the contract", () => {
    const { world: w, manager, client } = world();
    expect(w.run(client.select(CTXT, { ram: 1 }))).toEqual([{ host: "h1" }]);
    w.run(client.forget(CTXT, { host: "h2" }));
    w.kernel.settle();
    expect(manager.forgotten).toEqual(["h2"]);
    expect([...w.of("rpc.call"), ...w.of("rpc.cast")]).toMatchObject([
      { topic: "scheduler", namespace: "ns", version: "3.0", method: "select", args: { ram: 1 } },
      { topic: "scheduler", namespace: "ns", version: "3.2", method: "forget" },
    ]);
  });

  it("is aimed by prepare, which stacks and leaves its origin as it was", () => {
    const { world: w, client } = world();
    const there = client.prepare({ server: "h1", timeout: seconds(5) });
    w.run(there.prepare({ version: "3.1" }).select(CTXT, { ram: 1 }));
    w.run(there.prepare({ server: undefined }).select(CTXT, { ram: 1 }));
    w.run(client.prepare({ fanout: true }).forget(CTXT, { host: "h2" }));
    w.run(client.select(CTXT, { ram: 1 }));
    const sent = [...w.of("rpc.call"), ...w.of("rpc.fanout")];
    expect(sent.map(({ server, version }) => [server, version])).toEqual([
      ["h1", "3.1"],
      [undefined, "3.0"],
      [undefined, "3.0"],
      [undefined, "3.2"],
    ]);
  });

  it("times out as it was prepared to", () => {
    const { world: w, client } = world();
    const away = client.prepare({ server: "nobody", timeout: seconds(5) });
    expect(() => w.run(away.select(CTXT, { ram: 1 }))).toThrow("Timed out");
    expect(w.kernel.now).toBe(seconds(5));
  });
});

describe("the compiler", () => {
  it("knows results, and refuses wrong arguments and unknown methods", () => {
    const { client } = world();
    expectTypeOf(client.select(CTXT, { ram: 1 })).toEqualTypeOf<Op<{ host: string }[]>>();
    expectTypeOf(client.forget(CTXT, { host: "h" })).toEqualTypeOf<Op<void>>();
    // @ts-expect-error: the contract has no such method
    const unknown: keyof typeof client = "destroy";
    expect(unknown in client).toBe(false);
    const never = (): unknown[] => [
      // @ts-expect-error: `ram` is a number
      client.select(CTXT, { ram: "1" }),
      // @ts-expect-error: `ram` is missing
      client.select(CTXT, {}),
      // @ts-expect-error: there is no `disk`
      client.select(CTXT, { ram: 1, disk: 2 }),
      // @ts-expect-error: a target has no such member
      client.prepare({ host: "h" }),
    ];
    expect(never).toBeTypeOf("function");
  });

  it("refuses a manager that lacks a method or serves it otherwise", () => {
    // @ts-expect-error: `forget` is missing
    class Lacking implements Serves<Api, JsonObject> {
      *select(): Op<{ host: string }[]> {
        return [];
      }
    }
    class Wrong implements Serves<Api, JsonObject> {
      // @ts-expect-error: the result is a list
      *select(): Op<string> {
        return "h1";
      }
      // @ts-expect-error: `host` is a string
      *forget(_ctxt: JsonObject, { host }: { host: number }): Op<void> {
        expect(host).toBeDefined();
      }
    }
    const refused = (): unknown[] => [
      // @ts-expect-error: it does not serve the contract
      endpoint(api, new Lacking()),
      // @ts-expect-error: nor does this
      endpoint(api, new Wrong()),
    ];
    expect(refused).toBeTypeOf("function");
  });

  it("takes what serves the contract and more", () => {
    class More extends Manager {
      *another(): Op<void> {
        yield* [];
      }
    }
    const served = endpoint<Api, JsonObject>(api, new More());
    expect(Object.keys(served.methods)).toEqual(["select", "forget"]);
  });
});
