/**
 * Routers, their gateways, interfaces and routes. Upstream: neutron/db/l3_db.py, l3_gwmode_db.py,
 * extraroute_db.py, extensions/l3.py, api/v2/base.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { seedNetwork } from "../../../../src/services/neutron/seed.js";
import { SERVER } from "../bed.js";
import { RoutingBed } from "./bed.js";

interface Told {
  readonly kind: "notification";
  readonly event_type: string;
  readonly publisher_id: string;
}

describe("a router (extensions/l3.py)", () => {
  it("is ACTIVE from its birth, and shows gateway, routes and, to admins, what kind it is", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const shown: JsonObject = {
      id,
      name: "r",
      tenant_id: bed.demo.project,
      admin_state_up: true,
      status: "ACTIVE",
      external_gateway_info: null,
      routes: [],
    };
    expect(bed.show(`routers/${id}`)).toEqual(shown);
    expect(bed.show(`routers/${id}`, bed.adminToken)).toEqual({
      ...shown,
      distributed: false,
      ha: false,
    });
  });

  it("is its tenant's: to others it is not there", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const { token } = bed.login("other");
    const lost = `404 RouterNotFound: Router ${id} could not be found`;
    expect(bed.said("GET", `routers/${id}`, undefined, token)).toBe(lost);
    expect(bed.said("PUT", `routers/${id}`, { router: { name: "x" } }, token)).toBe(lost);
    expect(bed.said("DELETE", `routers/${id}`, undefined, token)).toBe(lost);
    expect(bed.said("PUT", `routers/${id}/add_router_interface`, {}, token)).toBe(lost);
    expect(bed.ask("GET", "/v2.0/routers", token).body).toEqual({ routers: [] });
    expect(bed.saidToDemo("DELETE", "routers/no-uuid")).toBe(
      "404 RouterNotFound: Router no-uuid could not be found",
    );
  });

  it("is made one at a time, and counts against the quota", () => {
    const bed = new RoutingBed({ flags: { quota_router: 1 } });
    expect(bed.saidToDemo("POST", "routers", { routers: [{}] })).toBe(
      "400 HTTPBadRequest: Bulk operation not supported",
    );
    bed.router();
    expect(bed.saidToDemo("POST", "routers", { router: {} })).toBe(
      "409 OverQuota: Quota exceeded for resources: ['router']",
    );
  });

  it("takes no attribute that it has not, and no routes at its birth", () => {
    const bed = new RoutingBed();
    const post = (router: JsonObject): string => bed.saidToDemo("POST", "routers", { router });
    expect(post({ routes: [] })).toBe("400 HTTPBadRequest: Attribute 'routes' not allowed in POST");
    expect(post({ colour: 1 })).toBe("400 HTTPBadRequest: Unrecognized attribute(s) 'colour'");
    expect(post({ status: "DOWN" })).toBe(
      "400 HTTPBadRequest: Attribute 'status' not allowed in POST",
    );
    expect(post({ name: 5 })).toBe(
      "400 HTTPBadRequest: Invalid input for name. Reason: '5' is not a valid string.",
    );
    const id = bed.router();
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router: { ha: true } })).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute ha",
    );
  });

  it("is distributed or highly available for admins only, and neither is to be had here", () => {
    const bed = new RoutingBed();
    const post = (router: JsonObject, token = bed.adminToken): string =>
      bed.said("POST", "routers", { router }, token);
    const barred = "403 PolicyNotAuthorized: Policy doesn't allow create_router to be performed.";
    expect(post({ distributed: false }, bed.demo.token)).toBe(barred);
    expect(post({ ha: null }, bed.demo.token)).toBe(barred);
    expect(post({ ha: "x" })).toBe(
      "400 InvalidInput: Invalid input for operation: 'x' cannot be converted to boolean.",
    );
    // l3_hamode_db.py (get_number_of_agents_for_scheduling).
    expect(post({ ha: true })).toBe(
      "500 HANotEnoughAvailableAgents: Not enough l3 agents available to ensure HA. Minimum required 2, available 0.",
    );
    expect(post({ ha: true, distributed: true })).toBe("501 DistributedHARouterNotSupported: ");
    expect(post({ distributed: true })).toBe("501 NotImplementedError: ");
    expect(post({ distributed: false, ha: false })).toBe("201");
  });

  it("goes with its gateway, but not while it has interfaces or floating IPs", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    expect(bed.saidToDemo("DELETE", `routers/${id}`)).toBe(
      `409 RouterInUse: Router ${id} still has ports`,
    );
    bed.put(`routers/${id}/remove_router_interface`, { subnet_id: bed.ownSubnet });
    expect(bed.saidToDemo("DELETE", `routers/${id}`)).toBe("204");
    expect(bed.database.ports.find({ device_id: id })).toEqual([]);
    expect(bed.database.routerPorts.size).toBe(0);
    bed.kernel.settle();
    expect(bed.toAgents()).toContain("router_deleted");
  });

  it("has no path at all where the L3 plugin is not loaded", () => {
    const bed = new RoutingBed({ flags: { service_plugins: [] } });
    for (const path of ["routers", `routers/${SERVER}`, "floatingips/x", "agents/a/l3-routers"]) {
      expect(bed.ask("GET", `/v2.0/${path}`, bed.demo.token)).toMatchObject({
        status: 404,
        body: "404 Not Found\n\nThe resource could not be found.\n\n   ",
      });
    }
  });
});

describe("the gateway of a router (l3_db.py, _update_router_gw_info)", () => {
  it("is a port on an external network that its tenant does not see", () => {
    const bed = new RoutingBed();
    const id = bed.router({ external_gateway_info: { network_id: bed.external } });
    const { external_gateway_info: info } = bed.show(`routers/${id}`);
    expect(info).toEqual({
      network_id: bed.external,
      enable_snat: true,
      external_fixed_ips: [{ subnet_id: bed.externalSubnet, ip_address: "172.24.4.2" }],
    });
    const [port] = bed.database.ports.find({ device_id: id });
    expect(port).toMatchObject({ tenant_id: "", device_owner: "network:router_gateway", name: "" });
    expect(bed.ask("GET", `/v2.0/ports?device_id=${id}`, bed.demo.token).body).toEqual({
      ports: [],
    });
    expect(bed.said("DELETE", `ports/${port!.uuid}`)).toBe(
      `409 L3PortInUse: Port ${port!.uuid} has owner network:router_gateway and therefore cannot be deleted directly via the port API.`,
    );
  });

  it("leads to an external network that the tenant can see, and that has an address left", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const set = (network_id: string): string =>
      bed.saidToDemo("PUT", `routers/${id}`, { router: { external_gateway_info: { network_id } } });
    expect(set(bed.own)).toBe(
      `400 BadRequest: Bad router request: Network ${bed.own} is not an external network`,
    );
    expect(set(SERVER)).toBe(`404 NetworkNotFound: Network ${SERVER} could not be found`);
    // All of 172.24.4.2 to .14.
    for (let i = 2; i <= 14; i++) {
      bed.make("ports", { port: { network_id: bed.external } }, bed.adminToken);
    }
    expect(set(bed.external)).toBe(
      `409 IpAddressGenerationFailure: No more IP addresses available on network ${bed.external}.`,
    );
    expect(bed.show(`routers/${id}`)["external_gateway_info"]).toBeNull();
    const bare = bed.make("networks", { network: { "router:external": true } }, bed.adminToken);
    const router = { external_gateway_info: { network_id: bare.id } };
    expect(bed.saidToDemo("POST", "routers", { router })).toBe(
      `400 BadRequest: Bad router request: No IPs available for external network ${bare.id}`,
    );
    expect(bed.database.ports.find({ network_id: bare.id })).toEqual([]);
    // With several external networks an agent must be there that serves this one.
    expect(set(bare.id)).toBe(
      `400 BadRequest: Bad router request: No eligible l3 agent associated with external network ${bare.id} found`,
    );
  });

  it("is on no network that overlaps an interface, though its subnets are an admin's (_get_subnets_by_network)", () => {
    const bed = new RoutingBed({ flags: { allow_overlapping_ips: true } });
    const wide = { name: "wide", cidr: "172.24.4.0/24", tenantId: bed.demo.project };
    const { subnet } = seedNetwork(bed.database, wide);
    const id = bed.router();
    bed.put(`routers/${id}/add_router_interface`, { subnet_id: subnet.uuid });
    const router = { external_gateway_info: { network_id: bed.external } };
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router })).toBe(
      `400 BadRequest: Bad router request: Cidr 172.24.4.0/28 of subnet ${bed.externalSubnet} overlaps with cidr 172.24.4.0/24 of subnet ${subnet.uuid}`,
    );
  });

  it("is said as a dictionary with a network; its addresses nobody looks at", () => {
    const bed = new RoutingBed();
    const post = (external_gateway_info: JsonObject | string | number): string =>
      bed.said("POST", "routers", { router: { external_gateway_info } });
    const reason = "400 HTTPBadRequest: Invalid input for external_gateway_info. Reason: ";
    expect(post({ enable_snat: "xxx" })).toBe(
      `${reason}Validation of dictionary's keys failed.Expected keys: set(['network_id']) Provided keys: set([u'enable_snat']).`,
    );
    expect(post({ network_id: "x", enable_snat: "xxx" })).toBe(`${reason}'x' is not a valid UUID.`);
    expect(post("abc")).toBe(`${reason}'abc' is not a dictionary.`);
    expect(post({ network_id: bed.external, enable_snat: "xxx" })).toBe(
      "400 InvalidInput: Invalid input for operation: 'xxx' cannot be converted to boolean.",
    );
    expect(post("")).toBe("201");
    expect(post({})).toBe("201");
    expect(post({ network_id: bed.external, external_fixed_ips: "any" })).toBe("201");
  });

  it("translates addresses unless an admin says no; others may not even say yes", () => {
    const bed = new RoutingBed();
    const id = bed.router({ external_gateway_info: { network_id: bed.external } });
    const router = { external_gateway_info: { network_id: bed.external, enable_snat: true } };
    expect(bed.saidToDemo("POST", "routers", { router })).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow create_router to be performed.",
    );
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router })).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow update_router to be performed.",
    );
    const snat = () =>
      (bed.show(`routers/${id}`)["external_gateway_info"] as JsonObject)["enable_snat"];
    const off = { external_gateway_info: { network_id: bed.external, enable_snat: "False" } };
    bed.put(`routers/${id}`, { router: off }, bed.adminToken);
    expect(snat()).toBe(false);
    const same = { external_gateway_info: { network_id: bed.external } };
    bed.put(`routers/${id}`, { router: same });
    expect(snat()).toBe(false);
    bed.put(`routers/${id}`, { router: { external_gateway_info: null } });
    bed.put(`routers/${id}`, { router: same });
    expect(snat()).toBe(true);
  });

  it("stays while floating IPs need it", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const port_id = bed.serverPort();
    const { id: floating } = bed.floatingIp({ port_id });
    const clear = () =>
      bed.saidToDemo("PUT", `routers/${id}`, { router: { external_gateway_info: {} } });
    expect(clear()).toBe(
      `409 RouterExternalGatewayInUseByFloatingIp: Gateway cannot be updated for router ${id}, since a gateway to external network ${bed.external} is required by one or more floating IPs.`,
    );
    bed.put(`floatingips/${floating}`, { floatingip: { port_id: null } });
    expect(clear()).toBe("200");
    expect(bed.database.ports.find({ device_owner: "network:router_gateway" })).toEqual([]);
  });

  it("that cannot be had leaves nothing of a router that was to have it", () => {
    const bed = new RoutingBed();
    const router = { external_gateway_info: { network_id: bed.own } };
    expect(bed.saidToDemo("POST", "routers", { router })).toMatch(/^400 BadRequest/);
    expect(bed.database.routers.size).toBe(0);
  });

  it("keeps its network external, and a free floating IP does not keep the network", () => {
    const bed = new RoutingBed();
    bed.floatingIp();
    const id = bed.router({ external_gateway_info: { network_id: bed.external } });
    expect(
      bed.said("PUT", `networks/${bed.external}`, { network: { "router:external": false } }),
    ).toBe(
      `409 ExternalNetworkInUse: External network ${bed.external} cannot be updated to be made non-external, since it has existing gateway ports`,
    );
    expect(bed.said("DELETE", `networks/${bed.external}`)).toMatch(/^409 NetworkInUse/);
    // It is gone all the same.
    expect(bed.database.floatingIps.size).toBe(0);
    expect(bed.saidToDemo("DELETE", `routers/${id}`)).toBe("204");
    expect(bed.said("DELETE", `networks/${bed.external}`)).toBe("204");
  });
});

describe("an interface of a router (l3_db.py, add_router_interface)", () => {
  const add = (bed: RoutingBed, id: string, body?: JsonObject, token = bed.demo.token): string =>
    bed.said("PUT", `routers/${id}/add_router_interface`, body, token);

  it("on a subnet has the gateway's address and is the subnet's tenant's", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const answer = bed.put(`routers/${id}/add_router_interface`, { subnet_id: bed.ownSubnet });
    const [port] = bed.database.ports.find({ device_id: id });
    expect(answer).toEqual({
      id,
      tenant_id: bed.demo.project,
      port_id: port!.uuid,
      subnet_id: bed.ownSubnet,
    });
    expect(bed.show(`ports/${port!.uuid}`)).toMatchObject({
      name: "",
      device_owner: "network:router_interface",
      fixed_ips: [{ ip_address: "10.0.0.1", subnet_id: bed.ownSubnet }],
      security_groups: [],
    });
    expect(bed.put(`routers/${id}/remove_router_interface`, { port_id: port!.uuid })).toEqual(
      answer,
    );
    expect(bed.database.ports.get(port!.uuid)).toBeUndefined();
  });

  it("tells whoever listens", () => {
    const bed = new RoutingBed({ flags: { notification_driver: ["messagingv2"] } });
    const id = bed.router();
    bed.forget();
    bed.put(`routers/${id}/add_router_interface`, { subnet_id: bed.ownSubnet });
    bed.put(`routers/${id}/remove_router_interface`, { subnet_id: bed.ownSubnet });
    const told = bed.of<Told>("notification");
    expect(told.map(({ event_type }) => event_type)).toEqual([
      "router.interface.create",
      "router.interface.delete",
    ]);
    expect(told[0]?.publisher_id).toBe("network.controller");
  });

  it("is asked for by subnet or by port, and not by both or neither", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const either =
      "400 BadRequest: Bad router request: Either subnet_id or port_id must be specified";
    expect(add(bed, id, {})).toBe(either);
    expect(add(bed, id, { x: 1 })).toBe(either);
    expect(add(bed, id, { port_id: SERVER, subnet_id: SERVER })).toBe(
      "400 BadRequest: Bad router request: Cannot specify both subnet-id and port-id",
    );
    // `add_router_interface() takes exactly 4 arguments`.
    expect(add(bed, id)).toMatch(/^500 /);
    expect(add(bed, id, { subnet_id: SERVER })).toBe(
      `404 SubnetNotFound: Subnet ${SERVER} could not be found`,
    );
    expect(add(bed, id, { port_id: SERVER })).toBe(
      `404 PortNotFound: Port ${SERVER} could not be found`,
    );
    expect(add(bed, id, { port_id: null })).toBe("404 PortNotFound: Port None could not be found");
  });

  it("comes once to a subnet, and to none whose addresses overlap", () => {
    const bed = new RoutingBed({ flags: { allow_overlapping_ips: true } });
    const id = bed.router();
    expect(add(bed, id, { subnet_id: bed.ownSubnet })).toBe("200");
    expect(add(bed, id, { subnet_id: bed.ownSubnet })).toBe(
      `400 BadRequest: Bad router request: Router already has a port on subnet ${bed.ownSubnet}`,
    );
    const wide = { name: "wide", cidr: "10.0.0.0/16", tenantId: bed.demo.project };
    const { subnet } = seedNetwork(bed.database, wide);
    expect(add(bed, id, { subnet_id: subnet.uuid })).toBe(
      `400 BadRequest: Bad router request: Cidr 10.0.0.0/16 of subnet ${subnet.uuid} overlaps with cidr 10.0.0.0/24 of subnet ${bed.ownSubnet}`,
    );
    expect(add(bed, bed.router(), { subnet_id: bed.ownSubnet })).toBe(
      `409 IpAddressInUse: Unable to complete operation for network ${bed.own}. The IP address 10.0.0.1 is in use.`,
    );
  });

  it("needs a subnet with a gateway, which is the caller's own", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    bed.put(`subnets/${bed.ownSubnet}`, { subnet: { gateway_ip: null } });
    expect(add(bed, id, { subnet_id: bed.ownSubnet })).toBe(
      "400 BadRequest: Bad router request: Subnet for router interface must have a gateway IP",
    );
    // Shared, but the port would be somebody else's (common_db_mixin.py, _get_tenant_id_for_create).
    expect(add(bed, id, { subnet_id: bed.subnet1 })).toBe(
      "403 AdminRequired: User does not have admin privileges: Cannot create resource for another tenant",
    );
    expect(add(bed, id, { subnet_id: bed.subnet1 }, bed.adminToken)).toBe("200");
  });

  it("may be a port that has one address and no other use", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const used = bed.serverPort({ device_id: SERVER });
    expect(add(bed, id, { port_id: used })).toBe(
      `409 PortInUse: Unable to complete operation on port ${used} for network ${bed.own}. Port already has an attacheddevice ${SERVER}.`,
    );
    const bare = bed.serverPort({ fixed_ips: [] });
    expect(add(bed, id, { port_id: bare })).toBe(
      "400 BadRequest: Bad router request: Router port must have exactly one fixed IP",
    );
    const port_id = bed.serverPort({ name: "mine" });
    expect(add(bed, id, { port_id })).toBe("200");
    expect(bed.show(`ports/${port_id}`)).toMatchObject({
      name: "mine",
      device_id: id,
      device_owner: "network:router_interface",
    });
    expect(bed.saidToDemo("DELETE", `ports/${port_id}`)).toBe(
      `409 L3PortInUse: Port ${port_id} has owner network:router_interface and therefore cannot be deleted directly via the port API.`,
    );
  });

  it("is taken away by what it is, and not while something needs it", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const remove = (body?: JsonObject): string =>
      bed.saidToDemo("PUT", `routers/${id}/remove_router_interface`, body);
    const [port] = bed.database.ports.find({ device_owner: "network:router_interface" });
    const port_id = port!.uuid;
    expect(remove({})).toBe(
      "400 BadRequest: Bad router request: Either subnet_id or port_id must be specified",
    );
    expect(remove({ x: 1 })).toMatch(/^500 /);
    expect(remove({ port_id, subnet_id: SERVER })).toBe(
      `400 SubnetMismatchForPort: Subnet on port ${port_id} does not match the requested subnet ${SERVER}`,
    );
    expect(remove({ port_id: SERVER })).toBe(
      `404 RouterInterfaceNotFound: Router ${id} does not have an interface with id ${SERVER}`,
    );
    expect(remove({ subnet_id: bed.externalSubnet })).toMatch(/^404 SubnetNotFound/);
    expect(remove({ subnet_id: bed.subnet1 })).toBe(
      `404 RouterInterfaceNotFoundForSubnet: Router ${id} has no interface on subnet ${bed.subnet1}`,
    );
    const floating = bed.floatingIp({ port_id: bed.serverPort() });
    expect(remove({ subnet_id: bed.ownSubnet })).toBe(
      `409 RouterInterfaceInUseByFloatingIP: Router interface for subnet ${bed.ownSubnet} on router ${id} cannot be deleted, as it is required by one or more floating IPs.`,
    );
    expect(bed.saidToDemo("DELETE", `floatingips/${floating.id}`)).toBe("204");
    const routes = [{ destination: "10.9.0.0/16", nexthop: "10.0.0.7" }];
    bed.put(`routers/${id}`, { router: { routes } });
    expect(remove({ port_id })).toBe(
      `409 RouterInterfaceInUseByRoute: Router interface for subnet ${bed.ownSubnet} on router ${id} cannot be deleted, as it is required by one or more routes.`,
    );
    bed.put(`routers/${id}`, { router: { routes: null } });
    expect(remove({ port_id })).toBe("200");
  });

  it("is on no router of another tenant", () => {
    const bed = new RoutingBed();
    const id = bed.router();
    const other = bed.login("other");
    const port = {
      network_id: bed.network1,
      device_id: id,
      device_owner: "network:router_interface",
    };
    expect(bed.said("POST", "ports", { port }, other.token)).toBe(
      `409 DeviceIDNotOwnedByTenant: The following device_id ${id} is not owned by your tenant or matches another tenants router.`,
    );
    expect(bed.said("POST", "ports", { port }, bed.demo.token)).toBe("201");
  });
});

describe("the routes of a router (extraroute_db.py)", () => {
  it("go through what the router is on, but not through itself", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const put = (nexthop: string): string => {
      const routes = [{ destination: "10.9.0.0/16", nexthop }];
      return bed.saidToDemo("PUT", `routers/${id}`, { router: { routes } });
    };
    const routes = (nexthop: string): string =>
      `400 InvalidRoutes: Invalid format for routes: [{u'nexthop': u'${nexthop}', u'destination': u'10.9.0.0/16'}], `;
    expect(put("10.1.0.7")).toBe(`${routes("10.1.0.7")}the nexthop is not connected with router`);
    expect(put("10.0.0.1")).toBe(`${routes("10.0.0.1")}the nexthop is used by router`);
    expect(put("10.0.0.7")).toBe("200");
    expect(bed.show(`routers/${id}`)["routes"]).toEqual([
      { destination: "10.9.0.0/16", nexthop: "10.0.0.7" },
    ]);
  });

  it("go through the gateway for admins only, who alone see its port (_validate_routes)", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const routes = [{ destination: "10.9.0.0/16", nexthop: "172.24.4.9" }];
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router: { routes } })).toMatch(
      /^400 InvalidRoutes: .* the nexthop is not connected with router$/u,
    );
    expect(bed.said("PUT", `routers/${id}`, { router: { routes } })).toBe("200");
  });

  it("are thirty at most, and stay even if the rest of the request fails", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const many = Array.from({ length: 31 }, (_, i) => ({
      destination: `10.${String(100 + i)}.0.0/16`,
      nexthop: "10.0.0.7",
    }));
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router: { routes: many } })).toBe(
      `400 RoutesExhausted: Unable to complete operation for ${id}. The number of routes exceeds the maximum 30.`,
    );
    const router = { routes: many.slice(0, 1), external_gateway_info: { network_id: bed.own } };
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router })).toMatch(/^400 BadRequest/);
    expect(bed.show(`routers/${id}`)["routes"]).toEqual(many.slice(0, 1));
  });
});

describe("junk", () => {
  const values = [null, 5, true, "", "<script>", "../x", "__proto__", [], [1], {}, { a: 1 }];

  it.each(values)("%j is answered, whatever it stands for", (junk) => {
    const bed = new RoutingBed();
    const id = bed.connected();
    const { id: floating } = bed.floatingIp();
    const answers = [
      bed.said("PUT", `routers/${id}/add_router_interface`, { subnet_id: junk }),
      bed.said("PUT", `routers/${id}/add_router_interface`, { port_id: junk }),
      bed.said("PUT", `routers/${id}/add_router_interface`, junk),
      bed.said("PUT", `routers/${id}/remove_router_interface`, { subnet_id: junk }),
      bed.said("PUT", `routers/${id}/remove_router_interface`, { port_id: junk }),
      bed.said("PUT", `routers/${id}/remove_router_interface`, junk),
      bed.said("PUT", `routers/${id}`, { router: { external_gateway_info: junk } }),
      bed.said("PUT", `routers/${id}`, { router: { external_gateway_info: { network_id: junk } } }),
      bed.said("PUT", `routers/${id}`, { router: { routes: junk } }),
      bed.said("POST", "routers", { router: junk }),
      bed.said("POST", "floatingips", { floatingip: { floating_network_id: junk } }),
      bed.said("PUT", `floatingips/${floating}`, { floatingip: { port_id: junk } }),
      bed.said("PUT", `floatingips/${floating}`, { floatingip: { fixed_ip_address: junk } }),
      bed.said("POST", `agents/${SERVER}/l3-routers`, { router_id: junk }),
    ];
    for (const answer of answers) expect(answer).toMatch(/^(?:200|201|400|404|409|500)/);
  });
});
