/**
 * Servers, disks and hosts that are down: what clients see, and what is left behind. Upstream:
 * swift/proxy/server.py (iter_nodes, error_limit), controllers/base.py, controllers/obj.py at 2.2.0.
 */
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../../src/kernel/index.js";
import type { Device } from "../../../src/services/swift/ring/ring.js";
import { SwiftBed } from "./bed.js";

function withObject(options: ConstructorParameters<typeof SwiftBed>[0] = {}): SwiftBed {
  const bed = new SwiftBed(options);
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/c/o", { body: "x" });
  return bed;
}

const disk = (bed: SwiftBed, { ip, device }: Device) =>
  bed.nodes.find(({ name }) => name === ip)?.disks.get(device);

const unmount = (bed: SwiftBed, nodes: readonly Device[]): void => {
  for (const node of nodes) disk(bed, node)?.fail("dead");
};

const logged = (bed: SwiftBed): string[] => bed.of<LogLine>("log").map(({ message }) => message);

/** Who has the data of an object. */
const holders = (bed: SwiftBed, obj: string): Device[] =>
  bed.devices.filter((node) =>
    bed.files(node, bed.account(), "c", obj).some((name) => name.endsWith(".data")),
  );

describe("disks that are not mounted", () => {
  it.each([1, 2, 3])(
    "other-services §5.6: %i of three primaries, and a PUT is still 201 by handoffs",
    (count) => {
      const bed = withObject();
      const { primaries, handoffs } = bed.placed("object", bed.account(), "c", "new");
      unmount(bed, primaries.slice(0, count));
      expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
      const stand = [...primaries.slice(count), ...handoffs.slice(0, count)];
      expect(holders(bed, "new").map(({ id }) => id)).toEqual(
        stand.map(({ id }) => id).sort((a, b) => a - b),
      );
      expect(bed.swift("GET", "/c/new").body).toBe("y");
      expect(logged(bed)).toContainEqual(
        expect.stringMatching(/^ERROR Insufficient Storage storage-\d:6000\/sd.1$/),
      );
    },
  );

  it("other-services §5.3: one of three, and nobody stands in: two copies are enough", () => {
    const bed = withObject({ disks: ["sdb1"] });
    const { primaries } = bed.placed("object", bed.account(), "c", "new");
    unmount(bed, primaries.slice(0, 1));
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
    expect(holders(bed, "new")).toHaveLength(2);
  });

  it("other-services §5.3: two of three, and nobody stands in: 503 before the body is read", () => {
    const bed = withObject({ disks: ["sdb1"] });
    const { primaries } = bed.placed("object", bed.account(), "c", "new");
    unmount(bed, primaries.slice(0, 2));
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(503);
    expect(logged(bed)).toContain("Object PUT returning 503, 1/2 required connections");
    expect(holders(bed, "new")).toEqual([]);
  });

  it("other-services §5.4: are left alone for a minute by each proxy at once, then asked again", () => {
    const bed = withObject();
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [first] = primaries as [Device];
    unmount(bed, [first]);
    const asked = (): number => {
      bed.forget();
      for (let at = 0; at < 12; at++) bed.swift("PUT", "/c/o", { body: "y" });
      return bed
        .requests("swift-proxy-server@controller")
        .filter((line) => line.startsWith(`PUT swift-object-server@${first.ip}/${first.device}/`))
        .length;
    };
    expect(asked()).toBe(1);
    expect(asked()).toBe(0);
    bed.wait(61_000_000);
    expect(asked()).toBe(1);
  });
});

describe("a disk that is full", () => {
  it("other-services §5.2: takes no objects (507), and another takes its place", () => {
    const bed = withObject();
    const { primaries, handoffs } = bed.placed("object", bed.account(), "c", "new");
    disk(bed, primaries[0]!)?.fail("full");
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
    expect(holders(bed, "new").map(({ id }) => id)).toContain(handoffs[0]!.id);
    // What it has, it gives.
    expect(bed.swift("GET", "/c/o").status).toBe(200);
  });
});

