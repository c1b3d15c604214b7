/** What objects are on the wire: nova/objects/*.py at 2014.2. */
import { describe, expect, test } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import type { Op } from "../../../../src/kernel/index.js";
import { toJson, type JsonObject } from "../../../../src/python/index.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { UnexpectedTaskStateError } from "../../../../src/services/nova/exception.js";
import { callClass } from "../../../../src/services/nova/objects/base/remotable.js";
import { bind } from "../../../../src/services/nova/objects/wire/arguments.js";
import { getBlockDevices } from "../../../../src/services/nova/objects/block-device-mapping.js";
import { ConductorStore } from "../../../../src/services/nova/objects/wire/conductor-store.js";
import { InstanceExternalEvent } from "../../../../src/services/nova/objects/external-event.js";
import { InstanceFault } from "../../../../src/services/nova/objects/instance-fault.js";
import {
  eventFinish,
  eventStart,
  actionStart,
} from "../../../../src/services/nova/objects/instance-action.js";
import {
  getInstanceGroupByHint,
  getInstanceGroupHosts,
} from "../../../../src/services/nova/objects/instance-group.js";
import {
  getInstance,
  getInstancesByFilters,
  getInstancesByHost,
  getInstancesByHostAndNode,
} from "../../../../src/services/nova/objects/instance.js";
import {
  getPciRequests,
  pciRequestsMethods,
} from "../../../../src/services/nova/objects/instance-pci-requests.js";
import { networkRequestList } from "../../../../src/services/nova/objects/network-request.js";
import { Quotas } from "../../../../src/services/nova/objects/quotas.js";
import { NovaBed, uuid } from "../bed.js";

/** A process without a database, and a conductor. */
class RemoteBed extends NovaBed {
  readonly remote: ConductorStore;

  constructor() {
    super();
    this.start(novaConductor(this.nova("nova-conductor"), this.db));
    this.remote = new ConductorStore(this.nova("nova-compute", "c1"));
  }

  /** The arguments of the calls that `op` makes. */
  sent(op: Op<unknown>): JsonObject[] {
    this.forget();
    this.run(op);
    return this.of<RpcSent>("rpc.call").map(({ args }) => args as JsonObject);
  }
}

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);

const DATA = "nova_object.data";

describe("the version of each class (VERSION in nova/objects/*.py at 2014.2)", () => {
  const bed = new NovaBed();
  const { store } = bed;
  bed.imageDisk(uuid(1), "i");
  const devices = bed.run(getBlockDevices(store, bed.ctxt, uuid(1)));
  const instance = bed.instance(1);
  const requests = networkRequestList(store, [
    { network_id: "n", address: null, port_id: null, pci_request_id: null },
  ]);
  const row = bed.db.instance_groups.insert({
    uuid: uuid(9),
    user_id: "alice",
    project_id: "demo",
    name: "g",
    policies: [],
    members: [],
  });
  const listed = bed.run(getInstancesByHost(store, bed.ctxt, "c1", {}));
  const event = { instance_uuid: uuid(1), name: "network-changed", status: "completed", tag: null };
  const args = { instance_uuid: uuid(1) };
  const pciRequests = bed.run(callClass(store, bed.ctxt, pciRequestsMethods.getByInstance, args));
  const fault = { instance_uuid: uuid(1), code: 500, message: "", details: "", host: "c1" };

  test.each([
    ["BlockDeviceMapping", "1.3", devices.objects[0]],
    ["BlockDeviceMappingList", "1.4", devices],
    ["Instance", "1.15", instance],
    ["InstanceExternalEvent", "1.0", new InstanceExternalEvent(store, event)],
    ["InstanceFault", "1.2", new InstanceFault(store, fault)],
    ["InstanceGroup", "1.8", bed.run(getInstanceGroupByHint(store, bed.ctxt, row.uuid))],
    ["InstanceInfoCache", "1.5", instance.info_cache],
    ["InstancePCIRequests", "1.1", pciRequests],
    ["NetworkRequest", "1.0", requests.objects[0]],
    ["NetworkRequestList", "1.1", requests],
    ["Quotas", "1.1", new Quotas(store, { reservations: [], project_id: null, user_id: null })],
    ["SecurityGroupList", "1.0", instance.security_groups],
  ])("%s is %s", (name, version, object) => {
    expect(toJson(object)).toMatchObject({
      "nova_object.name": name,
      "nova_object.namespace": "nova",
      "nova_object.version": version,
    });
    expect(listed).toEqual([]);
  });
});

