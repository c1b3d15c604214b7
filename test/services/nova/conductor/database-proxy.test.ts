/** The conductor before the database: nova §0.2, §0.4; messaging §B3. */
import { beforeEach, describe, expect, test } from "vitest";
import type { ClientOf } from "../../../../src/bus/index.js";
import type { RequestContext } from "../../../../src/framework/index.js";
import { minutes, seconds } from "../../../../src/kernel/index.js";
import { KeyError, AttributeError } from "../../../../src/python/index.js";
import { type conductorApi } from "../../../../src/services/nova/conductor/rpcapi.js";
import {
  ComputeHostNotFound,
  HostBinaryNotFound,
  InstanceActionNotFound,
  InstanceNotFound,
  ServiceBinaryExists,
  UnexpectedDeletingTaskStateError,
  UnexpectedTaskStateError,
} from "../../../../src/services/nova/exception.js";
import { actionStart } from "../../../../src/services/nova/db/instances/instance-actions.js";
import { primitive } from "../../../../src/services/nova/objects/wire/primitive.js";
import { getBlockDevices } from "../../../../src/services/nova/objects/block-device-mapping.js";
import { ConductorStore } from "../../../../src/services/nova/objects/wire/conductor-store.js";
import { eventFinish, eventStart } from "../../../../src/services/nova/objects/instance-action.js";
import { getInstance, type Instance } from "../../../../src/services/nova/objects/instance.js";
import { uuid } from "../bed.js";
import { ConductorBed } from "./bed.js";

let bed: ConductorBed;
let remote: ConductorStore;
let conductor: ClientOf<typeof conductorApi, RequestContext>;
beforeEach(() => {
  bed = new ConductorBed();
  remote = new ConductorStore(bed.nova("nova-compute", "c9"));
  ({ conductor } = remote);
});

/** Instance 1 as nova-compute has it. */
function fetched(): Instance {
  bed.instance(1, { task_state: null });
  return bed.run(getInstance(remote, bed.ctxt, uuid(1)));
}

describe("an object of a process without a database", () => {
  test("is read over the bus, whole, and nothing in it counts as changed", () => {
    const instance = fetched();
    expect(instance).toMatchObject({ uuid: uuid(1), vm_state: "building", display_name: "t3" });
    expect(instance.flavor().name).toBe("m1.tiny");
    expect(instance.changes()).toEqual({});
  });

  test("sends only what changed, and learns only what is different now", () => {
    const instance = fetched();
    bed.db.instances.update(uuid(1), { host: "c7" });
    instance.task_state = "networking";
    bed.wait(seconds(1));
    bed.forget();
    bed.run(instance.save(bed.ctxt, { expected_task_state: [null] }));
    expect(bed.stored(1)).toMatchObject({ task_state: "networking", host: "c7" });
    expect(instance.host).toBe("c7");
    expect(instance.changes()).toEqual({});
    const [call] = bed.of<{ kind: "rpc.call"; method: string; args: Record<string, never> }>(
      "rpc.call",
    );
    expect(call).toMatchObject({
      method: "object_action",
      args: {
        objmethod: "save",
        objinst: { "nova_object.name": "Instance", "nova_object.changes": ["task_state"] },
      },
    });
    const [reply] = bed.of<{ kind: "rpc.reply"; result: [Record<string, unknown>, unknown] }>(
      "rpc.reply",
    );
    const [updates, result] = reply!.result;
    // Objects within have no equality (`oldobj[name] != objinst[name]`), so they are always told.
    expect(Object.keys(updates).sort()).toEqual([
      "host",
      "info_cache",
      "obj_what_changed",
      "security_groups",
      "updated_at",
    ]);
    expect(result).toBeNull();
  });

  test("is not saved over a state that was not expected, and the caller meets the class itself", () => {
    const instance = fetched();
    const save = (): void => {
      instance.task_state = "spawning";
      bed.run(instance.save(bed.ctxt, { expected_task_state: ["networking", null] }));
    };
    bed.db.instances.update(uuid(1), { task_state: "soft-deleting" });
    expect(save).toThrow(UnexpectedTaskStateError);
    expect(save).not.toThrow(UnexpectedDeletingTaskStateError);
    bed.db.instances.update(uuid(1), { task_state: "deleting" });
    expect(save).toThrow(UnexpectedDeletingTaskStateError);
    expect(save).toThrow("expecting [u'networking', None] but the actual state is deleting");
    bed.db.instances.softDelete(uuid(1));
    expect(save).toThrow(InstanceNotFound);
  });

  test("has its nested objects saved with it", () => {
    const instance = fetched();
    instance.info_cache.network_info = [{ id: "port-1" }];
    bed.run(instance.save(bed.ctxt));
    expect(bed.db.instance_info_caches.get(uuid(1))?.network_info).toEqual([{ id: "port-1" }]);
  });

  test("refuses what is no remotable method", () => {
    const call = {
      objname: "Instance",
      objmethod: "constructor",
      objver: "1.0",
      args: [],
      kwargs: {},
    };
    expect(() => bed.run(conductor.object_class_action(bed.ctxt, call))).toThrow(AttributeError);
  });

  test("its disks come as objects that can be saved from there", () => {
    fetched();
    bed.imageDisk(uuid(1), "i");
    const [disk] = bed.run(getBlockDevices(remote, bed.ctxt, uuid(1))).objects;
    disk!.device_name = "/dev/vda";
    bed.run(disk!.save(bed.ctxt));
    expect(bed.db.block_device_mapping.get(1)?.device_name).toBe("/dev/vda");
  });
});

