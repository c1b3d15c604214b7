/**
 * What puts things right afterwards: swift/obj/updater.py, swift/obj/replicator.py,
 * swift/container/updater.py at 2.2.0.
 */
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../../src/kernel/index.js";
import type { Device } from "../../../src/services/swift/ring/ring.js";
import { SwiftBed } from "./bed.js";

const MINUTE = 60_000_000;

function withObject(): SwiftBed {
  const bed = new SwiftBed({ daemons: true });
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/c/o", { body: "x" });
  return bed;
}

/** What the files of an object are, device by device of those that have some. */
const kinds = (bed: SwiftBed, obj: string): Map<number, string[]> =>
  new Map(
    bed.devices.flatMap((node): [number, string[]][] => {
      const files = bed.files(node, bed.account(), "c", obj);
      return files.length === 0 ? [] : [[node.id, files.map((name) => name.replace(/.*\./, ""))]];
    }),
  );

const ids = (nodes: readonly Device[]): number[] => nodes.map(({ id }) => id).sort((a, b) => a - b);

describe("the object-updater", () => {
  it("other-services §5.3: tells the listing what could not be told, to all replicas, and forgets it", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-container-server");
    bed.swift("PUT", "/c/late", { body: "y" });
    for (const { name } of bed.nodes) bed.revive(name, "swift-container-server");
    expect(bed.swift("GET", "/c").body).toBe("o\n");
    bed.wait(11 * MINUTE);
    expect(bed.swift("GET", "/c").body).toBe("late\no\n");
    expect(bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings])).toEqual([]);
    const { primaries } = bed.placed("container", bed.account(), "c");
    for (const node of primaries) {
      const broker = bed.drive(node).containers.get(bed.hashOf(bed.account(), "c"))?.broker;
      expect(broker?.sorted().map(({ name }) => name)).toEqual(["late", "o"]);
    }
  });

  it("keeps what one replica has not taken, and asks only that one again", () => {
    const bed = withObject();
    const { primaries } = bed.placed("container", bed.account(), "c");
    const [down] = primaries as [Device];
    bed.kill(down.ip, "swift-container-server");
    bed.swift("PUT", "/c/late", { body: "y" });
    bed.wait(11 * MINUTE);
    const pendings = bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings.values()]);
    expect(pendings).toHaveLength(1);
    expect(ids(primaries.filter(({ id }) => id !== down.id))).toEqual(
      [...pendings[0]!.successes].sort((a, b) => a - b),
    );
    bed.revive(down.ip, "swift-container-server");
    bed.wait(6 * MINUTE);
    expect(bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings])).toEqual([]);
  });

  it("takes 404 for done: an update to a container that is gone is lost", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-container-server");
    bed.swift("PUT", "/c/late", { body: "y" });
    for (const node of bed.devices) bed.drive(node).containers.clear();
    for (const { name } of bed.nodes) bed.revive(name, "swift-container-server");
    bed.wait(11 * MINUTE);
    expect(bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings])).toEqual([]);
  });
});

