/**
 * `nova resize`, its confirmation and its undoing, whole: every message, notification and stored state
 * with the row of the specification that asks for it. Nothing may be missing or extra.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";
import { texts } from "./rows.js";

const NETWORK = (host: string, row: string): string => `
  ${row}  nova-compute@${host} -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  ${row}  nova-compute@${host} -> neutron-server GET /v2.0/networks.json?id={network} 200
  ${row}  nova-compute@${host} -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  ${row}  nova-compute@${host} -> neutron-server GET /v2.0/subnets.json?id={id} 200
  ${row}  nova-compute@${host} -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  ${row}  nova-compute@${host} -> nova-conductor call InstanceInfoCache.save network_info`;

const RESIZE = `
  NOV-240  nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  NOV-240  stored active/resize_prep
  NOV-240  nova-api -> nova-conductor call migrate_server
  NOV-241  nova-conductor -> glance-api HEAD /v1/images/{image} 200
  os-11    glance-api -> glance-registry GET /images/{image} 200
  NOV-241  nova-conductor -> nova-scheduler call select_destinations
  1.5      notification scheduler.select_destinations.start
  1.5      notification scheduler.select_destinations.end
  NOV-242  nova-conductor -> nova-compute@compute-2 cast prep_resize
  0.3      nova-compute@compute-2 -> nova-conductor call InstanceActionEvent.event_start compute_prep_resize
  NOV-243  nova-compute@compute-2 -> nova-conductor call notify_usage_exists
  NOV-243  notification compute.instance.exists
  NOV-243  notification compute.instance.resize.prep.start
  NOV-243  nova-compute@compute-2 -> nova-conductor call Instance.save system_metadata
  NOV-243  nova-compute@compute-2 -> nova-conductor call InstancePCIRequests.get_by_instance_uuid_and_newness
  NOV-243  nova-compute@compute-2 -> nova-conductor call Migration.create dest_compute dest_host dest_node instance_uuid new_instance_type_id old_instance_type_id source_compute source_node status
  NOV-252  nova-compute@compute-2 -> nova-conductor call compute_node_update
  NOV-243  nova-compute@compute-2 -> nova-compute@compute-1 cast resize_instance
  NOV-243  notification compute.instance.resize.prep.end
  0.3      nova-compute@compute-2 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_prep_resize
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_resize_instance
  ${NETWORK("compute-1", "NOV-245")}
  NOV-245  nova-compute@compute-1 -> nova-conductor call Migration.save status
  NOV-245  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=resize_migrating if [resize_prep]
  NOV-245  stored active/resize_migrating
  NOV-245  notification compute.instance.resize.start
  NOV-245  nova-compute@compute-1 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  NOV-245  nova-compute@compute-1 -> nova-conductor call Migration.save status
  NOV-245  nova-compute@compute-1 -> nova-conductor call Instance.save host=compute-2 node=compute-2 task_state=resize_migrated if [resize_migrating]
  NOV-245  stored active/resize_migrated
  NOV-245  nova-compute@compute-1 -> nova-compute@compute-2 cast finish_resize
  NOV-245  notification compute.instance.resize.end
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_resize_instance
  0.3      nova-compute@compute-2 -> nova-conductor call InstanceActionEvent.event_start compute_finish_resize
  NOV-246  nova-compute@compute-2 -> nova-conductor call Instance.save instance_type_id memory_mb root_gb system_metadata
  NOV-246  nova-compute@compute-2 -> neutron-server GET /v2.0/extensions.json 200
  NOV-246  nova-compute@compute-2 -> keystone POST /v2.0/tokens 200
  NOV-246  notification identity.authenticate
  NOV-246  nova-compute@compute-2 -> neutron-server GET /v2.0/ports.json?device_id={server}&tenant_id={tenant} 200
  NOV-246  nova-compute@compute-2 -> neutron-server PUT /v2.0/ports/{port}.json 200
  NOV-246  notification port.update.start
  NOV-246  neutron-server -> neutron-openvswitch-agent@compute-1, neutron-openvswitch-agent@compute-2 fanout port_update
  NOV-246  notification port.update.end
  NOV-246  neutron-server -> neutron-dhcp-agent cast port_update_end
  ${NETWORK("compute-2", "NOV-246")}
  NOV-246  nova-compute@compute-2 -> nova-conductor call Instance.save task_state=resize_finish if [resize_migrated]
  NOV-246  stored active/resize_finish
  NOV-246  notification compute.instance.finish_resize.start
  NOV-246  nova-compute@compute-2 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
  NOV-246  nova-compute@compute-2 -> glance-api GET /v1/images/{image} 200
  os-11    glance-api -> glance-registry GET /images/{image} 200
  os-11    notification image.send
`;

const CONFIRM = `
  NOV-247  nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 204
  NOV-247  nova-api -> nova-compute@compute-1 cast confirm_resize
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_confirm_resize
  NOV-248  nova-compute@compute-1 -> nova-conductor call Migration.get_by_id
  NOV-248  nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  NOV-248  notification compute.instance.resize.confirm.start
  NOV-248  nova-compute@compute-1 -> nova-conductor call Instance.save system_metadata
  ${NETWORK("compute-1", "NOV-248")}
  NOV-248  nova-compute@compute-1 -> nova-conductor call Migration.save status
  NOV-252  nova-compute@compute-1 -> nova-conductor call compute_node_update
  NOV-248  nova-compute@compute-1 -> nova-conductor call Instance.save vm_state=active if [null, deleting]
  NOV-248  stored active/-
  NOV-248  notification compute.instance.resize.confirm.end
  NOV-248  nova-compute@compute-1 -> nova-conductor call Quotas.commit
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_confirm_resize
  NOV-248  neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_down
`;

const textsOf = (whole: WholeCloud): string[] => whole.flow(/\/action /).map(({ text }) => text);

/** The memory that is used of each node, with 512 MB for the host itself. */
const used = (whole: WholeCloud): unknown[] =>
  [...whole.rows("compute_nodes").values()].map(({ memory_mb_used }) => memory_mb_used);

