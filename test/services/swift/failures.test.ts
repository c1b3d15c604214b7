/**
 * What other-services §5.3, §5.4 and §5.6 say of failures, sentence by sentence. Upstream: swift/proxy/server.py,
 * swift/proxy/controllers/{base,obj,container}.py, swift/obj/server.py at 2.2.0.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { Device } from "../../../src/services/swift/ring/ring.js";
import { SwiftBed, type Asked, type SwiftBedOptions } from "./bed.js";

const SECOND = 1_000_000;

function withObject(options: SwiftBedOptions = {}): SwiftBed {
  const bed = new SwiftBed(options);
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/c/o", { body: "x" });
  return bed;
}

/** An answer, and how many seconds it took. */
function timed(bed: SwiftBed, method: string, path: string, asked: Asked = {}) {
  const from = bed.kernel.now;
  const response = bed.swift(method, path, asked);
  return { ...response, took: (bed.kernel.now - from) / SECOND };
}

const primaries = (bed: SwiftBed, ...names: string[]): [Device, Device, Device] =>
  bed.placed(names.length === 1 ? "container" : "object", bed.account(), ...names).primaries as [
    Device,
    Device,
    Device,
  ];

const partition = (bed: SwiftBed, obj: string): number =>
  bed.rings.open("object").partitionOf(bed.hashOf(bed.account(), "c", obj));

/** A server that takes as long as nobody waits for. */
const silent = (bed: SwiftBed, binary: string, host: string, method: string): (() => void) =>
  bed.fault({
    slow: { host: `swift-${binary}-server@${host}`, method, by: seconds(200), times: 1000 },
  });

describe("writes", () => {
  it("other-services §5.3: a node that refuses is replaced by the next handoff, and the client sees 201", () => {
    const bed = withObject({ disks: ["sdb1", "sdc1"] });
    const [first] = primaries(bed, "c", "new");
    bed.kill(first.ip, "swift-object-server");
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
    expect(bed.holders("c", "new")).toHaveLength(3);
  });

  it("other-services §5.3: different ETags are 500", () => {
    const bed = withObject();
    const [odd] = primaries(bed, "c", "new");
    bed.network.tap = {
      separates: () => false,
      afterRepair: () => undefined,
      arriving: (server, arrival) => {
        if (server.actor !== `swift-object-server@${odd.ip}`) return false;
        server.accept({
          ...arrival,
          respond: (response) => {
            arrival.respond({ ...response, headers: { ...response.headers, etag: '"0"' } });
          },
        });
        return true;
      },
    };
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(500);
    expect(bed.logged).toContain("Object servers returned 2 mismatched etags");
  });

  it("other-services §5.3: after a quorum the others have 0.5 s (post_quorum_timeout), then count as 503", () => {
    const bed = withObject();
    bed.swift("PUT", "/d");
    const [slow] = primaries(bed, "d");
    silent(bed, "container", slow.ip, "POST");
    const post = timed(bed, "POST", "/d", { headers: { "x-container-meta-a": "1" } });
    expect(post.status).toBe(204);
    expect(post.took).toBeGreaterThanOrEqual(0.5);
    expect(post.took).toBeLessThan(0.6);
  });

  it("other-services §5.3: two 404 of three are a 404 to a DELETE of an object", () => {
    const bed = withObject();
    const [one, two, three] = primaries(bed, "c", "o");
    for (const node of [one, two]) bed.drive(node).objects.removePartition(partition(bed, "o"));
    expect(bed.holders("c", "o").map(({ id }) => id)).toEqual([three.id]);
    expect(bed.swift("DELETE", "/c/o").status).toBe(404);
    expect(bed.holders("c", "o")).toEqual([]);
  });

  it("other-services §5.3: one 404 counts as 204 where a quorum needs it, and 404 from all is 404", () => {
    const bed = withObject({ disks: ["sdb1"] });
    const [one, two] = primaries(bed, "c", "o");
    bed.drive(one).objects.removePartition(partition(bed, "o"));
    bed.kill(two.ip, "swift-object-server");
    expect(bed.swift("DELETE", "/c/o").status).toBe(204);
    bed.revive(two.ip, "swift-object-server");
    expect(bed.swift("DELETE", "/c/none").status).toBe(404);
  });

  it("other-services §5.3: of two writes the one with the later time stays, and an older PUT is 409 at an object server", () => {
    const bed = withObject();
    const [node] = primaries(bed, "c", "o");
    const older = bed.ask(
      "PUT",
      `http://${node.ip}:6000/${node.device}/${String(partition(bed, "o"))}/${bed.account()}/c/o`,
      "old",
      { "x-timestamp": "1400000000.00000", "content-type": "a/b", "content-length": "3" },
    );
    expect(older.status).toBe(409);
    expect(older.headers["x-backend-timestamp"]).toMatch(/^\d{10}\.\d{5}$/);
    expect(bed.swift("GET", "/c/o").body).toBe("x");
  });
});

