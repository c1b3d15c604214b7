import { describe, expect, it } from "vitest";
import { NeutronClientException } from "../../../src/services/neutron/client/index.js";
import { seedNetwork } from "../../../src/services/neutron/seed.js";
import { minutes, seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

const addressOf = (port: JsonObject) =>
  (port["fixed_ips"] as readonly { ip_address: string }[])[0]?.ip_address;

/** What `act` is refused with, as `status type`. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof NeutronClientException) return `${error.status} ${error.type}`;
    throw error;
  }
  return "taken";
}

describe("a port (other-services §3.4)", () => {
  it("is born DOWN and bound to a host where an L2 agent is alive", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const port = bed.port("c1");
    expect(port).toMatchObject({
      status: "DOWN",
      device_id: SERVER,
      "binding:host_id": "c1",
      "binding:vif_type": "ovs",
      "binding:vif_details": { port_filter: true, ovs_hybrid_plug: true },
    });
    expect(port["mac_address"]).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/);
  });

  it("is unbound without a host, and failed to bind, with 201, where no agent lives", () => {
    const bed = new NeutronBed();
    expect(bed.port("")["binding:vif_type"]).toBe("unbound");
    expect(bed.port("nowhere")["binding:vif_type"]).toBe("binding_failed");
  });

  it("fails to bind 75 s after the agent's last report, and no sooner", () => {
    const bed = new NeutronBed();
    const { agent, env } = bed.host("c1");
    bed.crash(agent, env);
    bed.wait(seconds(70));
    expect(bed.port("c1")["binding:vif_type"]).toBe("ovs");
    bed.wait(seconds(10));
    expect(bed.port("c1")["binding:vif_type"]).toBe("binding_failed");
  });

  it("stays bound to a host that lives on by its heartbeats", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    bed.wait(minutes(10));
    expect(bed.port("c1")["binding:vif_type"]).toBe("ovs");
  });

  it("is bound anew when its host changes, and not when null is said", () => {
    const bed = new NeutronBed();
    bed.host("c2");
    const id = bed.port("nowhere")["id"] as string;
    const bound = bed.run(bed.admin.update("ports", id, { "binding:host_id": "c2" }));
    expect(bound["binding:vif_type"]).toBe("ovs");
    const same = bed.run(bed.admin.update("ports", id, { "binding:host_id": null }));
    expect(same["binding:host_id"]).toBe("c2");
  });

  it("gets the first address that nobody was given since, whoever left meanwhile", () => {
    const bed = new NeutronBed();
    const [first, second] = [bed.port(""), bed.port("")];
    expect([addressOf(first), addressOf(second)]).toEqual(["192.168.1.2", "192.168.1.3"]);
    bed.run(bed.admin.delete("ports", first["id"] as string));
    expect(addressOf(bed.port(""))).toBe("192.168.1.4");
  });

  it("gets an address that was given back once the range is used up, then none", () => {
    const bed = new NeutronBed({ seedNetwork: { cidr: "10.0.0.0/29" } });
    const ports = [1, 2, 3, 4, 5].map(() => bed.port(""));
    expect(addressOf(ports[4]!)).toBe("10.0.0.6");
    expect(refusal(() => bed.port(""))).toBe("409 IpAddressGenerationFailure");
    bed.run(bed.admin.delete("ports", ports[1]!["id"] as string));
    expect(addressOf(bed.port(""))).toBe("10.0.0.3");
  });

  it("gets the address that is asked for, once", () => {
    const bed = new NeutronBed();
    const fixed_ips = [{ ip_address: "192.168.1.77" }];
    expect(addressOf(bed.port("", { fixed_ips }))).toBe("192.168.1.77");
    expect(refusal(() => bed.port("", { fixed_ips }))).toBe("409 IpAddressInUse");
    expect(addressOf(bed.port(""))).toBe("192.168.1.2");
    const outside = { fixed_ips: [{ ip_address: "10.9.9.9" }] };
    expect(refusal(() => bed.port("", outside))).toBe("400 InvalidInput");
  });

  it("is refused beyond the tenant's quota, which an admin can raise (409 OverQuota)", () => {
    const bed = new NeutronBed({ flags: { quota_port: 2 } });
    bed.port("");
    const { id } = bed.port("");
    expect(refusal(() => bed.port(""))).toBe("409 OverQuota");
    bed.run(bed.admin.delete("ports", id as string));
    bed.port("");
    bed.run(bed.admin.updateQuota(bed.demo.project, { port: 3 }));
    expect(bed.run(bed.user.showQuota(bed.demo.project))["port"]).toBe(3);
    bed.port("");
    expect(refusal(() => bed.port(""))).toBe("409 OverQuota");
  });
});

describe("lists of ports", () => {
  it("are filtered by what is asked for", () => {
    const bed = new NeutronBed();
    const mine = bed.port("");
    bed.port("", { device_id: "another", device_owner: "network:dhcp" });
    const idsOf = (search: Record<string, string>) =>
      bed.run(bed.admin.list("ports", search)).map(({ id }) => id);
    expect(idsOf({ device_id: SERVER })).toEqual([mine["id"]]);
    expect(idsOf({ network_id: bed.network1, device_owner: "compute:None" })).toEqual([mine["id"]]);
    expect(idsOf({ fixed_ips: `ip_address=${addressOf(mine) ?? ""}` })).toEqual([mine["id"]]);
    expect(idsOf({ device_id: SERVER, status: "ACTIVE" })).toEqual([]);
    expect(idsOf({ network_id: "none" })).toEqual([]);
  });

  it("show only the members that are asked for", () => {
    const bed = new NeutronBed();
    bed.port("");
    const [port] = bed.run(bed.admin.list("ports", { fields: ["id", "device_id"] }));
    expect(Object.keys(port!).sort()).toEqual(["device_id", "id"]);
  });
});

describe("policy", () => {
  it("hides bindings and provider attributes from tenants, and refuses to let them be set", () => {
    const bed = new NeutronBed();
    const create = { network_id: bed.network1 };
    const port = bed.run(bed.user.create("ports", create));
    expect(Object.keys(port)).not.toContain("binding:host_id");
    const bound = { ...create, "binding:host_id": "c1" };
    expect(refusal(() => bed.run(bed.user.create("ports", bound)))).toBe("403 PolicyNotAuthorized");
    const [network] = bed.run(bed.user.list("networks"));
    expect(network).not.toHaveProperty("provider:network_type");
  });

  it("shows a tenant its own and shared networks, and nobody else's ports", () => {
    const bed = new NeutronBed();
    const tenantId = bed.login("other").project;
    const hidden = { name: "hidden", cidr: "10.1.0.0/24", tenantId, shared: false };
    const { network } = seedNetwork(bed.database, hidden);
    const names = bed.run(bed.user.list("networks")).map(({ name }) => name);
    expect(names).toEqual(["private"]);
    expect(refusal(() => bed.run(bed.user.show("networks", network.uuid)))).toBe(
      "404 NetworkNotFound",
    );
    const { id } = bed.port("", { tenant_id: tenantId });
    expect(refusal(() => bed.run(bed.user.delete("ports", id as string)))).toBe("404 PortNotFound");
    expect(bed.run(bed.user.list("networks", { tenant_id: bed.demo.project }))).toEqual([]);
  });

  it("answers 404 for a change of what may be seen but not changed", () => {
    const bed = new NeutronBed();
    const change = () => bed.run(bed.user.update("networks", bed.network1, { name: "mine" }));
    expect(refusal(change)).toBe("404 HTTPNotFound");
  });

  it("shows agents to admins alone: others see none (neutron/api/v2/base.py, _items)", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    expect(bed.run(bed.user.list("agents"))).toEqual([]);
    expect(bed.run(bed.admin.list("agents"))).toMatchObject([{ host: "c1", alive: true }]);
  });
});

describe("the API", () => {
  it("answers 401 without a good token, and takes a path with the format in it", () => {
    const bed = new NeutronBed();
    expect(bed.ask("GET", "/v2.0/networks", "bad").status).toBe(401);
    expect(bed.ask("GET", "/v2.0/networks.json", bed.demo.token).status).toBe(200);
  });

  it("says its versions to anybody, and 404 to a method that a path does not take", () => {
    const bed = new NeutronBed();
    const root = bed.ask("GET", "/", "bad");
    expect(root.body).toMatchObject({ versions: [{ id: "v2.0", status: "CURRENT" }] });
    expect(bed.ask("POST", "/v2.0/floatingips", bed.demo.token, {}).status).toBe(404);
    expect(bed.ask("GET", "/v2.0/nothing", bed.demo.token).status).toBe(404);
  });

  it("puts errors into one body", () => {
    const bed = new NeutronBed();
    const { status, body } = bed.ask("GET", `/v2.0/ports/${SERVER}`, bed.demo.token);
    const message = `Port ${SERVER} could not be found`;
    expect({ status, body }).toEqual({
      status: 404,
      body: { NeutronError: { type: "PortNotFound", message, detail: "" } },
    });
    const wrong = bed.ask("POST", "/v2.0/ports", bed.demo.token, { port: { colour: "red" } });
    expect(wrong.status).toBe(400);
    expect(bed.ask("POST", "/v2.0/ports", bed.demo.token, "text").status).toBe(400);
    expect(bed.ask("POST", "/v2.0/ports", bed.demo.token, { port: {} }).status).toBe(400);
  });

  it("has the Port Binding extension, and no floating IPs", () => {
    const bed = new NeutronBed();
    const names = bed.run(bed.user.list("extensions")).map(({ name }) => name);
    expect(names).toContain("Port Binding");
    expect(bed.run(bed.admin.list("floatingips", { port_id: "p" }))).toEqual([]);
  });

  it("makes a tenant's default group when it is first looked for", () => {
    const bed = new NeutronBed();
    const groups = bed.run(bed.user.list("security_groups"));
    expect(groups).toMatchObject([{ name: "default", tenant_id: bed.demo.project }]);
    expect(groups[0]!["security_group_rules"]).toMatchObject([
      { direction: "ingress", ethertype: "IPv4", remote_group_id: groups[0]!["id"] },
      { direction: "egress", ethertype: "IPv4", remote_group_id: null },
      { direction: "ingress", ethertype: "IPv6", remote_group_id: groups[0]!["id"] },
      { direction: "egress", ethertype: "IPv6", remote_group_id: null },
    ]);
    expect(bed.run(bed.user.list("security_groups"))).toHaveLength(1);
    const id = groups[0]!["id"] as string;
    expect(bed.port("")["security_groups"]).toEqual([id]);
    expect(bed.port("", { device_owner: "network:dhcp" })["security_groups"]).toEqual([]);
    expect(refusal(() => bed.run(bed.user.delete("security_groups", id)))).toBe(
      "409 SecurityGroupInUse",
    );
  });

  it("keeps a network with ports in use, and lets go of it without (409 NetworkInUse)", () => {
    const bed = new NeutronBed();
    const { id } = bed.port("");
    expect(refusal(() => bed.run(bed.admin.delete("networks", bed.network1)))).toBe(
      "409 NetworkInUse",
    );
    bed.run(bed.admin.delete("ports", id as string));
    bed.run(bed.admin.delete("networks", bed.network1));
    expect(bed.run(bed.admin.list("networks"))).toEqual([]);
    expect(bed.run(bed.admin.list("subnets"))).toEqual([]);
  });

  it("makes networks and subnets for tenants", () => {
    const bed = new NeutronBed();
    const { id, status } = bed.run(bed.user.create("networks", { name: "mine" }));
    expect(status).toBe("ACTIVE");
    const subnet = { network_id: id as string, cidr: "10.5.0.0/28", ip_version: 4 };
    expect(bed.run(bed.user.create("subnets", subnet))).toMatchObject({
      gateway_ip: "10.5.0.1",
      allocation_pools: [{ start: "10.5.0.2", end: "10.5.0.14" }],
      enable_dhcp: true,
    });
    const again = () => bed.run(bed.user.create("subnets", subnet));
    expect(refusal(again)).toBe("400 InvalidInput");
  });

  it("notifies of each act, when notifications are on", () => {
    const bed = new NeutronBed({ flags: { notification_driver: "messaging" } });
    bed.run(bed.admin.delete("ports", bed.port("")["id"] as string));
    const events = bed.of<{ kind: "notification"; event_type: string }>("notification");
    const ports = events.map(({ event_type }) => event_type).filter((each) => /^port/.test(each));
    expect(ports).toEqual([
      "port.create.start",
      "port.create.end",
      "port.delete.start",
      "port.delete.end",
    ]);
  });
});
