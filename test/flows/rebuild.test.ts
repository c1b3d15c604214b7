/**
 * `nova rebuild`, whole: every message, notification and stored state with the row of the specification
 * that asks for it; nova §3.1, §3.2. Upstream: nova/api/openstack/compute/servers.py (_action_rebuild),
 * nova/compute/api.py, nova/conductor/manager.py, nova/compute/manager.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";
import { texts } from "./rows.js";

const FLOW = `
  NOV-233  nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  NOV-233  nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11    glance-api -> glance-registry GET /images/{image} 200
  NOV-233  stored active/rebuilding
  NOV-233  nova-api -> nova-conductor cast rebuild_instance
  NOV-235  nova-conductor -> nova-compute@compute-1 cast rebuild_instance
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_rebuild_instance
  NOV-237  nova-compute@compute-1 -> glance-api HEAD /v1/images/{image} 200
  os-11    glance-api -> glance-registry GET /images/{image} 200
  NOV-237  nova-compute@compute-1 -> nova-conductor call notify_usage_exists
  NOV-237  notification compute.instance.exists
  NOV-237  notification compute.instance.rebuild.start
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.save if [rebuilding]
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.save cleaned system_metadata
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=rebuild_block_device_mapping if [rebuilding]
  3.2      stored active/rebuild_block_device_mapping
  NOV-237  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=rebuild_spawning if [rebuild_block_device_mapping]
  3.2      stored active/rebuild_spawning
  NOV-238  nova-compute@compute-1 -> nova-conductor call Flavor.get_by_id
  os-3.6   neutron-openvswitch-agent@compute-1 -> neutron-server call security_group_info_for_devices
  os-3.6   neutron-openvswitch-agent@compute-1 -> neutron-server call get_devices_details_list
  os-3.6   neutron-openvswitch-agent@compute-1 -> neutron-server call update_device_up
  NOV-238  nova-compute@compute-1 -> nova-conductor call Instance.save launched_at task_state=null if [rebuild_spawning]
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  3.2      stored active/-
  NOV-238  notification compute.instance.rebuild.end
  0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_rebuild_instance
  3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  os-3.6   neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
  os-3.6   nova-api -> nova-compute@compute-1 cast external_instance_event network-vif-plugged
`;

/** Until nova-compute has read that its port is up: until then it would wait for it to come up. */
const HEALED = 130;

describe("nova rebuild", () => {
  const whole = new WholeCloud();
  whole.boot();
  whole.pass(HEALED);
  const { id } = whole.server;
  const at = `8774/v2/{tenant}/servers/${id}/action`;
  const ask = (rebuild: Json) => whole.http("demo", "POST", at, { rebuild });
  const cirros = whole.cloud.id("image", "cirros") ?? "";

  it("is exactly the messages of NOV-233 to NOV-238 for a server on its host", () => {
    whole.mark();
    const { stdout } = whole.type("nova rebuild --meta role=web --poll t3 cirros");
    expect(stdout).toContain(`| metadata          | {"role": "web"} `);
    expect(stdout).toMatch(/Server rebuilding\.\.\. 100% complete\nFinished\n$/u);
    whole.rest();
    const flow = whole.flow(/\/action /).map(({ text }) => text);
    expect(flow).toEqual(texts(FLOW));
    expect(whole.events().slice(-2)).toEqual([
      "rebuild_server Success",
      "compute_rebuild_instance Success",
    ]);
  });

  it("answers the server with its password, and where it is (servers.py:1404)", () => {
    const { status, body, headers } = ask({ imageRef: cirros, name: " t3 ", adminPass: "x1" });
    const { server } = body as { server: Record<string, Json> };
    expect([status, server["status"], server["name"], server["adminPass"]]).toEqual([
      202,
      "REBUILD",
      " t3 ",
      "x1",
    ]);
    expect(headers["location"]).toMatch(new RegExp(`/servers/${id}$`, "u"));
    expect(Object.keys(server)).not.toContain("OS-EXT-STS:vm_state");
    whole.cloud.settle();
    ask({ imageRef: cirros, name: "t3" });
    whole.rest();
    expect(whole.state).toBe("active/-");
  });

  it.each<[Json, number, string]>([
    [{}, 400, "Could not parse imageRef from request."],
    [{ imageRef: "" }, 400, "Invalid imageRef provided."],
    [{ imageRef: "cirros" }, 400, "Invalid imageRef provided."],
    [{ imageRef: cirros, adminPass: 7 }, 400, "Invalid adminPass"],
    [{ imageRef: cirros, name: " " }, 400, "Server name has a minimum character requirement of 1."],
    [{ imageRef: cirros, accessIPv4: "1.2" }, 400, "accessIPv4 is not proper IPv4 format"],
    [{ imageRef: cirros, metadata: [] }, 400, "Unable to parse metadata key/value pairs."],
    [
      { imageRef: cirros, metadata: { k: "v".repeat(256) } },
      413,
      "Invalid metadata size: Metadata property value greater than 255 characters",
    ],
    [
      { imageRef: cirros, personality: [{ path: "/a" }] },
      400,
      "Bad personality format: missing 'contents'",
    ],
    [{ imageRef: cirros.replace(/^./u, "0") }, 400, "Cannot find image for rebuild"],
    [
      { imageRef: cirros, "OS-DCF:diskConfig": "LARGE" },
      400,
      "OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'.",
    ],
  ])("NOV-368: %j is a %i: %s", (body, status, message) => {
    const answer = ask(body);
    const [fault] = Object.values(answer.body as Record<string, { message: string }>);
    expect([answer.status, fault?.message]).toEqual([status, message]);
    expect(whole.state).toBe("active/-");
  });

  it("NOV-238: a server that was stopped is stopped again, within the same action", () => {
    whole.type("nova stop t3");
    whole.rest();
    whole.mark();
    whole.type("nova rebuild t3 cirros");
    whole.rest();
    expect(whole.states()).toEqual([
      "stopped/rebuilding",
      "stopped/rebuild_block_device_mapping",
      "stopped/rebuild_spawning",
      "active/-",
      "active/powering-off",
      "stopped/-",
    ]);
    expect(whole.notifications()).toEqual([
      "compute.instance.exists",
      "compute.instance.rebuild.start",
      "compute.instance.power_off.start",
      "compute.instance.power_off.end",
      "compute.instance.rebuild.end",
    ]);
    expect(whole.events().slice(-3).sort()).toEqual([
      "compute_rebuild_instance Success",
      "compute_stop_instance Success",
      "rebuild_server Success",
    ]);
  });

  it("NOV-237: no driver keeps the ephemeral disk, and the server is in error, out of which a rebuild leads", () => {
    whole.type("nova rebuild --preserve-ephemeral t3 cirros");
    whole.rest();
    expect([whole.state, whole.faults().at(-1)]).toEqual([
      "error/-",
      "400 The current driver does not support preserving ephemeral partitions.",
    ]);
    whole.type("nova rebuild t3 cirros");
    whole.rest();
    expect(whole.state).toBe("active/-");
  });

  it("nova §3.1: is refused while the server is paused", () => {
    whole.type("nova pause t3");
    whole.rest();
    expect(whole.type("nova rebuild t3 cirros").stderr).toContain(
      "Cannot 'rebuild' while instance is in vm_state paused (HTTP 409)",
    );
  });
});

