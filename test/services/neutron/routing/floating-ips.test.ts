/**
 * Floating IPs: made, led to a port and away from it, and gone with what they need. Upstream:
 * neutron/db/l3_db.py, services/l3_router/l3_router_plugin.py, notifiers/nova.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { SERVER } from "../bed.js";
import { RoutingBed } from "./bed.js";

const refused = (msg: string): string => `400 BadRequest: Bad floatingip request: ${msg}`;

describe("a floating IP", () => {
  it("is DOWN and leads nowhere at first; a port without a tenant holds it", () => {
    const bed = new RoutingBed();
    const made = bed.floatingIp();
    expect(made).toEqual({
      id: made.id,
      tenant_id: bed.demo.project,
      floating_ip_address: "172.24.4.2",
      floating_network_id: bed.external,
      router_id: null,
      port_id: null,
      fixed_ip_address: null,
      status: "DOWN",
    });
    const [port] = bed.database.ports.find({ device_id: made.id });
    expect(port).toMatchObject({ tenant_id: "", device_owner: "network:floatingip" });
    expect(bed.said("DELETE", `ports/${port!.uuid}`)).toMatch(/^409 L3PortInUse/);
    expect(bed.saidToDemo("DELETE", `floatingips/${made.id}`)).toBe("204");
    expect(bed.database.ports.find({ device_id: made.id })).toEqual([]);
  });

  it("is on an external network that has an address left", () => {
    const bed = new RoutingBed();
    const post = (floating_network_id: string): string =>
      bed.saidToDemo("POST", "floatingips", { floatingip: { floating_network_id } });
    expect(post(bed.own)).toBe(refused(`Network ${bed.own} is not a valid external network`));
    expect(post(SERVER)).toBe(refused(`Network ${SERVER} is not a valid external network`));
    const bare = bed.make("networks", { network: { "router:external": true } }, bed.adminToken);
    expect(post(bare.id)).toBe(
      `400 ExternalIpAddressExhausted: Unable to find any IP address on external network ${bare.id}.`,
    );
    // The port that was made for it is gone again.
    expect(bed.database.ports.find({ network_id: bare.id })).toEqual([]);
    for (let i = 2; i <= 14; i++) bed.floatingIp();
    expect(post(bed.external)).toBe(
      `409 IpAddressGenerationFailure: No more IP addresses available on network ${bed.external}.`,
    );
  });

  it("says which network, but not which address", () => {
    const bed = new RoutingBed();
    const post = (floatingip: JsonObject): string =>
      bed.saidToDemo("POST", "floatingips", { floatingip });
    expect(post({})).toBe(
      "400 HTTPBadRequest: Failed to parse request. Required attribute 'floating_network_id' not specified",
    );
    expect(post({ floating_network_id: "x" })).toBe(
      "400 HTTPBadRequest: Invalid input for floating_network_id. Reason: 'x' is not a valid UUID.",
    );
    const network = { floating_network_id: bed.external };
    expect(post({ ...network, floating_ip_address: "172.24.4.9" })).toBe(
      "400 HTTPBadRequest: Attribute 'floating_ip_address' not allowed in POST",
    );
    expect(post({ ...network, port_id: "x" })).toBe(
      "400 HTTPBadRequest: Invalid input for port_id. Reason: 'x' is not a valid UUID.",
    );
    expect(post({ ...network, fixed_ip_address: "10.0.0.2" })).toBe(
      refused("fixed_ip_address cannot be specified without a port_id"),
    );
  });

  it("counts against the quota of its tenant alone", () => {
    const bed = new RoutingBed({ flags: { quota_floatingip: 1, quota_port: 0 } });
    bed.floatingIp();
    expect(
      bed.saidToDemo("POST", "floatingips", {
        floatingip: { floating_network_id: bed.external },
      }),
    ).toBe("409 OverQuota: Quota exceeded for resources: ['floatingip']");
  });

  it("is its tenant's, and found by what it leads to", () => {
    const bed = new RoutingBed();
    bed.connected();
    const port_id = bed.serverPort();
    const [led] = [bed.floatingIp({ port_id }), bed.floatingIp()];
    const ids = (query: string, token = bed.demo.token): unknown => {
      const { body } = bed.ask("GET", `/v2.0/floatingips${query}`, token);
      return (body as { floatingips: JsonObject[] }).floatingips.map(({ id }) => id);
    };
    expect(ids(`?port_id=${port_id}`)).toEqual([led.id]);
    expect(ids("?fixed_ip_address=10.0.0.2&fields=id")).toEqual([led.id]);
    expect(ids("?floating_ip_address=172.24.4.9")).toEqual([]);
    expect(ids("", bed.login("other").token)).toEqual([]);
    expect(ids("", bed.adminToken)).toHaveLength(2);
    const { token } = bed.login("other");
    expect(bed.said("DELETE", `floatingips/${led.id}`, undefined, token)).toBe(
      `404 FloatingIPNotFound: Floating IP ${led.id} could not be found`,
    );
  });
});

describe("an association (l3_db.py, _check_and_get_fip_assoc)", () => {
  it("leads through the router between the two networks", () => {
    const bed = new RoutingBed();
    const router_id = bed.connected();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp();
    const { floatingip } = bed.put(`floatingips/${id}`, { floatingip: { port_id } });
    expect(floatingip).toMatchObject({
      port_id,
      router_id,
      fixed_ip_address: "10.0.0.2",
      status: "DOWN",
    });
  });

  it("needs a router with a gateway on that subnet; any gateway will do", () => {
    const bed = new RoutingBed();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp();
    const put = (): string =>
      bed.saidToDemo("PUT", `floatingips/${id}`, { floatingip: { port_id } });
    const lost = `404 ExternalGatewayForFloatingIPNotFound: External network ${bed.external} is not reachable from subnet ${bed.ownSubnet}.  Therefore, cannot associate Port ${port_id} with a Floating IP.`;
    expect(put()).toBe(lost);
    const first = bed.router();
    bed.put(`routers/${first}/add_router_interface`, { subnet_id: bed.ownSubnet });
    expect(put()).toBe(lost);
    // A second router with a gateway is not looked at (#1422476).
    const second = bed.router({ external_gateway_info: { network_id: bed.external } });
    bed.put(`routers/${second}/add_router_interface`, { port_id: bed.serverPort() });
    expect(put()).toBe(lost);
    const network = bed.make("networks", { network: { "router:external": true } }, bed.adminToken);
    const subnet = { network_id: network.id, cidr: "172.25.0.0/24", ip_version: 4 };
    bed.make("subnets", { subnet }, bed.adminToken);
    const info = { external_gateway_info: { network_id: network.id } };
    const third = bed.make("routers", { router: info }, bed.demo.token);
    for (const router of [first, second]) {
      const [port] = bed.database.routerPorts.find({
        router_id: router,
        port_type: "network:router_interface",
      });
      bed.put(`routers/${router}/remove_router_interface`, { port_id: port!.port_id });
    }
    bed.put(`routers/${third.id}/add_router_interface`, { subnet_id: bed.ownSubnet });
    expect(put()).toBe("200");
  });

  it("needs a subnet with a gateway", () => {
    const bed = new RoutingBed();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp();
    bed.put(`subnets/${bed.ownSubnet}`, { subnet: { gateway_ip: null } });
    expect(bed.saidToDemo("PUT", `floatingips/${id}`, { floatingip: { port_id } })).toBe(
      refused(`Cannot add floating IP to port on subnet ${bed.ownSubnet} which has no gateway_ip`),
    );
  });

  it("is to one address of a port of the same tenant", () => {
    const bed = new RoutingBed();
    bed.connected();
    const { id } = bed.floatingIp();
    const put = (floatingip: JsonObject, token = bed.demo.token): string =>
      bed.said("PUT", `floatingips/${id}`, { floatingip }, token);
    const bare = bed.serverPort({ fixed_ips: [] });
    expect(put({ port_id: bare })).toBe(
      refused(`Cannot add floating IP to port ${bare} that hasno fixed IP addresses`),
    );
    const own = { subnet_id: bed.ownSubnet };
    const two = bed.serverPort({ fixed_ips: [own, own] });
    expect(put({ port_id: two })).toBe(
      refused(
        `Port ${two} has multiple fixed IPs.  Must provide a specific IP when assigning a floating IP`,
      ),
    );
    expect(put({ port_id: two, fixed_ip_address: "10.0.0.99" })).toBe(
      refused(`Port ${two} does not have fixed ip 10.0.0.99`),
    );
    expect(put({ port_id: two, fixed_ip_address: "10.0.0.3" })).toBe("200");
    const { token } = bed.login("other");
    const others = bed.make("ports", { port: { network_id: bed.network1 } }, token).id;
    expect(put({ port_id: others })).toBe(`404 PortNotFound: Port ${others} could not be found`);
    expect(put({ port_id: others }, bed.adminToken)).toBe(
      refused(
        `Port ${others} is associated with a different tenant than Floating IP ${id} and therefore cannot be bound.`,
      ),
    );
    const floatingip = { floating_network_id: bed.external, port_id: others };
    expect(bed.said("POST", "floatingips", { floatingip })).toBe(
      refused(
        `Cannot create floating IP and bind it to Port ${others}, since that port is owned by a different tenant.`,
      ),
    );
  });

  it("is one for each address and external network, and not made twice", () => {
    const bed = new RoutingBed();
    bed.connected();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp({ port_id });
    const taken = (fip: string, address: string): string =>
      `409 FloatingIPPortAlreadyAssociated: Cannot associate floating IP ${address} (${fip}) with port ${port_id} using fixed IP 10.0.0.2, as that fixed IP already has a floating IP on external network ${bed.external}.`;
    expect(bed.saidToDemo("PUT", `floatingips/${id}`, { floatingip: { port_id } })).toBe(
      taken(id, "172.24.4.3"),
    );
    const other = bed.floatingIp();
    expect(bed.saidToDemo("PUT", `floatingips/${other.id}`, { floatingip: { port_id } })).toBe(
      taken(other.id, "172.24.4.4"),
    );
  });

  it("ends with a PUT that names no port, and its status stays", () => {
    const bed = new RoutingBed();
    const router = bed.connected();
    const { id } = bed.floatingIp({ port_id: bed.serverPort() });
    bed.database.floatingIps.update(id, { status: "ACTIVE" });
    const { floatingip } = bed.put(`floatingips/${id}`, { floatingip: {} });
    expect(floatingip).toMatchObject({
      port_id: null,
      router_id: null,
      fixed_ip_address: null,
      status: "ACTIVE",
    });
    expect(bed.database.floatingIps.get(id)?.last_known_router_id).toBe(router);
  });

  it("ends with its port", () => {
    const bed = new RoutingBed();
    bed.connected();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp({ port_id });
    expect(bed.saidToDemo("DELETE", `ports/${port_id}`)).toBe("204");
    expect(bed.show(`floatingips/${id}`)).toMatchObject({
      port_id: null,
      router_id: null,
      fixed_ip_address: null,
    });
  });
});

describe("Nova (notifiers/nova.py, create_port_changed_event)", () => {
  it("hears of each change of a floating IP that leads, or led, to a server", () => {
    const bed = new RoutingBed();
    bed.connected();
    const port_id = bed.serverPort({ device_id: SERVER });
    const changed = { name: "network-changed", server_uuid: SERVER };
    const told = (): unknown => {
      bed.wait(seconds(3));
      return bed.events.splice(0).flat();
    };
    told();
    const { id } = bed.floatingIp({ port_id });
    expect(told()).toEqual([changed]);
    bed.put(`floatingips/${id}`, { floatingip: { port_id: null } });
    expect(told()).toEqual([changed]);
    bed.put(`floatingips/${id}`, { floatingip: { port_id } });
    bed.saidToDemo("DELETE", `floatingips/${id}`);
    expect(told()).toEqual([changed, changed]);
    const free = bed.floatingIp();
    bed.saidToDemo("DELETE", `floatingips/${free.id}`);
    expect(told()).toEqual([]);
  });
});
