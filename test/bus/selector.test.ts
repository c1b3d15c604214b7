/** A fanout whose readers say what they take: who would do nothing is passed over where nobody can tell. */
import { describe, expect, it } from "vitest";
import {
  Bus,
  RpcClient,
  RpcServer,
  Selector,
  clientOf,
  defineRpcApi,
  endpoint,
  tell,
  type Serializer,
  type SubjectsOf,
} from "../../src/bus/index.js";
import { wireFaults } from "../../src/faults/bus/injector.js";
import { Kernel, type Observer } from "../../src/kernel/index.js";

const api = defineRpcApi({
  topic: "news",
  version: "1.1",
  methods: { heard: tell<{ groups: readonly string[] }>() },
});

const serializer: Serializer<null> = {
  serializeContext: () => ({}),
  deserializeContext: () => null,
  deserializeEntity: (_ctxt, value) => value,
};

const groupsOf: SubjectsOf = (message) =>
  message.kind === "request" ? (message.args["groups"] as string[]) : undefined;

const WATCHER: Observer = { observe: () => 0 };

/** Hosts with a selector each, and who heard what is sent. */
class World {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly selectors: Selector[] = [];
  readonly servers: RpcServer<null>[] = [];
  heard: string[] = [];

  constructor(hosts: number, observer?: Observer) {
    this.kernel = new Kernel({ observer });
    this.bus = new Bus(this.kernel);
    for (let i = 0; i < hosts; i++) {
      const selector = new Selector(groupsOf);
      this.selectors.push(selector);
      this.serve(`h${String(i)}`, selector);
    }
  }

  serve(host: string, selector?: Selector): void {
    const heard = (): void => void this.heard.push(host);
    const server = new RpcServer(this.bus.connect({ actor: host, exchange: "neutron" }), {
      topic: "news",
      server: host,
      endpoints: [endpoint(api, { heard })],
      serializer,
      selector,
      onError: () => undefined,
    });
    server.start();
    this.servers.push(server);
  }

  hearing(...groups: string[]): string[] {
    this.heard = [];
    const connection = this.bus.connect({ actor: "server", exchange: "neutron" });
    const all = clientOf(api, new RpcClient(connection, serializer)).prepare({ fanout: true });
    this.kernel.spawn(all.heard(null, { groups }), { name: "heard", actor: "server" });
    this.kernel.settle();
    return this.heard;
  }
}

describe("a message that nobody watches", () => {
  it("comes to who takes one of its subjects, in the order in which they came to the bus", () => {
    const world = new World(4);
    for (const [i, groups] of [["b"], ["a", "b"], ["c"], ["a"]].entries()) {
      world.selectors[i]?.take(groups);
    }
    expect(world.hearing("a")).toEqual(["h1", "h3"]);
    expect(world.hearing("a", "b")).toEqual(["h0", "h1", "h3"]);
    expect(world.hearing("nobody's")).toEqual([]);
    expect(world.hearing()).toEqual([]);
  });

  it("comes to who has not said yet what it takes, or takes everything again", () => {
    const world = new World(3);
    world.selectors[0]?.take(["a"]);
    expect(world.hearing("b")).toEqual(["h1", "h2"]);
    world.selectors[1]?.take([]);
    world.selectors[0]?.takeAll();
    expect(world.hearing("b")).toEqual(["h0", "h2"]);
  });

  it("is for who takes it when it comes, whatever was taken when it was sent", () => {
    const world = new World(2);
    for (const selector of world.selectors) selector.take(["a"]);
    world.selectors[0]?.take(["b"]);
    expect(world.hearing("a")).toEqual(["h1"]);
    world.selectors[0]?.take(["a"]);
    world.selectors[1]?.take(["b"]);
    expect(world.hearing("a")).toEqual(["h0"]);
  });

  it("leaves out who has stopped", () => {
    const world = new World(3);
    for (const selector of world.selectors) selector.take(["a"]);
    world.servers[1]?.stop();
    world.selectors[1]?.takeAll();
    expect(world.hearing("a")).toEqual(["h0", "h2"]);
  });
});

describe("everybody hears all of it", () => {
  const deaf = (world: World): World => {
    for (const selector of world.selectors) selector.take([]);
    return world;
  };

  it("where somebody watches, for whom every delivery is an entry", () => {
    expect(deaf(new World(3, WATCHER)).hearing("a")).toEqual(["h0", "h1", "h2"]);
  });

  it("where faults are wired to the bus, which may hold a message until its reader has changed its mind", () => {
    const world = deaf(new World(3));
    wireFaults(world.bus);
    expect(world.hearing("a")).toEqual(["h0", "h1", "h2"]);
  });

  it("where one of them says nothing, or goes by other subjects", () => {
    const silent = deaf(new World(2));
    silent.serve("stranger");
    expect(silent.hearing("a")).toEqual(["h0", "h1", "stranger"]);
    const other = deaf(new World(2));
    other.serve("stranger", new Selector(() => []));
    expect(other.hearing("a")).toEqual(["h0", "h1", "stranger"]);
  });

  it("where it is not known what a message is about", () => {
    const world = new World(0);
    const nothingKnown: SubjectsOf = () => undefined;
    for (const host of ["h0", "h1"]) {
      const selector = new Selector(nothingKnown);
      selector.take([]);
      world.serve(host, selector);
    }
    expect(world.hearing("a")).toEqual(["h0", "h1"]);
  });
});
