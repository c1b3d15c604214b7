/**
 * `nova boot`, whole: every message, notification and stored state that POST /servers leads to, each
 * with the row of the specification that asks for it, in order. Nothing may be missing or extra.
 */
import { describe, expect, it } from "vitest";
import { texts } from "./rows.js";
import { BOOT, WholeCloud } from "./bed.js";

const FLOW = `
  1.4-1      nova-client -> nova-api POST /v2/{tenant}/servers 202
  1.4-2      nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  1.4-3      nova-api -> neutron-server GET /v2.0/networks.json?id={network} 200
  1.7-A      nova-api -> neutron-server GET /v2.0/ports.json?tenant_id={tenant} 200
  1.7-A      nova-api -> neutron-server GET /v2.0/quotas/{tenant}.json 200
  1.3-2      stored building/scheduling
  1.4-4      nova-api -> nova-conductor cast build_instances
  1.4-5      nova-conductor -> nova-scheduler call select_destinations
  1.5-1      notification scheduler.select_destinations.start
  1.5-6      notification scheduler.select_destinations.end
  1.4-7      nova-conductor -> nova-compute@compute-1 cast build_and_run_instance
  1.4-8      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_build_and_run_instance
  1.4-9      nova-compute@compute-1 -> nova-conductor call Instance.save task_state=null if [scheduling, null]
  1.4-9      stored building/-
  1.4-10     notification compute.instance.create.start
  1.4-11     nova-compute@compute-1 -> nova-conductor call InstancePCIRequests.get_by_instance_uuid
  1.4-12     nova-compute@compute-1 -> nova-conductor call instance_update host=compute-1 launched_on node=compute-1
  1.4-13     nova-compute@compute-1 -> nova-conductor call compute_node_update
  1.4-14     nova-compute@compute-1 -> nova-conductor call Instance.save host=compute-1 launched_on node=compute-1 task_state=networking if [null]
  1.4-14     stored building/networking
  1.4-14     nova-compute@compute-1 -> nova-conductor call compute_node_update
  1.4-16     nova-compute@compute-1 -> nova-conductor call Instance.save root_device_name
  1.4-15     nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  1.4-16     nova-compute@compute-1 -> nova-conductor call BlockDeviceMapping.save device_name=/dev/vda
  os-11.1-9  nova-compute@compute-1 -> neutron-server GET /v2.0/security-groups.json?tenant_id={tenant} 200
  1.4-17     nova-compute@compute-1 -> nova-conductor call Instance.save task_state=block_device_mapping
  1.4-17     stored building/block_device_mapping
  1.4-19     nova-compute@compute-1 -> nova-conductor call Instance.save task_state=spawning if [block_device_mapping]
  1.4-19     stored building/spawning
  os-11.1-10 nova-compute@compute-1 -> neutron-server GET /v2.0/extensions.json 200
  1.4-20     nova-compute@compute-1 -> glance-api GET /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-10      nova-compute@compute-1 -> keystone POST /v2.0/tokens 200
  os-10      notification identity.authenticate
  os-2       notification image.send
  os-3.6-1   nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201
  os-3.6-2   notification port.create.start
  os-3.6-3   neutron-server -> neutron-openvswitch-agent@compute-1, neutron-openvswitch-agent@compute-2 fanout security_groups_member_updated
  os-3.6-4   notification port.create.end
  os-3.6-5   neutron-server -> neutron-dhcp-agent cast port_create_end
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  1.4-15b    nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info
  1.4-15b    nova-compute@compute-1 -> nova-conductor call instance_update system_metadata
  1.4-15b    nova-compute@compute-1 -> nova-conductor call compute_node_update
  1.4-21     nova-compute@compute-1 -> nova-conductor call Flavor.get_by_id
  os-3.6-9   neutron-openvswitch-agent@compute-1 -> neutron-server call security_group_info_for_devices
  os-3.6-9   neutron-openvswitch-agent@compute-1 -> neutron-server call security_group_info_for_devices
  os-3.6-9   neutron-openvswitch-agent@compute-1 -> neutron-server call get_devices_details_list
  os-3.6-10  neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_up
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  os-11.1-15 neutron-server -> keystone POST /v2.0/tokens 200
  os-10      notification identity.authenticate
  1.4-22     neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
  1.4-23     nova-api -> nova-compute@compute-1 cast external_instance_event network-vif-plugged
  1.4-24     nova-compute@compute-1 -> nova-conductor call Instance.save launched_at power_state=1 system_metadata task_state=null vm_state=active if [spawning]
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  1.4-24     stored active/-
  1.4-25     notification compute.instance.create.end
  1.4-26     nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_build_and_run_instance
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
`;

