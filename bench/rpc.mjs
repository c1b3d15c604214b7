/** RPC through the whole bus: contract, connection, broker, pool, dispatch, reply, timeout. */
import {
  Bus,
  RpcClient,
  RpcServer,
  call,
  cast,
  clientOf,
  defineRpcApi,
  endpoint,
} from "../src/bus/index.ts";
import { RequestContext, contextSerializer } from "../src/framework/index.ts";
import { Kernel, sleep } from "../src/kernel/index.ts";
import { Recorder } from "../src/timeline/index.ts";
import { expect } from "./measure.mjs";

const echoApi = defineRpcApi({
  topic: "bench",
  version: "1.4",
  methods: { echo: call(), note: cast() },
});

class Manager {
  notes = 0;
  *echo(_ctxt, { a, b }) {
    return { a, b };
  }
  *note() {
    this.notes++;
  }
}

const ctxt = new RequestContext({
  request_id: "req-1",
  user_id: "c0ffee",
  project_id: "f00d",
  roles: ["member", "reader"],
  timestamp: "2014-09-18T04:03:09.000000",
});

/** Counts lines and forgets them, so that the recorder is measured and not the memory. */
class Counter {
  lines = 0;
  write() {
    this.lines++;
  }
}

function world(recorded) {
  const observer = recorded ? new Recorder(new Counter()) : undefined;
  const kernel = new Kernel({ observer });
  observer?.begin({
    novasim: "",
    scenario: "",
    title: "",
    seed: 1,
    epoch: "",
    actors: [],
    source: null,
  });
  const bus = new Bus(kernel);
  const manager = new Manager();
  const serving = bus.connect({ actor: "server@h", exchange: "nova" });
  new RpcServer(serving, {
    topic: "bench",
    server: "h",
    serializer: contextSerializer,
    endpoints: [endpoint(echoApi, manager)],
  }).start();
  const calling = bus.connect({ actor: "client@h", exchange: "nova" });
  const client = clientOf(echoApi, new RpcClient(calling, contextSerializer));
  return { kernel, client, manager };
}

function calls(clients, recorded) {
  return (n) => {
    const { kernel, client } = world(recorded);
    const each = Math.floor(n / clients);
    let good = 0;
    function* caller() {
      for (let i = 0; i < each; i++) {
        const { a } = yield* client.echo(ctxt, { a: i, b: "x" });
        if (a === i) good++;
      }
    }
    for (let i = 0; i < clients; i++) kernel.spawn(caller(), { name: "caller" });
    kernel.settle();
    expect("round trips", good, each * clients);
    return good;
  };
}

function casts(recorded) {
  return (n) => {
    const { kernel, client, manager } = world(recorded);
    function* caster() {
      for (let i = 0; i < n; i++) {
        yield* client.note(ctxt, { a: i, b: "n" });
        if (i % 64 === 63) yield* sleep(1000);
      }
    }
    kernel.spawn(caster(), { name: "caster" });
    kernel.settle();
    expect("notes", manager.notes, n);
    return n;
  };
}

export const rpcBenches = [
  { name: "rpc: call, 1 client", unit: "round trips", n: 500_000, work: calls(1, false) },
  {
    name: "rpc: call, 10 clients",
    unit: "round trips",
    n: 500_000,
    work: calls(10, false),
    sketch: ["rpc.mjs", "call-copy-C10"],
    peer: "call",
  },
  {
    name: "rpc: call, 10 clients, recorded",
    unit: "round trips",
    n: 500_000,
    work: calls(10, true),
    sketch: ["rpc.mjs", "call-copy-C10"],
    peer: "call",
  },
  { name: "rpc: call, 1,000 clients", unit: "round trips", n: 500_000, work: calls(1000, false) },
  {
    name: "rpc: cast",
    unit: "casts",
    n: 500_000,
    work: casts(false),
    sketch: ["rpc.mjs", "cast-copy-C10"],
    peer: "cast",
  },
  {
    name: "rpc: cast, recorded",
    unit: "casts",
    n: 500_000,
    work: casts(true),
    sketch: ["rpc.mjs", "cast-copy-C10"],
    peer: "cast",
  },
];