const migrations = (whole: WholeCloud): string[] =>
  [...whole.rows("migrations").values()].map(
    ({ source_compute, dest_compute, status }) =>
      `${String(source_compute)} ${String(dest_compute)} ${String(status)}`,
  );

describe("nova resize", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.boot();
  whole.type("nova resize t3 m1.tiny");
  whole.rest();
  const flow = textsOf(whole);

  it("is the messages of NOV-240 to NOV-246, up to the guest on the other host", () => {
    const expected = texts(RESIZE);
    expect(flow.slice(0, expected.length)).toEqual(expected);
  });

  it("stores active or stopped until it is finished, and then resized (nova §3.3)", () => {
    expect(whole.states()).toEqual([
      "active/resize_prep",
      "active/resize_migrating",
      "active/resize_migrated",
      "active/resize_finish",
      "resized/-",
    ]);
    expect([...whole.rows("instances").values()]).toMatchObject([
      { host: "compute-2", node: "compute-2", memory_mb: 512, root_gb: 1, instance_type_id: 2 },
    ]);
  });

  it("notifies of each part (nova §3.3 rows 5 to 7)", () => {
    expect(whole.notifications().filter((type) => !type.startsWith("scheduler"))).toEqual([
      "compute.instance.exists",
      "compute.instance.resize.prep.start",
      "compute.instance.resize.prep.end",
      "compute.instance.resize.start",
      "compute.instance.resize.end",
      "compute.instance.finish_resize.start",
      "compute.instance.finish_resize.end",
    ]);
  });

  it("is one action with an event on each host, in the order in which they begin (NOV-401)", () => {
    expect(whole.events().slice(1)).toEqual([
      "cold_migrate Success",
      "compute_prep_resize Success",
      "compute_resize_instance Success",
      "compute_finish_resize Success",
    ]);
  });

  it("takes the quota of the larger flavor once it is finished (NOV-246)", () => {
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 512+0");
  });

  it("keeps room on both hosts, of the old flavor where it might come back (NOV-252)", () => {
    expect(migrations(whole)).toEqual(["compute-1 compute-2 finished"]);
    whole.pass(61);
    expect(used(whole)).toEqual([576, 1024]);
  });

  it("is confirmed with exactly the messages of NOV-247 and NOV-248", () => {
    whole.mark();
    expect(whole.type("nova resize-confirm t3").exit).toBe(0);
    whole.rest();
    expect(textsOf(whole)).toEqual(texts(CONFIRM));
    expect(migrations(whole)).toEqual(["compute-1 compute-2 confirmed"]);
    expect(used(whole)).toEqual([512, 1024]);
  });

  it("cannot be confirmed twice: it is no longer resized (NOV-247)", () => {
    expect(whole.type("nova resize-confirm t3").stderr).toContain(
      "ERROR (Conflict): Cannot 'confirmResize' while instance is in vm_state active (HTTP 409)",
    );
  });
});

