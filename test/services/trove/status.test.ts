/**
 * The status that users see, by task, server, backups and service; quotas; what is chosen of a datastore.
 * Upstream: trove/tests/unittests/instance/test_instance_status.py, quota/test_quota.py, datastore at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/framework/index.js";
import { done } from "../../../src/kernel/index.js";
import {
  chosenVersion,
  updateDatastore,
  updateDatastoreVersion,
} from "../../../src/services/trove/datastores.js";
import { TroveDatabase } from "../../../src/services/trove/db/database.js";
import type { InstanceRow } from "../../../src/services/trove/db/schema.js";
import { QuotaExceeded } from "../../../src/services/trove/exception.js";
import * as service from "../../../src/services/trove/instance/service-status.js";
import { instanceStatus } from "../../../src/services/trove/instance/status.js";
import * as tasks from "../../../src/services/trove/instance/tasks.js";
import { Quotas } from "../../../src/services/trove/quota.js";
import { parseManifest } from "../../../src/services/trove/taskmanager/backups.js";
import { TestBed } from "../bed.js";

const bed = new TestBed();
const db = new TroveDatabase(bed.kernel);
const env = bed.env("trove-api");

const rowOf = (task: tasks.InstanceTask): Row<InstanceRow> =>
  db.instances.insert({
    uuid: db.ids.uuid(),
    name: "db",
    hostname: null,
    compute_instance_id: null,
    ...tasks.taskColumns(task),
    volume_id: null,
    flavor_id: "1",
    volume_size: 1,
    tenant_id: "demo",
    datastore_version_id: "v",
    configuration_id: null,
    slave_of_id: null,
    cluster_id: null,
    shard_id: null,
    type: null,
  });

interface Seen {
  readonly task?: tasks.InstanceTask;
  readonly server?: string;
  readonly status?: service.ServiceStatus;
}

const seen = ({ task = tasks.NONE, server = "ACTIVE", status = service.RUNNING }: Seen): string =>
  instanceStatus(
    { env, db },
    { row: rowOf(task), server: { status: server, addresses: {} }, service: status },
  );

describe("the status of an instance", () => {
  it("is ERROR for a task that is an error (test_task_status_error_reports_error), whatever the server does", () => {
    const errors = [tasks.BUILDING_ERROR_DNS, tasks.BUILDING_ERROR_TIMEOUT_GA];
    expect(errors.map((task) => seen({ task }))).toEqual(["ERROR", "ERROR"]);
  });

  it("is that of the task that goes on (test_task_status_action_*_reports_*)", () => {
    const going = [tasks.BUILDING, tasks.REBOOTING, tasks.RESIZING, tasks.RESTART_REQUIRED];
    expect(going.map((task) => seen({ task }))).toEqual([
      ...["BUILD", "REBOOT", "RESIZE", "RESTART_REQUIRED"],
    ]);
    expect(seen({ task: tasks.BUILDING, server: "ERROR" })).toBe("ERROR");
    expect(seen({ task: tasks.DELETING })).toBe("SHUTDOWN");
    expect(seen({ task: tasks.DELETING, server: "PAUSED" })).toBe("ERROR");
    // Nobody has a word for it.
    expect(seen({ task: tasks.MIGRATING })).toBe("ACTIVE");
  });

  it("is the server's where that is busy or broken (test_nova_server_*_reports_*)", () => {
    const servers = ["BUILD", "ERROR", "REBOOT", "RESIZE", "VERIFY_RESIZE"];
    expect(servers.map((server) => seen({ server }))).toEqual([
      ...["BUILD", "ERROR", "REBOOT", "RESIZE", "RESIZE"],
    ]);
  });

  it("is the service's otherwise (test_service_status_*, other-services §9.3)", () => {
    const { PAUSED, NEW, RUNNING, CRASHED, BLOCKED, FAILED, UNKNOWN, DELETED } = service;
    const all = [PAUSED, NEW, RUNNING, CRASHED, BLOCKED, FAILED, UNKNOWN, DELETED];
    expect(all.map((status) => seen({ status }))).toEqual([
      ...["REBOOT", "BUILD", "ACTIVE", "SHUTDOWN", "BLOCKED", "FAILED", "ERROR", "DELETED"],
    ]);
  });

  it("is read back as a replica's error where the guest timed out (other-services §9.5)", () => {
    const row = rowOf(tasks.BUILDING_ERROR_TIMEOUT_GA);
    expect(tasks.taskOf(row)).toBe(tasks.BUILDING_ERROR_REPLICA);
    expect(row.task_description).toBe("Build error: guestagent timeout.");
  });
});

describe("a quota", () => {
  const quotas = new Quotas(env, db);
  const run = (tenant: string, delta: number, fails = false): void => {
    bed.run(
      quotas.run(
        tenant,
        { instances: delta },
        (function* () {
          yield* done(undefined);
          if (fails) throw new Error("no");
        })(),
      ),
    );
  };
  const usage = (tenant_id: string) => {
    const { in_use, reserved } = db.quota_usages.first({ tenant_id }) ?? {};
    return [in_use, reserved];
  };

  it("is exceeded by what is used and by what is reserved; less always passes (test_reserve_over_quota*)", () => {
    run("a", 5);
    expect(() => run("a", 1)).toThrow(QuotaExceeded);
    db.quota_usages.insert({ tenant_id: "b", resource: "instances", in_use: 0, reserved: 5 });
    expect(() => run("b", 1)).toThrow("Quota exceeded for resources: ['instances'].");
    run("b", -1);
  });

  it("is given back if what it was reserved for fails, and is never below nothing (test_run_with_quotas_error, test_commit_cannot_be_less_than_zero)", () => {
    expect(() => run("c", 2, true)).toThrow("no");
    expect(usage("c")).toEqual([0, 0]);
    run("c", -1);
    expect(usage("c")).toEqual([0, 0]);
  });
});

describe("what is chosen of a datastore", () => {
  it("is refused if it is not there, or not active (test_create_failure_with_datastore_notfound, _version_notfound, _version_inactive)", () => {
    const version = { name: "5.5", manager: "mysql", image_id: "i", packages: "p" };
    updateDatastore(db, "mysql");
    updateDatastoreVersion(db, "mysql", { ...version, active: false });
    const choose =
      (asked: { type?: string; version?: string }, otherwise: string | null = null) =>
      () =>
        chosenVersion(db, asked, otherwise);
    expect(choose({})).toThrow("Please specify datastore.");
    expect(choose({ type: "none" })).toThrow("Datastore 'none' cannot be found.");
    expect(choose({ type: "mysql" })).toThrow("Default version for datastore 'mysql' not found.");
    expect(choose({ version: "4" }, "mysql")).toThrow("Datastore version '4' cannot be found.");
    expect(choose({ type: "mysql", version: "5.5" })).toThrow(
      "Datastore version '5.5' is not active.",
    );
  });
});

describe("a manifest", () => {
  it("names a container and what segments begin with (test_parse_manifest_long)", () => {
    expect(parseManifest("container/prefix")).toEqual({ container: "container", prefix: "prefix" });
    expect(parseManifest("container/long/path/to/prefix")).toEqual({
      ...{ container: "container", prefix: "long/path/to/prefix" },
    });
    expect(parseManifest("")).toBeUndefined();
  });
});