describe("the object-replicator", () => {
  it("other-services §5.3: brings home what was put elsewhere, and removes it there", () => {
    const bed = withObject();
    const names = [bed.account(), "c", "new"] as const;
    const { primaries } = bed.placed("object", ...names);
    const [down] = primaries as [Device];
    const disk = bed.nodes.find(({ name }) => name === down.ip)?.disks.get(down.device);
    disk?.fail("dead");
    bed.swift("PUT", "/c/new", { body: "y" });
    expect(kinds(bed, "new").has(down.id)).toBe(false);
    expect(kinds(bed, "new").size).toBe(3);
    disk?.repair("dead");
    bed.wait(3 * MINUTE);
    expect([...kinds(bed, "new").keys()]).toEqual(ids(primaries));
    expect(bed.of<LogLine>("log").map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Removing partition: \/srv\/node\/sd.1\/objects\/\d+$/),
    );
  });

  it("keeps what stands in as long as one primary does not take it", () => {
    const bed = withObject();
    const { primaries } = bed.placed("object", bed.account(), "c", "new");
    const [down] = primaries as [Device];
    bed.nodes
      .find(({ name }) => name === down.ip)
      ?.disks.get(down.device)
      ?.fail("dead");
    bed.swift("PUT", "/c/new", { body: "y" });
    bed.wait(5 * MINUTE);
    expect(kinds(bed, "new").size).toBe(3);
  });

  it("other-services §5.6: replaces what is old on a node that was away", () => {
    const bed = withObject();
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [stale] = primaries as [Device];
    bed.kill(stale.ip);
    bed.wait(1_000_000);
    bed.swift("PUT", "/c/o", { body: "new" });
    bed.revive(stale.ip);
    bed.wait(3 * MINUTE);
    const bodies = new Set(Array.from({ length: 20 }, () => bed.swift("GET", "/c/o").body));
    expect(bodies).toEqual(new Set(["new"]));
    expect([...kinds(bed, "o").values()]).toEqual([["data"], ["data"], ["data"]]);
  });

  it("spreads a tombstone: what came back from the dead dies again", () => {
    const bed = withObject();
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [stale] = primaries as [Device];
    bed.kill(stale.ip);
    bed.wait(1_000_000);
    bed.swift("DELETE", "/c/o");
    bed.revive(stale.ip);
    expect(bed.swift("GET", "/c/o").status).toBe(200);
    bed.wait(3 * MINUTE);
    expect(bed.swift("GET", "/c/o").status).toBe(404);
    expect(kinds(bed, "o").get(stale.id)).toEqual(["ts"]);
  });

  it("other-services §5.3: resurrects what was deleted while a node was away for longer than tombstones are kept", () => {
    const bed = new SwiftBed({ daemons: true, disks: ["sdb1"], flags: { reclaim_age: 60 } });
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o", { body: "x" });
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [stale] = primaries as [Device];
    bed.kill(stale.ip);
    bed.wait(1_000_000);
    bed.swift("DELETE", "/c/o");
    bed.wait(4 * MINUTE);
    bed.revive(stale.ip);
    bed.wait(3 * MINUTE);
    expect(bed.swift("GET", "/c/o").body).toBe("x");
    expect([...kinds(bed, "o").values()]).toEqual([["data"], ["data"], ["data"]]);
  });

  it("spreads what a PUT that failed has left on one node: it succeeds later", () => {
    const bed = new SwiftBed({ daemons: true, disks: ["sdb1"] });
    bed.swift("PUT", "/c");
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [only, ...others] = primaries as [Device, Device, Device];
    bed.swift("PUT", "/c/o", { body: "x" });
    for (const node of others)
      bed
        .drive(node)
        .objects.removePartition(
          bed.rings.open("object").partitionOf(bed.hashOf(bed.account(), "c", "o")),
        );
    expect(ids([only])).toEqual([...kinds(bed, "o").keys()]);
    bed.wait(3 * MINUTE);
    expect([...kinds(bed, "o").keys()]).toEqual(ids(primaries));
  });
});

describe("the container-updater", () => {
  it("other-services §5.3: tells the account how much its containers hold, within two sweeps", () => {
    const bed = withObject();
    expect(bed.swift("HEAD", "").headers).toMatchObject({ "x-account-object-count": "0" });
    bed.wait(11 * MINUTE);
    expect(bed.swift("HEAD", "").headers).toMatchObject({
      "x-account-object-count": "1",
      "x-account-bytes-used": "1",
    });
  });

  it("tells it later if it does not answer", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-account-server");
    bed.wait(6 * MINUTE);
    for (const { name } of bed.nodes) bed.revive(name, "swift-account-server");
    bed.wait(11 * MINUTE);
    expect(bed.swift("HEAD", "").headers).toMatchObject({ "x-account-object-count": "1" });
  });
});