describe("action events", () => {
  test("need an action of the same request", () => {
    fetched();
    expect(() => bed.run(eventStart(remote, bed.ctxt, uuid(1), "compute_x"))).toThrow(
      InstanceActionNotFound,
    );
  });

  test("a second attempt starts a row of its own and finishes the first one's (nova §1.9)", () => {
    fetched();
    actionStart(bed.db, bed.ctxt, uuid(1), "create");
    for (let attempt = 0; attempt < 2; attempt++) {
      bed.run(eventStart(remote, bed.ctxt, uuid(1), "compute_x"));
      bed.run(eventFinish(remote, bed.ctxt, uuid(1), "compute_x", null));
    }
    const results = bed.db.instance_actions_events.find().map(({ result }) => result);
    expect(results).toEqual(["Success", null]);
  });

  test("an error marks the event and the action", () => {
    fetched();
    actionStart(bed.db, bed.ctxt, uuid(1), "create");
    bed.run(eventStart(remote, bed.ctxt, uuid(1), "compute_x"));
    const failure = { exc_val: "boom", exc_tb: "Traceback" };
    bed.run(eventFinish(remote, bed.ctxt, uuid(1), "compute_x", failure));
    expect(bed.db.instance_actions_events.find()).toMatchObject([
      { result: "Error", traceback: "Traceback" },
    ]);
    expect(bed.db.instance_actions.find()).toMatchObject([{ action: "create", message: "Error" }]);
  });
});

describe("instance_update", () => {
  const update = (updates: Record<string, string | null>) =>
    bed.run(
      conductor.instance_update(bed.ctxt, {
        instance_uuid: uuid(1),
        updates,
        service: "conductor",
      }),
    );

  test("writes the columns of its list and answers with the instance, plain", () => {
    fetched();
    expect(update({ host: "c1", node: "c1", task_state: null })).toMatchObject({
      uuid: uuid(1),
      host: "c1",
      info_cache: { network_info: [] },
    });
    expect(bed.stored(1)).toMatchObject({ host: "c1", node: "c1" });
  });

  test("refuses any other column by name, and writes none", () => {
    fetched();
    expect(() => update({ host: "c1", display_name: "mine" })).toThrow(KeyError);
    expect(() => update({ display_name: "mine" })).toThrow(
      "unexpected update keyword 'display_name'",
    );
    expect(bed.stored(1).host).toBeNull();
  });

  test("compares the task state if told to", () => {
    fetched();
    expect(() => update({ expected_task_state: "spawning", task_state: null })).toThrow(
      UnexpectedTaskStateError,
    );
  });
});

