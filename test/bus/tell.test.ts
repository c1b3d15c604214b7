/** What a server is told: taken note of at once, with nothing to wait for. */
import { expect, it } from "vitest";
import {
  Bus,
  RpcClient,
  RpcServer,
  clientOf,
  cast,
  defineRpcApi,
  endpoint,
  tell,
  type Serializer,
} from "../../src/bus/index.js";
import { Kernel, type Observation } from "../../src/kernel/index.js";
import { Exception } from "../../src/python/index.js";

const api = defineRpcApi({
  topic: "news",
  version: "1.1",
  methods: {
    heard: tell<{ groups: readonly string[] }>(),
    handled: cast<{ groups: string[] }>(),
  },
});

const serializer: Serializer<null> = {
  serializeContext: () => ({}),
  deserializeContext: () => null,
  deserializeEntity: (_ctxt, value) => value,
};

interface Entry {
  readonly what: Observation;
  readonly cause: number;
}

/** `hosts` that hear the news; what each does with it. */
function world(
  hosts: number,
  hear: (kernel: Kernel, host: number, groups: readonly string[]) => void,
) {
  const entries: Entry[] = [];
  const kernel = new Kernel({
    observer: {
      observe: (_at, what, _detail, cause) => entries.push({ what, cause }) - 1,
    },
  });
  const bus = new Bus(kernel);
  const got: string[][] = [];
  const errors: string[] = [];
  for (let host = 0; host < hosts; host++) {
    const connection = bus.connect({ actor: `agent@h${String(host)}`, exchange: "neutron" });
    const served = endpoint(api, {
      heard: ({ groups }: { groups: readonly string[] }) => {
        hear(kernel, host, groups);
      },
      *handled(_ctxt: unknown, { groups }: { groups: string[] }) {
        groups.push(`seen by ${String(host)}`);
        got.push(groups);
      },
    });
    new RpcServer(connection, {
      topic: "news",
      server: `h${String(host)}`,
      endpoints: [served],
      serializer,
      onError: (error) => errors.push(error.message),
    }).start();
  }
  const client = clientOf(
    api,
    new RpcClient(bus.connect({ actor: "server", exchange: "neutron" }), serializer),
  );
  const all = client.prepare({ fanout: true });
  const send = (method: "heard" | "handled"): void => {
    kernel.spawn(all[method](null, { groups: ["g"] }), { name: method, actor: "server" });
    kernel.settle();
  };
  return { entries, kernel, got, errors, send };
}

it("reaches every host without a greenthread, and what it starts follows from its delivery", () => {
  const threads: number[] = [];
  const { entries, send } = world(3, (kernel, host) => {
    threads.push(kernel.threads().length);
    kernel.spawn(
      (function* () {
        kernel.observe({ kind: "done", actor: `h${String(host)}` });
      })(),
      { name: "work", actor: `h${String(host)}` },
    );
  });
  send("heard");
  // What earlier hosts started is alive, but nobody who handles a message.
  expect(threads).toEqual([0, 1, 2]);
  const delivered = entries.flatMap(({ what }, i) => (what.kind === "rpc.delivered" ? [i] : []));
  const done = entries.filter(({ what }) => what.kind === "done");
  expect(delivered).toHaveLength(3);
  expect(done.map(({ cause }) => cause)).toEqual(delivered);
  expect(done.map(({ what }) => what.actor)).toEqual(["h0", "h1", "h2"]);
});

it("may fail at one host, and the others hear of it all the same", () => {
  const heard: number[] = [];
  const { errors, send } = world(3, (_kernel, host) => {
    if (host === 1) throw new Exception("deaf");
    heard.push(host);
  });
  send("heard");
  expect([heard, errors]).toEqual([[0, 2], ["deaf"]]);
});

it("is not for whoever changes its arguments: a handler's are its own", () => {
  const { got, send } = world(2, () => undefined);
  send("handled");
  expect(got).toEqual([
    ["g", "seen by 0"],
    ["g", "seen by 1"],
  ]);
});
