/**
 * `nova delete`: of a server on a host, of one without, of one whose host is down, and while it is
 * built. Every message with the row of the specification that asks for it.
 */
import { describe, expect, it } from "vitest";
import { texts } from "./rows.js";
import { BOOT, WholeCloud } from "./bed.js";

const FLOW = `
  os-11.6-1  nova-client -> nova-api DELETE /v2/{tenant}/servers/{server} 204
  3.1        stored active/deleting
  3.2        nova-api -> nova-compute@compute-1 cast terminate_instance
  0.3        nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_terminate_instance
  3.2        nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.delete
  3.2        notification compute.instance.delete.start
  3.2        notification compute.instance.shutdown.start
  3.2        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.2        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  3.2        nova-compute@compute-1 -> nova-conductor call Instance.save cleaned system_metadata
  os-11.6-3  nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?device_id={server} 200
  os-11.6-4  nova-compute@compute-1 -> neutron-server DELETE /v2.0/ports/{port}.json 204
  os-3.2     notification port.delete.start
  os-3.2     neutron-server -> neutron-openvswitch-agent@compute-1 fanout security_groups_member_updated
  os-3.2     notification port.delete.end
  os-3.2     neutron-server -> neutron-dhcp-agent cast port_delete_end
  3.2        nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info
  3.2        notification compute.instance.shutdown.end
  3.2        nova-compute@compute-1 -> nova-conductor call Instance.save task_state=null terminated_at vm_state=deleted
  3.2        stored deleted/-
  3.2        nova-compute@compute-1 -> nova-conductor call compute_node_update
  3.2        nova-compute@compute-1 -> nova-conductor call Instance.destroy
  3.2        nova-compute@compute-1 -> nova-conductor call Quotas.commit
  3.2        nova-compute@compute-1 -> nova-conductor call BlockDeviceMapping.destroy
  3.2        notification compute.instance.delete.end
  3.2        nova-compute@compute-1 -> nova-consoleauth cast delete_tokens_for_instance
  0.3        nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_terminate_instance
  os-3.4     neutron-openvswitch-agent@compute-1 -> neutron-server call security_group_info_for_devices
  os-3.4     neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_down
`;

describe("nova delete of a server on a host", () => {
  const whole = new WholeCloud();
  whole.boot();
  whole.type("nova delete t3");
  whole.rest();

  it("is exactly the messages of nova §3.2 and other-services §11.6", () => {
    expect(whole.flow(/DELETE/).map(({ text }) => text)).toEqual(texts(FLOW));
  });

  it("gives back the quota, the port and the rows (nova §3.2)", () => {
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
    expect(whole.ports()).toEqual([]);
    expect(whole.server.status).toBe("DELETED");
  });
});

describe("nova delete of a server without a host (pitfall 15)", () => {
  const whole = new WholeCloud();
  whole.boot();
  whole.type("nova shelve t3");
  whole.rest();
  whole.mark();
  whole.type("nova delete t3");
  whole.rest();

  it("is done by nova-api: snapshot, row, nothing else (nova §3.2, other-services §11.6)", () => {
    expect(whole.flow(/DELETE/).map(({ text }) => text)).toEqual(
      texts(`
        os-11.6-1  nova-client -> nova-api DELETE /v2/{tenant}/servers/{server} 204
        os-11.6-2  nova-api -> glance-api DELETE /v1/images/{snapshot} 200
        os-2.4     glance-api -> glance-registry GET /images/{snapshot} 200
        os-2.4     glance-api -> glance-registry PUT /images/{snapshot} 200
        os-2.4     glance-api -> glance-registry DELETE /images/{snapshot} 200
        os-2.4     notification image.delete
        3.2        stored shelved_offloaded/deleting
        3.2        notification compute.instance.delete.start
        3.2        notification compute.instance.delete.end
      `),
    );
  });

  it("leaks the port and the disk's row, gives back the quota, and has no action", () => {
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
    const [disk] = [...whole.rows("block_device_mapping").values()];
    expect(disk).toMatchObject({ deleted: 0 });
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
    const actions = [...whole.rows("instance_actions").values()].map(({ action }) => action);
    expect(actions).toEqual(["create", "shelve"]);
  });
});

