/**
 * A cold migration that fails once a host has been chosen: nova §9.4. Upstream: nova/conductor/manager.py:525 at
 * 2014.2, test_cold_migrate_exception_host_in_error_state_and_raise in nova/tests/conductor/test_conductor.py.
 */
import { describe, expect, it } from "vitest";
import { computeTaskApi } from "../../../../src/services/nova/conductor/rpcapi.js";
import { actionStart } from "../../../../src/services/nova/db/instances/instance-actions.js";
import { KeyError } from "../../../../src/python/index.js";
import { TINY, uuid } from "../bed.js";
import { ConductorBed } from "./bed.js";

/** A scheduler of somebody's own, which knows hosts and no nodes: `host_state['nodename']` (:538). */
function migrated(vm_state: "active" | "stopped") {
  const bed = new ConductorBed();
  const instance = bed.instance(1, { vm_state, task_state: "resize_prep", host: "c1" });
  actionStart(bed.db, bed.ctxt, uuid(1), "migrate");
  const owner = { project_id: "demo", user_id: "alice", resource: "ram" } as const;
  const used = { in_use: 512, reserved: 512, until_refresh: null };
  const usage = bed.db.quota_usages.insert({ ...owner, ...used });
  const reservation = { uuid: "r1", usage_id: usage.id, delta: 512, expire: 1e12 };
  bed.db.reservations.insert({ ...owner, ...reservation });
  bed.answer = [{ host: "c2", limits: {} }];
  const asked = bed.client(computeTaskApi).migrate_server(bed.ctxt, {
    instance,
    scheduler_hint: { filter_properties: {} },
    live: false,
    rebuild: false,
    flavor: TINY,
    block_migration: null,
    disk_over_commit: null,
    reservations: ["r1"],
  });
  return { bed, asked };
}

describe("an error after the selection", () => {
  it.each(["active", "stopped"] as const)(
    "nova §9.4: leaves a server %s without a task, gives the quota back, and is raised again",
    (vm_state) => {
      const { bed, asked } = migrated(vm_state);
      expect(() => bed.run(asked)).toThrow(KeyError);
      expect(bed.asked).toHaveLength(1);
      expect(bed.told).toEqual([]);
      expect(bed.stored(1)).toMatchObject({ vm_state, task_state: null });
      expect(bed.db.reservations.find()).toEqual([]);
      expect(bed.db.quota_usages.first({ resource: "ram" })).toMatchObject({
        in_use: 512,
        reserved: 0,
      });
      expect(bed.db.instance_faults.find().map(({ message }) => message)).toEqual(["'nodename'"]);
      expect(bed.notifications().at(-1)).toMatchObject({
        event_type: "compute_task.migrate_server",
        priority: "ERROR",
        payload: { state: vm_state, method: "migrate_server" },
      });
    },
  );
});
