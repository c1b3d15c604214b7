/**
 * Servers of instances that Nova resizes, reboots and migrates, and what is left when it fails. Upstream:
 * trove/taskmanager/models.py (ResizeActionBase, reboot), trove/tests/api/instances_actions.py,
 * trove/tests/unittests/taskmanager at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const bed = new TroveBed({
  services: ["cinder", "trove"],
  computes: 2,
  flags: { "nova-api": { allow_resize_to_same_host: true } },
});
const id = bed.active({ databases: [{ name: "one" }] });
const manage = (body: Json): number =>
  bed.ask("POST", `/mgmt/instances/${id}/action`, body, "admin").status;
const server = () => {
  const { body } = bed.ask("GET", "/mgmt/instances", undefined, "admin");
  const [{ server: shown }] = body["instances"] as [{ server: { id: string; status: string } }];
  return shown;
};
const flavor = () => (bed.show(id)["flavor"] as { id: string }).id;
/** What guests were told from an entry on, but for what users of a view ask. */
const told = (from: number): string[] =>
  bed.toGuests(from).filter((method) => !method.startsWith("get_"));

describe("another flavor", () => {
  it("is refused if it is as large (test_instance_resize_same_size_should_fail), unknown, or no reference (test_validate_resize_instance_int, _empty_url, _invalid_url)", () => {
    const refused = (flavorRef: Json) =>
      bed.refused("POST", `/instances/${id}/action`, { resize: { flavorRef } });
    expect(refused("1")).toEqual([
      "badRequest",
      "No change was requested in the size of the instance.",
    ]);
    expect(refused("99")).toEqual(["badRequest", "Resource 99 cannot be found."]);
    expect(refused("")[1]).toContain("Validation error: resize['flavorRef']");
    expect(refused("http://")[1]).toContain("Validation error: resize['flavorRef']");
  });

  it("stops the database, has Nova resize, and confirms when everything answers again", () => {
    const from = bed.mark;
    expect(bed.action(id, { resize: { flavorRef: 2 } }).status).toBe(202);
    expect(bed.status(id)).toBe("RESIZE");
    expect(bed.task(id)).toBe("Resizing the instance.");
    expect(bed.refused("POST", `/instances/${id}/action`, { restart: {} })[1]).toContain(
      "(status was (4 RESIZING Resizing the instance.))",
    );
    bed.cloud.advance("5m");
    expect([bed.status(id), flavor(), server().status]).toEqual(["ACTIVE", "2", "ACTIVE"]);
    expect(told(from)).toEqual(["stop_db", "start_db_with_conf_changes"]);
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual(["one"]);
    expect(bed.logged(from)).toContain(`Resized instance ${id} successfully.`);
  });

  it("is not tried if Nova refuses, and the database is started as it was", () => {
    const from = bed.mark;
    const refusal = { status: 409, method: "POST", path: "/v2/*/servers/*/action", times: 1 };
    bed.cloud.inject({ answer: refusal });
    expect(bed.action(id, { resize: { flavorRef: 3 } }).status).toBe(202);
    bed.cloud.advance("90s");
    expect([bed.status(id), flavor()]).toEqual(["ACTIVE", "2"]);
    expect(told(from)).toEqual(["stop_db", "restart"]);
    expect(bed.logged(from)).toContain(`Error resizing instance ${id}.`);
  });

  it("is taken back if the guest cannot start its database with it", () => {
    const from = bed.mark;
    bed.cloud.inject({ drop: { method: "start_db_with_conf_changes", times: 1 } });
    expect(bed.action(id, { resize: { flavorRef: 3 } }).status).toBe(202);
    bed.cloud.advance("8m");
    expect([bed.status(id), flavor(), server().status]).toEqual(["ACTIVE", "2", "ACTIVE"]);
    expect(told(from)).toEqual([
      ...["stop_db", "start_db_with_conf_changes", "reset_configuration", "restart"],
    ]);
    expect(bed.logged(from)).toContain(`Reverting action for instance ${id}`);
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual(["one"]);
  });
});

describe("a flavor with a smaller disk", () => {
  it("is refused by the hypervisor, which Trove sees as a server that was not resized", () => {
    const from = bed.mark;
    expect(bed.action(id, { resize: { flavorRef: 1 } }).status).toBe(202);
    bed.cloud.advance("2m");
    expect([bed.status(id), flavor()]).toEqual(["ACTIVE", "2"]);
    expect(told(from)).toEqual(["stop_db", "restart"]);
    const failed = "Migration failed! status=ACTIVE and not VERIFY_RESIZE";
    expect(bed.logged(from).some((line) => line.includes(failed))).toBe(true);
  });
});

describe("a server that administrators move", () => {
  it("is rebooted: the service is paused until its agent speaks", () => {
    const from = bed.mark;
    expect(manage({ reboot: {} })).toBe(202);
    expect(bed.status(id)).toBe("REBOOT");
    bed.cloud.advance("2m");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(told(from)).toEqual(["stop_db"]);
    expect(bed.logged(from)).toContain(`Rebooted instance ${id} successfully.`);
  });

  it("is migrated, with the same flavor, and its database restarted", () => {
    const from = bed.mark;
    expect(manage({ migrate: {} })).toBe(202);
    expect(bed.task(id)).toBe("Migrating the instance.");
    bed.cloud.advance("6m");
    expect([bed.status(id), bed.task(id)]).toEqual(["ACTIVE", "No tasks for the instance."]);
    expect(told(from)).toEqual(["stop_db", "restart"]);
  });
});