describe("nova delete of a server whose host is down", () => {
  const whole = new WholeCloud();
  whole.boot();
  whole.cloud.crash("nova-compute@compute-1");
  whole.pass(70);
  whole.mark();
  whole.type("nova delete t3");
  whole.rest();

  it("is done by nova-api, with ports and rows (nova §3.2)", () => {
    expect(whole.flow(/DELETE/).map(({ text }) => text)).toEqual(
      texts(`
        os-11.6-1  nova-client -> nova-api DELETE /v2/{tenant}/servers/{server} 204
        3.2        stored active/deleting
        3.2        notification compute.instance.delete.start
        os-11.6-3  nova-api -> neutron-server GET /v2.0/ports.json?device_id={server} 200
        os-11.6-4  nova-api -> neutron-server DELETE /v2.0/ports/{port}.json 204
        os-3.2     notification port.delete.start
        os-3.2     neutron-server -> neutron-openvswitch-agent@compute-1 fanout security_groups_member_updated
        os-3.2     notification port.delete.end
        os-3.2     neutron-server -> neutron-dhcp-agent cast port_delete_end
        3.2        stored deleted/-
        3.2        notification compute.instance.delete.end
      `),
    );
    expect(whole.ports()).toEqual([]);
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
  });

  it("leaves the guest running until the host is back and cleans up", () => {
    whole.cloud.start("nova-compute@compute-1");
    whole.mark();
    whole.pass(1900);
    expect(whole.texts()).toEqual([
      // _run_pending_deletes (nova/compute/manager.py:6191, 2014.2) comes first: files that a guest still has open.
      "nova-compute@compute-1 -> nova-conductor call Instance.save cleaned system_metadata",
      "nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid",
      "nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid",
      // The guest has stopped (nova/compute/manager.py:1074-1109).
      "nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid",
      "nova-compute@compute-1 -> nova-conductor call Instance.refresh",
      "nova-compute@compute-1 -> nova-conductor call Instance.save system_metadata",
      "nova-compute@compute-1 -> nova-conductor call Instance.save power_state=4",
      "nova-compute@compute-1 -> keystone POST /v2.0/tokens 200",
      "notification identity.authenticate",
      "nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?device_id={server} 200",
      // Whoever sees what is deleted (nova/compute/manager.py:6003) cannot empty its cache (nova/db/sqlalchemy/api.py:2431, 2014.2),
      // and a server whose network stays is in error (nova/compute/manager.py:2307-2311), though it is gone.
      "nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info fails InstanceInfoCacheNotFound",
      "nova-compute@compute-1 -> nova-conductor call instance_update vm_state=error",
      "stored error/-",
      "neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_down",
    ]);
    const said = whole.recent.flatMap((line) => (line.kind === "log" ? [line.message] : []));
    expect(said.filter((message) => /^(?:Failed|Periodic) /u.test(message))).toEqual([
      expect.stringContaining("Failed storing info cache: Info cache for instance "),
      "Failed to deallocate network for instance.",
      expect.stringContaining("Periodic cleanup failed to delete instance: Info cache for"),
    ]);
    expect(whole.cloud.leftovers()).toEqual([]);
  });
});

describe("nova delete while the server is built", () => {
  it("waits for the build's lock; the build sees it at its next guarded save (nova §1.9, §3.2)", () => {
    const whole = new WholeCloud();
    whole.type(BOOT);
    whole.pass(1);
    expect(whole.state).toBe("building/spawning");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.states()).toEqual([
      "building/scheduling",
      "building/-",
      "building/networking",
      "building/block_device_mapping",
      "building/spawning",
      "building/deleting",
      // The clean-up's save writes what the refused one was to write, for a moment.
      "active/-",
      // Its guest has stopped while it was that, and who hears of it sees what is deleted (nova/compute/manager.py:1078, 5811-5818).
      "active/powering-off",
      "deleted/-",
      "stopped/-",
    ]);
    expect(whole.ports()).toEqual([]);
    expect(whole.faults()).toEqual([]);
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
  });
});
