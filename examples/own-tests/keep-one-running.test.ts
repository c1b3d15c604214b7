/**
 * What a test of orchestration code looks like: a keeper that boots a server until one is ACTIVE, and three
 * clouds to try it on. The first is well, one has a hypervisor that fails, and in one a host dies in mid-boot.
 */
import { Cloud, seconds, sleep, type NovaApi, type Op, type Server } from "novasim";
import { describe, expect, it } from "vitest";

/** Boot `name` until one is ACTIVE; what did not become so within two minutes is deleted. @returns its id */
function* keepOneRunning(nova: NovaApi, name: string): Op<string> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { id } = yield* nova.boot({ name, flavor: "m1.nano", image: "cirros" });
    if ((yield* patiently(nova, id)).status === "ACTIVE") return id;
    yield* nova.delete(id);
  }
  throw new Error(`three servers named ${name} did not become ACTIVE`);
}

/** Ask every two seconds, for two minutes at most. */
function* patiently(nova: NovaApi, id: string): Op<Server> {
  for (let asked = 1; ; asked++) {
    const server = yield* nova.show(id);
    if (server.status !== "BUILD" || asked === 60) return server;
    yield* sleep(seconds(2));
  }
}

describe("the keeper", () => {
  it("boots one server where all is well", () => {
    const cloud = new Cloud({ seed: 1 });
    const id = cloud.run(keepOneRunning(cloud.user("demo").nova, "web"));
    expect(cloud.server(id)?.status).toBe("ACTIVE");
  });

  it("tries again when the hypervisor fails, and leaves nothing behind", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ driver: "spawn", host: "compute-1", times: 1, error: "no disk" });
    const id = cloud.run(keepOneRunning(cloud.user("demo").nova, "web"));
    cloud.settle();
    expect(cloud.server(id)).toMatchObject({ status: "ACTIVE", host: "compute-1" });
    expect(cloud.count("ERROR")).toBe(0);
    expect(cloud.leftovers()).toEqual([]);
  });

  it("goes to another host when the first dies in the middle of a boot", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    const keeper = keepOneRunning(cloud.user("demo").nova, "web");
    cloud.spawn("keeper", keeper);
    cloud.advance("1s");
    const first = cloud.server("web");
    expect(first).toMatchObject({ status: "BUILD" });
    cloud.crash(first?.host ?? "");
    cloud.settle();
    expect(cloud.server("web")).toMatchObject({ status: "ACTIVE" });
    expect(cloud.server("web")?.host).not.toBe(first?.host);
    expect(cloud.server(first?.id ?? "")?.status).toBe("DELETED");
  });
});
