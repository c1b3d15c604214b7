/** Names, times and places: as swift/common/utils.py and swift/common/ring make them, digit by digit. */
import { describe, expect, it } from "vitest";
import { TestBed } from "../bed.js";
import { hashPath } from "../../../src/services/swift/common/hash-path.js";
import { splitPath } from "../../../src/services/swift/common/split-path.js";
import {
  deleteAt,
  httpDate,
  isoformat,
  now,
  parseHttpDate,
  timestamp,
} from "../../../src/services/swift/common/timestamp.js";
import { Ring, type Device } from "../../../src/services/swift/ring/ring.js";
import { assign } from "../../../src/services/swift/ring/builder.js";

const ENDCAP = { swift_hash_path_prefix: "", swift_hash_path_suffix: "endcap" };

describe("a hash (utils.py hash_path; test/unit/common/test_utils.py test_hash_path)", () => {
  it.each([
    [["a"], "", "1c84525acb02107ea475dcd3d09c2c58"],
    [["a", "c"], "", "33379ecb053aa5c9e356c68997cbb59e"],
    [["a", "c", "o"], "", "06fbf0b514e5199dfc4e00f42eb5ea83"],
    [["a", "c", "o"], "abcdef", "363f9b535bfb7d17a43a46a358afca0e"],
  ])("of %s behind %j is %s", (names, swift_hash_path_prefix, hash) => {
    expect(hashPath({ ...ENDCAP, swift_hash_path_prefix }, ...names)).toBe(hash);
  });
});

describe("a path (utils.py split_path; test_utils.py test_split_path)", () => {
  const bad: [string, number, number?, boolean?][] = [
    ["", 1],
    ["/", 1],
    ["//", 1],
    ["//a", 1],
    ["/a/c", 1],
    ["//c", 1],
    ["/a/c/", 1],
    ["/a//", 1],
    ["/a", 2],
    ["/a", 2, 3],
    ["/a", 2, 3, true],
    ["/a/c/o/r", 3, 3],
  ];
  it.each(bad)("%j in %j to %j parts is none", (path, min, max, rest) => {
    expect(() => splitPath(path, min, max, rest)).toThrow("Invalid path: ");
  });

  const good: [string, number, number, boolean, (string | null)[]][] = [
    ["/a", 1, 1, false, ["a"]],
    ["/a/", 1, 1, false, ["a"]],
    ["/a/c", 2, 2, false, ["a", "c"]],
    ["/a/c/o", 3, 3, false, ["a", "c", "o"]],
    ["/a/c/o/r", 3, 3, true, ["a", "c", "o/r"]],
    ["/a/c", 2, 3, true, ["a", "c", null]],
    ["/a/c/", 2, 2, false, ["a", "c"]],
    ["/a/c/", 2, 3, false, ["a", "c", ""]],
  ];
  it.each(good)(
    "%j in %j to %j parts, the last with the rest: %j",
    (path, min, max, rest, parts) => {
      expect(splitPath(path, min, max, rest)).toEqual(parts);
    },
  );

  it("is quoted in what is said of it", () => {
    expect(() => splitPath("o\nn e", 2)).toThrow("Invalid path: o%0An%20e");
  });
});

describe("a timestamp (utils.py Timestamp)", () => {
  const env = new TestBed().env("swift-proxy-server");

  it("has ten digits, a point and five more", () => {
    expect(now(env)).toBe("1411012989.00000");
    expect(timestamp("1402464677.04188")).toBe("1402464677.04188");
    expect(timestamp("0")).toBe("0000000000.00000");
    expect(timestamp(" 1.5e3 ")).toBe("0000001500.00000");
    expect(() => timestamp("soon")).toThrow("could not convert string to float: soon");
  });

  it("is a date in listings, and one that is rounded up in headers", () => {
    expect(isoformat(env, "1411012989.12345")).toBe("2014-09-18T04:03:09.123450");
    expect(httpDate(env, "1411012989.12345")).toBe("Thu, 18 Sep 2014 04:03:10 GMT");
    expect(parseHttpDate("Thu, 18 Sep 2014 04:03:10 GMT")).toBe(1411012990);
    expect(parseHttpDate("yesterday")).toBeNaN();
  });

  it("of an end is a second between 0 and 9999999999 (normalize_delete_at_timestamp)", () => {
    expect(deleteAt(1411012989.7)).toBe("1411012989");
    expect(deleteAt(-5)).toBe("0000000000");
    expect(deleteAt(1e12)).toBe("9999999999");
  });
});

const device = (id: number, zone: number, ip: string): Device => ({
  ...{ id, zone, ip },
  ...{ region: 0, port: 6000, device: `sd${String(id)}`, weight: 1 },
});

describe("a ring (swift/common/ring/ring.py)", () => {
  const devices = [
    device(0, 0, "10.1.1.1"),
    device(1, 0, "10.1.1.1"),
    device(3, 2, "10.1.2.1"),
    device(4, 2, "10.1.2.2"),
  ];
  const ring = new Ring(
    devices,
    [
      [0, 1, 0, 1],
      [0, 1, 0, 1],
      [3, 4, 3, 4],
    ],
    2,
  );
  const ids = (list: readonly Device[]): number[] => list.map(({ id }) => id);

  it.each([
    [["a"], 0],
    [["a4"], 1],
    [["a", "c0"], 3],
    [["a", "c3"], 2],
    [["a", "c", "o1"], 1],
  ])("puts %s into partition %i (test_ring.py test_get_nodes)", (names, partition) => {
    expect(ring.partitionOf(hashPath(ENDCAP, ...names))).toBe(partition);
  });

  it("names a device once that has two replicas of a partition", () => {
    expect(ids(ring.primaries(0))).toEqual([0, 3]);
    expect(ids(ring.primaries(3))).toEqual([1, 4]);
  });

  it("lets stand in whoever is furthest away: other zones, then servers, then disks", () => {
    expect(ids(ring.handoffs(0))).toEqual([4, 1]);
    expect(ids(ring.handoffs(1))).toEqual([3, 0]);
  });
});

describe("a new ring (swift/common/ring/builder.py)", () => {
  const bed = new TestBed();
  const hosts = ["s1", "s2", "s3", "s4"];
  const devices = hosts.flatMap((ip, at) =>
    ["sdb1", "sdc1"].map((name, disk): Device => {
      const weight = ip === "s4" ? 50 : 100;
      return { id: at * 2 + disk, region: 1, zone: at + 1, ip, port: 6000, device: name, weight };
    }),
  );
  const assignment = assign({ devices, replicas: 3, power: 8 }, bed.kernel.stream("t", "ring"));
  const ring = new Ring(devices, assignment, 8);

  it("has no two replicas of a partition in one zone", () => {
    for (let part = 0; part < 256; part++) {
      expect(new Set(ring.primaries(part).map(({ zone }) => zone)).size).toBe(3);
    }
  });

  it("gives each device as much as its weight says, within a partition or two", () => {
    const held = new Map<number, number>();
    for (const id of assignment.flat()) held.set(id, (held.get(id) ?? 0) + 1);
    for (const { id, weight } of devices) {
      expect(Math.abs((held.get(id) ?? 0) - (768 / 700) * weight)).toBeLessThan(2);
    }
  });

  it("has every other device stand in for a partition, in the same order each time", () => {
    const all = [...ring.primaries(7), ...ring.handoffs(7)].map(({ id }) => id);
    expect(new Set(all).size).toBe(8);
    expect(ring.handoffs(7)).toEqual(ring.handoffs(7));
  });
});
