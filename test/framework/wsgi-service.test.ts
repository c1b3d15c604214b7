/** The life of a REST service: messaging B7. */
import { expect, it } from "vitest";
import { WsgiService } from "../../src/framework/index.js";
import type { ServiceEvent } from "../../src/framework/observations.js";
import { respond } from "../../src/http/index.js";
import { milliseconds, seconds, sleep } from "../../src/kernel/index.js";
import { TestBed } from "../services/harness.js";

/** A service on two ports whose answers take a second. */
function listening(): { bed: TestBed; service: WsgiService; crash: () => void } {
  const bed = new TestBed();
  const around = bed.surroundings("keystone");
  const service = new WsgiService(around, {
    ports: [5000, 35357],
    *application({ path }) {
      yield* sleep(seconds(1));
      return respond(200, path);
    },
  });
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
    "Unable to establish connection",
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
  expect(() => cut.result).toThrow("closed the connection");
  const again = bed.surroundings("keystone");
  bed.start(
    new WsgiService(again, {
      ports: [5000],
      *application() {
        yield* [];
        return respond(204);
      },
    }),
  );
  expect(bed.run(bed.http.request("GET", "http://controller:5000/")).status).toBe(204);
});