describe("services", () => {
  const lookup = (topic: string | null, host: string | null, binary: string | null) =>
    bed.run(conductor.service_get_all_by(bed.ctxt, { topic, host, binary }));

  test("are found by host and binary, or said not to be there", () => {
    bed.service({ host: "c1" });
    expect(lookup(null, "c1", "nova-compute")).toMatchObject({ host: "c1", report_count: 0 });
    expect(() => lookup(null, "c2", "nova-compute")).toThrow(HostBinaryNotFound);
  });

  test("the compute of a host comes in a list, with its nodes", () => {
    bed.host("c1");
    expect(lookup("compute", "c1", null)).toMatchObject([
      { host: "c1", compute_node: [{ hypervisor_hostname: "c1" }] },
    ]);
    expect(() => lookup("compute", "c2", null)).toThrow(ComputeHostNotFound);
  });

  test("by topic, without those that are disabled (SVC-34)", () => {
    bed.service({ host: "c1" });
    bed.service({ host: "c2", disabled: true });
    expect(lookup("compute", null, null)).toMatchObject([{ host: "c1" }]);
    expect(lookup(null, "c2", null)).toMatchObject([{ host: "c2" }]);
    expect(lookup(null, null, null)).toHaveLength(3);
  });

  test("are made once for a host and binary, and report by update", () => {
    const values = { host: "c1", binary: "nova-compute", topic: "compute" };
    const made = bed.run(conductor.service_create(bed.ctxt, { values }));
    expect(made).toMatchObject({ ...values, report_count: 0, disabled: false, updated_at: null });
    expect(() => bed.run(conductor.service_create(bed.ctxt, { values }))).toThrow(
      ServiceBinaryExists,
    );
    const report = { service: { id: made.id }, values: { report_count: 1 } };
    expect(bed.run(conductor.service_update(bed.ctxt, report)).updated_at).not.toBeNull();
  });

  test("are disabled from the first if the deployment says so, also after a restart (SVC-07)", () => {
    bed = new ConductorBed({ enable_new_services: false });
    expect(bed.db.services.find({ binary: "nova-conductor" })).toMatchObject([{ disabled: true }]);
  });
});

test("a node is dated at each write, even if nothing in it differs", () => {
  const { id } = bed.host("c1");
  bed.wait(minutes(1));
  const write = { node: { id }, values: { running_vms: 0 } };
  bed.run(conductor.compute_node_update(bed.ctxt, write));
  const { created_at, updated_at } = bed.db.compute_nodes.get(id)!;
  expect(updated_at! > created_at).toBe(true);
});

test("migrations under way are those to or from the node that have not ended", () => {
  const migration = (status: string, source: string, dest: string): void => {
    bed.db.migrations.insert({
      source_compute: source,
      source_node: source,
      dest_compute: dest,
      dest_node: dest,
      dest_host: null,
      status,
      instance_uuid: uuid(1),
      old_instance_type_id: null,
      new_instance_type_id: null,
    });
  };
  migration("migrating", "c1", "c2");
  migration("finished", "c2", "c1");
  migration("confirmed", "c1", "c2");
  migration("migrating", "c2", "c3");
  const where = { host: "c1", node: "c1" };
  const found = bed.run(conductor.migration_get_in_progress_by_host_and_node(bed.ctxt, where));
  expect(found.map(({ id }) => id)).toEqual([1, 2]);
});

describe("compute.instance.exists", () => {
  function exists(current_period: boolean) {
    const call = {
      instance: primitive(fetched()),
      current_period,
      ignore_missing_network_data: true,
      system_metadata: null,
      extra_usage_info: { reason: "test" },
    };
    bed.run(conductor.notify_usage_exists(bed.ctxt, call));
    return bed.notifications();
  }

  test("is published as the conductor's, with the audit period that runs", () => {
    expect(exists(true)).toMatchObject([
      {
        publisher_id: "conductor.controller",
        event_type: "compute.instance.exists",
        priority: "INFO",
        payload: {
          instance_id: uuid(1),
          audit_period_beginning: "2014-09-01 00:00:00",
          audit_period_ending: expect.stringMatching(/^2014-09-18 04:03:09\.\d{6}$/),
          bandwidth: {},
          reason: "test",
        },
      },
    ]);
  });

  test("or with the last that is complete", () => {
    expect(exists(false)[0]?.payload).toMatchObject({
      audit_period_beginning: "2014-08-01 00:00:00",
      audit_period_ending: "2014-09-01 00:00:00",
    });
  });
});
