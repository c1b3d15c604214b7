/** The life of a REST service: messaging §B7. */
import { expect, it } from "vitest";
import { Manager, WsgiService, type WsgiServiceOptions } from "../../src/framework/index.js";
import type { ServiceEvent } from "../../src/framework/observations.js";
import { respond, type Application } from "../../src/http/index.js";
import { milliseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { TestBed } from "../services/bed.js";

interface Listening {
  readonly ports: readonly number[];
  readonly application: Application;
  readonly manager?: Manager;
}

/** One application at each of its ports. */
const on = ({ ports, application, ...rest }: Listening): WsgiServiceOptions => ({
  servers: ports.map((port) => ({ port, application })),
  ...rest,
});

/** A service on two ports whose answers take a second. */
function listening(): { bed: TestBed; service: WsgiService; crash: () => void } {
  const bed = new TestBed();
  const around = bed.env("keystone");
  const service = new WsgiService(
    around,
    on({
      ports: [5000, 35357],
      *application({ path }) {
        yield* sleep(seconds(1));
        return respond(200, path);
      },
    }),
  );
  const crash = (): void => {
    bed.crash(service, around);
  };
  return { bed, service: bed.start(service), crash };
}

const events = (bed: TestBed): string[] =>
  bed.of<ServiceEvent>("service").map(({ event, actor }) => `${String(actor)} ${event}`);

it("A REST service listens on each of its ports, and has no record and no heartbeat", () => {
  const { bed } = listening();
  for (const port of [5000, 35357]) {
    const url = `http://controller:${String(port)}/v2.0`;
    expect(bed.run(bed.http.request("GET", url)).body).toBe("/v2.0");
  }
  expect(events(bed)).toEqual(["keystone@controller starting", "keystone@controller started"]);
  expect([bed.of("db"), bed.kernel.pending]).toEqual([[], 0]);
});

it("A REST service that stops answers what it accepted, and then refuses", () => {
  const { bed, service } = listening();
  const accepted = bed.kernel.spawn(bed.http.request("GET", "http://controller:5000/a"), {
    name: "ask",
  });
  bed.wait(milliseconds(500));
  bed.run(service.stop());
  expect(bed.kernel.now).toBeGreaterThan(seconds(1));
  expect(events(bed).slice(2)).toEqual([
    "keystone@controller stopping",
    "keystone@controller stopped",
  ]);
  bed.kernel.settle();
  expect(accepted.result.body).toBe("/a");
  expect(() => bed.run(bed.http.request("GET", "http://controller:35357/"))).toThrow(
    "Max retries exceeded with url",
  );
});

it("A REST service that crashes resets its connections; its successor takes the same ports", () => {
  const { bed, crash } = listening();
  const cut = bed.kernel.spawn(bed.http.request("GET", "http://controller:5000/a"), {
    name: "ask",
    awaited: true,
  });
  bed.wait(milliseconds(500));
  crash();
  bed.kernel.settle();
  expect(() => cut.result).toThrow("Connection aborted.");
  const again = bed.env("keystone");
  bed.start(
    new WsgiService(
      again,
      on({
        ports: [5000],
        *application() {
          yield* [];
          return respond(204);
        },
      }),
    ),
  );
  expect(bed.run(bed.http.request("GET", "http://controller:5000/")).status).toBe(204);
});

const empty = () => respond(204);

it("A REST service on port 0 listens at a port that is free, and says which (SVC-41)", () => {
  const bed = new TestBed();
  const make = (): WsgiService =>
    new WsgiService(
      bed.env("nova-api"),
      on({
        ports: [0, 0],
        *application() {
          return empty();
        },
      }),
    );
  const service = make();
  const ports = [...service.ports];
  bed.start(service);
  expect(service.ports).toEqual(ports);
  expect(new Set(ports).size).toBe(2);
  for (const port of ports) {
    expect(port).toBeGreaterThan(1023);
    const url = `http://controller:${String(port)}/`;
    expect(bed.run(bed.http.request("GET", url)).status).toBe(204);
  }
  expect(make().ports).not.toEqual(ports);
});

it("A REST service takes its ports when it is made, and gives them back if one is taken (B7)", () => {
  const bed = new TestBed();
  const make = (...ports: number[]): WsgiService =>
    new WsgiService(
      bed.env("nova-api"),
      on({
        ports,
        *application() {
          return empty();
        },
      }),
    );
  const first = make(8774);
  expect(() => make(8775, 8774)).toThrow("Address already in use: controller:8774");
  expect(bed.network.at("controller:8775")).toBeUndefined();
  // Who connects before it has started waits in the socket's backlog.
  const early = bed.kernel.spawn(bed.http.request("GET", "http://controller:8774/"), {
    name: "ask",
  });
  bed.wait(seconds(1));
  expect(early.ended).toBe(false);
  bed.start(first);
  bed.kernel.settle();
  expect(early.result.status).toBe(204);
});

it("A REST service that never starts resets who waits for it when it goes", () => {
  const bed = new TestBed();
  const service = new WsgiService(
    bed.env("nova-api"),
    on({
      ports: [8774],
      *application() {
        return empty();
      },
    }),
  );
  const early = bed.kernel.spawn(bed.http.request("GET", "http://controller:8774/"), {
    name: "ask",
    awaited: true,
  });
  bed.wait(seconds(1));
  bed.run(service.stop());
  bed.kernel.settle();
  expect(() => early.result).toThrow("Connection aborted.");
});

it("A REST service's manager is prepared before it accepts, and told after (B5)", () => {
  const bed = new TestBed();
  const calls: string[] = [];
  const around = bed.env("nova-api");
  class MetadataManager extends Manager {
    override endpoints(): [] {
      return [];
    }
    override init_host(): Op<void> {
      return this.#hook("init_host");
    }
    override pre_start_hook(): Op<void> {
      return this.#hook("pre_start_hook");
    }
    override post_start_hook(): Op<void> {
      return this.#hook("post_start_hook");
    }
    *#hook(name: string): Op<void> {
      yield* sleep(seconds(1));
      calls.push(name);
    }
  }
  const service = new WsgiService(
    around,
    on({
      ports: [8775],
      manager: new MetadataManager(around),
      *application() {
        calls.push("request");
        return empty();
      },
    }),
  );
  bed.kernel.spawn(bed.http.request("GET", "http://controller:8775/"), { name: "ask" });
  bed.start(service);
  expect(calls).toEqual(["init_host", "pre_start_hook", "request", "post_start_hook"]);
});