describe("a resize that is undone", () => {
  it("waits in vain for Neutron's word and ends in error, its ports where they went (NOV-251, LP 1450624)", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.boot();
    whole.type("nova resize t3 m1.tiny");
    whole.rest();
    whole.mark();
    expect(whole.type("nova resize-revert t3").exit).toBe(0);
    whole.pass(310);
    expect(whole.states()).toEqual([
      "resized/resize_reverting",
      "error/resize_reverting",
      "error/-",
    ]);
    expect(whole.faults()).toEqual(["500 Virtual Interface creation failed"]);
    expect(whole.ports()).toEqual(["compute-2 ovs DOWN"]);
    expect(migrations(whole)).toEqual(["compute-1 compute-2 reverted"]);
    // What it was to give back it does not give back.
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 512+0");
  });

  it("is as it was where nobody waits for that word (NOV-249 to NOV-251)", () => {
    const whole = new WholeCloud({ computes: 2, flags: { vif_plugging_timeout: 0 } });
    whole.boot();
    whole.type("nova resize t3 m1.tiny");
    whole.rest();
    whole.mark();
    whole.type("nova resize-revert t3");
    whole.rest();
    expect(whole.states()).toEqual(["resized/resize_reverting", "active/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.exists",
      "compute.instance.resize.revert.start",
      "compute.instance.resize.revert.end",
    ]);
    expect(whole.server.host).toBe("compute-1");
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    whole.pass(61);
    expect(used(whole)).toEqual([576, 512]);
    // neutronv2's migrate_instance_finish binds to dest_compute, whichever way it goes.
    expect(whole.ports().map((port) => port.split(" ")[0])).toEqual(["compute-2"]);
    expect(whole.type("nova resize-revert t3").stderr).toContain("(HTTP 409)");
  });
});

