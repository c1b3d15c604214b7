/**
 * Larger volumes and flavors, replicas and configuration groups. Upstream: trove/tests/api/instances_actions.py,
 * replication.py, configurations.py, trove/tests/unittests/taskmanager/test_models.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const grow = (bed: TroveBed, id: string, size: number) =>
  bed.action(id, { resize: { volume: { size } } });

const ID = "00000000-0000-4000-8000-000000000000";

/** One instance for all that leaves it as it was, or a little larger. */
const bed = new TroveBed();
const id = bed.active({ databases: [{ name: "one" }] });

describe("another flavor", () => {
  it("is refused if it is the same, and fails where there is no other host to resize on", () => {
    expect(bed.action(id, { resize: { flavorRef: "1" } }).status).toBe(400);
    expect(bed.action(id, { resize: { flavorRef: "2" } }).status).toBe(202);
    bed.cloud.advance("60s");
    expect(bed.show(id)).toMatchObject({ status: "ACTIVE", flavor: { id: "1" } });
    expect(bed.toGuests()).toContain("stop_db");
  });
});

describe("a larger volume", () => {
  it("is refused unless it is larger (test_validate_resize_volume_invalid, test_validate_invalid_action)", () => {
    expect(
      bed.refused("POST", `/instances/${id}/action`, { resize: { volume: { size: "x" } } }),
    ).toEqual([
      "badRequest",
      "Validation error: resize['volume']['size'] u'x' is not valid under any of the given schemas; " +
        "u'x' is not of type 'integer'; u'x' does not match '[0-9]+'",
    ]);
    // What has no schema passes it, and is nothing that can be called.
    expect(bed.refused("POST", `/instances/${id}/action`, { dance: {} })[0]).toBe("instanceFault");
    expect(grow(bed, id, 1).status).toBe(400);
    expect(grow(bed, id, 25).status).toBe(413);
  });

  it("takes eight steps, in this order (test_resize_volume_active_server_succeeds)", () => {
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

  it("goes back to what it was when Cinder cannot extend it (test_resize_volume_extend_exception)", () => {
    bed.cloud.inject({
      answer: {
        ...{ status: 500, path: "/v2/*/volumes/*/action", times: 1 },
        from: "trove-taskmanager@controller",
      },
    });
    const from = bed.mark;
    grow(bed, id, 3);
    bed.cloud.advance("2m");
    expect(bed.show(id)["volume"]).toMatchObject({ size: 2 });
    expect(bed.toGuests(from).filter((method) => !method.startsWith("get_"))).toEqual([
      ...["stop_db", "unmount_volume", "mount_volume", "restart"],
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

  it("is given up where a step fails, with as much undone as has been done (test_resize_volume_unmount_exception, test_resize_volume_detach_exception, test_resize_volume_server_error_fails)", () => {
    const told = (from: number) =>
      bed.toGuests(from).filter((method) => !method.startsWith("get_") && method !== "stop_db");
    const fails = (): string[] => {
      const from = bed.mark;
      expect(grow(bed, id, 3).status).toBe(202);
      bed.cloud.advance("1m");
      expect(bed.show(id)).toMatchObject({ status: "ACTIVE", volume: { size: 2 } });
      return told(from);
    };
    bed.cloud.inject({ drop: { method: "unmount_volume", times: 1 } });
    expect(fails()).toEqual(["unmount_volume", "restart"]);
    bed.cloud.inject({
      answer: { status: 500, method: "DELETE", path: "/v2/*/os-volume_attachments/*", times: 1 },
    });
    expect(fails()).toEqual(["unmount_volume", "mount_volume", "restart"]);
    // The guest cannot be stopped: the task is never over.
    bed.cloud.inject({ drop: { method: "stop_db", times: 1 } });
    expect(grow(bed, id, 3).status).toBe(202);
    bed.cloud.advance("3m");
    expect([bed.status(id), bed.task(id)]).toEqual(["RESIZE", "Resizing the instance."]);
    expect(bed.cloud.leftovers()).toContain(`database instance ${id}: stays RESIZING`);
    const manage = `/mgmt/instances/${id}/action`;
    expect(bed.ask("POST", manage, { "reset-task-status": {} }, "admin").status).toBe(202);
    // Its server is no more what it was when the task manager comes to it.
    bed.cloud.stop("trove-taskmanager@controller");
    expect(grow(bed, id, 3).status).toBe(202);
    const server = bed.cloud.id("server", "db") ?? "";
    expect(bed.cloud.user("admin").command(`nova reset-state ${server}`).exit).toBe(0);
    bed.cloud.start("trove-taskmanager@controller");
    bed.cloud.advance("10s");
    expect([bed.status(id), bed.task(id)]).toEqual(["ERROR", "No tasks for the instance."]);
    expect(bed.logged().some((line) => line.includes("must be in state ACTIVE not ERROR"))).toBe(
      true,
    );
  });
});

describe("a replica", () => {
  it("has what its source had, and is its own instance once it is detached (test_detach_replica, test_slave_user_removed)", () => {
    const bed = new TroveBed();
    const source = bed.active({ databases: [{ name: "one" }] });
    const replica = bed.made({ name: "copy", replica_of: source });
    bed.cloud.advance("5m");
    expect(bed.show(replica)).toMatchObject({ status: "ACTIVE", replica_of: { id: source } });
    expect(bed.show(source)).toMatchObject({ replicas: [{ id: replica }] });
    expect(bed.names(`/instances/${replica}/databases`, "databases")).toEqual(["one"]);
    expect(bed.ask("DELETE", `/instances/${source}`).status).toBe(403);
    const replicating = () => bed.names(`/instances/${source}/users`, "users");
    expect(replicating()).toEqual([expect.stringMatching(/^slave_/u)]);
    const detach = bed.ask("PATCH", `/instances/${replica}`, { instance: { slave_of: null } });
    expect(detach.status).toBe(202);
    bed.cloud.advance("30s");
    expect(bed.show(replica)["replica_of"]).toBeUndefined();
    expect(replicating()).toEqual([]);
  });

  it("of a source that there is not is never built, and its copy never ends (LP 1386901)", () => {
    const id = bed.made({ name: "orphan", replica_of: ID });
    bed.cloud.advance("2m");
    expect(bed.status(id)).toBe("BUILD");
    const left = bed.cloud.leftovers();
    expect(left).toContain(`replica ${id}: there is no database instance ${ID}`);
    expect(left).toContain(`database instance ${id}: stays BUILDING`);
    expect(left.some((line) => /^backup .*: stays NEW$/u.test(line))).toBe(true);
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
