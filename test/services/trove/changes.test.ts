/**
 * Larger volumes and flavors, replicas and configuration groups. Upstream: trove/tests/api/instances_actions.py,
 * replication.py, configurations.py, trove/tests/unittests/taskmanager/test_models.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const grow = (bed: TroveBed, id: string, size: number) =>
  bed.action(id, { resize: { volume: { size } } });

describe("a larger volume", () => {
  it("is refused unless it is larger", () => {
    const bed = new TroveBed();
    const id = bed.active();
    expect(
      bed.refused("POST", `/instances/${id}/action`, { resize: { volume: { size: "x" } } }),
    ).toEqual([
      "badRequest",
      "Validation error: resize['volume']['size'] u'x' is not valid under any of the given schemas; " +
        "u'x' is not of type 'integer'; u'x' does not match '[0-9]+'",
    ]);
    expect(grow(bed, id, 1).status).toBe(400);
    expect(grow(bed, id, 25).status).toBe(413);
  });

  it("takes eight steps, in this order", () => {
    const bed = new TroveBed();
    const id = bed.active({ databases: [{ name: "one" }] });
    const from = bed.mark;
    expect(grow(bed, id, 2).status).toBe(202);
    expect(bed.status(id)).toBe("RESIZE");
    bed.cloud.advance("60s");
    expect(bed.toGuests(from).filter((method) => method !== "get_volume_info")).toEqual([
      ...["stop_db", "unmount_volume", "resize_fs", "mount_volume", "restart"],
    ]);
    expect(bed.show(id)).toMatchObject({ status: "ACTIVE", volume: { size: 2 } });
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual(["one"]);
  });

  it("goes back to what it was when Cinder cannot extend it", () => {
    const bed = new TroveBed();
    const id = bed.active({ databases: [{ name: "one" }] });
    bed.cloud.inject({
      answer: { status: 500, path: "/v2/*/volumes/*/action", from: "trove-taskmanager@controller" },
    });
    grow(bed, id, 2);
    bed.cloud.advance("2m");
    expect(bed.show(id)["volume"]).toMatchObject({ size: 1 });
    expect(bed.toGuests().filter((method) => !method.startsWith("get_"))).toEqual([
      ...["prepare", "stop_db", "unmount_volume", "mount_volume", "restart"],
    ]);
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual(["one"]);
  });

  it("is without its volume when the storage cannot extend it: Nova attaches none in error", () => {
    const bed = new TroveBed();
    const id = bed.active();
    bed.cloud.inject({ volume_driver: "extend_volume", host: "controller", error: "no room" });
    grow(bed, id, 2);
    bed.cloud.advance("5m");
    expect(bed.toGuests()).not.toContain("mount_volume");
    expect(bed.cloud.user("demo").command("cinder list").stdout).toContain("error_extending");
  });
});

describe("another flavor", () => {
  it("is refused if it is the same, and fails where there is no other host to resize on", () => {
    const bed = new TroveBed();
    const id = bed.active();
    expect(bed.action(id, { resize: { flavorRef: "1" } }).status).toBe(400);
    expect(bed.action(id, { resize: { flavorRef: "2" } }).status).toBe(202);
    bed.cloud.advance("60s");
    expect(bed.show(id)).toMatchObject({ status: "ACTIVE", flavor: { id: "1" } });
    expect(bed.toGuests()).toContain("stop_db");
  });
});

describe("a replica", () => {
  it("has what its source had, and is its own instance once it is detached", () => {
    const bed = new TroveBed();
    const source = bed.active({ databases: [{ name: "one" }] });
    const replica = bed.made({ name: "copy", replica_of: source });
    bed.cloud.advance("5m");
    expect(bed.show(replica)).toMatchObject({ status: "ACTIVE", replica_of: { id: source } });
    expect(bed.show(source)).toMatchObject({ replicas: [{ id: replica }] });
    expect(bed.names(`/instances/${replica}/databases`, "databases")).toEqual(["one"]);
    expect(bed.ask("DELETE", `/instances/${source}`).status).toBe(403);
    const detach = bed.ask("PATCH", `/instances/${replica}`, { instance: { slave_of: null } });
    expect(detach.status).toBe(202);
    bed.cloud.advance("30s");
    expect(bed.show(replica)["replica_of"]).toBeUndefined();
  });
});

describe("a configuration group", () => {
  const bed = new TroveBed();
  const group = (values: JsonObject) => ({
    configuration: { name: "conf", values, datastore: { type: "mysql", version: "5.5" } },
  });

  it("is held to the rules of its datastore", () => {
    expect(bed.refused("POST", "/configurations", group({ none: 1 }))[0]).toBe("itemNotFound");
    expect(bed.ask("POST", "/configurations", group({ max_connections: "x" })).status).toBe(422);
    expect(bed.ask("POST", "/configurations", group({ max_connections: 70000 })).status).toBe(422);
  });

  it("is attached and detached, and kept while it is in use", () => {
    const { body } = bed.ask("POST", "/configurations", group({ max_connections: 200 }));
    const { id: conf } = body["configuration"] as { id: string };
    const id = bed.active();
    const attach = { instance: { configuration: conf } };
    expect(bed.ask("PUT", `/instances/${id}`, attach).status).toBe(202);
    bed.cloud.advance("10s");
    expect(bed.toGuests().slice(-2)).toEqual(["update_overrides", "apply_overrides"]);
    expect(bed.names(`/configurations/${conf}/instances`, "instances")).toEqual(["db"]);
    expect(bed.ask("DELETE", `/configurations/${conf}`).status).toBe(400);
    expect(bed.ask("PUT", `/instances/${id}`, { instance: {} }).status).toBe(202);
    bed.cloud.advance("10s");
    expect(bed.status(id)).toBe("RESTART_REQUIRED");
    expect(bed.ask("DELETE", `/configurations/${conf}`).status).toBe(202);
  });
});
