/**
 * `nova unshelve`, both ways: onto a host of its own, or a mere start. Every message, notification
 * and stored state with the row of the specification that asks for it.
 */
import { describe, expect, it } from "vitest";
import { texts } from "./rows.js";
import { WholeCloud } from "./bed.js";

const FLOW = `
  os-11.5-1  nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  2.1        stored shelved_offloaded/unshelving
  2.1        nova-api -> nova-conductor cast unshelve_instance
  os-11.5-2  nova-conductor -> glance-api HEAD /v1/images/{snapshot} 200
  os-11      glance-api -> glance-registry GET /images/{snapshot} 200
  2.4        nova-conductor -> nova-scheduler call select_destinations
  2.4        notification scheduler.select_destinations.start
  2.4        notification scheduler.select_destinations.end
  2.4        nova-conductor -> nova-compute@compute-2 cast unshelve_instance
  0.3        nova-compute@compute-2 -> nova-conductor call InstanceActionEvent.event_start compute_unshelve_instance
  2.5-1      notification compute.instance.unshelve.start
  2.5-1      nova-compute@compute-2 -> nova-conductor call Instance.save task_state=spawning
  2.5-1      stored shelved_offloaded/spawning
  2.5-2      nova-compute@compute-2 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
  2.5-4      nova-compute@compute-2 -> neutron-server GET /v2.0/extensions.json 200
  os-10      nova-compute@compute-2 -> keystone POST /v2.0/tokens 200
  os-10      notification identity.authenticate
  os-11.5-4  nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?device_id={server}&tenant_id={tenant} 200
  os-11.5-5  nova-compute@compute-2 -> neutron-server PUT /v2.0/ports/{port}.json 200
  os-3.4     notification port.update.start
  os-3.4     neutron-server -> neutron-openvswitch-agent@compute-1, neutron-openvswitch-agent@compute-2 fanout port_update
  os-3.4     notification port.update.end
  os-3.4     neutron-server -> neutron-dhcp-agent cast port_update_end
  os-NW1     nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW2     nova-compute@compute-2 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-NW3     nova-compute@compute-2 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-2 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  2.5-4      nova-compute@compute-2 -> nova-conductor call InstanceInfoCache.save network_info
  2.5-5      nova-compute@compute-2 -> nova-conductor call InstancePCIRequests.get_by_instance_uuid
  2.5-5      nova-compute@compute-2 -> nova-conductor call instance_update host=compute-2 launched_on node=compute-2
  2.5-5      nova-compute@compute-2 -> nova-conductor call compute_node_update
  os-11.5-8  nova-compute@compute-2 -> glance-api GET /v1/images/{snapshot} 200
  os-11      glance-api -> glance-registry GET /images/{snapshot} 200
  os-2       notification image.send
  2.5-7      nova-compute@compute-2 -> nova-conductor call Flavor.get_by_id
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.refresh
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.refresh
  os-3.6-9   neutron-openvswitch-agent@compute-2 -> neutron-server call security_group_info_for_devices
  os-3.6-9   neutron-openvswitch-agent@compute-2 -> neutron-server call security_group_info_for_devices
  os-3.6-9   neutron-openvswitch-agent@compute-2 -> neutron-server call get_devices_details_list
  os-3.6-10  neutron-openvswitch-agent@compute-2 -> neutron-server call update_device_up
  os-10      neutron-server -> keystone POST /v2.0/tokens 200
  os-10      notification identity.authenticate
  os-11.5-7  neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
  os-11.5-7  nova-api -> nova-compute@compute-2 cast external_instance_event network-changed
  os-NW1     nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW2     nova-compute@compute-2 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-NW3     nova-compute@compute-2 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-2 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  2.5-4      nova-compute@compute-2 -> nova-conductor call InstanceInfoCache.save network_info
  os-11.5-9  neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
  os-11.5-9  nova-api -> nova-compute@compute-2 cast external_instance_event network-vif-plugged
  2.5-7      nova-compute@compute-2 -> glance-api DELETE /v1/images/{snapshot} 200
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.get_by_uuid
  os-2.4     glance-api -> glance-registry GET /images/{snapshot} 200
  3.7        nova-compute@compute-2 -> nova-conductor call Instance.refresh
  os-2.4     glance-api -> glance-registry PUT /images/{snapshot} 200
  os-2.4     glance-api -> glance-registry DELETE /images/{snapshot} 200
  os-2.4     notification image.delete
  2.5-8      nova-compute@compute-2 -> nova-conductor call Instance.save host=compute-2 image_ref launched_at launched_on node=compute-2 power_state=1 task_state=null vm_state=active if [spawning]
  2.5-8      stored active/-
  2.5-8      notification compute.instance.unshelve.end
  0.3        nova-compute@compute-2 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_unshelve_instance
`;