describe("nova boot", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.type(BOOT);
  whole.rest();
  const flow = whole.flow(/POST .*\/servers /).map(({ text }) => text);

  it("is exactly the messages of nova §1.4 rows 1-26, §1.7 and other-services §3.6, §11.1", () => {
    expect(flow).toEqual(texts(FLOW));
  });

  it("stores building/scheduling, -, networking, block_device_mapping, spawning, active (nova §1.4)", () => {
    expect(flow.filter((text) => text.startsWith("stored ")).map((text) => text.slice(7))).toEqual([
      "building/scheduling",
      "building/-",
      "building/networking",
      "building/block_device_mapping",
      "building/spawning",
      "active/-",
    ]);
  });

  it("notifies of scheduling and creation, start and end, and of nothing else (nova §1.11)", () => {
    const nova = flow.filter((text) => /^notification (compute|scheduler)\./.test(text));
    expect(nova.map((text) => text.replace("notification ", ""))).toEqual([
      "scheduler.select_destinations.start",
      "scheduler.select_destinations.end",
      "compute.instance.create.start",
      "compute.instance.create.end",
    ]);
  });

  it("fetches the image on the first boot of a host only (nova §1.4 row 20)", () => {
    whole.mark();
    whole.type(BOOT.replace("t3", "t4"));
    whole.type(BOOT.replace("t3", "t5"));
    whole.rest();
    const fetched = whole.texts().filter((text) => /GET \/v1\/images\/\{image\} /.test(text));
    expect(fetched).toEqual(["nova-compute@compute-2 -> glance-api GET /v1/images/{image} 200"]);
  });

  it("asks about ports and quota of the whole network, where no network is named (nova §1.7 row A)", () => {
    const each = new WholeCloud();
    each.type("nova boot t3 --flavor m1.nano --image cirros");
    each.rest();
    const asked = each
      .flow(/POST .*\/servers /)
      .map(({ text }) => text)
      .filter((text) => text.startsWith("nova-api -> neutron-server"));
    expect(asked).toEqual([
      "nova-api -> neutron-server GET /v2.0/networks.json?tenant_id={tenant}&shared=False 200",
      "nova-api -> neutron-server GET /v2.0/networks.json?shared=True 200",
      "nova-api -> neutron-server GET /v2.0/ports.json?tenant_id={tenant} 200",
      "nova-api -> neutron-server GET /v2.0/quotas/{tenant}.json 200",
    ]);
    expect(each.state).toBe("active/-");
  });
});

describe("who writes what (nova §1.12)", () => {
  const whole = new WholeCloud();
  whole.type(BOOT);
  whole.rest();
  const writers = (project: string): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const each of whole.seen) {
      if (each.kind !== "db" || each.project !== project) continue;
      const writer = (each.actor ?? "").replace(/@.*/, "");
      const tables = found.get(writer) ?? [];
      if (!tables.includes(each.table)) found.set(writer, [...tables, each.table].sort());
    }
    return found;
  };

  it("is nova-api for all that a request makes, and the conductor for what a host has done", () => {
    const nova = writers("nova");
    expect([...nova.keys()].sort()).toEqual(["nova-api", "nova-conductor"]);
    expect(nova.get("nova-api")).toEqual([
      "block_device_mapping",
      "instance_actions",
      "instance_extra",
      "instance_id_mappings",
      "instance_info_caches",
      "instance_metadata",
      "instance_system_metadata",
      "instances",
      "quota_usages",
      "reservations",
      "security_groups",
    ]);
    expect(nova.get("nova-conductor")).toEqual([
      "block_device_mapping",
      "compute_nodes",
      "instance_actions_events",
      "instance_info_caches",
      "instance_system_metadata",
      "instances",
    ]);
  });

  it("is nova-api in upstream's order: quota, rows, commit, action (nova §1.3)", () => {
    const writes: string[] = [];
    for (const each of whole.seen) {
      if (each.kind !== "db" || each.actor?.startsWith("nova-api") !== true) continue;
      const what = `${each.op} ${each.table}`;
      if (writes.at(-1) !== what) writes.push(what);
    }
    const first = (what: string): number => writes.indexOf(what);
    const order = [
      first("insert quota_usages"),
      first("insert reservations"),
      first("insert instances"),
      first("insert block_device_mapping"),
      writes.lastIndexOf("update quota_usages"),
      first("insert instance_actions"),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it("commits the quota before anything is scheduled (pitfall 1)", () => {
    const commit = whole.seen.findLastIndex(
      (each) => each.kind === "db" && each.table === "quota_usages",
    );
    const cast = whole.seen.findIndex(
      (each) => each.kind === "rpc.cast" && each.method === "build_instances",
    );
    expect(commit).toBeLessThan(cast);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});