describe("a listing", () => {
  it("other-services §5.3: is told before the answer; a container server has 0.5 s to connect and 3 s to answer", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) silent(bed, "container", name, "PUT");
    const put = timed(bed, "PUT", "/c/late", { body: "y" });
    expect(put.status).toBe(201);
    expect(put.took).toBeGreaterThanOrEqual(3);
    expect(put.took).toBeLessThan(3.2);
    expect(bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings])).toHaveLength(3);
  });

  it("other-services §5.3: nobody answers a connection: half a second, then an async pending", () => {
    const bed = withObject();
    bed.fault({ cut_off: { host: "storage-1", peer: "storage-2" } });
    bed.fault({ cut_off: { host: "storage-1", peer: "storage-3" } });
    bed.fault({ cut_off: { host: "storage-2", peer: "storage-3" } });
    const put = timed(bed, "PUT", "/c/late", { body: "y" });
    expect(put.status).toBe(201);
    expect(put.took).toBeLessThan(0.7);
  });

  it("other-services §5.3: a container is deleted by what a stale listing says, and is there again", () => {
    const bed = new SwiftBed({ daemons: true });
    bed.swift("PUT", "/c");
    bed.swift("HEAD", "/c");
    for (const { name } of bed.nodes) bed.kill(name, "swift-container-server");
    expect(bed.swift("PUT", "/c/o", { body: "x" }).status).toBe(201);
    for (const { name } of bed.nodes) bed.revive(name, "swift-container-server");
    expect(bed.swift("DELETE", "/c").status).toBe(204);
    expect(bed.swift("GET", "/c").status).toBe(404);
    bed.wait(660 * SECOND);
    expect(bed.swift("GET", "/c").body).toBe("o\n");
  });

  it("other-services §5.3: two of three replicas that hold something keep a container: 409", () => {
    const bed = withObject();
    expect(bed.swift("DELETE", "/c").status).toBe(409);
    const [one] = primaries(bed, "c");
    bed.drive(one).containers.get(bed.hashOf(bed.account(), "c"))?.broker.deleteObject("o", "2");
    expect(bed.swift("DELETE", "/c").status).toBe(409);
    expect(bed.swift("DELETE", "/none").status).toBe(404);
  });
});

