/**
 * What the conductor makes of what guests say. Upstream: trove/tests/unittests/conductor/test_methods.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { TestBed } from "../bed.js";
import { RequestContext } from "../../../src/framework/index.js";
import { newBackup } from "../../../src/services/trove/backups.js";
import { ConductorManager } from "../../../src/services/trove/conductor/manager.js";
import { TroveDatabase } from "../../../src/services/trove/db/database.js";
import { ModelNotFoundError } from "../../../src/services/trove/exception.js";
import { serviceStatus, setServiceStatus } from "../../../src/services/trove/instance/instances.js";
import { NEW, RUNNING, SHUTDOWN } from "../../../src/services/trove/instance/service-status.js";
import { ValueError, type JsonObject } from "../../../src/python/index.js";

describe("a heartbeat", () => {
  const id = "11111111-0000-4000-8000-000000000000";
  const make = () => {
    const bed = new TestBed();
    const db = new TroveDatabase(bed.kernel);
    db.service_statuses.insert({ instance_id: id, status_id: NEW.code, status_description: "new" });
    const conductor = new ConductorManager(bed.env("trove-conductor"), db);
    const ctxt = new RequestContext({ request_id: "req-1" });
    const say = (service_status: string | undefined, sent: number | null, instance_id = id) => {
      const payload = service_status === undefined ? {} : { service_status };
      bed.run(conductor.heartbeat(ctxt, { instance_id, payload, sent }));
    };
    return { db, say, status: () => serviceStatus(db, id).description };
  };

  it("is of an instance that there is, and of a status that there is (test_heartbeat_instance_not_found, test_heartbeat_instance_status_bogus_change)", () => {
    const { say, status } = make();
    expect(() => say("running", 1, "none")).toThrow(ModelNotFoundError);
    expect(() => say("bogus", 1)).toThrow(ValueError);
    expect(status()).toBe("new");
  });

  it("counts only if it was sent later than the last one (test_heartbeat_older_timestamp_discarded, test_heartbeat_newer_timestamp_accepted)", () => {
    const { say, status, db } = make();
    say("building", 2);
    say("running", 2);
    expect(status()).toBe("building");
    say("running", 1);
    expect(status()).toBe("building");
    say("running", 3);
    expect(status()).toBe(RUNNING.description);
    say("shutdown", null);
    expect(status()).toBe(SHUTDOWN.description);
    say(undefined, 4);
    expect(status()).toBe("shutdown");
    setServiceStatus(db, id, RUNNING);
    expect(status()).toBe("running");
  });
});

describe("what a guest says of a backup", () => {
  const bed = new TestBed();
  const db = new TroveDatabase(bed.kernel);
  const conductor = new ConductorManager(bed.env("trove-conductor"), db);
  const { uuid: backup_id } = newBackup(
    { db, newId: () => db.ids.uuid() },
    {
      ...{ name: "b", description: null, tenant_id: "demo", instance_id: "one" },
      ...{ parent_id: null, datastore_version_id: null },
    },
  );
  const say = (instance_id: string, sent: number, fields: JsonObject, id = backup_id): void => {
    const ctxt = new RequestContext({ request_id: "req-1" });
    bed.run(conductor.update_backup(ctxt, { instance_id, backup_id: id, sent, ...fields }));
  };

  it("is kept, but for what no column is for (test_backup_bogus_fields_not_changed, test_backup_real_fields_changed)", () => {
    say("one", 1, { state: "BUILDING", size: 0.13, success: true, note: "x" });
    const row = db.backups.get(backup_id);
    expect(row).toMatchObject({ state: "BUILDING", size: 0.13 });
    expect(row).not.toHaveProperty("success");
    expect(() => {
      say("one", 2, {}, "none");
    }).toThrow(ModelNotFoundError);
  });

  it("is dropped if it is another guest's, or older than the last (test_backup_instance_id_nomatch, other-services §9.1)", () => {
    say("two", 3, { state: "COMPLETED" });
    say("one", 1, { state: "FAILED" });
    expect(db.backups.get(backup_id)?.state).toBe("BUILDING");
  });
});
