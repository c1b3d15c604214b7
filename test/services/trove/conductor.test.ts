/**
 * What the conductor makes of what guests say. Upstream: trove/tests/unittests/conductor/test_methods.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { TestBed } from "../bed.js";
import { RequestContext } from "../../../src/framework/index.js";
import { ConductorManager } from "../../../src/services/trove/conductor/manager.js";
import { TroveDatabase } from "../../../src/services/trove/db/database.js";
import { ModelNotFoundError } from "../../../src/services/trove/exception.js";
import { serviceStatus, setServiceStatus } from "../../../src/services/trove/instance/instances.js";
import { NEW, RUNNING, SHUTDOWN } from "../../../src/services/trove/instance/service-status.js";
import { ValueError } from "../../../src/python/index.js";

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

  it("is of an instance that there is, and of a status that there is", () => {
    const { say, status } = make();
    expect(() => say("running", 1, "none")).toThrow(ModelNotFoundError);
    expect(() => say("bogus", 1)).toThrow(ValueError);
    expect(status()).toBe("new");
  });

  it("counts only if it was sent later than the last one", () => {
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
