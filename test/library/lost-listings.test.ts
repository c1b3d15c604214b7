/**
 * How Juno loses what one service says of another's, each made to happen, and beside it the same state without
 * that cause, which has no name.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { findingText } from "../../src/framework/invariants.js";
import { disks } from "../../src/services/hardware.js";
import { storage } from "../../src/services/swift/project.js";
import { troveDatabase } from "../../src/services/trove/project.js";
import type { ContainerBroker } from "../../src/services/swift/db/container-broker.js";

const FULL = { seed: 1, preset: "full" } as const;

class OpenCloud extends Cloud {
  /** Every replica of a container, and where it is. */
  containers(name: string): { host: string; disk: string; broker: ContainerBroker }[] {
    const { infrastructure } = this.assembly;
    const storages = infrastructure.onNodes(storage);
    return [...infrastructure.onNodes(disks)].flatMap(([host, { all }]) =>
      all.flatMap((disk) =>
        [...(storages.get(host)?.of(disk).containers.values() ?? [])]
          .map(({ broker }) => ({ host, disk: disk.name, broker }))
          .filter(({ broker }) => broker.container === name),
      ),
    );
  }

  get trove() {
    return this.stored(troveDatabase);
  }
}

const found = (cloud: Cloud, kind: string): string[] =>
  cloud
    .invariants()
    .filter(({ invariant }) => invariant === kind)
    .map((finding) =>
      findingText(finding).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/gu, "ID"),
    );

/** An object whose container servers were away when it was stored, and are back: its update waits on a disk. */
function waiting(): OpenCloud {
  const cloud = new OpenCloud(FULL);
  const { swift } = cloud.user("demo");
  cloud.run(swift.createContainer("box"));
  // The proxy remembers for a minute that the container is there.
  cloud.user("demo").command("swift stat box");
  const servers = cloud.actors.filter(({ service }) => service === "swift-container-server");
  for (const { name } of servers) cloud.crash(name);
  cloud.run(swift.put("box", "a", "one"));
  for (const { name } of servers) cloud.start(name);
  return cloud;
}

describe("the listing of a container", () => {
  // swift/container/server.py (DELETE), swift/container/backend.py (is_deleted) at 2.2.0.
  it("is empty while an update waits: the container goes, and comes back with the update", () => {
    const cloud = waiting();
    const { stdout } = cloud.user("demo").command("swift list");
    expect(stdout).toBe("box\n");
    expect(cloud.user("demo").command("swift delete box").exit).toBe(0);
    expect(cloud.containers("box").every(({ broker }) => broker.isDeleted)).toBe(true);
    cloud.advance("15m");
    expect(found(cloud, "listing")).toEqual([]);
    expect(cloud.containers("box").some(({ broker }) => broker.isDeleted)).toBe(false);
  });

  // swift/obj/updater.py at 2.2.0 (process_object_update, object_update): a 404 is as good as done.
  it("never hears of an update that came to disks which had no such container yet (update-to-no-container-lost)", () => {
    const learned = new OpenCloud(FULL);
    learned.run(learned.user("demo").swift.createContainer("box"));
    const primaries = learned.containers("box");
    const cloud = new OpenCloud(FULL);
    for (const { host, disk } of primaries) cloud.inject({ disk, host, is: "dead" });
    const { swift } = cloud.user("demo");
    // Both go to disks that only stand in.
    cloud.run(swift.createContainer("box"));
    cloud.run(swift.put("box", "a", "one"));
    const replicators = cloud.actors.filter(
      ({ service }) => service === "swift-container-replicator",
    );
    for (const { name } of replicators) cloud.crash(name);
    cloud.heal();
    cloud.advance("15m");
    for (const { name } of replicators) cloud.start(name);
    cloud.advance("15m");
    expect(cloud.containers("box").map(({ host, disk }) => `${host} ${disk}`)).toEqual(
      primaries.map(({ host, disk }) => `${host} ${disk}`),
    );
    const lost = "object /AUTH_ID/box/a: is in no listing [update-to-no-container-lost]";
    expect(found(cloud, "listing")).toEqual([`listing (/AUTH_ID/box): ${lost}`]);
  });

  it("that has lost an object of its own accord has no excuse", () => {
    const cloud = new OpenCloud(FULL);
    const { swift } = cloud.user("demo");
    cloud.run(swift.createContainer("box"));
    cloud.run(swift.put("box", "a", "one"));
    cloud.advance("15m");
    expect(found(cloud, "listing")).toEqual([]);
    const replicas = cloud.containers("box");
    expect(replicas.length).toBeGreaterThan(0);
    for (const { broker } of replicas) {
      const [row = expect.fail()] = broker.allRows;
      broker.deleteObject("a", `${row.created_at}_0000000000000001`);
    }
    expect(found(cloud, "listing")).toContain(
      "listing (/AUTH_ID/box): object /AUTH_ID/box/a: is in no listing",
    );
  });
});

describe("the disk of a database instance", () => {
  function made(): OpenCloud {
    const cloud = new OpenCloud({ seed: 1, preset: "full", computes: 1 });
    cloud.user("demo").command("trove create shop 1 --size 1");
    cloud.advance("4m");
    expect(found(cloud, "made")).toEqual([]);
    return cloud;
  }

  // trove/instance/models.py at 2014.2 (load_instance): rows, Nova and the agent are asked, and never Cinder.
  it("may be deleted behind Trove's back (deleted-behind-trove)", () => {
    const cloud = made();
    const demo = cloud.user("demo");
    const [{ compute_instance_id: server, volume_id: volume } = expect.fail()] =
      cloud.trove.instances.find();
    demo.command(`nova volume-detach ${server ?? ""} ${volume ?? ""}`);
    cloud.settle();
    expect(demo.command(`cinder delete ${volume ?? ""}`).exit).toBe(0);
    cloud.settle();
    expect(found(cloud, "made")).toEqual([
      "made (trove.instances): the disk of database instance ID: there is no volume ID [deleted-behind-trove]",
    ]);
  });

  it("that never was has no excuse", () => {
    const cloud = made();
    const [{ uuid } = expect.fail()] = cloud.trove.instances.find();
    cloud.trove.instances.update(uuid, { volume_id: "gone" });
    expect(found(cloud, "made")).toEqual([
      "made (trove.instances): the disk of database instance ID: there is no volume gone",
    ]);
  });
});
