/**
 * The datastores of Juno beside MySQL: what each guest does, and what it refuses. Upstream: the managers of
 * trove/guestagent/datastore, trove/common/cfg.py (the groups of each) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { textOf, type JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const bed = new TroveBed({
  datastores: ["redis", "mongodb", "couchbase", "postgresql", "cassandra", "percona"],
  flags: { max_instances_per_user: 20, usage_sleep_time: 30 },
});
const made = (type: string, more: JsonObject = {}): string =>
  bed.made({ name: type, datastore: { type }, ...more });
const sized = { volume: { size: 1 } };
const ids = {
  redis: bed.ask("POST", "/instances", {
    instance: { name: "redis", flavorRef: "1", datastore: { type: "redis" } },
  }),
  mongodb: made("mongodb", sized),
  couchbase: made("couchbase", sized),
  postgresql: made("postgresql", {
    databases: [{ name: "one" }],
    users: [{ name: "joe", password: "pw", databases: [{ name: "one" }] }],
  }),
  cassandra: made("cassandra", sized),
  percona: made("percona", sized),
};
const redis = (ids.redis.body["instance"] as { id: string }).id;
bed.cloud.advance("130s");

describe("a datastore beside MySQL", () => {
  it("becomes ACTIVE by its own guest", () => {
    const { mongodb, couchbase, postgresql, cassandra, percona } = ids;
    for (const id of [redis, mongodb, couchbase, postgresql, cassandra, percona]) {
      expect([bed.show(id)["name"], bed.status(id)]).toEqual([bed.show(id)["name"], "ACTIVE"]);
    }
  });

  it("has no volume if its group says so", () => {
    expect(bed.show(redis)).not.toHaveProperty("volume");
    expect(
      bed.refused("POST", "/instances", {
        instance: { name: "r", flavorRef: "1", volume: { size: 1 }, datastore: { type: "redis" } },
      }),
    ).toEqual(["notImplemented", "Volume support is not enabled."]);
  });

  it("opens its own ports", () => {
    const group = (id: string) => bed.ask("GET", `/security-groups/${id}`).body["security_group"];
    const ports = (id: string) =>
      (group(id) as { rules: { from_port: number; to_port: number }[] }).rules
        .map(({ from_port, to_port }) => [from_port, to_port])
        .sort(([a = 0], [b = 0]) => a - b);
    expect(ports(redis)).toEqual([[6379, 6379]]);
    expect(ports(ids.couchbase)).toContainEqual([11209, 11211]);
    expect(ports(ids.mongodb)).toEqual([
      [2500, 2500],
      [27017, 27017],
    ]);
  });

  it("refuses what it has no words for, in the guest", () => {
    const refusal = (id: string, path: string) => bed.refused("GET", `/instances/${id}/${path}`);
    expect(refusal(redis, "databases")).toEqual([
      "badRequest",
      "An error occurred communicating with the guest: The 'list_databases' operation is not " +
        "supported for the 'redis' datastore..",
    ]);
    expect(refusal(ids.cassandra, "users")[1]).toContain("'list_users' operation is not supported");
    const root = bed.refused("POST", `/instances/${ids.mongodb}/root`);
    expect(root[1]).toContain("'enable_root' operation is not supported for the 'mongodb'");
    // A cast is accepted, whatever the guest makes of it.
    const from = bed.mark;
    const users = { users: [{ name: "joe", password: "pw" }] };
    expect(bed.refused("POST", `/instances/${redis}/users`, users)[1]).toContain("list_users");
    expect(bed.toGuests(from)).toEqual(["list_users"]);
  });

  it("has backups only with a strategy", () => {
    const backup = (instance: string) => ({ backup: { name: "b", instance } });
    expect(bed.refused("POST", "/backups", backup(redis))).toEqual([
      "notImplemented",
      "The 'backup_create' operation is not supported for the 'redis' datastore.",
    ]);
    expect(bed.ask("POST", "/backups", backup(ids.couchbase)).status).toBe(202);
    expect(bed.ask("POST", "/backups", backup(ids.postgresql)).status).toBe(202);
    bed.cloud.advance("60s");
    const types = bed
      .list("/backups", "backups")
      .map((one) => [one["status"], textOf(one, "locationRef").replace(/.*[0-9a-f]{12}/u, "")]);
    expect(types).toEqual([
      ["COMPLETED", ".gz.enc"],
      ["COMPLETED", ".gz.enc"],
    ]);
  });

  it("is replicated only with a strategy, and PostgreSQL has no such option", () => {
    const replica = (type: string, source: string) =>
      bed.refused("POST", "/instances", {
        instance: { name: "r", flavorRef: "1", ...sized, datastore: { type }, replica_of: source },
      });
    expect(replica("mongodb", ids.mongodb)).toEqual([
      "badRequest",
      "Replication is not supported for the 'mongodb' datastore.",
    ]);
    expect(replica("postgresql", ids.postgresql)[0]).toBe("instanceFault");
  });

  it("makes a root on create where it says so: Couchbase", () => {
    const { body } = bed.create({ name: "c2", datastore: { type: "couchbase" } });
    expect((body["instance"] as JsonObject)["password"]).toMatch(/^[A-Za-z0-9]{36}$/u);
    const root = bed.ask("GET", `/instances/${ids.couchbase}/root`).body;
    expect(root).toEqual({ rootEnabled: true });
  });

  it("has databases and users if it is PostgreSQL, and cannot be stopped", () => {
    const path = `/instances/${ids.postgresql}`;
    expect(bed.names(`${path}/databases`, "databases")).toEqual(["one"]);
    expect(bed.list(`${path}/users`, "users")).toEqual([
      { name: "joe", host: "%", databases: [{ name: "one" }] },
    ]);
    expect(bed.refused("POST", `/mgmt${path}/action`, { stop: {} }, "admin")).toEqual([
      "badRequest",
      "An error occurred communicating with the guest: stop_db() got an unexpected keyword argument " +
        "'do_not_start_on_reboot'.",
    ]);
    expect(bed.action(ids.postgresql, { restart: {} }).status).toBe(202);
    bed.cloud.advance("20s");
    expect(bed.status(ids.postgresql)).toBe("ACTIVE");
  });

  it("restarts, and grows where there is a volume", () => {
    expect(bed.action(redis, { restart: {} }).status).toBe(202);
    expect(bed.action(ids.cassandra, { resize: { volume: { size: 2 } } }).status).toBe(202);
    bed.cloud.advance("60s");
    expect(bed.status(redis)).toBe("ACTIVE");
    expect(bed.show(ids.cassandra)).toMatchObject({ status: "ACTIVE", volume: { size: 2 } });
  });

  it("has a default configuration only where somebody can read it (NoConfigParserFound)", () => {
    expect(bed.ask("GET", `/instances/${ids.percona}/configuration`).status).toBe(200);
    expect(bed.refused("GET", `/instances/${redis}/configuration`)).toEqual([
      "badRequest",
      "No configuration parser found for datastore redis.",
    ]);
  });

  it("answers administrators that no guest of Juno knows of hardware and diagnostics", () => {
    for (const [path, method] of [
      ["hwinfo", "get_hwinfo"],
      ["diagnostics", "get_diagnostics"],
    ] as const) {
      const answer = bed.refused("GET", `/mgmt/instances/${redis}/${path}`, undefined, "admin");
      expect(answer).toEqual([
        "badRequest",
        `An error occurred communicating with the guest: No such RPC function '${method}'.`,
      ]);
    }
  });
});