describe("nova rebuild of a server that has no host, which an operator has called active", () => {
  const whole = new WholeCloud();
  const service = "compute-1 nova-compute";
  whole.boot();
  for (const step of ["shelve", "shelve-offload", "reset-state --active"]) {
    whole.type(`nova ${step} ${whole.server.id}`, "admin");
    whole.rest();
  }
  whole.type(`nova service-disable ${service}`, "admin");
  const rebuild = (): void => {
    whole.mark();
    whole.type("nova rebuild t3 cirros");
    whole.rest();
  };

  it("stays as it was while there is none (nova/conductor/manager.py:741)", () => {
    expect(whole.state).toBe("active/-");
    rebuild();
    expect(whole.states()).toEqual(["active/rebuilding", "active/-"]);
    expect(whole.notifications().at(-1)).toBe("compute_task.rebuild_server");
    const warned = whole.recent
      .flatMap((seen) => (seen.kind === "log" ? [seen.message.split("\n")[0]] : []))
      .slice(-4, -1);
    expect(warned).toEqual([
      "Failed to compute_task_rebuild_server: No valid host was found. ",
      "Setting instance to ACTIVE state.",
      "No valid host found for rebuild",
    ]);
  });

  it("is rebuilding for ever once there is one: the scheduler is told the image's id for an image (nova/conductor/manager.py:732)", () => {
    whole.type(`nova service-enable ${service}`, "admin");
    rebuild();
    expect(whole.state).toBe("active/rebuilding");
    expect(whole.events().at(-1)).toBe("rebuild_server Error");
    const messages = whole.recent.flatMap((seen) => (seen.kind === "log" ? [seen.message] : []));
    expect(messages.join("\n")).toContain("'unicode' object has no attribute 'get'");
  });
});

describe("nova §9.1: what a server is called and has, before a rebuild and after it", () => {
  const whole = new WholeCloud();
  const cirros = whole.cloud.id("image", "cirros") ?? "";
  const networks = [{ uuid: whole.cloud.id("network", "private") ?? "" }];
  const personality = [{ path: "/etc/motd", contents: "aGVsbG8=" }];
  const server = { name: "t3", imageRef: cirros, flavorRef: "42", networks, personality };

  it("test_create_server_with_injected_files: a server with a file comes up", () => {
    expect(whole.http("demo", "POST", "8774/v2/{tenant}/servers", { server }).status).toBe(202);
    whole.rest();
    expect(whole.state).toBe("active/-");
    whole.pass(HEALED);
  });

  it("test_create_and_rebuild_server: all is replaced that is given, and the rest stays", () => {
    const { id } = whole.server;
    const at = `8774/v2/{tenant}/servers/${id}`;
    const rebuilt = (values: JsonObject): unknown => {
      const rebuild = { imageRef: cirros, ...values };
      expect(whole.http("demo", "POST", `${at}/action`, { rebuild }).status).toBe(202);
      whole.rest();
      return (whole.http("demo", "GET", at).body as JsonObject)["server"];
    };
    const given = { name: "new", metadata: { a: "b" }, accessIPv4: "1.2.3.4", accessIPv6: "::1" };
    expect(rebuilt(given)).toMatchObject({ ...given, status: "ACTIVE", image: { id: cirros } });
    expect(rebuilt({ metadata: {} })).toMatchObject({
      ...given,
      metadata: {},
      status: "ACTIVE",
    });
  });
});