describe("timeouts and limits", () => {
  it("other-services §5.4: a proxy waits 10 s for a storage server (node_timeout), and the timeout never limits it", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) silent(bed, "object", name, "GET");
    const get = timed(bed, "GET", "/c/o");
    expect(get.status).toBe(503);
    expect(get.took).toBeGreaterThanOrEqual(60);
    expect(get.took).toBeLessThan(61);
    expect(bed.logged.filter((line) => line.includes("re: Trying to GET"))).toHaveLength(6);
    expect(bed.logged.filter((line) => line.startsWith("Node error limited"))).toEqual([]);
  });

  it("other-services §5.4: a proxy waits half a second for a connection (conn_timeout), and the next node stands in", () => {
    const bed = withObject();
    const [first] = primaries(bed, "c", "o");
    bed.fault({ cut_off: { host: first.ip, peer: "controller" } });
    const put = timed(bed, "PUT", "/c/o", { body: "y" });
    expect(put.status).toBe(201);
    expect(put.took).toBeGreaterThanOrEqual(0.5);
    expect(put.took).toBeLessThan(1.3);
  });

  it("other-services §5.4: a client that is silent for 60 s gets 408, and nobody has the object", () => {
    const bed = withObject();
    const held = bed.http.hold();
    const url = `http://controller:8080/v1/${bed.account()}/c/slow`;
    const headers = { "x-auth-token": bed.admin, "content-length": "5" };
    const from = bed.kernel.now;
    const { status } = bed.run(bed.http.request("PUT", url, { headers, body: held }));
    expect(status).toBe(408);
    expect((bed.kernel.now - from) / SECOND).toBeGreaterThanOrEqual(60);
    expect(bed.logged).toContain("ERROR Client read timeout (60s)");
    expect(bed.holders("c", "slow")).toEqual([]);
  });

  it("other-services §5.4: more than ten 5xx answers within a minute limit a node, ten do not", () => {
    const bed = withObject({ nodes: 6, disks: ["sdb1"] });
    const [bad] = primaries(bed, "c", "o");
    bed.fault({ answer: { status: 500, method: "HEAD", host: bad.ip, times: 100 } });
    const asked = (count: number): number => {
      bed.forget();
      for (let at = 0; at < count; at++) {
        bed.swift("HEAD", "/c/o", { headers: { "x-newest": "true" } });
      }
      return bed
        .requests("swift-proxy-server@controller")
        .filter((line) => line.startsWith(`HEAD swift-object-server@${bad.ip}/`)).length;
    };
    expect(asked(10)).toBe(10);
    expect(asked(5)).toBe(1);
    bed.wait(61 * SECOND);
    expect(asked(1)).toBe(1);
  });

  it("other-services §5.4: what is there is remembered for 60 s, a 404 for 6 s, a 5xx not at all", () => {
    const bed = withObject();
    const known = (container: string) =>
      bed.memcached.get(`container/${bed.account()}/${container}`)?.status;
    expect(bed.swift("PUT", "/none/o", { body: "x" }).status).toBe(404);
    expect([known("c"), known("none")]).toEqual([204, 404]);
    bed.wait(6.1 * SECOND);
    expect([known("c"), known("none")]).toEqual([204, undefined]);
    bed.wait(55 * SECOND);
    expect(known("c")).toBeUndefined();
    bed.fault({ answer: { status: 503, path: "/sd*", times: 100 } });
    expect(bed.swift("HEAD", "/c").status).toBe(404);
    expect(known("c")).toBeUndefined();
  });
});

describe("a disk that is stale", () => {
  it("other-services §5.6: gives old data to whoever asks it, whatever is replicated to it", () => {
    const bed = withObject({ daemons: true });
    const [stale] = primaries(bed, "c", "o");
    const heal = bed.fault({ disk: stale.device, host: stale.ip, is: "stale" });
    bed.wait(SECOND);
    expect(bed.swift("PUT", "/c/o", { body: "new" }).status).toBe(201);
    const bodies = (headers = {}): Set<unknown> =>
      new Set(Array.from({ length: 20 }, () => bed.swift("GET", "/c/o", { headers }).body));
    expect(bodies()).toEqual(new Set(["x", "new"]));
    expect(bodies({ "x-newest": "true" })).toEqual(new Set(["new"]));
    bed.wait(180 * SECOND);
    expect(bodies()).toEqual(new Set(["x", "new"]));
    heal();
    bed.wait(180 * SECOND);
    expect(bodies()).toEqual(new Set(["new"]));
  });

  it("other-services §5.6: says 404 of what it has lost, and the proxy goes on to the next", () => {
    const bed = withObject();
    const [stale] = primaries(bed, "c", "new");
    bed.fault({ disk: stale.device, host: stale.ip, is: "stale" });
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
    expect(bed.holders("c", "new")).toHaveLength(2);
    for (let at = 0; at < 10; at++) expect(bed.swift("GET", "/c/new").body).toBe("y");
  });

  it("other-services §5.6: has a listing that does not change", () => {
    const bed = withObject();
    const [stale] = primaries(bed, "c");
    bed.fault({ disk: stale.device, host: stale.ip, is: "stale" });
    bed.swift("PUT", "/c/new", { body: "y" });
    const seen = new Set(Array.from({ length: 20 }, () => bed.swift("GET", "/c").body));
    expect(seen).toEqual(new Set(["o\n", "new\no\n"]));
  });
});