describe("the fields of an instance on the wire (nova/objects/instance.py, fields.py)", () => {
  const bed = new NovaBed();
  const instance = bed.instance(1, { launched_at: "2014-09-18T04:03:10.654321", cleaned: 1 });
  const data = at(toJson(instance), DATA) as JsonObject;

  test("a date is isotime, without its fraction (DateTime.to_primitive)", () => {
    expect(data).toMatchObject({
      created_at: "2014-09-18T04:03:09Z",
      launched_at: "2014-09-18T04:03:10Z",
      updated_at: null,
      terminated_at: null,
    });
  });

  test("deleted and cleaned are booleans, and so is a disk config that nobody set", () => {
    expect(data).toMatchObject({ deleted: false, cleaned: true, auto_disk_config: false });
  });

  test("what was loaded is there, and what was not is not", () => {
    expect(Object.keys(data).sort()).toEqual(FIELDS);
  });

  test("with Neutron it has no security groups of Nova's (neutron_driver.py)", () => {
    expect(at(data, "security_groups", DATA)).toEqual({ objects: [] });
  });

  test("its network is JSON as text (NetworkModel.to_primitive)", () => {
    instance.info_cache.network_info = [{ id: "port-1", active: false }];
    const cache = at(toJson(instance), DATA, "info_cache", DATA) as JsonObject;
    expect(cache).toMatchObject({
      network_info: '[{"active": false, "id": "port-1"}]',
      deleted: false,
      created_at: "2014-09-18T04:03:09Z",
    });
    expect(toJson(instance)).toMatchObject({ "nova_object.changes": ["info_cache"] });
  });

  const FIELDS = [
    ...["access_ip_v4", "access_ip_v6", "architecture", "auto_disk_config", "availability_zone"],
    ...["cell_name", "cleaned", "config_drive", "created_at", "default_ephemeral_device"],
    ...["default_swap_device", "deleted", "deleted_at", "disable_terminate"],
    ...["display_description", "display_name", "ephemeral_gb", "ephemeral_key_uuid", "host"],
    ...["hostname", "id", "image_ref", "info_cache", "instance_type_id", "kernel_id", "key_data"],
    ...["key_name", "launch_index", "launched_at", "launched_on", "locked", "locked_by"],
    ...["memory_mb", "metadata", "node", "numa_topology", "os_type", "power_state", "progress"],
    ...["project_id", "ramdisk_id", "reservation_id", "root_device_name", "root_gb"],
    ...["scheduled_at", "security_groups", "shutdown_terminate", "system_metadata", "task_state"],
    ...["terminated_at", "updated_at", "user_data", "user_id", "uuid", "vcpus", "vm_mode"],
    ...["vm_state"],
  ];
});

