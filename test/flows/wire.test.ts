/**
 * What is on the wire between Nova's services, message by message: topic, namespace, version and the
 * names of the arguments, as nova §1.4, §2.2, §2.4, §3.2 and §3.8 list them.
 */
import { describe, expect, it } from "vitest";
import { BOOT, WholeCloud } from "./bed.js";

/** `cast compute.compute-1 3.33 build_and_run_instance(instance, ...)`, each once. */
function sent(whole: WholeCloud): string[] {
  const found = new Set<string>();
  for (const each of whole.seen) {
    if (each.kind !== "rpc.call" && each.kind !== "rpc.cast" && each.kind !== "rpc.fanout")
      continue;
    if (each.exchange !== "nova") continue;
    const queue = each.server === undefined ? each.topic : `${each.topic}.${each.server}`;
    const space = each.namespace === undefined ? "" : `${each.namespace}:`;
    const names = Object.keys(each.args as object).join(", ");
    found.add(
      `${each.kind.slice(4)} ${queue} ${space}${each.version ?? "-"} ${each.method}(${names})`,
    );
  }
  return [...found];
}

const whole = new WholeCloud({ flags: { shelved_offload_time: -1 } });
whole.type(BOOT);
whole.rest();
whole.type("nova shelve t3");
whole.rest();
whole.type("nova unshelve t3");
whole.rest();
whole.type("nova shelve t3");
whole.rest();
whole.type(`nova shelve-offload ${whole.server.id}`, "admin");
whole.rest();
whole.type("nova unshelve t3");
whole.rest();
whole.type("nova delete t3");
whole.rest();

describe("Nova's messages", () => {
  const messages = sent(whole);

  it("are cast to the conductor and the hosts with the versions of nova §3.8", () => {
    expect(messages.filter((each) => each.startsWith("cast "))).toEqual([
      "cast conductor compute_task:1.9 build_instances(instances, image, filter_properties, admin_password, injected_files, requested_networks, security_groups)",
      "cast compute.compute-1 3.33 build_and_run_instance(instance, image, request_spec, filter_properties, admin_password, injected_files, requested_networks, security_groups, block_device_mapping, node, limits)",
      "cast compute.compute-1 3.23 external_instance_event(instances, events)",
      "cast compute.compute-1 3.0 shelve_instance(instance, image_id)",
      "cast conductor compute_task:1.3 unshelve_instance(instance)",
      "cast compute.compute-1 3.0 start_instance(instance)",
      "cast compute.compute-1 3.0 shelve_offload_instance(instance)",
      "cast compute.compute-1 3.15 unshelve_instance(instance, image, filter_properties, node)",
      "cast compute.compute-1 3.22 terminate_instance(instance, bdms, reservations)",
      "cast consoleauth 2.0 delete_tokens_for_instance(instance_uuid)",
    ]);
  });

  it("are calls of the conductor's and the scheduler's own versions (nova §0.1, §0.2)", () => {
    expect(messages.filter((each) => each.startsWith("call "))).toEqual([
      "call scheduler 3.0 select_destinations(request_spec, filter_properties)",
      "call conductor 2.0 object_class_action(objname, objmethod, objver, args, kwargs)",
      "call conductor 2.0 object_action(objinst, objmethod, args, kwargs)",
      "call conductor 2.0 instance_update(instance_uuid, updates, service)",
      "call conductor 2.0 compute_node_update(node, values)",
      "call conductor 2.0 notify_usage_exists(instance, current_period, ignore_missing_network_data, system_metadata, extra_usage_info)",
    ]);
  });

  it("are never a fanout (nova §0.1)", () => {
    expect(messages.filter((each) => each.startsWith("fanout "))).toEqual([]);
  });

  it("of one request share its id, to the last event of its action (nova §0.1)", () => {
    const boot = whole.seen.find(
      (each) => each.kind === "rpc.cast" && each.method === "build_instances",
    );
    const finish = whole.seen.find(
      (each) =>
        each.kind === "rpc.call" &&
        (each.args as { objmethod?: string }).objmethod === "event_finish_with_failure",
    );
    expect(boot?.request).toMatch(/^req-/);
    expect(finish?.request).toBe(boot?.request);
  });
});

describe("what REST says between Nova and Neutron", () => {
  it("external_instance_event tells name, server, status and tag of each event (nova §1.4 row 22)", () => {
    const event = whole.seen.find(
      (each) => each.kind === "rest.request" && each.path.endsWith("/os-server-external-events"),
    );
    expect(event?.kind === "rest.request" && event.body).toEqual({
      events: [
        {
          name: "network-vif-plugged",
          server_uuid: whole.server.id,
          status: "completed",
          tag: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      ],
    });
  });

  it("a port is asked for with server, owner, network and host (nova §1.7 row 5)", () => {
    const asked = whole.seen.find(
      (each) =>
        each.kind === "rest.request" && each.method === "POST" && each.path === "/v2.0/ports.json",
    );
    expect(asked?.kind === "rest.request" && asked.body).toMatchObject({
      port: {
        device_id: whole.server.id,
        device_owner: "compute:None",
        network_id: whole.cloud.id("network", "private"),
        admin_state_up: true,
        tenant_id: whole.cloud.id("project", "demo"),
        "binding:host_id": "compute-1",
      },
    });
  });
});