const STARTED = `
  2.1        nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  2.1        stored shelved/unshelving
  2.1        nova-api -> nova-conductor cast unshelve_instance
  2.4        stored shelved/powering-on
  2.4        nova-conductor -> nova-compute@compute-1 cast start_instance
`;

describe("nova unshelve of a server that was offloaded", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.boot();
  whole.type("nova shelve t3");
  whole.rest();
  whole.mark();
  whole.type("nova unshelve t3");
  whole.rest();

  it("is exactly the messages of nova §2.4, §2.5 and other-services §11.5", () => {
    const flow = whole.flow(/\/action /).map(({ text }) => text);
    expect(flow).toEqual(texts(FLOW));
  });

  it("stores shelved_offloaded/unshelving, spawning, active/- (nova §2.5)", () => {
    expect(whole.states()).toEqual([
      "shelved_offloaded/unshelving",
      "shelved_offloaded/spawning",
      "active/-",
    ]);
  });

  it("notifies of scheduling and unshelving (nova §2.5 end)", () => {
    expect(whole.notifications()).toEqual([
      "scheduler.select_destinations.start",
      "scheduler.select_destinations.end",
      "compute.instance.unshelve.start",
      "compute.instance.unshelve.end",
    ]);
  });

  it("has the conductor's two events beside the host's (nova §2.4, §4.6)", () => {
    expect(whole.events()).toEqual([
      "compute_build_and_run_instance Success",
      "compute_shelve_instance Success",
      "get_image_info Success",
      "schedule_instances Success",
      "compute_unshelve_instance Success",
    ]);
  });

  it("binds the port to the new host and forgets the shelved keys (nova §2.4, §2.5 row 4)", () => {
    expect(whole.ports()).toEqual(["compute-2 ovs ACTIVE"]);
    const [metadata] = [...whole.rows("instance_system_metadata").values()];
    expect(JSON.stringify(metadata)).not.toContain("shelved_");
  });
});

describe("nova unshelve of a server that is still on its host (pitfall 14)", () => {
  const whole = new WholeCloud({ flags: { shelved_offload_time: -1 } });
  whole.boot();
  whole.type("nova shelve t3");
  whole.rest();
  whole.mark();
  whole.type("nova unshelve t3");
  whole.rest();
  const flow = whole.flow(/\/action /).map(({ text }) => text);

  it("is a start: no scheduler, and the image goes at once (nova §2.4, other-services §11.5)", () => {
    expect(flow.slice(0, 5)).toEqual(texts(STARTED));
    expect(flow).toContain("nova-conductor -> glance-api DELETE /v1/images/{snapshot} 200");
    expect(flow.filter((text) => text.includes("nova-scheduler"))).toEqual([]);
  });

  it("stores unshelving, powering-on, active and notifies of power_on only (nova §2.5)", () => {
    expect(whole.states()).toEqual(["shelved/unshelving", "shelved/powering-on", "active/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.power_on.start",
      "compute.instance.power_on.end",
    ]);
  });
});