describe("the arguments of a remotable call are by place what upstream's callers give by place", () => {
  const bed = new RemoteBed();
  const { remote, ctxt } = bed;
  bed.instance(1, { host: "c1", node: "c1" });
  bed.imageDisk(uuid(1), "i");
  const group = { user_id: "alice", project_id: "demo", policies: [], members: [uuid(1)] };
  bed.db.instance_groups.insert({ uuid: uuid(9), name: "g", ...group });
  bed.run(actionStart(bed.store, ctxt, uuid(1), "create"));
  const use_slave = true;
  const failure = { exc_val: "no", exc_tb: "  File\n" };

  test.each<[string, string, Op<unknown>, unknown, unknown]>([
    [
      "nova/compute/utils.py (EventReporter.__enter__)",
      "InstanceActionEvent.event_start 1.1",
      eventStart(remote, ctxt, uuid(1), "compute_stop_instance"),
      [uuid(1), "compute_stop_instance"],
      { want_result: false },
    ],
    [
      "nova/compute/utils.py (EventReporter.__exit__)",
      "InstanceActionEvent.event_finish_with_failure 1.1",
      eventFinish(remote, ctxt, uuid(1), "compute_stop_instance", failure),
      [uuid(1), "compute_stop_instance"],
      { ...failure, want_result: false },
    ],
    [
      "nova/compute/api.py (_record_action_start)",
      "InstanceAction.action_start 1.1",
      actionStart(remote, ctxt, uuid(1), "stop"),
      [uuid(1), "stop"],
      { want_result: false },
    ],
    [
      "nova/compute/claims.py (_test_pci)",
      "InstancePCIRequests.get_by_instance_uuid 1.1",
      getPciRequests(remote, ctxt, uuid(1)),
      [uuid(1)],
      {},
    ],
    [
      "nova/compute/manager.py (_unshelve_instance)",
      "BlockDeviceMappingList.get_by_instance_uuid 1.4",
      getBlockDevices(remote, ctxt, uuid(1)),
      [uuid(1)],
      {},
    ],
    [
      "nova/compute/manager.py (_heal_instance_info_cache)",
      "Instance.get_by_uuid 1.15",
      getInstance(remote, ctxt, uuid(1), { expected_attrs: ["info_cache"], use_slave }),
      [uuid(1)],
      { expected_attrs: ["info_cache"], use_slave },
    ],
    [
      "nova/compute/manager.py (_sync_power_states)",
      "InstanceList.get_by_host 1.9",
      getInstancesByHost(remote, ctxt, "c1", { use_slave }),
      ["c1"],
      { use_slave },
    ],
    [
      "nova/compute/resource_tracker.py (_update_available_resource)",
      "InstanceList.get_by_host_and_node 1.9",
      getInstancesByHostAndNode(remote, ctxt, "c1", "c1"),
      ["c1", "c1"],
      { expected_attrs: ["system_metadata", "numa_topology"] },
    ],
    [
      "nova/compute/manager.py (_get_instances_on_driver)",
      "InstanceList.get_by_filters 1.9",
      getInstancesByFilters(remote, ctxt, { uuid: [uuid(1)], deleted: false }, { use_slave }),
      [{ uuid: [uuid(1)], deleted: false }],
      { use_slave },
    ],
    [
      "nova/objects/instance_group.py (get_by_hint)",
      "InstanceGroup.get_by_name 1.8",
      getInstanceGroupByHint(remote, ctxt, "g"),
      ["g"],
      {},
    ],
    [
      "nova/objects/instance_group.py (get_by_hint)",
      "InstanceGroup.get_by_uuid 1.8",
      getInstanceGroupByHint(remote, ctxt, uuid(9)),
      [uuid(9)],
      {},
    ],
  ])("%s: %s", (_where, name, op, args, kwargs) => {
    const [call] = bed.sent(op);
    const { objname, objmethod, objver } = call as Record<string, string>;
    expect(`${objname ?? ""}.${objmethod ?? ""} ${objver ?? ""}`).toBe(name);
    expect(call).toMatchObject({ args, kwargs });
  });

  test("a method of an object: what is expected is one state or several, as it was written", () => {
    const instance = bed.run(getInstance(remote, ctxt, uuid(1)));
    instance.task_state = "networking";
    const save = instance.save(ctxt, { expected_task_state: "scheduling" });
    expect(bed.sent(save)).toMatchObject([
      { objmethod: "save", args: [], kwargs: { expected_task_state: "scheduling" } },
    ]);
    expect(bed.sent(instance.save(ctxt))).toMatchObject([{ args: [], kwargs: {} }]);
  });

  test("hosts of a group are asked of the group", () => {
    const found = bed.run(getInstanceGroupByHint(remote, ctxt, "g"));
    expect(bed.sent(getInstanceGroupHosts(ctxt, found, [uuid(2)]))).toMatchObject([
      {
        objmethod: "get_hosts",
        objinst: { "nova_object.name": "InstanceGroup" },
        args: [],
        kwargs: { exclude: [uuid(2)] },
      },
    ]);
    expect(bed.run(getInstanceGroupHosts(ctxt, found, []))).toEqual(["c1"]);
  });

  test("whether there is quota to take is for whoever runs it to see (Quotas.commit)", () => {
    const quotas = new Quotas(remote, { reservations: null, project_id: "demo", user_id: null });
    expect(bed.sent(quotas.commit(ctxt))).toMatchObject([{ objmethod: "commit" }]);
    expect(bed.sent(quotas.rollback(ctxt))).toMatchObject([{ objmethod: "rollback" }]);
  });
});

describe("a state that was not expected is named as Python writes what was given", () => {
  const bed = new RemoteBed();
  bed.instance(1, { task_state: "rebooting" });
  const near = bed.run(getInstance(bed.store, bed.ctxt, uuid(1)));
  const far = bed.run(getInstance(bed.remote, bed.ctxt, uuid(1)));

  test.each([
    [far, "spawning", "(u'spawning',)"],
    [far, ["shelving", null], "[u'shelving', None]"],
    [near, "unshelving", "('unshelving',)"],
    [near, [null], "[None]"],
  ] as const)("%#: %j", (instance, expected_task_state, text) => {
    instance.task_state = "deleting";
    const save = (): void => {
      bed.run(instance.save(bed.ctxt, { expected_task_state }));
    };
    expect(save).toThrow(UnexpectedTaskStateError);
    expect(save).toThrow(`expecting ${text} but the actual state is rebooting`);
  });
});

describe("arguments that do not fit are refused in the words of Python 2.7", () => {
  const method = { method: "fly", takes: ["uuid"], options: ["high"] } as const;
  test.each<[unknown[], Record<string, unknown>, string]>([
    [[], {}, "fly() takes at least 3 arguments (2 given)"],
    [["a", "b", "c"], {}, "fly() takes at most 4 arguments (5 given)"],
    [["a"], { low: 1 }, "fly() got an unexpected keyword argument 'low'"],
    [["a"], { uuid: 1 }, "fly() got multiple values for keyword argument 'uuid'"],
  ])("%j %j", (args, kwargs, message) => {
    expect(() => bind<{ uuid: unknown; high: unknown }>(method, { args, kwargs })).toThrow(message);
  });

  test("one that takes no more says exactly how many", () => {
    const exact = { method: "fly", takes: ["uuid"] } as const;
    const none = (): unknown => bind<{ uuid: unknown }>(exact, { args: [], kwargs: {} });
    expect(none).toThrow("fly() takes exactly 3 arguments (2 given)");
  });
});
