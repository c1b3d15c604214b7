/**
 * Databases of accounts and containers that are brought together again: swift/common/db_replicator.py,
 * swift/container/replicator.py at 2.2.0.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/python/index.js";
import { metadataOf } from "../../../src/services/swift/db/metadata.js";
import type { Drive } from "../../../src/services/swift/disks/storage.js";
import type { Device } from "../../../src/services/swift/ring/ring.js";
import { SwiftBed } from "./bed.js";

const MINUTE = 60_000_000;

const daemons = { daemons: true } as const;

/** The names in each replica of the container `c`. */
function listings(bed: SwiftBed): (string[] | undefined)[] {
  const hash = bed.hashOf(bed.account(), "c");
  return bed.placed("container", bed.account(), "c").primaries.map((node) =>
    drive(bed, node)
      .containers.get(hash)
      ?.broker.sorted()
      .map(({ name }) => name),
  );
}

const drive = (bed: SwiftBed, node: Device): Drive => bed.drive(node);

const lose = (bed: SwiftBed, node: Device, ...names: string[]): void => {
  const { accounts, containers } = bed.drive(node);
  (names.length === 1 ? accounts : containers).delete(bed.hashOf(...names));
};

describe("the container-replicator", () => {
  it("other-services §5.3: sends rows that another replica has not, within a minute or two", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/a", { body: "1" });
    bed.wait(2 * MINUTE);
    const [stale] = bed.placed("container", bed.account(), "c").primaries;
    const hash = bed.hashOf(bed.account(), "c");
    const before = bed.drive(stale!).containers.get(hash)!.broker.copy();
    for (const name of ["b", "d", "e"]) bed.swift("PUT", `/c/${name}`, { body: "1" });
    const { partition } = bed.drive(stale!).containers.get(hash)!;
    bed.drive(stale!).containers.set(hash, { partition, broker: before });
    expect(listings(bed)[0]).toEqual(["a"]);
    bed.wait(1.5 * MINUTE);
    expect(listings(bed)).toEqual(Array.from({ length: 3 }, () => ["a", "b", "d", "e"]));
  });

  it("copies the whole file to a disk that has nothing, with an id of its own", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c", { headers: { "x-container-meta-colour": "blue" } });
    bed.swift("PUT", "/c/a", { body: "1" });
    const { primaries } = bed.placed("container", bed.account(), "c");
    lose(bed, primaries[1]!, bed.account(), "c");
    bed.forget();
    bed.wait(1.5 * MINUTE);
    expect(listings(bed)).toEqual([["a"], ["a"], ["a"]]);
    const hash = bed.hashOf(bed.account(), "c");
    const brokers = primaries.map((node) => bed.drive(node).containers.get(hash)!.broker);
    expect(new Set(brokers.map(({ id }) => id)).size).toBe(3);
    expect(new Set(brokers.map((broker) => broker.hash)).size).toBe(1);
    expect(brokers[1]?.shownMetadata()).toEqual([["x-container-meta-colour", "blue"]]);
    expect(bed.requests().filter((line) => line.includes("/container/"))).toContainEqual(
      expect.stringMatching(/^PUT swift-rsync@storage-\d\/container\/sd.1\/tmp\/[0-9a-f-]{36}$/),
    );
  });

  it("takes in what the other has where that has less than half", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    const { primaries } = bed.placed("container", bed.account(), "c");
    const hash = bed.hashOf(bed.account(), "c");
    const put = (node: Device, name: string): void => {
      bed
        .drive(node)
        .containers.get(hash)!
        .broker.putObject({
          ...{ name, created_at: "1411013000.00000", size: 1, content_type: "a/b" },
          ...{ etag: "x", deleted: 0 },
        });
    };
    for (const name of ["a", "b", "d", "e", "f"]) put(primaries[0]!, name);
    put(primaries[1]!, "own");
    bed.wait(2 * MINUTE);
    const all = ["a", "b", "d", "e", "f", "own"];
    expect(listings(bed)).toEqual([all, all, all]);
  });

  it("brings a deleted container back to life by a row that comes late", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    const { primaries } = bed.placed("container", bed.account(), "c");
    const hash = bed.hashOf(bed.account(), "c");
    bed
      .drive(primaries[2]!)
      .containers.get(hash)!
      .broker.putObject({
        ...{ name: "late", created_at: "1411013000.00000", size: 1, content_type: "a/b" },
        ...{ etag: "x", deleted: 0 },
      });
    expect(bed.swift("DELETE", "/c").status).toBe(204);
    bed.wait(2 * MINUTE);
    expect(listings(bed)).toEqual([["late"], ["late"], ["late"]]);
    expect(bed.swift("GET", "/c").body).toBe("late\n");
  });

  it("brings home what a handoff has, and removes it there", () => {
    const bed = new SwiftBed(daemons);
    const { primaries, handoffs } = bed.placed("container", bed.account(), "c");
    const heal = bed.fault({ disk: primaries[0]!.device, host: primaries[0]!.ip });
    bed.swift("PUT", "/c");
    const hash = bed.hashOf(bed.account(), "c");
    const holders = (): number[] =>
      bed.devices.filter((node) => bed.drive(node).containers.has(hash)).map(({ id }) => id);
    expect(holders()).toContain(handoffs[0]!.id);
    heal();
    bed.wait(2 * MINUTE);
    expect(holders()).toEqual(primaries.map(({ id }) => id).sort((a, b) => a - b));
  });
});

