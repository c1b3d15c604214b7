/**
 * Backups: segments and a manifest in Swift, their end, and instances made of them. Upstream:
 * trove/tests/api/backups.py, trove/tests/unittests/backup/, trove/guestagent/strategies/storage/swift.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { TroveBed } from "./bed.js";

const objects = (bed: TroveBed): string[] => {
  const { stdout } = bed.cloud.user("demo").command("swift list database_backups");
  return stdout.split("\n").filter((line) => line !== "");
};

const backup = (bed: TroveBed, instance: string, more = {}): string => {
  const { status, body } = bed.ask("POST", "/backups", {
    backup: { name: "b", instance, ...more },
  });
  expect({ status, body }).toMatchObject({ status: 202 });
  return (body["backup"] as { id: string }).id;
};

const state = (bed: TroveBed, id: string): unknown =>
  (bed.ask("GET", `/backups/${id}`).body["backup"] as { status: string }).status;

/** One instance for all that only look at it. */
const bed = new TroveBed();
const id = bed.active({ databases: [{ name: "one" }] });

describe("a backup", () => {
  it("holds its instance until it is in Swift, in segments that a manifest names (test_delete_backup_is_running; test_instance_action_right_after_backup_create, test_backup_create_another_backup_running, test_backup_delete_still_running)", () => {
    const made = backup(bed, id);
    expect(bed.status(id)).toBe("BACKUP");
    expect(bed.ask("POST", "/backups", { backup: { name: "c", instance: id } }).status).toBe(422);
    expect(bed.action(id, { restart: {} }).status).toBe(422);
    expect(bed.ask("DELETE", `/backups/${made}`).status).toBe(422);
    bed.cloud.advance("30s");
    expect(state(bed, made)).toBe("COMPLETED");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(objects(bed)).toEqual([`${made}.xbstream.gz.enc`, `${made}_00000000`]);
    expect(bed.names(`/instances/${id}/backups`, "backups")).toEqual(["b"]);

    expect(bed.ask("DELETE", `/backups/${made}`).status).toBe(202);
    bed.cloud.advance("10s");
    expect(objects(bed)).toEqual([]);
    expect(bed.ask("GET", `/backups/${made}`).status).toBe(404);
  });

  it("is FAILED when Swift refuses it, and is no burden to its instance", () => {
    const bed = new TroveBed();
    const id = bed.active();
    bed.cloud.inject({
      answer: { status: 503, method: "PUT", path: "/v1/*/database_backups/*", times: 20 },
    });
    const made = backup(bed, id);
    bed.cloud.advance("2m");
    expect(state(bed, made)).toBe("FAILED");
    expect(bed.status(id)).toBe("ACTIVE");
  });

  it.each([
    ["its manifest", "*.enc", "test_delete_backup_fail_delete_manifest"],
    ["a segment", "*_00000000", "test_delete_backup_fail_delete_segment"],
  ])("cannot be deleted while Swift keeps %s, and says so", (_what, name) => {
    const bed = new TroveBed();
    const id = bed.active();
    const made = backup(bed, id);
    bed.cloud.advance("30s");
    bed.cloud.inject({
      answer: { status: 503, method: "DELETE", path: `/v1/*/database_backups/${name}`, times: 20 },
    });
    bed.ask("DELETE", `/backups/${made}`);
    bed.cloud.advance("2m");
    expect(state(bed, made)).toBe("DELETE_FAILED");
  });

  it("that came nowhere is deleted with nothing asked of Swift (test_delete_backup_nolocation)", () => {
    const bed = new TroveBed();
    const id = bed.active();
    bed.cloud.crash("trove-guestagent@db");
    const made = backup(bed, id);
    const manage = `/mgmt/instances/${id}/action`;
    expect(bed.ask("POST", manage, { "reset-task-status": {} }, "admin").status).toBe(202);
    expect(state(bed, made)).toBe("FAILED");
    const from = bed.mark;
    expect(bed.ask("DELETE", `/backups/${made}`).status).toBe(202);
    bed.cloud.advance("10s");
    expect(bed.ask("GET", `/backups/${made}`).status).toBe(404);
    const asked = bed.cloud.timeline.entries
      .slice(from)
      .filter(({ kind, actor }) => kind === "rest.request" && actor?.startsWith("trove-task"));
    expect(asked).toEqual([]);
  });

  it("is restored with its parents, and after nothing of them is changed", () => {
    const bed = new TroveBed();
    const id = bed.active({
      ...{ databases: [{ name: "one" }], users: [{ name: "joe", password: "pw" }] },
    });
    const full = backup(bed, id);
    bed.cloud.advance("30s");
    bed.ask("POST", `/instances/${id}/databases`, { databases: [{ name: "late" }] });
    const more = backup(bed, id, { parent_id: full });
    bed.cloud.advance("30s");
    expect(state(bed, more)).toBe("COMPLETED");
    bed.ask("POST", `/instances/${id}/databases`, { databases: [{ name: "later" }] });
    const again = bed.made({ name: "again", restorePoint: { backupRef: more } });
    const first = bed.made({ name: "first", restorePoint: { backupRef: full } });
    bed.cloud.advance("4m");
    expect([bed.status(again), bed.status(first)]).toEqual(["ACTIVE", "ACTIVE"]);
    expect(bed.names(`/instances/${again}/databases`, "databases")).toEqual(["late", "one"]);
    expect(bed.names(`/instances/${first}/databases`, "databases")).toEqual(["one"]);
    expect(bed.names(`/instances/${first}/users`, "users")).toEqual(["joe"]);
  });

  it("that is gone from Swift cannot be restored", () => {
    const made = backup(bed, id);
    bed.cloud.advance("30s");
    bed.cloud.user("demo").command(`swift delete database_backups ${made}.xbstream.gz.enc`);
    expect(bed.create({ restorePoint: { backupRef: made } }).status).toBe(404);
  });

  it("is not made of an instance that does not run, or without a right to Swift (test_create_instance_not_active, test_create_backup_swift_token_invalid)", () => {
    const bed = new TroveBed();
    const id = bed.made();
    const body = { backup: { name: "b", instance: id } };
    expect(bed.ask("POST", "/backups", body).status).toBe(422);
    expect(bed.list("/backups", "backups")).toEqual([]);
    bed.cloud.advance("130s");
    bed.cloud.inject({ answer: { status: 401, method: "GET", path: "/v1/*", times: 1 } });
    const tenant = bed.cloud.id("project", "demo") ?? "";
    expect(bed.refused("POST", "/backups", body)).toEqual([
      "unauthorized",
      `Swift account not accessible for tenant ${tenant}.`,
    ]);
    expect(bed.list("/backups", "backups")).toEqual([]);
    // One that never came to Swift is a row and no more (test_delete_backup_nolocation).
    bed.cloud.crash("trove-guestagent@db");
    const lost = backup(bed, id);
    const manage = `/mgmt/instances/${id}/action`;
    bed.ask("POST", manage, { "reset-task-status": {} }, "admin");
    expect(state(bed, lost)).toBe("FAILED");
    const from = bed.mark;
    expect(bed.ask("DELETE", `/backups/${lost}`).status).toBe(202);
    bed.cloud.advance("5s");
    expect(bed.ask("GET", `/backups/${lost}`).status).toBe(404);
    const deletions = bed.cloud.timeline.entries
      .slice(from)
      .filter((entry) => entry.kind === "rest.request" && entry.path.includes("database_backups"));
    expect(deletions).toEqual([]);
  });
});