describe("hosts that are down", () => {
  it("other-services §5.6: one of three, and everything goes on", () => {
    const bed = withObject();
    bed.kill("storage-1");
    expect(bed.swift("PUT", "/c/new", { body: "y" }).status).toBe(201);
    expect(bed.swift("GET", "/c/new").body).toBe("y");
    expect(bed.swift("GET", "/c/o").body).toBe("x");
    expect(bed.swift("PUT", "/d").status).toBe(201);
    expect(bed.swift("DELETE", "/c/o").status).toBe(204);
  });

  it("refuse connections, which never limits them (proxy/server.py exception_occurred)", () => {
    const bed = withObject();
    bed.kill("storage-1", "swift-object-server");
    bed.forget();
    for (let at = 0; at < 12; at++) bed.swift("PUT", "/c/o", { body: "y" });
    const tries = bed
      .requests("swift-proxy-server@controller")
      .filter((line) => line.startsWith("PUT storage-1:6000/"));
    expect(tries.length).toBeGreaterThanOrEqual(12);
    expect(logged(bed)).toContainEqual(
      expect.stringMatching(
        /^ERROR with Object server storage-1:6000\/sd.1 re: Expect: 100-continue on /,
      ),
    );
  });

  it("all object servers: 503 for a PUT, 503 for a GET that nobody answers", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-object-server");
    expect(bed.swift("PUT", "/c/o", { body: "y" })).toMatchObject({
      status: 503,
      body: expect.stringContaining("<h1>Service Unavailable</h1>") as string,
    });
    expect(logged(bed)).toContain("Object PUT returning 503, 0/2 required connections");
    expect(bed.swift("GET", "/c/o")).toMatchObject({
      status: 503,
      reason: "Internal Server Error",
    });
  });

  it("other-services §5.6: all container servers: 404 for a PUT, unless the proxies remember the container", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-container-server");
    expect(bed.swift("PUT", "/c/o", { body: "y" }).status).toBe(201);
    bed.wait(61_000_000);
    expect(bed.swift("PUT", "/c/o", { body: "y" }).status).toBe(404);
  });

  it("other-services §5.6: all account servers: 404 for a container and what is put there", () => {
    const bed = withObject();
    bed.wait(61_000_000);
    for (const { name } of bed.nodes) bed.kill(name, "swift-account-server");
    expect(bed.swift("GET", "/c").status).toBe(404);
    expect(bed.swift("PUT", "/c/o", { body: "y" }).status).toBe(404);
  });

  it("three primaries refuse and the handoffs have nothing: 404, not 503 (base.py GETorHEAD_base)", () => {
    const bed = withObject({ nodes: 6, disks: ["sdb1"] });
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    for (const { ip } of primaries) bed.kill(ip, "swift-object-server");
    expect(bed.swift("GET", "/c/o").status).toBe(404);
  });
});

describe("a host that was down during a write", () => {
  it("other-services §5.6: has the old data when it is back, and gives it to whoever asks it", () => {
    const bed = withObject();
    const names = [bed.account(), "c", "o"] as const;
    const { primaries } = bed.placed("object", ...names);
    const [stale] = primaries as [Device];
    bed.kill(stale.ip);
    bed.wait(1_000_000);
    bed.swift("PUT", "/c/o", { body: "new" });
    bed.revive(stale.ip);
    const seen = new Set(Array.from({ length: 20 }, () => bed.swift("GET", "/c/o").body));
    expect(seen).toEqual(new Set(["x", "new"]));
    const newest = new Set(
      Array.from(
        { length: 20 },
        () => bed.swift("GET", "/c/o", { headers: { "x-newest": "true" } }).body,
      ),
    );
    expect(newest).toEqual(new Set(["new"]));
  });

  it("other-services §5.6: gives back what was deleted", () => {
    const bed = withObject();
    const { primaries } = bed.placed("object", bed.account(), "c", "o");
    const [stale] = primaries as [Device];
    bed.kill(stale.ip);
    bed.wait(1_000_000);
    expect(bed.swift("DELETE", "/c/o").status).toBe(204);
    bed.revive(stale.ip);
    expect(bed.swift("GET", "/c/o").body).toBe("x");
  });
});

describe("a container server that does not answer", () => {
  it("delays a PUT; the object is there and not in the listing, and an update waits on the disk", () => {
    const bed = withObject();
    for (const { name } of bed.nodes) bed.kill(name, "swift-container-server");
    expect(bed.swift("PUT", "/c/late", { body: "y" }).status).toBe(201);
    expect(bed.swift("GET", "/c/late").body).toBe("y");
    for (const { name } of bed.nodes) bed.revive(name, "swift-container-server");
    expect(bed.swift("GET", "/c").body).toBe("o\n");
    const pendings = bed.devices.flatMap((node) => [...bed.drive(node).asyncPendings.values()]);
    expect(pendings).toHaveLength(3);
    expect(pendings[0]).toMatchObject({ op: "PUT", container: "c", obj: "late", successes: [] });
    expect(logged(bed)).toContainEqual(
      expect.stringMatching(
        /^ERROR container update failed with storage-\d:6001\/sd.1 \(saving for async update later\)$/,
      ),
    );
  });
});

describe("an object server that dies in the middle of a body", () => {
  const slow = { $data: { bytes: 1_000_000_000, duration: 10_000_000 } };

  function uploading(killed: number): { bed: SwiftBed; status: () => number | undefined } {
    const bed = withObject({ nodes: 6, disks: ["sdb1"] });
    const { primaries } = bed.placed("object", bed.account(), "c", "image");
    let status: number | undefined;
    const url = `http://controller:8080/v1/${bed.account()}/c/image`;
    bed.kernel.spawn(
      (function* () {
        const headers = { "x-auth-token": bed.admin };
        status = (yield* bed.http.request("PUT", url, { headers, body: slow })).status;
      })(),
      { name: "upload", actor: "tester" },
    );
    bed.wait(5_000_000);
    for (const { ip } of primaries.slice(0, killed)) bed.kill(ip, "swift-object-server");
    bed.wait(8_000_000);
    return { bed, status: () => status };
  }

  it("other-services §5.3: is dropped: two copies are enough", () => {
    const { bed, status } = uploading(1);
    expect(status()).toBe(201);
    expect(holders(bed, "image")).toHaveLength(2);
  });

  it("other-services §5.3: and another: 503, and nobody has anything", () => {
    const { bed, status } = uploading(2);
    expect(status()).toBe(503);
    expect(holders(bed, "image")).toHaveLength(0);
    expect(logged(bed)).toContain("Object PUT exceptions during send, 1/2 required connections");
  });
});
