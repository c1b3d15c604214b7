/** What a cloud says of itself: by kinds, with types, and never an empty answer to a mistaken question. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { Cloud, DriverError, type PortState, type ServerState } from "../../src/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

function booted(): Cloud {
  const cloud = new Cloud({ seed: 1, computes: 2 });
  cloud.user("demo").command(BOOT);
  cloud.settle();
  return cloud;
}

describe("a question about a cloud", () => {
  it("finds what is stored, by any of its fields", () => {
    const cloud = booted();
    const [server] = cloud.servers({ status: "ACTIVE" });
    expect(server).toMatchObject({ name: "t1", flavor: "m1.nano", power_state: "Running" });
    const [port] = cloud.ports({ device_id: server?.id });
    expect(port).toMatchObject({ status: "ACTIVE", host: server?.host, vif_type: "ovs" });
    expect(cloud.nodes({ host: server?.host ?? "" })).toMatchObject([{ vcpus_used: 1 }]);
    expect(cloud.guests()).toMatchObject([{ server: server?.id, host: server?.host }]);
    expect(cloud.networks().map(({ name }) => name)).toEqual(["private"]);
    expect(cloud.images({ status: "active" }).map(({ name }) => name)).toContain("cirros");
    expect(cloud.servers({ status: "ERROR" })).toEqual([]);
  });

  it("is answered in values that nobody can change, and that do not change", () => {
    const cloud = booted();
    const servers = cloud.servers();
    expect(Object.isFrozen(servers)).toBe(true);
    expect(servers.every((server) => Object.isFrozen(server))).toBe(true);
    cloud.user("demo").command("nova delete t1");
    cloud.settle();
    expect(servers[0]?.status).toBe("ACTIVE");
    expect(cloud.servers()).toEqual([]);
  });

  it("counts what each project has used of its quota", () => {
    const cloud = booted();
    const used = (resource: string) => cloud.quotas("demo", { resource })[0]?.in_use;
    expect([used("instances"), used("cores"), used("ram")]).toEqual([1, 1, 64]);
    expect(cloud.quotas("admin")).toEqual([]);
  });

  it("shows what waits in queues, and who serves which topic", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.stop("nova-scheduler@controller");
    cloud.user("demo").command(BOOT);
    cloud.advance("1s");
    expect(cloud.queues({ name: "scheduler" })).toMatchObject([{ depth: 1, consumers: 0 }]);
    expect(cloud.pools({ topic: "scheduler" })).toEqual([]);
    expect(cloud.pools({ topic: "conductor" })).toMatchObject([{ size: 64 }]);
  });

  it("finds nothing of a project that this cloud does not have", () => {
    const cloud = new Cloud({ seed: 1 });
    const none = [cloud.volumes(), cloud.stacks(), cloud.alarms(), cloud.databases()];
    expect(none).toEqual([[], [], [], []]);
  });

  it("sends no message and draws no chance: the run is the same without it", () => {
    const [asked, left] = [new Cloud({ seed: 1 }), new Cloud({ seed: 1 })];
    for (const cloud of [asked, left]) {
      cloud.user("demo").command(BOOT);
      if (cloud === asked) {
        for (const question of [
          () => cloud.servers(),
          () => cloud.volumes(),
          () => cloud.quotas(),
          () => cloud.explain("t1"),
          () => cloud.leftovers(),
        ]) {
          question();
        }
      }
      cloud.settle();
    }
    expect(asked.timeline.lines).toEqual(left.timeline.lines);
  });

  it.each<[string, (cloud: Cloud) => unknown, string]>([
    [
      "a status",
      (cloud) => cloud.count("ACTVE"),
      'count(): the status of a server is never "ACTVE". Did you mean "ACTIVE"?',
    ],
    [
      "a kind of thing",
      (cloud) => cloud.id("imgae", "cirros"),
      'there are no ids of "imgae" in this cloud. Did you mean "image"?',
    ],
    [
      "a value",
      (cloud) => cloud.servers({ status: "ERORR" }),
      'servers(): status is never "ERORR". Did you mean "ERROR"?',
    ],
    [
      "a field",
      (cloud) => cloud.ports({ devce_id: "x" } as unknown as Partial<PortState>),
      'ports(): there is no field "devce_id". Did you mean "device_id"?',
    ],
    [
      "a project",
      (cloud) => cloud.quotas("dmo"),
      'there is no project "dmo". Did you mean "demo"?',
    ],
    [
      "a topic",
      (cloud) => cloud.inject({ drop: { topic: "conductr" } }),
      'drop: nobody listens at topic "conductr". Did you mean "conductor"?',
    ],
  ])("with a mistyped name of %s is refused, with what was meant", (_, ask, words) => {
    expect(() => ask(new Cloud())).toThrow(new DriverError(words));
  });

  it("has types for what it asks and what is answered", () => {
    const cloud = new Cloud();
    expectTypeOf(cloud.servers()).toEqualTypeOf<readonly ServerState[]>();
    expectTypeOf(cloud.ports()[0]?.status).toEqualTypeOf<PortState["status"] | undefined>();
    // @ts-expect-error: ports are never ACTVE.
    expect(() => cloud.ports({ status: "ACTVE" })).toThrow(DriverError);
  });
});
