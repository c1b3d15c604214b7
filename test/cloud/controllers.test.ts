/** More controllers than one, processes placed by name, and a database that takes its time. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { milliseconds } from "../../src/kernel/index.js";
import type { Entry } from "../../src/timeline/index.js";

const names = (cloud: Cloud): string[] => cloud.actors.map(({ name }) => name);

function askedAt(entries: readonly Entry[], path: string): string[] {
  return entries.flatMap((entry) =>
    entry.kind === "rest.request" && entry.path.startsWith(path) ? [entry.to] : [],
  );
}

describe("controllers", () => {
  it("run one of each process, beside the hosts that compute", () => {
    const cloud = new Cloud({ controllers: 2 });
    for (const binary of ["keystone", "neutron-server", "nova-api", "nova-scheduler"]) {
      expect(names(cloud)).toContain(`${binary}@controller`);
      expect(names(cloud)).toContain(`${binary}@controller-2`);
    }
    expect(names(cloud).filter((name) => name.startsWith("nova-compute"))).toHaveLength(1);
  });

  it("answer in turn to the name of the first, and a dead one is left out", () => {
    const cloud = new Cloud({ controllers: 2 });
    const demo = cloud.user("demo");
    for (let i = 0; i < 3; i++) cloud.run(demo.request("image", "GET", "/v2/images"));
    expect(askedAt(cloud.timeline.entries, "/v2/images")).toEqual([
      ...["glance-api@controller", "glance-api@controller-2", "glance-api@controller"],
    ]);
    cloud.crash("controller");
    for (let i = 0; i < 2; i++) cloud.run(demo.request("image", "GET", "/v2/images"));
    expect(askedAt(cloud.timeline.entries, "/v2/images").slice(3)).toEqual([
      ...["glance-api@controller-2", "glance-api@controller-2"],
    ]);
  });

  it("share what is sent to a topic", () => {
    const cloud = new Cloud({ controllers: 2 });
    const demo = cloud.user("demo");
    for (const name of ["a", "b"]) {
      const options = { name, flavor: "m1.nano", image: "cirros", networks: ["private"] };
      cloud.run(demo.nova.boot(options));
      cloud.settle();
    }
    const taken = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "rpc.delivered" && entry.queue === "scheduler" ? [entry.to] : [],
    );
    expect(new Set(taken)).toEqual(
      new Set(["nova-scheduler@controller", "nova-scheduler@controller-2"]),
    );
    expect(cloud.count("ACTIVE")).toBe(2);
  });

  it("may have one more of a process, on a host of its own", () => {
    const cloud = new Cloud({ services: [{ name: "nova-api", host: "api-2" }] });
    expect(names(cloud).filter((name) => name.startsWith("nova-api"))).toEqual([
      ...["nova-api@controller", "nova-api@api-2"],
    ]);
    const demo = cloud.user("demo");
    for (let i = 0; i < 2; i++) cloud.run(demo.request("compute", "GET", "/limits"));
    const asked = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "rest.request" && entry.path.endsWith("/limits") ? [entry.to] : [],
    );
    expect(asked).toEqual(["nova-api@controller", "nova-api@api-2"]);
  });

  it.each([
    [
      { controllers: 2, services: [{ name: "nova-scheduler", host: "controller-2" }] },
      "services[0]: nova-scheduler runs on controller-2 already",
    ],
    [
      { controllers: 2, computes: [{ name: "controller-2" }] },
      'a compute host cannot be named "controller-2"',
    ],
    [{ controllers: 0 }, "controllers: expected a whole number from 1 to 9, not 0"],
  ])("are refused where they cannot be: %j", (options, words) => {
    expect(() => new Cloud(options)).toThrow(words);
  });
});

describe("a database that takes its time", () => {
  /** Two requests to shelve at one moment, to two APIs. @returns how they were answered */
  function race(min: number, max: number): (number | undefined)[] {
    const latency = { db: { min: milliseconds(min), max: milliseconds(max) } };
    const cloud = new Cloud({ controllers: 2, seed: 3, latency, observer: null });
    const demo = cloud.user("demo");
    const boot = { name: "t", flavor: "m1.nano", image: "cirros", networks: ["private"] };
    cloud.run(demo.nova.boot(boot));
    cloud.settle();
    const path = `/servers/${cloud.id("server", "t") ?? ""}/action`;
    const request = { to: "nova", method: "POST", path, body: { shelve: null } };
    const both = [demo.beginRequest(request), demo.beginRequest(request)];
    cloud.settle();
    return both.map(({ result }) =>
      result.kind === "response" ? result.response.status : undefined,
    );
  }

  it("lets another write between a check and a write: the guard holds, and nobody catches it", () => {
    expect(race(0, 0).sort()).toEqual([202, 409]);
    expect(race(5, 20).sort()).toEqual([202, 500]);
  });
});
