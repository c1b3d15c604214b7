/** A receiver shares nothing with its sender, nor with other receivers: what goes over the bus is JSON. */
import { describe, expect, it } from "vitest";
import { Notifier } from "../../src/bus/index.js";
import { CTXT, World, type Handlers } from "./bed.js";

interface Spec {
  hosts: string[];
}

/** Handlers that do what their types forbid: change what they were given. */
const spoiling = (got: string[]): Handlers => ({
  *spoil(_ctxt, { spec }) {
    const { hosts } = spec as Spec;
    got.push(hosts.join(" "));
    hosts.push("spoilt");
    return spec;
  },
});

describe("a handler that changes its arguments", () => {
  it("does not reach its caller (RPC-83 is the fake driver's)", () => {
    const world = new World();
    world.serve("t", "h", spoiling([]));
    const spec: Spec = { hosts: ["h1"] };
    const result = world.run(world.client().call({ topic: "t" }, CTXT, "spoil", { spec }));
    expect(result).toEqual({ hosts: ["h1", "spoilt"] });
    expect(spec).toEqual({ hosts: ["h1"] });
  });

  it("does not reach the other receivers of a fanout", () => {
    const world = new World();
    const got: string[] = [];
    for (const host of ["h1", "h2", "h3"]) world.serve("t", host, spoiling(got));
    const args = { spec: { hosts: ["a"] } };
    world.run(world.client().cast({ topic: "t", fanout: true }, CTXT, "spoil", args));
    world.kernel.settle();
    expect(got).toEqual(["a", "a", "a"]);
    expect(args).toEqual({ spec: { hosts: ["a"] } });
  });
});

describe("a sender that changes what it sent", () => {
  it("does not reach the message, which is on its way", () => {
    const world = new World();
    const got: string[] = [];
    world.serve("t", "h", spoiling(got));
    const client = world.client();
    const spec: Spec = { hosts: ["h1"] };
    world.run(
      (function* () {
        yield* client.cast({ topic: "t" }, CTXT, "spoil", { spec });
        spec.hosts.push("later");
      })(),
    );
    world.kernel.settle();
    expect(got).toEqual(["h1"]);
  });

  it("does not reach the reply, nor an event", () => {
    const world = new World();
    const state: Spec = { hosts: ["h1"] };
    world.serve("t", "h", {
      *get() {
        return state;
      },
    });
    const link = world.connect("t@h");
    const notifier = new Notifier(link, {
      publisherId: "p",
      drivers: ["messaging"],
      topics: ["n"],
    });
    const client = world.client();
    const reply = world.run(
      (function* () {
        yield* notifier.info({ request_id: "r" }, "e", state);
        const got = yield* client.call({ topic: "t" }, CTXT, "get", {});
        state.hosts.push("later");
        return got;
      })(),
    );
    expect(reply).toEqual({ hosts: ["h1"] });
    expect(world.of("notification")).toMatchObject([{ payload: { hosts: ["h1"] } }]);
  });
});

describe("a hostile key", () => {
  it("is a key like any other on the wire, at any depth", () => {
    const world = new World();
    world.serve("t", "h", {
      *echo(_ctxt, args) {
        return [args, ({} as { polluted?: unknown }).polluted ?? null];
      },
    });
    const args = JSON.parse(
      '{"__proto__": {"polluted": 1}, "a": {"constructor": 1, "__proto__": 2}}',
    ) as object;
    const result = world.run(world.client().call({ topic: "t" }, CTXT, "echo", args));
    expect(JSON.stringify(result)).toBe(JSON.stringify([args, null]));
  });
});
