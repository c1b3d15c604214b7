/**
 * Instances are asked for, refused and made, and what is left when it fails. Upstream: trove/tests/unittests/instance,
 * trove/tests/unittests/taskmanager/test_models.py, trove/tests/api/instances.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

describe("a request for an instance", () => {
  const bed = new TroveBed();
  const refused = (instance: JsonObject) => bed.refused("POST", "/instances", { instance });

  it("is refused by the schema, in the words of jsonschema (test_validate_create_blankname, test_validate_create_complete_with_restore_error)", () => {
    expect(refused({ name: "     ", flavorRef: "1", volume: { size: 1 } })).toEqual([
      "badRequest",
      "Validation error: instance['name'] u'     ' does not match '^.*[0-9a-zA-Z]+.*$'",
    ]);
    const [name, message] = refused({
      ...{ name: "db", flavorRef: "1", volume: { size: 1 } },
      restorePoint: { backupRef: "not-a-uuid" },
    });
    expect(name).toBe("badRequest");
    expect(message).toContain("'not-a-uuid' does not match");
  });

  it("is refused for what is not there (test_create_failure_with_datastore_notfound)", () => {
    const wanted = { name: "db", flavorRef: "1", volume: { size: 1 } };
    expect(bed.create({ datastore: { type: "none" } }).status).toBe(400);
    expect(refused({ ...wanted, datastore: { type: "mysql", version: "4" } })).toEqual([
      "badRequest",
      "Datastore version '4' cannot be found.",
    ]);
    expect(bed.create({ flavorRef: "999" }).status).toBe(400);
    expect(refused({ name: "db", flavorRef: "1" })[1]).toContain("Volume");
    expect(bed.create({ restorePoint: { backupRef: ID } }).status).toBe(404);
    expect(bed.list("/instances", "instances")).toEqual([]);
  });

  it("is refused for names that MySQL or Trove keeps", () => {
    const user = { name: "joe", password: "pw" };
    expect(bed.create({ databases: [{ name: "mysql" }] }).status).toBe(400);
    expect(bed.create({ databases: [{ name: "a" }, { name: "a" }] }).status).toBe(400);
    expect(bed.create({ users: [{ name: "os_admin", password: "pw" }] }).status).toBe(400);
    expect(bed.create({ users: [{ ...user, databases: [{ name: "none" }] }] }).status).toBe(400);
  });

  it("is refused over quota, and what was refused does not count (test_create_too_many_instances)", () => {
    expect(bed.create({ volume: { size: 21 } }).status).toBe(413);
    const ids = [1, 2, 3, 4, 5].map(() => bed.made());
    expect(new Set(ids).size).toBe(5);
    expect(bed.create().body).toEqual({
      overLimit: { code: 413, message: "Quota exceeded for resources: ['instances']." },
    });
    expect(bed.ask("GET", "/instances/none").status).toBe(404);
  });
});

const ID = "00000000-0000-4000-8000-000000000000";

describe("an instance", () => {
  it("is a row at first, then a volume, a group, a server, and ACTIVE when its guest says so (test_instance_delete_right_after_create, test_database_create_after_create, test_users_index_after_create, test_resize_instance_after_create, test_prepare)", () => {
    const bed = new TroveBed();
    const from = bed.mark;
    const id = bed.made({ databases: [{ name: "one" }] });
    expect(bed.show(id)).toMatchObject({
      ...{ id, name: "db", status: "BUILD", datastore: { type: "mysql", version: "5.5" } },
      ...{ flavor: { id: "1" }, volume: { size: 1 } },
    });
    expect(bed.ask("DELETE", `/instances/${id}`).status).toBe(422);
    expect(bed.ask("POST", `/instances/${id}/databases`, { databases: [] }).status).toBe(422);
    expect(bed.ask("GET", `/instances/${id}/users`).status).toBe(422);
    expect(bed.action(id, { resize: { flavorRef: 2 } }).status).toBe(422);
    bed.cloud.advance("130s");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(bed.task(id)).toBe("No tasks for the instance.");
    expect(bed.toGuests(from)[0]).toBe("prepare");
    // The message waits in a queue that is there before anybody listens (other-services §9.4, test_prepare).
    const { entries } = bed.cloud.timeline;
    const prepared = entries.findIndex(
      (one) => one.kind === "rpc.cast" && one.method === "prepare",
    );
    const listening = entries.findIndex(({ actor = "" }) => actor.startsWith("trove-guestagent@"));
    expect(prepared).toBeLessThan(listening);
    const told = bed.cloud.timeline.entries.slice(from).flatMap((entry) => {
      if (entry.kind !== "rpc.cast" || entry.method !== "heartbeat") return [];
      const { payload } = entry.args as { payload: { service_status?: string } };
      return [payload.service_status];
    });
    expect(told.slice(0, 2)).toEqual(["building", "running"]);
    const [group] = bed.list("/security-groups", "security_groups");
    expect(group).toMatchObject({ name: `SecGroup_${id}`, instance_id: id });

    expect(bed.ask("DELETE", `/instances/${id}`).status).toBe(202);
    bed.cloud.advance("30s");
    expect(bed.ask("GET", `/instances/${id}`).status).toBe(404);
    expect(bed.list("/security-groups", "security_groups")).toEqual([]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is not seen by another tenant", () => {
    const bed = new TroveBed({
      users: [{ name: "admin", admin: true }, { name: "demo" }, { name: "eve", project: "evil" }],
    });
    const id = bed.made();
    expect(bed.refused("GET", `/instances/${id}`, undefined, "eve")).toEqual([
      "itemNotFound",
      `Resource ${id} cannot be found.`,
    ]);
    expect(bed.ask("GET", `/mgmt/instances/${id}`).status).toBe(401);
  });

  it("stays BUILD while the task manager is down, for as long as that is (other-services §9.5: taskmanager down)", () => {
    const bed = new TroveBed();
    bed.cloud.stop("trove-taskmanager@controller");
    const id = bed.made();
    bed.cloud.advance("20m");
    expect(bed.status(id)).toBe("BUILD");
    bed.cloud.start("trove-taskmanager@controller");
    bed.cloud.advance("3m");
    expect(bed.status(id)).toBe("ACTIVE");
  });
});

describe("an instance that fails", () => {
  it("ends without a server when Cinder's storage fails, or is slow (other-services §9.5: cinder slow, err)", () => {
    const bed = new TroveBed();
    bed.cloud.inject({
      volume_driver: "create_volume",
      ...{ host: "controller", times: 4, error: "no room" },
    });
    const id = bed.made();
    bed.cloud.advance("90s");
    expect(bed.status(id)).toBe("ERROR");
    expect(bed.task(id)).toBe("Build error: Volume.");
    expect(bed.cloud.count("ACTIVE")).toBe(0);
    const slow = new TroveBed({ latency: { create_volume: "70s" } });
    const other = slow.made();
    slow.cloud.advance("2m");
    expect(slow.task(other)).toBe("Build error: Volume.");
  });

  it("ends with a volume that is nobody's when Nova is not there (other-services §9.5: nova refuses)", () => {
    const bed = new TroveBed();
    const id = bed.made();
    bed.cloud.advance("1s");
    bed.cloud.stop("nova-api@controller");
    bed.cloud.advance("30s");
    bed.cloud.start("nova-api@controller");
    expect(bed.status(id)).toBe("ERROR");
    expect(bed.task(id)).toBe("Build error: Server.");
    expect(bed.ask("DELETE", `/instances/${id}`).status).toBe(202);
    bed.cloud.advance("10s");
    expect(bed.ask("GET", `/instances/${id}`).status).toBe(404);
    const [left, ...others] = bed.cloud.leftovers();
    expect(left).toMatch(new RegExp(`^volume .*: was to go with database instance ${id}$`, "u"));
    expect(others).toEqual([]);
  });

  it("ends without a volume when there is no security group", () => {
    const bed = new TroveBed();
    bed.cloud.inject({
      answer: { status: 500, method: "POST", path: "/v2/*/os-security-groups" },
    });
    const id = bed.made();
    bed.cloud.advance("10s");
    expect(bed.task(id)).toBe("Build error: Secgroup or rule.");
    expect(bed.status(id)).toBe("ERROR");
  });

  it("times out after ten minutes without a heartbeat, and keeps everything (other-services §9.5: no heartbeat in 600 s; test_update_status_of_intance_failure)", () => {
    const bed = new TroveBed();
    const id = bed.made();
    bed.cloud.advance("40s");
    bed.cloud.crash("trove-guestagent@db");
    bed.cloud.advance("9m");
    expect(bed.status(id)).toBe("BUILD");
    bed.cloud.advance("1m");
    expect(bed.status(id)).toBe("ERROR");
    expect(bed.task(id)).toBe("Build error: guestagent timeout.");
    expect(bed.cloud.count("ACTIVE")).toBe(1);
  });
});