describe("a server that is off", () => {
  const whole = new WholeCloud({ computes: 2, flags: { vif_plugging_timeout: 0 } });
  whole.boot();
  whole.type("nova stop t3");
  whole.rest();
  const admin = (line: string) => whole.type(line.replace("t3", whole.server.id), "admin");

  it("is moved off, by an administrator alone, and comes back off (NOV-246, NOV-251)", () => {
    expect(whole.type("nova migrate t3").stderr).toContain(
      "Policy doesn't allow compute_extension:admin_actions:migrate to be performed.",
    );
    whole.mark();
    expect(admin("nova migrate t3 --poll").stdout).toContain("Server migrating... 100% complete");
    expect(whole.states()).toEqual([
      "stopped/resize_prep",
      "stopped/resize_migrating",
      "stopped/resize_migrated",
      "stopped/resize_finish",
      "resized/-",
    ]);
    whole.mark();
    whole.type("nova resize-revert t3");
    whole.rest();
    expect(whole.states()).toEqual([
      "resized/resize_reverting",
      "resized/powering-off",
      "stopped/-",
    ]);
    expect(whole.events().slice(-1)).toEqual(["compute_stop_instance Success"]);
  });

  it("is stopped once its move is confirmed (NOV-248, NOV-388)", () => {
    admin("nova migrate t3");
    whole.rest();
    admin("nova resize-confirm t3");
    whole.rest();
    expect(whole.state).toBe("stopped/-");
    expect(whole.server.host).toBe("compute-2");
  });

  it("is listed by its moves, those that are over among them (NOV-396)", () => {
    const { stdout } = admin("nova migration-list --host compute-2 --status confirmed");
    expect(stdout).toContain("| compute-1   | compute-2 | compute-1      | compute-2    |");
    expect(admin("nova migration-list").stdout.match(/reverted|confirmed/g)).toEqual([
      "reverted",
      "confirmed",
    ]);
    expect(whole.type("nova migration-list").stderr).toContain("(HTTP 403)");
  });
});

describe("on one host", () => {
  const whole = new WholeCloud({ computes: 1 });
  whole.boot();
  const resize = (flavor: string): string => whole.type(`nova resize t3 ${flavor}`).stderr;
  const ask = (argument: Json): string => {
    const path = `8774/v2/{tenant}/servers/${whole.server.id}/action`;
    return JSON.stringify(whole.http("demo", "POST", path, { resize: argument }).body);
  };

  it("a resize finds no host and leaves the server as it was, with a fault (NOV-241, NOV-370)", () => {
    whole.mark();
    expect(resize("m1.tiny")).toContain(
      "ERROR (BadRequest): No valid host was found. No valid host found for resize (HTTP 400)",
    );
    expect(whole.states()).toEqual(["active/resize_prep", "active/-"]);
    expect(whole.notifications()).toEqual([
      "scheduler.select_destinations.start",
      "compute_task.migrate_server",
    ]);
    expect(whole.faults()).toEqual(["500 No valid host was found. "]);
    expect(whole.events().slice(1)).toEqual(["cold_migrate Error"]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(whole.rows("migrations").size).toBe(0);
  });

  it("a migration does so in words of its own (nova §3.1)", () => {
    expect(whole.type(`nova migrate ${whole.server.id}`, "admin").stderr).toContain(
      "No valid host was found. No valid host found for cold migrate (HTTP 400)",
    );
  });

  it("what makes no sense is refused before anything is stored (NOV-370, NOV-380)", () => {
    whole.mark();
    expect(resize("m1.nano")).toContain("Resize requires a flavor change. (HTTP 400)");
    expect(ask({ flavorRef: "99" })).toContain("Unable to locate requested flavor.");
    expect(ask({ flavorRef: "" })).toContain("Resize request has invalid 'flavorRef' attribute.");
    expect(ask({})).toContain("Resize requests require 'flavorRef' attribute.");
    expect(ask({ flavorRef: "1", "OS-DCF:diskConfig": "x" })).toContain(
      "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'.",
    );
    expect(whole.states()).toEqual([]);
  });

  it("a flavor beyond the quota is a 403 that says how much there is (NOV-370)", () => {
    const admin = whole.http("admin", "GET", "8774/v2/{tenant}/servers/detail?all_tenants=1").body;
    const { tenant_id } =
      (admin as unknown as { servers: { tenant_id: string }[] }).servers[0] ?? {};
    whole.type(`nova quota-update ${tenant_id ?? ""} --ram 100`, "admin");
    expect(resize("m1.tiny")).toContain(
      "ERROR (Forbidden): Quota exceeded for ram: Requested 448, but already used 64 of 100 ram (HTTP 403)",
    );
  });
});
