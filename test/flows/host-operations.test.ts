/**
 * What is asked of a host itself, and addresses and security groups of servers, in a whole cloud. Upstream:
 * contrib/hosts.py, contrib/hypervisors.py, contrib/multinic.py, contrib/security_groups.py, nova/compute/manager.py at
 * 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";

const told = (whole: WholeCloud, method: string, path: string, body: Json = null, as = "admin") => {
  const response = whole.http(as, method, `8774/v2/{tenant}${path}`, body);
  const [fault] = Object.values((response.body ?? {}) as Record<string, { message?: string }>);
  return response.status < 400
    ? [response.status, response.body]
    : [response.status, fault?.message];
};

describe("os-hosts", () => {
  const whole = new WholeCloud();
  whole.boot();

  it("shows what a host has, what of it is used, and by whom", () => {
    const [status, body] = told(whole, "GET", "/os-hosts/compute-1");
    expect(status).toBe(200);
    const { host } = body as { host: { resource: { project: string; cpu: number } }[] };
    expect(host.map(({ resource: { project, cpu } }) => [project, cpu])).toEqual([
      ["(total)", expect.any(Number)],
      ["(used_now)", 1],
      ["(used_max)", 1],
      [expect.stringMatching(/^[0-9a-f]{32}$/u), 1],
    ]);
    expect(told(whole, "GET", "/os-hosts/moon")).toEqual([
      404,
      "Compute host moon could not be found.",
    ]);
    expect(told(whole, "GET", "/os-hosts/compute-1", null, "demo")).toEqual([
      403,
      "Describe-resource is admin only functionality",
    ]);
  });

  it("libvirt is asked in vain to be switched off; what is asked badly is not sent", () => {
    const put = (body: Json) => told(whole, "PUT", "/os-hosts/compute-1", body);
    expect(put({ status: "disable" })).toEqual([
      501,
      "Virt driver does not implement host disabled status.",
    ]);
    expect(put({ maintenance_mode: " Enable " })).toEqual([
      501,
      "Virt driver does not implement host maintenance mode.",
    ]);
    expect(put({ status: "off" })).toEqual([400, "Invalid status: 'off'"]);
    expect(put({ moon: 1 })).toEqual([400, "Invalid update setting: 'moon'"]);
    expect(put({})).toEqual([400, "'status' or 'maintenance_mode' needed for host update"]);
    expect(told(whole, "GET", "/os-hosts/compute-1/reboot")).toEqual([
      501,
      "Virt driver does not implement host power management.",
    ]);
  });

  it("a hypervisor says how long it is up, if its service is alive", () => {
    const [status, body] = told(whole, "GET", "/os-hypervisors/1/uptime");
    expect([status, body]).toMatchObject([
      200,
      { hypervisor: { id: 1, state: "up", status: "enabled" } },
    ]);
    const { uptime } = (body as { hypervisor: { uptime: string } }).hypervisor;
    expect(uptime).toMatch(
      /^ \d\d:\d\d:\d\d up +\d+ min, {2}0 users, {2}load average: 0.00, 0.00, 0.00\n$/u,
    );
    expect(told(whole, "GET", "/os-hypervisors/9/uptime")).toEqual([
      404,
      "Hypervisor with ID '9' could not be found.",
    ]);
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(120);
    expect(told(whole, "GET", "/os-hypervisors/1/uptime")).toEqual([
      400,
      "Compute service of compute-1 is unavailable at this time.",
    ]);
  });
});

describe("os-hosts with the fake driver", () => {
  it("does whatever it is asked, and the host tells of it", () => {
    const whole = new WholeCloud({ flags: { compute_driver: "fake.FakeDriver" } });
    whole.mark();
    const body = { status: "disable", maintenance_mode: "enable" };
    expect(told(whole, "PUT", "/os-hosts/compute-1", body)).toEqual([
      200,
      { host: "compute-1", status: "disabled", maintenance_mode: "on_maintenance" },
    ]);
    expect(told(whole, "GET", "/os-hosts/compute-1/startup")).toEqual([
      200,
      { host: "compute-1", power_action: "startup" },
    ]);
    expect(whole.notifications()).toEqual([
      "HostAPI.set_enabled.start",
      "HostAPI.set_enabled.end",
      "HostAPI.set_maintenance.start",
      "HostAPI.set_maintenance.end",
      "HostAPI.power_action.start",
      "HostAPI.power_action.end",
    ]);
    expect(told(whole, "GET", "/os-hypervisors/1/uptime")).toEqual([
      501,
      "Virt driver does not implement uptime function.",
    ]);
  });
});

describe("addresses and groups of a server", () => {
  const whole = new WholeCloud();
  whole.boot();
  const act = (body: Json, as = "demo") =>
    told(whole, "POST", `/servers/${whole.server.id}/action`, body, as);

  it("a security group comes onto its ports, and off them", () => {
    expect(act({ addSecurityGroup: { name: "moon" } })).toMatchObject([404, expect.any(String)]);
    whole.type("nova secgroup-create web servers");
    expect(act({ addSecurityGroup: { name: "web" } })).toMatchObject([202, null]);
    expect(whole.type("nova list-secgroup t3").stdout).toContain("| web ");
    expect(act({ removeSecurityGroup: { name: "web" } })).toMatchObject([202, null]);
    expect(whole.type("nova list-secgroup t3").stdout).not.toContain("| web ");
    expect(act({ removeSecurityGroup: { name: "web" } })).toEqual([
      404,
      `Security group web not associated with the instance ${whole.server.id}`,
    ]);
    expect(act({ addSecurityGroup: null })).toEqual([400, "Missing parameter dict"]);
    expect(act({ addSecurityGroup: {} })).toEqual([400, "Security group not specified"]);
    expect(act({ addSecurityGroup: { name: " " } })).toEqual([
      400,
      "Security group name cannot be empty",
    ]);
  });

  it("another address of the network, and away with it", () => {
    const addresses = (): string[] =>
      whole.type("nova show t3").stdout.match(/192\.168\.1\.\d+/gu) ?? [];
    const before = addresses();
    const network =
      whole.type("nova network-list").stdout.match(/([0-9a-f-]{36}) \| private/u)?.[1] ?? "";
    // Neutron lets the owner of a network choose, and the shared one is not demo's: nobody hears of it.
    expect(act({ addFixedIp: { networkId: network } })).toMatchObject([202, null]);
    whole.rest();
    expect(addresses()).toEqual(before);
    expect(whole.faults().at(-1)).toBe(
      `404 Network could not be found for instance ${whole.server.id}.`,
    );
    whole.mark();
    expect(act({ addFixedIp: { networkId: network } }, "admin")).toMatchObject([202, null]);
    whole.rest();
    const after = addresses();
    expect(after).toHaveLength(before.length + 1);
    expect(whole.notifications()).toEqual([
      "compute.instance.create_ip.start",
      "compute.instance.create_ip.end",
    ]);
    const [added = ""] = after.filter((address) => !before.includes(address));
    expect(act({ removeFixedIp: { address: added } }, "admin")).toMatchObject([202, null]);
    whole.rest();
    expect(addresses()).toEqual(before);
    expect(act({ addFixedIp: {} })).toEqual([400, "Missing 'networkId' argument for addFixedIp"]);
    expect(act({ removeFixedIp: {} })).toEqual([
      400,
      "Missing 'address' argument for removeFixedIp",
    ]);
  });

  it("a password that nobody posted is empty; cards that Neutron has are not known", () => {
    const path = `/servers/${whole.server.id}`;
    expect(told(whole, "GET", `${path}/os-server-password`, null, "demo")).toEqual([
      200,
      { password: "" },
    ]);
    expect(told(whole, "DELETE", `${path}/os-server-password`, null, "demo")).toMatchObject([
      204,
      null,
    ]);
    expect(told(whole, "GET", `${path}/os-virtual-interfaces`, null, "demo")[0]).toBe(500);
  });

  it("the token of a console is shown of RDP alone", () => {
    expect(told(whole, "GET", "/os-console-auth-tokens/moon")).toEqual([404, "Token not found"]);
    const [, body] = act({ "os-getVNCConsole": { type: "novnc" } });
    const { url } = (body as { console: { url: string } }).console;
    expect(told(whole, "GET", `/os-console-auth-tokens/${url.split("token=")[1] ?? ""}`)).toEqual([
      401,
      "The requested console type details are not accessible",
    ]);
  });
});