describe("an entry in DNS", () => {
  const named = (flags: Record<string, string | number> = {}): [TroveBed, string] => {
    const bed = new TroveBed({
      services: ["cinder", "trove"],
      flags: { "trove-taskmanager": { trove_dns_support: true, ...flags } },
    });
    const id = bed.made();
    bed.cloud.advance("130s");
    return [bed, id];
  };

  it("is waited for with the address of the server, and nothing else comes of it by default", () => {
    const [bed, id] = named();
    expect([bed.status(id), bed.task(id)]).toEqual(["ACTIVE", "No tasks for the instance."]);
    expect(bed.show(id)["hostname"]).toBeUndefined();
  });

  it("fails the build where no address is one that users see", () => {
    const [bed, id] = named({ network_label_regex: "^nobody's$" });
    expect([bed.status(id), bed.task(id)]).toEqual(["ERROR", "Build error: DNS."]);
    expect(bed.logged()).toContain(
      `Failed to create DNS entry for instance ${id}. No IP available.`,
    );
  });
});

describe("ports of a datastore", () => {
  const ruled = (mysql_tcp_ports: readonly string[]): TroveBed =>
    new TroveBed({
      services: ["cinder", "trove"],
      flags: { mysql_tcp_ports: [...mysql_tcp_ports] },
    });

  it("are opened once each, single or as a range (test_create_sg_rules_success_with_duplicated_port_or_range)", () => {
    const bed = ruled(["3306", "3306", "3307-3309"]);
    const id = bed.made();
    bed.cloud.advance("10s");
    const group = bed.ask("GET", `/security-groups/${id}`).body["security_group"] as JsonObject;
    const ports = (group["rules"] as { from_port: number; to_port: number }[])
      .map(({ from_port, to_port }) => [from_port, to_port])
      .sort(([a = 0], [b = 0]) => a - b);
    expect(ports).toEqual([
      [3306, 3306],
      [3307, 3309],
    ]);
  });

  it("are an error of the group if a range ends before it begins (test_create_sg_rules_greater_than_exception_raised)", () => {
    const bed = ruled(["3309-3307"]);
    const id = bed.made();
    bed.cloud.advance("10s");
    expect([bed.status(id), bed.task(id)]).toEqual(["ERROR", "Build error: Secgroup or rule."]);
    expect(bed.logged()).toContain(
      `Failed to create security group rules for instance ${id}: Invalid port format - ` +
        "FromPort = None, ToPort = None",
    );
  });
});