describe("the account-replicator", () => {
  it("brings an account to a disk that has lost it", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    const { primaries } = bed.placed("account", bed.account());
    lose(bed, primaries[0]!, bed.account());
    bed.wait(1.5 * MINUTE);
    const found = bed.drive(primaries[0]!).accounts.get(bed.hashOf(bed.account()))?.broker;
    expect(found?.sorted().map(({ name }) => name)).toEqual(["c"]);
    expect(bed.logged).toContain("Beginning replication run");
  });
});

describe("the object-expirer", () => {
  it("other-services §5.4: deletes what has ended within ten minutes, from disks, listing and queue", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o", { body: "x", headers: { "x-delete-after": "100" } });
    bed.swift("PUT", "/c/later", { body: "x", headers: { "x-delete-after": "86400" } });
    bed.wait(2 * MINUTE);
    expect(bed.swift("GET", "/c/o").status).toBe(404);
    expect(bed.swift("GET", "/c").body).toBe("later\no\n");
    bed.wait(15 * MINUTE);
    expect(bed.swift("GET", "/c").body).toBe("later\n");
    expect(bed.holders("c", "o")).toEqual([]);
    const queued = bed.devices.flatMap((node) =>
      [...bed.drive(node).containers.values()]
        .filter(({ broker }) => broker.account === ".expiring_objects")
        .flatMap(({ broker }) => broker.sorted().map(({ name }) => name)),
    );
    expect(new Set(queued.map((name) => name.replace(/^.*\//, "")))).toEqual(new Set(["later"]));
    expect(bed.logged).toContainEqual(
      expect.stringMatching(/^Pass completed in \d+s; 1 objects expired$/),
    );
  });

  it("leaves alone what was put again without an end (412), and empties the queue", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o", { body: "x", headers: { "x-delete-after": "100" } });
    for (const { name } of bed.nodes) bed.kill(name, "swift-object-updater");
    bed.wait(1_000_000);
    bed.swift("PUT", "/c/o", { body: "y" });
    bed.wait(17 * MINUTE);
    expect(bed.swift("GET", "/c/o").body).toBe("y");
  });

  it("takes one of each container in turn, the last of it first (expirer.py iter_cont_objs_to_expire)", () => {
    const bed = new SwiftBed(daemons);
    for (const container of ["c1", "c2"]) {
      bed.swift("PUT", `/${container}`);
      for (const name of ["a", "b", "d"]) {
        const headers = { "x-delete-at": "1411013099" };
        bed.swift("PUT", `/${container}/${name}`, { body: "x", headers });
      }
    }
    bed.wait(1_000_000);
    const queued = bed.devices.flatMap((node) =>
      [...bed.drive(node).containers.values()]
        .filter(({ broker }) => broker.account === ".expiring_objects")
        .flatMap(({ broker }) =>
          broker.sorted().map(({ name }) => [broker.container, name.slice(-4)] as const),
        ),
    );
    const listed = [...new Map(queued.map(([day, name]) => [name, day]))]
      .sort(([a, one], [b, other]) => (one + a < other + b ? -1 : 1))
      .map(([name]) => name);
    bed.forget();
    bed.wait(17 * MINUTE);
    const deleted = bed
      .requests("swift-object-expirer@controller")
      .flatMap((line) => /^DELETE swift-object.*(c[12]\/[abd])$/.exec(line)?.[1] ?? []);
    const turns = [...new Set(deleted)];
    for (const container of ["c1", "c2"]) {
      const own = (path: string): boolean => path.startsWith(container);
      expect(turns.filter(own)).toEqual(listed.filter(own).toReversed());
    }
    expect(turns.filter((path, at) => turns[at - 1]?.slice(0, 2) === path.slice(0, 2))).toEqual([]);
  });

  it("keeps trying for what it cannot find", () => {
    const bed = new SwiftBed(daemons);
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o", { body: "x", headers: { "x-delete-after": "100" } });
    const partition = bed.rings.open("object").partitionOf(bed.hashOf(bed.account(), "c", "o"));
    for (const node of bed.devices) bed.drive(node).objects.removePartition(partition);
    bed.wait(17 * MINUTE);
    expect(bed.logged).toContainEqual(
      expect.stringMatching(
        /^Exception while deleting object \d{10} \d{10}-AUTH_\w+\/c\/o Unexpected response: 404 Not Found$/,
      ),
    );
  });
});

describe("metadata that another replica tells", () => {
  it("is pairs of texts, and whatever else came is left out (swift/common/db.py, update_metadata)", () => {
    const told = JSON.parse(
      '{"a": ["x", "1"], "b": 1, "c": ["x"], "d": null, "__proto__": ["y", "2"]}',
    ) as Json;
    expect(Object.entries(metadataOf(told))).toEqual([
      ["a", ["x", "1"]],
      ["__proto__", ["y", "2"]],
    ]);
    for (const junk of [undefined, null, 1, "x", []]) expect(metadataOf(junk)).toEqual({});
  });
});
