/**
 * `nova shelve` and what offloads a shelved server, whole: every message, notification and stored
 * state with the row of the specification that asks for it. Nothing may be missing or extra.
 */
import { describe, expect, it } from "vitest";
import { texts } from "./rows.js";
import { WholeCloud } from "./bed.js";

const FLOW = `
  os-11.3-1  nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  2.2-1      stored active/shelving
  os-11.3-2  nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  2.2-4      nova-api -> glance-api POST /v1/images 201
  os-2.4-2   glance-api -> glance-registry POST /images 200
  os-2.4-2   notification image.create
  2.2-5      nova-api -> nova-compute@compute-1 cast shelve_instance
  0.3        nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_shelve_instance
  2.2-a      nova-compute@compute-1 -> nova-conductor call notify_usage_exists
  2.2-a      notification compute.instance.exists
  2.2-b      notification compute.instance.shelve.start
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  os-11.3-4  nova-compute@compute-1 -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-11.3-5  nova-compute@compute-1 -> glance-api HEAD /v1/images/{snapshot} 200
  os-11      glance-api -> glance-registry GET /images/{snapshot} 200
  2.2-e      nova-compute@compute-1 -> nova-conductor call Instance.save task_state=shelving_image_pending_upload if [shelving]
  2.2-e      stored active/shelving_image_pending_upload
  2.2-e      nova-compute@compute-1 -> nova-conductor call Instance.save task_state=shelving_image_uploading if [shelving_image_pending_upload]
  2.2-e      stored active/shelving_image_uploading
  os-11.3-6  nova-compute@compute-1 -> glance-api PUT /v1/images/{snapshot} 200
  os-2.4-4   glance-api -> glance-registry GET /images/{snapshot} 200
  os-2.4-4   glance-api -> glance-registry PUT /images/{snapshot} 200
  os-2.4-4   glance-api -> glance-registry GET /images/{snapshot} 200
  os-2.4-4   glance-api -> glance-registry PUT /images/{snapshot} 200
  os-2.4-4   notification image.prepare
  os-2.4-7   glance-api -> glance-registry PUT /images/{snapshot} 200
  os-2.4-7   notification image.upload
  os-2.4-8   glance-api -> glance-registry PUT /images/{snapshot} 200
  os-2.4-8   notification image.activate
  os-2.4-8   notification image.update
  os-2.4-8   notification image.update
  2.2-g      nova-compute@compute-1 -> nova-conductor call Instance.save power_state=4 system_metadata task_state=shelving_offloading vm_state=shelved if [shelving, shelving_image_uploading]
  2.2-g      stored shelved/shelving_offloading
  2.2-h      notification compute.instance.shelve.end
  2.3        notification compute.instance.shelve_offload.start
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW2     nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  2.3        nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info
  2.3        nova-compute@compute-1 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
  2.3        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  2.3        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  2.3        nova-compute@compute-1 -> nova-conductor call Instance.save cleaned system_metadata
  2.3        nova-compute@compute-1 -> nova-conductor call Instance.save host=null node=null task_state=null vm_state=shelved_offloaded if [shelving, shelving_offloading]
  2.3        stored shelved_offloaded/-
  2.3        notification compute.instance.shelve_offload.end
  0.3        nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_shelve_instance
  os-11.3-8  neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_down
  os-11.3-9  neutron-server -> nova-api POST /v2/{service}/os-server-external-events 404
`;

/** Shelved, but still on its host. */
const KEEP = { flags: { shelved_offload_time: -1 } };

describe("nova shelve", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.boot();
  whole.type("nova shelve t3");
  whole.rest();
  const flow = whole.flow(/\/action /).map(({ text }) => text);

  it("is exactly the messages of nova §2.2 rows a-i, §2.3 and other-services §2.4, §11.3", () => {
    expect(flow).toEqual(texts(FLOW));
  });

  it("stores the chain of nova §2.5 with libvirt and shelved_offload_time 0", () => {
    expect(whole.states()).toEqual([
      "active/shelving",
      "active/shelving_image_pending_upload",
      "active/shelving_image_uploading",
      "shelved/shelving_offloading",
      "shelved_offloaded/-",
    ]);
  });

  it("notifies of existence, shelving and offloading (nova §2.5 end)", () => {
    expect(whole.notifications()).toEqual([
      "compute.instance.exists",
      "compute.instance.shelve.start",
      "compute.instance.shelve.end",
      "compute.instance.shelve_offload.start",
      "compute.instance.shelve_offload.end",
    ]);
  });

  it("writes the action row after the task state and before it asks Glance (nova §2.2 row 1)", () => {
    const order = ["instances", "instance_actions", "POST /v1/images"].map((what) =>
      whole.recent.findIndex(
        (each) =>
          (each.kind === "db" && each.table === what) ||
          (each.kind === "rest.request" && `${each.method} ${each.path}` === what),
      ),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it("leaves the port bound to the host that the server has left, and the quota used (nova §2.1, §2.3)", () => {
    expect(whole.server.host).toBeNull();
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});

describe("a server that is shelved and stays", () => {
  const whole = new WholeCloud(KEEP);
  whole.boot();
  whole.type("nova shelve t3");
  whole.rest();

  it("ends shelved/- on its host", () => {
    expect(whole.states().at(-1)).toBe("shelved/-");
    expect(whole.server.host).toBe("compute-1");
    expect(whole.notifications()).toEqual([
      "compute.instance.exists",
      "compute.instance.shelve.start",
      "compute.instance.shelve.end",
    ]);
  });

  it("is offloaded by an administrator's request, without an action or an event (nova §2.1, §2.3)", () => {
    whole.mark();
    const actions = whole.rows("instance_actions").size;
    whole.type(`nova shelve-offload ${whole.server.id}`, "admin");
    whole.rest();
    const flow = whole.flow(/\/action /).map(({ text }) => text);
    expect(flow).toEqual(
      texts(`
        2.1     nova-client -> nova-api POST /v2/{id}/servers/{server}/action 202
        2.1     stored shelved/shelving_offloading
        2.1     nova-api -> nova-compute@compute-1 cast shelve_offload_instance
        2.3     notification compute.instance.shelve_offload.start
        os-NW1  nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
        os-NW2  nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
        os-NW3  nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
        os-NW4  nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
        os-NW5  nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
        2.3     nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info
        2.3     nova-compute@compute-1 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
        2.3     nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
        2.3     nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
        2.3     nova-compute@compute-1 -> nova-conductor call Instance.save cleaned system_metadata
        2.3     nova-compute@compute-1 -> nova-conductor call Instance.save host=null node=null task_state=null vm_state=shelved_offloaded if [shelving, shelving_offloading]
        2.3     stored shelved_offloaded/-
        2.3     notification compute.instance.shelve_offload.end
        os-11.3-8  neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_down
        os-11.3-9  neutron-server -> nova-api POST /v2/{service}/os-server-external-events 404
      `),
    );
    expect(whole.rows("instance_actions").size).toBe(actions);
  });
});

describe("a server that is shelved for longer than shelved_offload_time", () => {
  it("is offloaded by the periodic task of its host (nova §2.3)", () => {
    const whole = new WholeCloud({ flags: { shelved_offload_time: 60 } });
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    whole.pass(3700);
    expect(whole.states()).toEqual(["shelved/shelving_offloading", "shelved_offloaded/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.shelve_offload.start",
      "compute.instance.shelve_offload.end",
    ]);
  });
});
